"""`thidua doctor telegram`, as somebody who installs the program meets it."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from campaigns.group import GroupPurpose
from storage.database import Database
from storage.store import Store
from tests.conftest import Copies
from tests.fakes.telegram import FakeTelegram
from tests.stage import local

TELEGRAM = "424242:AAFakeFakeFakeFakeFakeFakeFakeFake000"


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    """Telegram with our bot; in the end both clients knew everything that was said."""
    with FakeTelegram(token=TELEGRAM) as fake:
        yield fake
    assert fake.dishonest == []


def telegram(fake: FakeTelegram, data: Path, monkeypatch: pytest.MonkeyPatch, **more: str) -> tuple[int, str]:
    """The doctor's look at a Telegram bot."""
    given = {"THIDUA_TELEGRAM_TOKEN": TELEGRAM, "THIDUA_TELEGRAM_API": fake.url, "THIDUA_DATA": str(data), **more}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return doctor()


def doctor() -> tuple[int, str]:
    """How the command ends and what it prints."""
    ended = CliRunner().invoke(app, ["doctor", "telegram"])
    return ended.exit_code, ended.output


def test_it_finds_a_telegram_bot_well(fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = telegram(fake, tmp_path, monkeypatch)
    assert code == 0, told
    assert "Mã dùng được: bot @ThiDuaBot" in told
    assert "Máy này tự hỏi tin" in told
    assert "lệch 0 giây" in told or "lệch 1 giây" in told


def test_it_says_what_to_do_with_a_telegram_bot_that_is_not_well(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "@BotFather" in doctor()[1]
    fake.methods.webhook = {"url": "https://elsewhere.example/x", "secret": "s"}
    code, told = telegram(fake, tmp_path, monkeypatch)
    assert code == 1
    assert "https://elsewhere.example/x" in told
    other = TELEGRAM[:-3] + "111"
    _, told = telegram(fake, tmp_path, monkeypatch, THIDUA_TELEGRAM_TOKEN=other)
    assert "Telegram không nhận mã này" in told
    assert other.split(":")[1] not in told
    nowhere = "http://127.0.0.1:9"
    assert "Không tới được Telegram" in telegram(fake, tmp_path, monkeypatch, THIDUA_TELEGRAM_API=nowhere)[1]


def test_it_says_that_a_bot_which_is_called_needs_a_secret(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = telegram(fake, tmp_path, monkeypatch, THIDUA_PUBLIC_URL="https://thidua.example")
    assert code == 1
    assert "chưa đặt THIDUA_TELEGRAM_SECRET" in told
    assert "thidua run" not in told
    _, told = telegram(fake, tmp_path, monkeypatch, THIDUA_TELEGRAM_SECRET="a-secret-of-ours")
    assert "chưa đặt THIDUA_TELEGRAM_SECRET" not in told
    assert "Chạy thidua run một lần" in told


def test_it_looks_at_each_linked_group(
    fake: FakeTelegram, copies: Copies, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = copies.copy("sqlite")
    groups = [fake.people.group(f"Nhóm {n}") for n in range(3)]
    groups[1].bot, groups[2].may_write = "kicked", False
    database = Database(url)
    with database.transaction() as session:
        store = Store(session, local("5/5 8:00"), Random(1), "telegram-424242")
        for group in groups:
            asked = store.groups.ask(store.campaigns.all()[0], GroupPurpose.EXAMPLES, group.name)
            store.groups.link(asked, store.people.account_in("telegram-424242", str(group.id), group=True).id)
    database.close()
    code, told = telegram(fake, tmp_path, monkeypatch, THIDUA_DATABASE=url)
    assert code == 1
    assert "[ được ] Nhóm «Nhóm 0»: nhắn được." in told
    assert "Nhóm «Nhóm 1»: bot không còn ở trong nhóm" in told
    assert "Nhóm «Nhóm 2»: bot không được nhắn" in told
