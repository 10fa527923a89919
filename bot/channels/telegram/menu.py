"""The menu of commands beside the keyboard, for each chat by what its person is. A hint: nothing depends on it."""

import asyncio
from collections import Counter

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from bot.channels.line import Receiver
from campaigns.authority import Role
from campaigns.ids import Id
from config.texts import Texts
from storage.menus import Owed, owed, shown

log = structlog.get_logger()

FOR_ALL = (TelegramRetryAfter, TelegramNetworkError, TelegramUnauthorizedError)
EVERY = 20.0
AT_ONCE = 20
COMMANDS = {
    "": ("giup",),
    Role.REPORTER: ("baocao", "sua", "neuguong", "thoi"),
    Role.OFFICER: ("bang", "nhactatca", "thongbao", "guong", "viec", "ketqua", "nguoi", "nhom"),
    Role.LEADER: ("bang", "ketqua", "viec"),
}


def commands(roles: str) -> list[BotCommand]:
    """The commands of somebody who holds these roles, each once, help last."""
    texts = Texts()
    held = [role for role in (Role.OFFICER, Role.LEADER, Role.REPORTER) if role in roles.split("+")]
    words = [word for role in held for word in COMMANDS[role]]
    return [
        BotCommand(command=word, description=texts.plain(f"menu.{word}", {}))
        for word in dict.fromkeys([*words, *COMMANDS[""]])
    ]


class Menus:
    """Looks now and then whose roles have changed."""

    def __init__(self, telegram: Bot, bot: str, receiver: Receiver) -> None:
        self._telegram = telegram
        self._bot = bot
        self._receiver = receiver
        self._strangers = False  # whether those who have no menu of their own have one
        self._failures: Counter[Id] = Counter()  # of each chat in a row; whoever fails most comes last

    async def going(self) -> None:
        """Until cancelled."""
        while True:
            rest = EVERY
            try:
                while await self.step():
                    pass
            except TelegramRetryAfter as wait:
                rest = max(EVERY, wait.retry_after)
            except AiogramError as error:
                log.info("a menu was not shown", bot=self._bot, why=str(error))
            except Exception:
                log.exception("menus failed; resting", bot=self._bot)
            await asyncio.sleep(rest)

    async def step(self) -> bool:
        """Show a few chats the menu that is theirs; whether there may be more.

        Raises AiogramError where a menu was not shown: it is still owed, and the other chats have theirs all the same,
        unless Telegram cannot be asked at all just now.
        """
        due: list[Owed] = await self._receiver.work(
            owed, self._receiver.database, self._bot, self._receiver.now().campaign
        )
        due.sort(key=lambda one: self._failures[one.account])
        failed = [await self._show_strangers(), *[await self._show_to(one) for one in due[:AT_ONCE]]]
        if errors := [error for error in failed if error]:
            raise errors[0]
        return len(due) > AT_ONCE

    async def _show_strangers(self) -> AiogramError | None:
        if self._strangers:
            return None
        error = await self._show("", BotCommandScopeDefault())
        self._strangers = error is None
        return error

    async def _show_to(self, one: Owed) -> AiogramError | None:
        """What went wrong with this chat alone. Raises AiogramError for what would go wrong with every other."""
        self._failures[one.account] += 1
        error = await self._show(one.roles, BotCommandScopeChat(chat_id=int(one.chat)))
        if error is None:
            await self._receiver.work(shown, self._receiver.database, one)
            del self._failures[one.account]
        return error

    async def _show(self, roles: str, scope: BotCommandScopeDefault | BotCommandScopeChat) -> AiogramError | None:
        """What is to be tried again; whom Telegram refuses for good is shown nothing. Raises as ``_show_to`` does."""
        try:
            await self._telegram(SetMyCommands(commands=commands(roles), scope=scope))
        except (TelegramBadRequest, TelegramForbiddenError):
            return None
        except FOR_ALL:
            raise
        except AiogramError as error:
            return error
        return None
