"""The HTTP of the fake: calls, files, long polls with offsets, webhooks with retries. Runs in a thread of its own."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.fakes.telegram.faults import Fault, Faults
from tests.fakes.telegram.honest import call_faults, update_faults
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.methods import Methods
from tests.fakes.telegram.people import People
from tests.fakes.telegram.refused import OTHER_POLLER, WEBHOOK_ACTIVE, Refused
from tests.fakes.telegram.world import Json, Uploaded, World

SECRET = "X-Telegram-Bot-Api-Secret-Token"
RETRY_EVERY = 0.05  # seconds between two tries of a webhook, short so that tests need not wait
CHANGES = ("send", "edit", "delete", "setMyCommands")
NOT_TAKEN = (Fault.TOO_MANY, Fault.SERVER, Fault.GATEWAY, Fault.TIMEOUT, Fault.BEFORE)
TOO_MANY = Refused(429, "Too Many Requests: retry after 7", retry_after=7)


@dataclass
class Call:
    """A call that was answered."""

    method: str
    given: dict[str, Any]
    at: float
    ok: bool
    result: Any = None


@dataclass
class FakeTelegram:
    """A Bot API server on loopback for one bot. What either library would not know is gathered in ``dishonest``."""

    token: str = "424242:AAFakeFakeFakeFakeFakeFakeFakeFake000"
    username: str = "ThiDuaBot"
    clock: Callable[[], float] = time.time
    checking: bool = True
    limiting: bool = True
    calls: list[Call] = field(default_factory=list)
    dishonest: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.world = World(int(self.token.split(":")[0]), self.username, self._now)
        self.limits = Limits(on=self.limiting)
        self.people = People(self.world)
        self.methods = Methods(self.world, self.limits)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._poll: asyncio.Future[None] | None = None
        self._came: asyncio.Event | None = None

    def _now(self) -> float:
        return self.clock()

    @property
    def url(self) -> str:
        """Where it answers, as ``THIDUA_TELEGRAM_API``."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FakeTelegram":
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def forget(self) -> None:
        """Everybody and everything is new again; the server goes on."""
        came = self.world.on_update
        self.world = World(self.world.me["id"], self.username, self._now)
        self.limits = Limits(on=self.limiting)
        self.people = People(self.world)
        self.methods = Methods(self.world, self.limits)
        self.world.on_update = came
        self.calls.clear()
        self.faults = Faults()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        for task in (left := asyncio.all_tasks(self._loop)):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self) -> None:
        self._stop, self._came = asyncio.Event(), asyncio.Event()
        app = web.Application(client_max_size=64 << 20)
        app.add_routes(
            [web.route("*", "/bot{token}/{method}", self._called), web.get("/file/bot{token}/{path:.+}", self._file)]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self.world.on_update = self._ring
        pushing = asyncio.ensure_future(self._push())
        self._ready.set()
        await self._stop.wait()
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)
        await runner.cleanup()

    def _ring(self) -> None:
        self._loop.call_soon_threadsafe(self._something_came)

    def _something_came(self) -> None:
        assert self._came is not None
        self._came.set()
        self._came = asyncio.Event()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _answer(Refused(401, "Unauthorized"))
        method, given = request.match_info["method"], await _given(request)
        fault = self._fault(method)
        if fault in NOT_TAKEN:
            return _failed(fault, request)
        try:
            result = await self._updates(given, request) if method == "getUpdates" else self._result(method, given)
        except Refused as refused:
            self.calls.append(Call(method, given, self._now(), ok=False, result=refused.description))
            return _answer(refused)
        if fault:
            return _failed(fault, request)
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str) -> Fault | None:
        if method == "getUpdates":
            return self.faults.by_chance()
        return self.faults.draw() if method.startswith(CHANGES) and method != "sendChatAction" else None

    def _result(self, method: str, given: dict[str, Any]) -> Any:
        result = self.methods.call(method, given)
        self.calls.append(Call(method, given, self._now(), ok=True, result=result))
        if self.checking:
            self.dishonest += call_faults(method, given, result)
        return result

    async def _updates(self, given: dict[str, Any], request: web.Request) -> list[Json]:
        """A long poll. A second one ends the first with a conflict; a later offset confirms what came before it."""
        if self.methods.webhook:
            raise Refused(409, WEBHOOK_ACTIVE)
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(409, OTHER_POLLER))
        mine = self._poll = self._loop.create_future()
        offset, limit, hold = (int(given.get(name) or 0) for name in ("offset", "limit", "timeout"))
        if given.get("allowed_updates"):
            self.world.allowed = json.loads(given["allowed_updates"])
        if offset > 0:
            self.world.confirm(offset)
        found = await self._wait(limit or 100, hold, mine)
        if self.checking:
            self.dishonest += [fault for update in found for fault in update_faults(update)]
        return found

    async def _wait(self, limit: int, hold: float, mine: "asyncio.Future[None]") -> list[Json]:
        until = self._loop.time() + hold
        while not self.world.updates and self._loop.time() < until:
            assert self._came is not None
            came = asyncio.ensure_future(self._came.wait())
            await asyncio.wait((came, mine), timeout=until - self._loop.time(), return_when=asyncio.FIRST_COMPLETED)
            came.cancel()
            if mine.done():
                break
        if mine.done():
            mine.result()
        mine.cancel()
        return self.world.updates[:limit]

    async def _file(self, request: web.Request) -> web.Response:
        if self.faults.files:
            return _failed_file(self.faults.files.pop(0), request)
        name = next((name for name, path in self.world.paths.items() if path == request.match_info["path"]), "")
        content = self.world.files.get(name)
        if content is None or request.match_info["token"] != self.token:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/octet-stream")

    async def _push(self) -> None:
        """Bring every update to the webhook, in order, until it is taken with 2xx."""
        async with ClientSession() as session:
            while True:
                assert self._came is not None
                came = self._came
                while self.methods.webhook and self.world.updates:
                    await self._bring(session, self.world.updates[0])
                await came.wait()

    async def _bring(self, session: ClientSession, update: Json) -> None:
        hook = self.methods.webhook
        self.dishonest += update_faults(update) if self.checking else []
        try:
            async with session.post(hook["url"], json=update, headers={SECRET: hook["secret"]}) as answer:
                taken = 200 <= answer.status < 300
                hook["error"] = None if taken else f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError):
            taken, hook["error"] = False, "Connection refused"
        if taken:
            self.world.confirm(update["update_id"] + 1)
        else:
            await asyncio.sleep(RETRY_EVERY)


async def _given(request: web.Request) -> dict[str, Any]:
    """Parameters as texts, files as bytes, however they were sent."""
    if request.content_type == "application/json":
        sent = await request.json()
        return {name: one if isinstance(one, str) else json.dumps(one) for name, one in sent.items()}
    fields = {**request.query, **(await request.post())}
    return {name: _uploaded(one) if isinstance(one, web.FileField) else one for name, one in fields.items()}


def _uploaded(field: web.FileField) -> Uploaded:
    """The bytes of a file and the name it was sent under."""
    content = Uploaded(field.file.read())
    content.name = field.filename
    return content


def _answer(refused: Refused) -> web.Response:
    parameters = {"parameters": refused.parameters} if refused.parameters else {}
    told = {"ok": False, "error_code": refused.code, "description": refused.description, **parameters}
    return web.json_response(told, status=refused.code)


def _failed_file(status: int, request: web.Request) -> web.Response:
    if not status:
        assert request.transport is not None
        request.transport.abort()
    return web.Response(status=status or 500, text='{"ok":false,"error_code":404,"description":"Not Found"}')


def _failed(fault: Fault, request: web.Request) -> web.StreamResponse:
    if fault is Fault.TOO_MANY:
        return _answer(TOO_MANY)
    if fault is Fault.SERVER:
        return _answer(Refused(500, "Internal Server Error"))
    if fault is Fault.GATEWAY:
        return web.Response(status=502, text="<html><body>Bad Gateway</body></html>", content_type="text/html")
    if fault is Fault.TIMEOUT:
        return web.Response(status=504, text="<html><body>Gateway Time-out</body></html>", content_type="text/html")
    if fault is Fault.GARBLED:
        return web.Response(text='{"ok":true,"result":{"mess', content_type="application/json")
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
