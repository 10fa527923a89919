"""Telegram's two great clients in Python behind one face, so that one contract can be played through both."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import telegram
from aiogram import exceptions, methods, types
from telegram import error
from telegram.request import HTTPXRequest

from bot.channels.telegram.session import bot_at
from tests.fakes.telegram import FakeTelegram

os.environ["PTB_TIMEDELTA"] = "1"  # otherwise it warns of what it will be like one day


@dataclass
class Failed(Exception):
    """How a client tells of a refusal; words in small letters, as one of the clients changes them."""

    kind: str
    said: str = ""
    retry_after: float = 0
    moved_to: int = 0


class Client(Protocol):
    """Calls by Telegram's names; answers as plain data."""

    async def call(self, method: str, **given: Any) -> Any:
        """The result. Raises Failed."""
        ...


class Aiogram:
    """aiogram 3."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.bot = bot_at(fake.token, fake.url)

    async def call(self, method: str, **given: Any) -> Any:
        """One method object."""
        made = getattr(methods, method[0].upper() + method[1:])(**{key: _ours(key, one) for key, one in given.items()})
        try:
            return _plain(await self.bot(made, request_timeout=5))
        except exceptions.TelegramRetryAfter as one:
            raise Failed("retry", one.message.lower(), retry_after=one.retry_after) from one
        except exceptions.TelegramMigrateToChat as one:
            raise Failed("moved", moved_to=one.migrate_to_chat_id) from one
        except exceptions.TelegramAPIError as one:
            raise Failed(_AIOGRAM.get(type(one), "other"), one.message.lower()) from one
        except exceptions.ClientDecodeError as one:
            raise Failed("unreadable") from one


_AIOGRAM: dict[type[Exception], str] = {
    exceptions.TelegramBadRequest: "bad",
    exceptions.TelegramForbiddenError: "forbidden",
    exceptions.TelegramUnauthorizedError: "token",
    exceptions.TelegramConflictError: "conflict",
    exceptions.TelegramEntityTooLarge: "too large",
    exceptions.TelegramServerError: "server",
    exceptions.TelegramNetworkError: "network",
    exceptions.TelegramNotFound: "no method",
}


class PythonTelegramBot:
    """python-telegram-bot 22."""

    def __init__(self, fake: FakeTelegram) -> None:
        address, files = f"{fake.url}/bot", f"{fake.url}/file/bot"
        patient = HTTPXRequest(read_timeout=5, connection_pool_size=8)
        self.bot = telegram.Bot(fake.token, address, files, request=patient, get_updates_request=HTTPXRequest())

    async def call(self, method: str, **given: Any) -> Any:
        """One method of the bot."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
        read = {key: _theirs(key, value) for key, value in given.items()}
        try:
            return _plain(await getattr(self.bot, name)(**read))
        except error.RetryAfter as one:
            raise Failed("retry", one.message.lower(), retry_after=_seconds(one.retry_after)) from one
        except error.ChatMigrated as one:
            raise Failed("moved", moved_to=one.new_chat_id) from one
        except error.TelegramError as one:
            raise Failed(_ptb(one), one.message.lower()) from one


_PTB: dict[type[Exception], str] = {
    error.BadRequest: "bad",
    error.Forbidden: "forbidden",
    error.InvalidToken: "token",
    error.Conflict: "conflict",
    error.NetworkError: "network",
    error.TimedOut: "network",
}


def _ptb(one: error.TelegramError) -> str:
    """Its kind; what this client has no kind for is known by its words."""
    told = {"invalid server response": "unreadable", "request entity too large": "too large"}
    found = next((kind for words, kind in told.items() if words in one.message.lower()), None)
    return found or _PTB.get(type(one), "other")


def _seconds(after: Any) -> float:
    return float(after.total_seconds() if hasattr(after, "total_seconds") else after)


def _ours(key: str, value: Any) -> Any:
    """Files and media as aiogram's own types; the rest it reads from plain data."""
    if isinstance(value, bytes):
        return types.BufferedInputFile(value, "a.jpg")
    if key == "media":
        made = [types.InputMediaPhoto(**{name: _ours("", part) for name, part in one.items()}) for one in _list(value)]
        return made if isinstance(value, list) else made[0]
    return value


def _theirs(key: str, value: Any) -> Any:
    """Keyboards, media and scopes as python-telegram-bot's own types."""
    if key == "reply_markup":
        return telegram.InlineKeyboardMarkup.de_json(value, None)
    if key == "commands":
        return [(one["command"], one["description"]) for one in value]
    if key == "scope":
        return telegram.BotCommandScope.de_json(value, None)
    if key == "media":
        made = [telegram.InputMediaPhoto(**one) for one in _list(value)]
        return made if isinstance(value, list) else made[0]
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(result: Any) -> Any:
    if isinstance(result, list | tuple):
        return [_plain(one) for one in result]
    if isinstance(result, telegram.TelegramObject):
        return result.to_dict()
    return result.model_dump(exclude_none=True, by_alias=True) if hasattr(result, "model_dump") else result


CLIENTS = {"aiogram": Aiogram, "python-telegram-bot": PythonTelegramBot}


@asynccontextmanager
async def connected(name: str, fake: FakeTelegram) -> AsyncIterator[Client]:
    """A client of that name, let go of in the end."""
    if name == "aiogram":
        ours = Aiogram(fake)
        try:
            yield ours
        finally:
            await ours.bot.session.close()
    else:
        theirs = PythonTelegramBot(fake)
        async with theirs.bot:
            yield theirs
