"""`thidua doctor`, as somebody who installs the program meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.channels.zalo.line import path_of
from bot.clock import Clock
from campaigns.quota import month_of
from storage.database import Database
from storage.migrate import migrate
from storage.quotas import spend
from tests.zalo.fake import PUBLIC, SECRET, TOKEN, FakeZalo
from tests.zalo.stage import ZALO

CHAT = "6ede9afa66b88fe6d6a9"


@pytest.fixture
def zalo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeZalo]:
    """A Zalo with our bot, whose settings are all right; it calls us, and we answer."""
    zalo = FakeZalo(chats=[CHAT]).start()
    for name, value in {"ZALO_TOKEN": TOKEN, "ZALO_SECRET": SECRET, "ZALO_HOST": zalo.host}.items():
        monkeypatch.setenv(f"THIDUA_{name}", value)
    monkeypatch.setenv("THIDUA_PUBLIC_URL", PUBLIC)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    zalo.webhook = (PUBLIC + path_of(ZALO), SECRET)
    zalo.answers_probes()
    yield zalo
    zalo.stop()


def doctor(*words: str) -> tuple[int, str]:
    """How the command ends and what it prints; never the secret half of a token."""
    ended = CliRunner().invoke(app, ["doctor", *words])
    assert TOKEN.partition(":")[2] not in ended.output
    return ended.exit_code, ended.output


def test_it_says_where_a_zalo_bots_token_comes_from() -> None:
    code, told = doctor("zalo")
    assert code == 1
    assert "[ CHƯA ] Chưa có mã của bot Zalo" in told


def test_it_never_prints_what_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_ZALO_TOKEN", "very-secret")
    code, told = doctor("zalo")
    assert (code, "very-secret" in told) == (1, False)


def test_it_finds_a_bot_well(zalo: FakeZalo) -> None:
    code, told = doctor("zalo", "--to", CHAT)
    assert code == 0, told
    assert told.count("[ được ]") == 6
    assert "Zalo gọi thử và máy này trả lời" in told
    assert [one.text for one in zalo.shown] == ["Tin thử: bot gửi được tin cho ông/bà."]


def test_it_knows_cloudflares_guard(zalo: FakeZalo) -> None:
    zalo.cloudflare = True
    code, told = doctor("zalo")
    assert code == 1
    assert "Browser Integrity Check" in told


def test_it_says_that_zalo_calls_somewhere_else_or_nowhere(zalo: FakeZalo) -> None:
    zalo.webhook = ("https://elsewhere.example/hook", SECRET)
    assert "đang gọi https://elsewhere.example/hook" in doctor("zalo")[1]
    zalo.webhook = None
    assert "chưa đặt địa chỉ nào" in doctor("zalo")[1]


def test_it_says_that_the_program_does_not_answer(zalo: FakeZalo) -> None:
    zalo.port_of_ours = 9
    code, told = doctor("zalo")
    assert (code, "Zalo gọi thử không được" in told) == (1, True)


def test_it_knows_a_token_that_was_changed(zalo: FakeZalo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_ZALO_TOKEN", "4711:changed")
    code, told = doctor("zalo")
    assert (code, "Zalo không nhận mã này" in told) == (1, True)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ZALO_SECRET", "short", "8 đến 256"),
        ("PUBLIC_URL", "http://xa.vn", "địa chỉ https"),
        ("ZALO_HOST", "http://127.0.0.1:9", "Chưa gọi được Zalo"),
    ],
)
def test_it_says_what_to_set(zalo: FakeZalo, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(f"THIDUA_{name}", value)
    code, told = doctor("zalo")
    assert (code, says in told) == (1, True), told


def test_it_says_what_polling_can_lose(zalo: FakeZalo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_ZALO_SECRET")
    code, told = doctor("zalo")
    assert (code, "mất hẳn" in told) == (0, True)


def test_it_tells_what_was_sent_this_month(zalo: FakeZalo, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'thidua.db'}")
    migrate(database)
    with database.transaction() as session:
        for _ in range(3):
            spend(session, ZALO, month_of(Clock().now().machine), "report", "reply")
    database.close()
    assert "Tháng này đã gửi 3/3.000 tin" in doctor("zalo")[1]


def test_it_knows_that_the_month_is_used_up(zalo: FakeZalo) -> None:
    zalo.quota = 0
    assert "hết số tin của tháng" in doctor("zalo", "--to", CHAT)[1]
