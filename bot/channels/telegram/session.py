"""aiogram's session, with answers that are no answers told apart."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

NO_ANSWER = 504


class Session(AiohttpSession):
    """What a gateway says in HTML is a server's fault, unless it gave up waiting: then nobody knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept: dict[type, type] = {}

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As aiogram's, with the status of what is no JSON."""
        # Held on to, because pydantic forgets such a type at once and takes 10 ms to build it anew for every call.
        self._kept.setdefault(type(method), Response[method.__returning__])  # type: ignore[name-defined]
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if 500 <= status_code != NO_ANSWER:
                raise TelegramServerError(method=method, message=f"status {status_code}") from None
            raise


def bot_at(token: str, api: str, **options: Any) -> Bot:
    """A bot whose calls go to that server."""
    return Bot(token, session=Session(api=TelegramAPIServer.from_base(api), **options))
