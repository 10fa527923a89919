"""The loops of a running program: thin shells round steps that ask for what is due and return what they did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import App
from bot.bell import Bell
from bot.clock import Clock, Now
from bot.fetching import Fetching
from bot.jobs import PhotoCheck
from bot.outbox import Work
from bot.sending import Sending

log = structlog.get_logger()

LOOK_EVERY = 1.0
TICK_EVERY = 10
REST = 1.0


def worker(threads: int) -> Work:
    """Database work in threads: one for SQLite, which has one writer, several for PostgreSQL."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="store")

    async def work(function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, function, *arguments)

    return work


class Loops:
    """Everything that goes on by itself while the program runs."""

    def __init__(
        self, app: App, photos: PhotoCheck, fetching: Fetching, clock: Clock, work: Work, arrived: Bell
    ) -> None:
        self._app = app
        self._photos = photos
        self._fetching = fetching
        self._clock = clock
        self._work = work
        self._arrived = arrived
        self._decided = Bell()

    @asynccontextmanager
    async def going(self) -> AsyncIterator[None]:
        """Go on until the block is left; the step under way is finished, nothing is begun after."""
        await self._work(self._app.outbox.recover, self._clock.now())
        await self._work(self._app.timetable.beat, self._clock.now())
        await self._work(self._app.erasing.recover, self._clock.now())
        scheduler = AsyncIOScheduler()
        scheduler.add_job(self._tick, "interval", seconds=TICK_EVERY, max_instances=1, coalesce=True)
        scheduler.start()
        loops = [
            asyncio.ensure_future(loop)
            for loop in (
                self._turns(),
                *self._sends(),
                self._fetches(),
                self._checks(),
                self._announces(),
                self._makes(self._app.posting.step),
                self._makes(self._app.documenting.step),
                self._erases(),
            )
        ]
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    async def _tick(self) -> None:
        await self._work(self._app.timetable.beat, self._clock.now())
        await self._work(self._app.timetable.tick, self._clock.now())
        await self._work(self._app.outbox.recover, self._clock.now())
        self._decided.ring()

    async def _turns(self) -> None:
        await _forever(self._turn, self._arrived)

    async def _turn(self) -> bool:
        taken = bool(await self._work(self._app.inbox.take_turn, self._clock.now()))
        if taken:
            self._decided.ring()
        return taken

    def _sends(self) -> list[Awaitable[None]]:
        """Each bot sends at its own pace."""
        return [
            Sending(self._app.outbox, bot, channel.capabilities.at_once, self._clock.now, self._decided).going()
            for bot, channel in self._app.channels.items()
        ]

    async def _announces(self) -> None:
        await _forever(self._announce, self._decided)

    async def _announce(self) -> bool:
        moved = bool(await self._work(self._app.announcing.step, self._clock.now()))
        if moved:
            self._decided.ring()
        return moved

    async def _makes(self, step: Callable[[Now], bool]) -> None:
        """Drawing a picture or writing a file takes long for a store's thread, so it has one of its own."""
        await _forever(lambda: self._made(step), self._decided)

    async def _made(self, step: Callable[[Now], bool]) -> bool:
        made = await asyncio.to_thread(step, self._clock.now())
        if made:
            self._decided.ring()
        return made

    async def _fetches(self) -> None:
        await _forever(lambda: self._fetching.step(self._clock.now()), self._arrived)

    async def _erases(self) -> None:
        await _forever(lambda: self._work(self._app.erasing.step, self._clock.now()), self._decided)

    async def _checks(self) -> None:
        """Photos are looked at in a child process, so this waits in a thread of its own, not the store's."""
        await _forever(lambda: asyncio.to_thread(self._photos.step, self._clock.now()), self._arrived)


async def _forever(step: Callable[[], Awaitable[bool]], bell: Bell) -> None:
    """Step until there is nothing to do, then wait for the bell or a second. A step that raises rests, then goes on."""
    while True:
        rung = bell.next()
        try:
            while await step():
                pass
        except Exception:
            log.exception("a step failed; resting")
            await asyncio.sleep(REST)
        await rung(LOOK_EVERY)
