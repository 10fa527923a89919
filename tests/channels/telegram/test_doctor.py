"""`thidua doctor telegram`, as somebody who installs the program meets it."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.clock import Clock
from campaigns.group import GroupPurpose
from storage.database import Database
from storage.store import Store
from tests.conftest import Copies
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.refused import Refused
from tests.fakes.telegram.world import SUPERGROUP, Chat
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


@pytest.mark.parametrize("apart", [-300, -40, 40, 300])
def test_it_says_how_to_set_a_clock_that_is_wrong(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    code, told = told_with_clock(fake, tmp_path, monkeypatch, apart)
    assert code == 1
    found = re.search(r"\[ CHƯA \] Đồng hồ máy này lệch (\d+) giây", told)
    assert found, told
    assert abs(int(found[1]) - abs(apart)) < 8
    assert "timedatectl set-ntp true" in told


def test_it_lets_a_clock_be_that_is_a_little_wrong(
    fake: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = told_with_clock(fake, tmp_path, monkeypatch, 20)
    assert code == 0
    assert "timedatectl" not in told


def told_with_clock(fake: FakeTelegram, data: Path, monkeypatch: pytest.MonkeyPatch, apart: int) -> tuple[int, str]:
    """The doctor's look by a clock that is so many seconds ahead."""
    right = Clock()
    monkeypatch.setattr(
        "bot.doctor.Clock", lambda: Clock(machine=lambda: right.now().machine + timedelta(seconds=apart))
    )
    return telegram(fake, data, monkeypatch)


@pytest.fixture
def look(
    fake: FakeTelegram, copies: Copies, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str]]:
    """The doctor's look at groups that are linked."""

    def looks(*groups: Chat) -> tuple[int, str]:
        url = linked(copies.copy("sqlite"), groups)
        return telegram(fake, tmp_path, monkeypatch, THIDUA_DATABASE=url)

    return looks


def linked(url: str, groups: Sequence[Chat]) -> str:
    """The same database, in which these groups are linked."""
    database = Database(url)
    with database.transaction() as session:
        store = Store(session, local("5/5 8:00"), Random(1), "telegram-424242")
        for group in groups:
            asked = store.groups.ask(store.campaigns.all()[0], GroupPurpose.EXAMPLES, group.name)
            store.groups.link(asked, store.people.account_in("telegram-424242", str(group.id), group=True).id)
    database.close()
    return url


Look = Callable[..., tuple[int, str]]


def test_it_looks_at_each_linked_group(fake: FakeTelegram, look: Look) -> None:
    groups = [fake.people.group(f"Nhóm {n}") for n in range(3)]
    groups[1].bot, groups[2].may_write = "kicked", False
    code, told = look(*groups)
    assert code == 1
    assert "[ được ] Nhóm «Nhóm 0»: nhắn được." in told
    assert "[ CHƯA ] Nhóm «Nhóm 1»: bot không còn ở trong nhóm. Thêm lại" in told
    assert "[ CHƯA ] Nhóm «Nhóm 2»: bot không được nhắn" in told


@pytest.mark.parametrize(
    ("standing", "may_write", "still_may", "told"),
    [
        ("left", True, "", "[ CHƯA ] Nhóm «Nhóm»: bot không còn ở trong nhóm. Thêm lại, rồi cán bộ nhắn NHÓM"),
        ("restricted", True, "", "[ CHƯA ] Nhóm «Nhóm»: bot đang bị hạn chế nên không nhắn được. Trưởng nhóm mở"),
        ("restricted", True, "send_messages", "[ được ] Nhóm «Nhóm»: nhắn được, nhưng nhóm không cho gửi ảnh"),
        ("restricted", True, "send_messages send_photos", "[ được ] Nhóm «Nhóm»: nhắn được."),
        ("member", False, "", "[ CHƯA ] Nhóm «Nhóm»: bot không được nhắn. Trưởng nhóm cho mọi người nhắn, hoặc"),
        ("administrator", False, "", "[ được ] Nhóm «Nhóm»: nhắn được."),
    ],
)
def test_it_says_what_to_do_where_the_bot_may_not_write(
    fake: FakeTelegram, look: Look, standing: str, may_write: bool, still_may: str, told: str
) -> None:
    group = fake.people.group("Nhóm", SUPERGROUP)
    group.bot, group.may_write, group.still_may = standing, may_write, frozenset(still_may.split())
    code, said = look(group)
    assert told in said
    assert code == ("CHƯA" in told)


def test_it_knows_a_group_where_no_photos_may_be_sent(fake: FakeTelegram, look: Look) -> None:
    group = fake.people.group("Nhóm", SUPERGROUP)
    group.may_show = False
    assert "trưởng nhóm cho gửi ảnh" in look(group)[1]
    group.bot = "administrator"
    assert "gửi ảnh" not in look(group)[1]


def test_it_looks_at_a_group_that_has_grown_where_it_is_now(fake: FakeTelegram, look: Look) -> None:
    group = fake.people.group("Nhóm")
    fake.people.grows(group, telling=False)
    assert look(group)[0] == 0


def test_it_does_not_call_a_group_left_that_telegram_says_nothing_of(fake: FakeTelegram, look: Look) -> None:
    def stumbles(_given: object) -> None:
        raise Refused(500, "Internal Server Error")

    group = fake.people.group("Nhóm")
    fake.methods.table["getChatMember"] = stumbles
    code, told = look(group)
    assert code == 1
    assert "chưa hỏi được Telegram" in told
    assert "Thêm lại" not in told
