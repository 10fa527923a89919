"""A Zalo on this machine: its Bot API over real HTTP, as strict and as poor as the real one.

It answers HTTP 200 where it refuses, forgets a message once it was polled, calls the webhook in both shapes, fetches
photos from where they are said to lie, counts the month's messages, and fails in every way by a seed.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from random import Random
from threading import Thread
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.zalo.wire import SENDS, No, check, event

TOKEN = "4711000000000000001:aV3ry-s3cret_half"
SECRET = "a-secret-of-ours"
PUBLIC = "https://thidua.example"  # where the world finds us; the fake knows on which port that is
AGENT = "Java/1.8.0_192"
TESTS_A_DAY = 5


class Fault(StrEnum):
    """How a call may go wrong; the first four before it is accepted, the others after."""

    BAD_GATEWAY = "502 and a page"
    UNAVAILABLE = "503"
    PAGE = "200 and a page"
    DROPPED = "dropped before"
    DROPPED_AFTER = "dropped after"
    ERROR_AFTER = "500 after"
    SLOW_AFTER = "no answer after"


BEFORE = (Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.PAGE, Fault.DROPPED)


@dataclass(frozen=True)
class Shown:
    """One message on somebody's screen in Zalo."""

    external: str
    chat: str
    text: str
    styles: tuple[dict[str, Any], ...] = ()
    photo: bytes | None = None


@dataclass
class FakeZalo:
    """One bot's Zalo. ``quota``, ``users`` and ``groups`` are its plan; ``faults`` says how the next call fails."""

    quota: int = 3_000
    users: int = 50
    groups: int = 3
    turns_away: bool = False  # what the real one does with the fifty-first is not documented: both are played
    cloudflare: bool = False
    faults: Callable[[str], Fault | None] = lambda _method: None
    seed: int = 7
    patience: float = 60.0
    shown: list[Shown] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    chats: list[str] = field(default_factory=list)
    in_groups: set[str] = field(default_factory=set)
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    media: dict[str, bytes] = field(default_factory=dict)
    webhook: tuple[str, str] | None = None
    port_of_ours: int = 0
    spent: int = 0

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._chance = Random(self.seed)
        self._tested = 0
        self._ours: web.AppRunner | None = None
        self._loop = asyncio.new_event_loop()
        self._news, self._over = asyncio.Event(), asyncio.Event()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    # -- on the machine --

    def start(self) -> "FakeZalo":
        """Be there, on a port of its own."""
        self._thread.start()
        self._now(self._serve())
        return self

    async def _serve(self) -> None:
        app = web.Application(client_max_size=1 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/media/{name}", self._media)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._session = ClientSession(headers={"User-Agent": AGENT}, timeout=ClientTimeout(total=20))
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self.host = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def answers_probes(self) -> None:
        """Let our own side be there without a program: it answers whatever it is called with."""
        self._now(self._answers())

    async def _answers(self) -> None:
        async def well(_request: web.Request) -> web.Response:
            return web.Response()

        app = web.Application()
        app.router.add_post("/{rest:.*}", well)
        self._ours = web.AppRunner(app, access_log=None)
        await self._ours.setup()
        await web.TCPSite(self._ours, "127.0.0.1", 0).start()
        self.port_of_ours = self._ours.addresses[0][1]

    def stop(self) -> None:
        """Be gone."""
        self._now(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._over.set()
        if self._ours:
            await self._ours.cleanup()
        await self._session.close()
        await self._runner.cleanup()
        for _ in range(5):  # what was closed is let go of in the loop's next rounds
            await asyncio.sleep(0)

    def _now(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    # -- what the bot calls --

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        fault = self.faults(method)
        if fault in BEFORE:
            return self._failed(fault, request)
        answer = await self._answered(request, method)
        if fault is Fault.SLOW_AFTER:
            await self._over.wait()
        return self._failed(fault, request) if fault else web.json_response(answer)

    def _failed(self, fault: Fault | None, request: web.Request) -> web.StreamResponse:
        match fault:
            case Fault.BAD_GATEWAY:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case Fault.UNAVAILABLE | Fault.ERROR_AFTER:
                return web.Response(status=503 if fault is Fault.UNAVAILABLE else 500, text="")
            case Fault.PAGE:
                return web.Response(text="<!doctype html><p>bảo trì", content_type="text/html")
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def _answered(self, request: web.Request, method: str) -> dict[str, Any]:
        try:
            fields = await _fields(request)
            if request.match_info["token"] != TOKEN:
                raise No(401, "Unauthorized")
            check(method, fields)
            result = await getattr(self, f"_on_{method}")(fields)
        except No as no:
            return no.answer
        return {"ok": True} if method == "sendChatAction" else {"ok": True, "result": result}

    async def _on_getMe(self, _fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  # Zalo's own names
        names = {"id": TOKEN.partition(":")[0], "account_name": "bot.thidua"}
        return names | {"account_type": "BASIC", "can_join_groups": False}

    async def _on_setWebhook(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.webhook = (fields["url"], fields["secret_token"])
        status = await self._call_us(b"")
        verified = {"ok": status == 200, "outcome": _outcome(status), "status_code": status, "hint": ""}
        return {"url": fields["url"], "updated_at": 1, "verification": verified}

    async def _on_deleteWebhook(self, _fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.webhook = None
        return {"url": "", "updated_at": 1}

    async def _on_getWebhookInfo(self, _fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"url": self.webhook[0] if self.webhook else "", "updated_at": 1}

    async def _on_testWebhook(self, _fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._tested += 1
        if self._tested > TESTS_A_DAY:
            raise No(426, "Too many tests", "errorCode")
        status = await self._call_us(b"")
        return {"ok": status == 200, "outcome": _outcome(status), "status_code": status, "latency_ms": 5, "hint": ""}

    async def _on_getUpdates(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if self.webhook:
            raise No(400, "Bad request: a webhook is set")
        until = self._loop.time() + float(fields.get("timeout", 30))
        while not self.waiting:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), until - self._loop.time())
            except TimeoutError:
                raise No(408, "Request timeout") from None
        return self.waiting.popleft()

    async def _on_sendChatAction(self, _fields: dict[str, Any]) -> None:  # noqa: N802
        return None

    async def _on_sendMessage(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._show(fields, fields["text"], tuple(fields.get("text_styles", ())), None)

    async def _on_sendPhoto(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._may_send(fields["chat_id"])
        return self._show(fields, fields.get("caption", ""), (), await self._photo_at(fields["photo"]))

    async def _photo_at(self, address: str) -> bytes:
        try:
            async with self._session.get(self._reached(address)) as answer:
                content = await answer.read()
        except (ClientError, TimeoutError):
            raise No(400, "Bad request: photo cannot be downloaded") from None
        if answer.status != 200 or content[:3] != b"\xff\xd8\xff":
            raise No(400, "Bad request: photo is no picture")
        return content

    def _show(self, fields: dict[str, Any], text: str, styles: Any, photo: bytes | None) -> dict[str, Any]:
        self._may_send(fields["chat_id"])
        self.spent += 1
        self.shown.append(Shown(f"{next(self._numbers):020x}", fields["chat_id"], text, styles, photo))
        return {"message_id": self.shown[-1].external, "date": 1}

    def _may_send(self, chat: str) -> None:
        if chat not in self.chats:
            raise No(404, "Not Found: this chat never wrote")
        people = [one for one in self.chats if one not in self.in_groups]
        if self.spent >= self.quota or (self.turns_away and chat in people[self.users :]):
            raise No(429, "Quota exceeded")

    # -- what people do --

    def says(self, name: str, chat: str, at: int, *, group: bool = False, **fields: Any) -> int | None:
        """Somebody sends something; what our webhook answered, none where it waits to be polled."""
        return self.brings(event(name, chat, f"{next(self._numbers):020x}", at, group=group, **fields))

    def brings(self, told: dict[str, Any]) -> int | None:
        """Bring an event, perhaps not for the first time."""
        return int(status) if (status := self._now(self._bring(told))) is not None else None

    async def _bring(self, told: dict[str, Any]) -> int | None:
        chat = told["message"]["chat"]["id"]
        if chat not in self.chats:
            self.chats.append(chat)
        if told["message"]["chat"]["chat_type"] == "GROUP":
            self._joins_group(chat)
        if self.webhook is None:
            self.waiting.append(told)
            self._news.set()
            return None
        shape = told if self._chance.random() < 0.5 else {"ok": True, "result": told}
        return await self._call_us(json.dumps(shape).encode())

    def _joins_group(self, chat: str) -> None:
        assert chat in self.in_groups or len(self.in_groups) < self.groups, "Zalo lets a bot into so many groups only"
        self.in_groups.add(chat)

    async def _call_us(self, body: bytes) -> int:
        """Call the webhook; what answered, 0 for nobody. Cloudflare's integrity check does not like Java."""
        if self.cloudflare:
            return 403
        assert self.webhook is not None
        url, secret = self.webhook
        headers = {"X-Bot-Api-Secret-Token": secret} | ({"Content-Type": "application/json"} if body else {})
        try:
            async with self._session.post(self._reached(url), data=body, headers=headers) as answer:
                return answer.status
        except (ClientError, TimeoutError):
            return 0

    def _reached(self, address: str) -> str:
        return address.replace(PUBLIC, f"http://127.0.0.1:{self.port_of_ours}", 1)

    async def _media(self, request: web.Request) -> web.Response:
        content = self.media.get(request.match_info["name"])
        return web.Response(body=content) if content else web.Response(status=404)


async def _fields(request: web.Request) -> dict[str, Any]:
    """What a call carries; a photo itself, or anything that is no JSON and no form, is refused."""
    if request.content_type.startswith("multipart/"):
        raise No(400, "Bad request: multipart")
    if request.content_type == "application/json":
        told = await request.json()
        return told if isinstance(told, dict) else {}
    return dict(await request.post())


def _outcome(status: int) -> str:
    return "webhook.ok" if status == 200 else f"webhook.http.{status}"


def by_chance(seed: int, share: float, faults: tuple[Fault, ...] = tuple(Fault)) -> Callable[[str], Fault | None]:
    """Faults for so large a share of the sends, always the same for a seed."""
    chance = Random(seed)
    return lambda method: chance.choice(faults) if method in SENDS and chance.random() < share else None
