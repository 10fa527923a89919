"""Long polling that stores before it acknowledges: the next call's offset is what tells Telegram it may forget.

aiogram's own loop moves the offset on before its handlers are done, and loses what they had in hand.
"""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.channels.line import Receiver
from bot.channels.telegram.hints import Hints
from bot.channels.telegram.receive import UPDATES, Me
from bot.channels.telegram.updates import took

log = structlog.get_logger()

LONG = 50  # seconds that Telegram may hold a call open
REST = 3.0
AT_ONCE = 100


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without reading what comes: one update of an unknown shape must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = AT_ONCE
    timeout: int = LONG
    allowed_updates: list[str] = UPDATES


class Polling:
    """One bot's loop. A second program that polls for the same bot is refused by Telegram, and loses nothing."""

    def __init__(self, telegram: Bot, me: Me, receiver: Receiver, hints: Hints, *, hold: int = LONG) -> None:
        self._telegram = telegram
        self._me = me
        self._receiver = receiver
        self._hints = hints
        self._hold = hold
        self._offset: int | None = None

    async def going(self) -> None:
        """Ask and store until cancelled."""
        while True:
            try:
                await self.step()
            except TelegramRetryAfter as wait:
                await asyncio.sleep(wait.retry_after)
            except AiogramError as error:
                log.warning("nothing came from telegram", bot=self._me.bot, why=str(error))
                await asyncio.sleep(REST)
            except Exception:
                log.exception("what came was not stored; it comes again", bot=self._me.bot)
                await asyncio.sleep(REST)

    async def step(self) -> int:
        """One call, and everything it brought stored; how many updates that were."""
        method = GetRawUpdates(offset=self._offset, timeout=self._hold)
        brought = await self._telegram(method, request_timeout=self._hold + 15)
        for raw in brought:
            update = took(raw, self._me, self._receiver.now().campaign)
            await self._receiver.receive(update.arrivals)
            self._hints.about(update)
            self._offset = int(raw["update_id"]) + 1
        return len(brought)
