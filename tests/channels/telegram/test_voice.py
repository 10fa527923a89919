"""A voice message on Telegram, from the update over its file to where it is kept; and no log ever shows the token."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlmodel import select

from bot.channels.telegram.line import TelegramLine
from bot.channels.telegram.receive import LARGEST
from bot.clock import Now
from bot.fetching import TRIES, WAITS, Fetching
from bot.outbox import inline
from storage.original_rows import RecordingRow
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.world import Chat
from tests.listening import everything_logged
from tests.sounds import ogg
from tests.stage import BOT, opened

SECRET = "AAFakeFakeFakeFakeFakeFakeFakeFake000"  # of the fake's token
LISTENED = ("", "aiogram", "aiohttp", "aiohttp.client", "asyncio")


@pytest.fixture
def stage(stage: TelegramStage) -> TelegramStage:
    """Hyưh has been asked for the week's figures on Telegram."""
    assert stage.fake.token.endswith(SECRET)
    stage.at("5/5 18:30")
    return stage


@pytest.fixture
def written() -> Iterator[StringIO]:
    """All that anybody logs at any level, with nothing put over it: it must hold no secret in the first place."""
    with everything_logged(LISTENED) as out:
        yield out


def fetches(stage: TelegramStage, folder: Path, *, times: int = 1) -> None:
    """A new program takes what came, and fetches from Telegram as often as it tries."""
    app, database = stage.program()
    stage.polls(app)
    stage._play(app)
    line = TelegramLine(stage.fake.token, stage.fake.url, folder)
    fetching = Fetching(database, app.inbox, {BOT: line}, folder, inline)
    for tried in range(times):
        at = stage.now + WAITS * 2**tried
        stage.network.runner.run(fetching.step(Now(at, at)))
    stage.network.runner.run(line._telegram.session.close())
    stage._play(app)
    database.close()


def recordings(stage: TelegramStage) -> list[tuple[str, str | None, int | None]]:
    """State, reason and length of every recording."""
    database = opened(stage.url)
    with database.transaction() as session:
        found = [(row.state, row.why, row.seconds) for row in session.exec(select(RecordingRow))]
    database.close()
    return found


def test_it_keeps_what_was_said(stage: TelegramStage, hyuh: Chat, tmp_path: Path, written: StringIO) -> None:
    stage.fake.people.sends_voice(hyuh, "Hyưh", ogg(2))
    fetches(stage, tmp_path)
    assert recordings(stage) == [("good", None, 2)]
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [ogg(2)]
    assert SECRET not in written.getvalue()


@pytest.mark.parametrize("status", [404, 500, 502, 429, 0])
def test_it_tries_again_where_the_file_does_not_come_and_never_says_the_token(
    stage: TelegramStage, hyuh: Chat, tmp_path: Path, written: StringIO, status: int
) -> None:
    stage.fake.people.sends_voice(hyuh, "Hyưh", ogg(2))
    stage.fake.faults.files = [status] if status else [0, 0]  # aiohttp itself asks once more where a connection is cut
    fetches(stage, tmp_path)
    assert [row[0] for row in recordings(stage)] == ["to_fetch"]
    assert "an attachment was not fetched" in written.getvalue()
    assert SECRET not in written.getvalue()
    stage.now += timedelta(minutes=1)
    fetches(stage, tmp_path)
    assert recordings(stage) == [("good", None, 2)]


@pytest.mark.parametrize("gone", ["file", "link"])
def test_it_tells_who_spoke_that_it_is_gone_after_it_has_tried(
    stage: TelegramStage, hyuh: Chat, tmp_path: Path, written: StringIO, gone: str
) -> None:
    stage.fake.people.sends_voice(hyuh, "Hyưh", ogg(2))
    if gone == "file":
        stage.fake.world.files.clear()
    else:
        stage.fake.faults.files = [404] * TRIES
    fetches(stage, tmp_path, times=TRIES)
    assert recordings(stage) == [("refused", "not_fetched", None)]
    assert "gửi lại" in stage.screen("Hyưh")[-1]
    assert list(tmp_path.iterdir()) == []
    assert SECRET not in written.getvalue()


def test_it_asks_for_no_voice_that_says_it_is_too_large(stage: TelegramStage, hyuh: Chat, tmp_path: Path) -> None:
    stage.fake.people.sends_voice(hyuh, "Hyưh", ogg(2), size=LARGEST + 1)
    fetches(stage, tmp_path)
    assert recordings(stage) == []
    assert [told for told in stage.screen("Hyưh") if "Ghi âm này chưa tới được xã" in told]
    assert "getFile" not in {call.method for call in stage.fake.calls}


@pytest.mark.parametrize("by", ["telegram", "us"])
def test_it_takes_no_voice_that_is_larger_than_it_says(
    stage: TelegramStage, hyuh: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Telegram itself gives nothing beyond 20 MB; a Bot API server of one's own gives whatever there is."""
    if by == "us":
        monkeypatch.setattr("tests.fakes.telegram.methods.LARGEST_FETCHED", 1 << 30)
    stage.fake.people.sends_voice(hyuh, "Hyưh", b"OggS" + bytes(LARGEST), size=4)
    fetches(stage, tmp_path)
    assert recordings(stage) == [("refused", "too_big", None)]
    assert "dài quá" in stage.screen("Hyưh")[-1]
    assert list(tmp_path.iterdir()) == []
