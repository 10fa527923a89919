"""A week played before one's eyes: the real program at campaign time, slowed down so that it can be followed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from bot.bell import Bell
from bot.outbox import Work
from bot.rehearsal.captions import Caption
from bot.rehearsal.commune import Commune
from config.texts import Texts
from storage import rehearsal as remembered
from storage.database import Database

log = structlog.get_logger()

BEAT, BREATH = 1.05, 0.08  # seconds for what is told the first time, and for the rest
GLIMPSE = 0.4  # of a beat, where the machine is slow and the week would take too long
FASTER = 3.0


class State(StrEnum):
    """How far the week is. What was PLAYING when the program was gone is PAUSED afterwards."""

    NONE = "none"
    PLAYING = "playing"
    PAUSED = "paused"
    OVER = "over"


@dataclass
class Shown:
    """What all viewers see beside the screens themselves; ``focus`` is the chat in which something happens."""

    state: State = State.NONE
    caption: str = ""
    told_at: datetime | None = None
    focus: str = ""
    fast: bool = False
    counts: dict[str, Any] = field(default_factory=dict)


class Show:
    """One week for everybody who watches. ``speed`` 1 is half a minute."""

    def __init__(self, database: Database, texts: Texts, work: Work, speed: float) -> None:
        self._database = database
        self._texts = texts
        self._work = work
        self._speed = speed
        self._hurry = asyncio.Event()
        self._playing: asyncio.Task[None] | None = None
        self._told: set[str] = set()
        self._next_at = 0.0
        self.shown = Shown()
        self.bell = Bell()

    def found(self, commune: Commune) -> None:
        """Look how far the week was when the program was gone; it stands still until somebody goes on."""
        with self._database.transaction() as session:
            kept = State(remembered.week(session) or State.NONE)
        self.shown = Shown(State.PAUSED if kept is State.PLAYING else kept)
        self._told = set()
        if self.shown.state is State.OVER:
            self.shown.counts = commune.tally.counts()
        if kept is State.PLAYING:
            self.shown.caption = self._texts.plain("rehearsal.stopped", {"at": commune.stage.now.isoformat()})

    def _keep(self, state: State) -> None:
        with self._database.transaction() as session:
            remembered.keep_week(session, State.PLAYING if state is State.PAUSED else state)

    async def _becomes(self, state: State) -> None:
        self.shown.state = state
        await self._work(self._keep, state)
        self.bell.ring()

    async def plays(self, commune: Commune, over: Callable[[], None]) -> None:
        """Play on, unless it plays already."""
        if self.shown.state is State.PLAYING:
            return
        self._hurry.clear()
        await self._becomes(State.PLAYING)
        self._playing = asyncio.ensure_future(self._play(commune, over))

    async def pauses(self) -> None:
        """Stand still after the step under way."""
        if self.shown.state is State.PLAYING:
            await self._becomes(State.PAUSED)
            self._hurry.set()
            await self.stops()

    async def ends(self, commune: Commune, over: Callable[[], None]) -> None:
        """What was paused is over here, as somebody wants to go on by hand."""
        if self.shown.state is State.PAUSED:
            self.shown.counts = commune.tally.counts()
            await self._work(over)
            await self._becomes(State.OVER)

    def skips(self) -> None:
        """To the end without waiting anywhere."""
        self._hurry.set()

    def hurries(self) -> None:
        """Faster from here, or again at the usual pace."""
        self.shown.fast = not self.shown.fast
        self.bell.ring()

    async def stops(self) -> None:
        """Wait until nothing is played any more."""
        if self._playing is not None:
            self.shown.state = State.PAUSED if self.shown.state is State.PLAYING else self.shown.state
            self._hurry.set()
            await self._playing
            self._playing = None

    async def _play(self, commune: Commune, over: Callable[[], None]) -> None:
        self._next_at = asyncio.get_running_loop().time()
        try:
            commune.stage.plays_all = True
            while self.shown.state is State.PLAYING and await self._step(commune):
                pass
            if self.shown.state is State.PLAYING:
                self.shown.counts = commune.tally.counts()
                await self._work(over)
                await self._becomes(State.OVER)
        except Exception:
            log.exception("the played week stopped")
            await self._becomes(State.PAUSED)
        finally:
            commune.stage.plays_all = False

    async def _step(self, commune: Commune) -> bool:
        more = await commune.stage.step(commune.week.ends)
        scene = await self._work(commune.looks)
        caption = commune.captions.of(scene, commune.stage.now)
        self.shown.focus = caption.chat if caption else scene[0].chat if scene else self.shown.focus
        is_new = self._tells(commune.stage.now, caption) if caption else False
        self.bell.ring()
        await (self._rests(BEAT, GLIMPSE) if is_new else self._rests(BREATH))
        return more

    def _tells(self, at: datetime, caption: Caption) -> bool:
        """Put a caption below the screens; whether it was not told before."""
        said = self._texts.plain(caption.name, caption.values)
        said = said[:1].upper() + said[1:]
        if said != self.shown.caption:
            self.shown.caption, self.shown.told_at = said, at
        is_new = said not in self._told
        self._told.add(said)
        return is_new

    async def _rests(self, seconds: float, at_least: float = 0.0) -> None:
        """Until it is time for what comes next, unless nobody wants to wait. What took long is made up for."""
        pace = self._speed * (FASTER if self.shown.fast else 1)
        self._next_at += seconds / pace
        left = max(self._next_at - asyncio.get_running_loop().time(), at_least / pace)
        if left > 0 and not self._hurry.is_set():
            try:
                async with asyncio.timeout(left):
                    await self._hurry.wait()
            except TimeoutError:
                pass
