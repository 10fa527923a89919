"""Hints: the press is acknowledged, the bot is seen to be typing. At once, never stored, never tried again.

Typing is given once, and Telegram shows it for five seconds. Nothing that is awaited in a chat takes as long: a turn
takes milliseconds, the parts of an album wait two seconds for each other, a file of two hundred invitations is written
in two, and what is fetched and checked after that is only told of where it is bad. Work of more than five seconds with
an answer to it would have to give this hint again.
"""

import asyncio
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery, SendChatAction, TelegramMethod

from bot.channels.telegram.updates import Took

PATIENCE = 5
AT_MOST = 20


class Hints:
    """Gives hints beside everything else; when there are too many of them, none."""

    def __init__(self, telegram: Bot) -> None:
        self._telegram = telegram
        self._under_way: set[asyncio.Task[None]] = set()

    def about(self, update: Took) -> None:
        """What may be shown at once about an update."""
        if update.query:
            self._give(AnswerCallbackQuery(callback_query_id=update.query))
        if update.typing:
            self._give(SendChatAction(chat_id=int(update.typing), action="typing"))

    def _give(self, method: TelegramMethod[Any]) -> None:
        if len(self._under_way) < AT_MOST:
            task = asyncio.ensure_future(self._given(method))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _given(self, method: TelegramMethod[Any]) -> None:
        with suppress(AiogramError):
            await self._telegram(method, request_timeout=PATIENCE)

    async def close(self) -> None:
        """Let go of those that are not answered yet."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
