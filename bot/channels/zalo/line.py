"""One Zalo bot: its webhook, or its polling for trying out; its channel; its photos.

A webhook loses nothing: what Zalo calls with is stored before it hears 200. Polling is for trying out: Zalo forgets a
message the moment it hands it over, so the one under way when the program dies is gone.
"""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.channels.channel import Channel
from bot.channels.line import VENDORS, Gone, Receiver
from bot.channels.zalo.client import Client, Failure, Idle, Refused
from bot.channels.zalo.receive import arrivals
from bot.channels.zalo.send import ZaloChannel
from bot.keeping import keep_aside
from dialogue.doors import Door

log = structlog.get_logger()

LARGEST_PHOTO = 12 * 1024 * 1024
LARGEST_CALL = 64_000
POLL = 30  # seconds that Zalo keeps a poll open
REST, LONG_REST = 5.0, 300.0
TRIES = 60


@dataclass(frozen=True)
class Setup:
    """How a bot is set up: its name in groups, and its webhook's secret and address, or none where it polls."""

    bot: str
    name: str
    secret: SecretStr | None
    address: str
    data: Path


class ZaloLine:
    """A Zalo bot's whole connection."""

    def __init__(self, setup: Setup, client: Client, channel: ZaloChannel) -> None:
        self.bot = setup.bot
        self.channel: Channel = channel
        self._setup = setup
        self._client = client
        self._names: tuple[str, ...] = (setup.name,) if setup.name else ()

    @property
    def door(self) -> Door | None:
        """None: a link to a Zalo bot takes no code along, so the code is typed."""
        return None

    def routes(self, receiver: Receiver) -> Sequence[web.AbstractRouteDef]:
        """The webhook, where there is a secret for it."""
        if self._setup.secret is None:
            return ()

        async def called(request: web.Request) -> web.Response:
            return await self._called(request, receiver)

        return [web.post(path_of(self.bot), called)]

    async def _called(self, request: web.Request, receiver: Receiver) -> web.Response:
        """Zalo brings an event: stored, then 200. A call without a body is a probe and may have no secret."""
        body = await request.read()
        if not body.strip():
            return web.Response()
        if not self._knows_secret(request.headers.get("X-Bot-Api-Secret-Token", "")):
            return web.Response(status=403)
        if len(body) > LARGEST_CALL:
            return web.Response(status=413)
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        await self._receive(event, receiver)
        return web.Response()

    def _knows_secret(self, told: str) -> bool:
        assert self._setup.secret is not None
        return hmac.compare_digest(told.encode(), self._setup.secret.get_secret_value().encode())

    async def _receive(self, event: Any, receiver: Receiver) -> None:
        await receiver.receive(tuple(arrivals(self.bot, self._names, event, receiver.now().campaign)))

    def listening(self, receiver: Receiver) -> AbstractAsyncContextManager[None]:
        """Tell Zalo where to call, or poll, until the block is left."""
        return self._listening(receiver)

    @asynccontextmanager
    async def _listening(self, receiver: Receiver) -> AsyncIterator[None]:
        connected = self._calls_us() if self._setup.secret else self._polls(receiver)
        task = asyncio.ensure_future(connected)
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._client.close()

    async def _calls_us(self) -> None:
        """Learn the bot's name and tell Zalo where to call, again until it has heard."""
        assert self._setup.secret is not None
        secret, address = self._setup.secret.get_secret_value(), self._setup.address + path_of(self.bot)
        said = await self._until_done("setWebhook", {"url": address, "secret_token": secret})
        self._tell_whether_it_reached_us(said, address)
        await self._learn_name()

    def _tell_whether_it_reached_us(self, said: Any, address: str) -> None:
        """Zalo keeps the address also where its own trial of it failed."""
        tried = said.get("verification") if isinstance(said, dict) else None
        if isinstance(tried, dict) and not tried.get("ok"):
            log.warning(
                "Zalo does not reach us; thidua doctor zalo says why",
                bot=self.bot,
                at=address,
                outcome=tried.get("outcome"),
                status=tried.get("status_code"),
            )
        else:
            log.info("Zalo calls us", bot=self.bot, at=address)

    async def _learn_name(self) -> None:
        said = await self._until_done("getMe", {})
        name = said.get("account_name") if isinstance(said, dict) else None
        self._names += (name,) if isinstance(name, str) and name else ()

    async def _until_done(self, method: str, fields: dict[str, Any]) -> Any:
        rest = REST
        while True:
            try:
                return await self._client.call(method, fields)
            except Failure as failure:
                log.warning("Zalo did not take it", method=method, failure=type(failure).__name__, told=failure.args)
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONG_REST)

    async def _polls(self, receiver: Receiver) -> None:
        """Ask for one message after the other; each is stored before the next is asked for."""
        risk = _AtRisk(self._setup.data / f"{self.bot}.polls")
        log.warning("polling: what people write while the program is off is lost", bot=self.bot, at_risk=risk.begin())
        await self._until_done("deleteWebhook", {})
        await self._learn_name()
        while True:
            await self._poll(receiver)

    async def _poll(self, receiver: Receiver) -> None:
        try:
            event = await self._client.call("getUpdates", {"timeout": str(POLL)}, seconds=POLL + 15)
        except Idle:
            pass
        except Failure as failure:
            log.warning("a poll failed", bot=self.bot, failure=type(failure).__name__)
            await asyncio.sleep(REST)
        else:
            await self._stores(event, receiver)

    async def _stores(self, event: Any, receiver: Receiver) -> None:
        """Zalo has forgotten this message: it is tried again until it is stored, for some minutes."""
        for _ in range(TRIES):
            try:
                await self._receive(event, receiver)
            except Exception:
                log.exception("a message that was polled is not stored yet", bot=self.bot)
                await asyncio.sleep(REST)
            else:
                return
        log.error("a message that was polled is lost", bot=self.bot)

    async def fetch(self, source: str) -> bytes:
        """A photo that somebody sent. Its address is public and does not last."""
        if not source.startswith(("https://", "http://")):
            raise Gone
        status, content = await self._client.fetch(source, LARGEST_PHOTO)
        if 400 <= status < 500:
            raise Gone
        if status != 200:
            raise Refused(status, "photo")
        return content


class _AtRisk:
    """How often polling was cut short, by the death of the program or its stop: each time one message may be gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self) -> int:
        """Count from here on; how often it happened before."""
        before = int(self._path.read_text()) if self._path.exists() else 0
        keep_aside(self._path, str(before + 1).encode())
        return before


def path_of(bot: str) -> str:
    """Where Zalo calls for a bot: ``/bots/zalo/4711`` for zalo-4711."""
    return VENDORS + bot.replace("-", "/", 1)
