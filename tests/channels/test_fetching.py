"""Photos that lie with a vendor are fetched at once, tried again when it stumbles, and told of when they are gone."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlmodel import select

from bot.channels.channel import Channel
from bot.channels.line import Gone, Receiver
from bot.channels.recorder.channel import Recorder
from bot.clock import Now
from bot.fetching import TRIES, Fetching
from bot.inbox import Arrival
from bot.outbox import inline
from dialogue.capabilities import FULL
from dialogue.incoming import Kind
from storage.database import Database
from storage.rows import PhotoRow
from tests.stage import BOT, Stage

PHOTO = b"\xff\xd8 what a camera made"


class Shelf:
    """A line whose vendor keeps something, and stumbles so many times before it gives it."""

    bot = BOT
    channel: Channel = Recorder(FULL)
    door = None

    def __init__(self, stumbles: int = 0, content: bytes = PHOTO) -> None:
        self.stumbles = stumbles
        self.content = content
        self.asked = 0

    def routes(self, receiver: Receiver) -> Sequence[web.AbstractRouteDef]:
        """Nobody calls."""
        return ()

    def listening(self, receiver: Receiver) -> AbstractAsyncContextManager[None]:
        """Nothing comes by itself."""
        return nullcontext()

    async def fetch(self, source: str) -> bytes:
        """What lies there."""
        self.asked += 1
        if source == "gone":
            raise Gone
        if self.asked <= self.stumbles:
            raise ConnectionError
        return self.content


@pytest.fixture
def stage(set_stage: Callable[..., Stage]) -> Stage:
    """Hyưh is in."""
    stage = set_stage()
    stage.joins("Hyưh")
    return stage


def sends(stage: Stage, source: str, *, times: int = 1) -> None:
    """Hyưh's photo is announced, as often as the vendor likes."""
    app, database = stage.program()
    for _ in range(times):
        arrival = Arrival(BOT, f"e-{source}", "Hyưh", Kind.PHOTO, stage.now, sources=(source,))
        app.inbox.receive(arrival, stage.clock())
    database.close()


def fetches(stage: Stage, shelf: Shelf, folder: Path, *, after: timedelta = timedelta()) -> int:
    """A new program fetches what is due; how often it tried."""
    app, database = stage.program()
    now = Now(stage.now + after, stage.now + after)
    fetching = Fetching(database, app.inbox, {BOT: shelf}, folder, inline)
    tried = 0
    try:
        while asyncio.run(fetching.step(now)):
            tried += 1
    finally:
        database.close()
    return tried


def states(stage: Stage) -> list[tuple[str, str | None]]:
    """Every photo's state and reason."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = [(row.state, row.why) for row in session.exec(select(PhotoRow))]
    database.close()
    return found


def test_it_keeps_one_photo_however_often_it_was_announced(stage: Stage, tmp_path: Path) -> None:
    sends(stage, "here", times=3)
    assert fetches(stage, Shelf(), tmp_path) == 1
    assert states(stage) == [("waiting", None)]
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [PHOTO]


def test_it_tries_again_later_when_the_vendor_stumbles(stage: Stage, tmp_path: Path) -> None:
    sends(stage, "here")
    shelf = Shelf(stumbles=2)
    assert fetches(stage, shelf, tmp_path) == 1
    assert fetches(stage, shelf, tmp_path, after=timedelta(seconds=19)) == 0
    assert fetches(stage, shelf, tmp_path, after=timedelta(seconds=20)) == 1
    assert fetches(stage, shelf, tmp_path, after=timedelta(seconds=59)) == 0
    assert fetches(stage, shelf, tmp_path, after=timedelta(seconds=60)) == 1
    assert states(stage) == [("waiting", None)]


@pytest.mark.parametrize(("source", "tried"), [("gone", 1), ("here", TRIES)])
def test_it_tells_the_sender_of_a_photo_that_cannot_be_had(
    stage: Stage, tmp_path: Path, source: str, tried: int
) -> None:
    sends(stage, source)
    shelf = Shelf(stumbles=99)
    for hour in range(tried + 1):
        fetches(stage, shelf, tmp_path, after=timedelta(hours=hour))
    assert shelf.asked == tried
    assert states(stage) == [("refused", "not_fetched")]
    stage.run()
    assert "chưa tải về được" in stage.screen("Hyưh")[-1]
