"""Sending for one bot as fast as its pace allows, several calls at a time."""

import asyncio
from collections.abc import Callable

import structlog

from bot.bell import Bell
from bot.clock import Now
from bot.outbox import Outbox

log = structlog.get_logger()

LOOK_EVERY = 1.0
REST = 1.0
PATIENCE = 20.0  # for what is on its way when the program is told to stop


class Sending:
    """Claims one message after the other; each is on its way by itself, so a slow answer holds up nobody."""

    def __init__(self, outbox: Outbox, bot: str, at_once: int, now: Callable[[], Now], decided: Bell) -> None:
        self._outbox = outbox
        self._bot = bot
        self._hands = asyncio.Semaphore(at_once)
        self._now = now
        self._decided = decided
        self._under_way: set[asyncio.Task[None]] = set()

    async def going(self) -> None:
        """Until cancelled; then what was claimed is sent and settled before this returns."""
        try:
            while True:
                await self._look()
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=PATIENCE)

    async def _look(self) -> None:
        """Send what may go, then wait for the bell, or until what must wait may go. What raises rests a while."""
        rung = self._decided.next()
        try:
            while await self._begin():
                pass
            opens = await self._outbox.opens_in(self._bot, self._now())
        except Exception:
            log.exception("sending failed; resting", bot=self._bot)
            await asyncio.sleep(REST)
            return
        await rung(LOOK_EVERY if opens is None else min(max(opens, 0.001), LOOK_EVERY))

    async def _begin(self) -> bool:
        """Put one message on its way, once a hand is free; whether there was one."""
        await self._hands.acquire()
        claimed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(self._one(claimed))
        self._under_way.add(task)
        task.add_done_callback(self._done)
        return await claimed

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._hands.release()
        if not task.cancelled() and (raised := task.exception()):
            log.error("settling failed; the lease will run out", bot=self._bot, exc_info=raised)

    async def _one(self, claimed: "asyncio.Future[bool]") -> None:
        try:
            parcel = await self._outbox.claim(self._bot, self._now())
        except Exception as raised:
            if not claimed.done():
                claimed.set_exception(raised)
            return
        if not claimed.done():
            claimed.set_result(parcel is not None)
        if parcel is not None:
            await self._outbox.deliver(self._bot, parcel, self._now)
