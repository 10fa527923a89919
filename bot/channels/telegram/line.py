"""A Telegram bot's line: long polling or a webhook, both of which store before they acknowledge; and its files."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import DeleteWebhook, GetMe, SetWebhook
from aiohttp import ClientError, ClientResponseError, web

from bot.channels.channel import Channel
from bot.channels.line import VENDORS, Gone, Receiver
from bot.channels.telegram.hints import Hints
from bot.channels.telegram.menu import Menus
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.receive import LARGEST, UPDATES, Me
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.session import bot_at
from bot.channels.telegram.updates import took
from dialogue.doors import Door

log = structlog.get_logger()

REST = 3.0
LARGEST_UPDATE = 1024 * 1024
TOO_BIG, PERHAPS_LATER = "file is too big", "temporarily unavailable"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class NotFetched(Exception):
    """A file did not come; it may later."""


@dataclass(frozen=True)
class Webhook:
    """Where Telegram calls us, and the secret by which we know that it is Telegram."""

    url: str
    secret: str


class TelegramLine:
    """One bot. It has no name until Telegram has told it."""

    def __init__(self, token: str, api: str, photos: Path, webhook: Webhook | None = None) -> None:
        self._telegram = bot_at(token, api)
        self.bot = f"telegram-{self._telegram.id}"
        self.channel: Channel = TelegramChannel(self._telegram, photos)
        self.me: Me | None = None
        self._webhook = webhook
        self._hints = Hints(self._telegram)

    @property
    def door(self) -> Door | None:
        """The links by which people and groups come in with a code."""
        name = f"https://t.me/{self.me.username}" if self.me else ""
        return Door("Telegram", f"{name}?start={{code}}", f"{name}?startgroup={{code}}") if name else None

    @property
    def path(self) -> str:
        """Where Telegram calls us below our own address."""
        return f"{VENDORS}{self.bot}"

    def routes(self, receiver: Receiver) -> Sequence[web.AbstractRouteDef]:
        """The webhook, if there is to be one."""
        if self._webhook is None:
            return ()

        async def called(request: web.Request) -> web.Response:
            return await self._called(request, receiver)

        return (web.post(self.path, called),)

    async def _called(self, request: web.Request, receiver: Receiver) -> web.Response:
        """200 once it is stored. Anything else and Telegram brings it again."""
        assert self._webhook is not None
        given = request.headers.get(HEADER, "")
        if not secrets.compare_digest(given.encode(), self._webhook.secret.encode()):
            raise web.HTTPForbidden
        if self.me is None:
            raise web.HTTPServiceUnavailable
        if (request.content_length or 0) > LARGEST_UPDATE:
            raise web.HTTPRequestEntityTooLarge(LARGEST_UPDATE, request.content_length or 0)
        update = took(await request.json(), self.me, receiver.now().campaign)
        await receiver.receive(update.arrivals)
        self._hints.about(update)
        return web.Response()

    @asynccontextmanager
    async def listening(self, receiver: Receiver) -> AsyncIterator[None]:
        """Be connected until the block is left. What Telegram refuses or the network loses is tried again."""
        task = asyncio.ensure_future(self._listen(receiver))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self._hints.close()
            await self._telegram.session.close()

    async def _listen(self, receiver: Receiver) -> None:
        me = await self.introduced()
        async with asyncio.TaskGroup() as going:
            going.create_task(Menus(self._telegram, self.bot, receiver).going())
            if self._webhook is None:
                going.create_task(Polling(self._telegram, me, receiver, self._hints).going())

    async def introduced(self) -> Me:
        """Learn our own name, and tell Telegram how to reach us; tried until it answers."""
        while True:
            try:
                return await self.introduce()
            except AiogramError as error:
                log.warning("telegram does not answer yet", bot=self.bot, why=str(error))
                await asyncio.sleep(REST)

    async def introduce(self) -> Me:
        """Learn our own name, and tell Telegram how to reach us. Raises AiogramError."""
        found = await self._telegram(GetMe())
        if self._webhook is None:
            await self._telegram(DeleteWebhook(drop_pending_updates=False))
        else:
            url = self._webhook.url + self.path
            await self._telegram(SetWebhook(url=url, secret_token=self._webhook.secret, allowed_updates=UPDATES))
        self.me = Me(self.bot, found.id, found.username or "")
        return self.me

    async def fetch(self, source: str) -> bytes:
        """The file of that id; the link to it lasts an hour, so it is asked for each time."""
        try:
            file = await self._telegram.get_file(source)
        except TelegramBadRequest as refused:
            if PERHAPS_LATER in refused.message.lower():
                raise
            raise Gone("too_big" if TOO_BIG in refused.message.lower() else "not_fetched") from None
        if file.file_path is None:
            raise Gone
        return await self._downloaded(file.file_path)

    async def _downloaded(self, path: str) -> bytes:
        """Raises NotFetched, which unlike the client's own errors does not say the address: our token stands in it."""
        session, content = self._telegram.session, bytearray()
        try:
            async for piece in session.stream_content(session.api.file_url(self._telegram.token, path)):
                content += piece
                if len(content) > LARGEST:
                    raise Gone("too_big")
        except ClientResponseError as refused:
            raise NotFetched(f"status {refused.status}") from None
        except (ClientError, TimeoutError) as cut:
            raise NotFetched(type(cut).__name__) from None
        return bytes(content)
