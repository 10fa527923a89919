"""A browser without a screen: keeps its cookie, sends as the page does, and reads what the chat shows."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any
from uuid import UUID

import aiohttp
from yarl import URL

LIMIT = 20.0
TRIES = 3


async def last_word(stream: aiohttp.ClientResponse) -> str:
    """Why a stream of entries ended."""
    said = ""
    async with asyncio.timeout(LIMIT):
        async for line in stream.content:
            said = line.decode()[7:].strip() if line.startswith(b"event: ") else said
    return said


class Browser:
    """One browser, new or holding a ``secret``. Every message it sends has an id of its own, counted from a seed."""

    def __init__(self, url: str, seed: int = 1, agent: str = "", secret: str = "") -> None:
        self.url = url
        self._next = seed << 64
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(LIMIT),
            headers={"User-Agent": agent} if agent else None,
        )
        self._held = secret
        if secret:
            self.session.cookie_jar.update_cookies({"thidua": secret}, URL(url))

    @property
    def secret(self) -> str:
        """What its cookie holds."""
        return self.session.cookie_jar.filter_cookies(URL(self.url))["thidua"].value

    async def __aenter__(self) -> "Browser":
        if not self._held:
            await (await self.session.get(self.url)).read()
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.session.close()

    def client_id(self) -> str:
        """A new id for a message."""
        self._next += 1
        return str(UUID(int=self._next))

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        """Ask for something."""
        response = await self.session.get(f"{self.url}{path}", headers=headers)
        await response.read()
        return response

    async def post(self, path: str, content: Any, *, ours: bool = True) -> tuple[int, dict[str, Any]]:
        """Send JSON (or, given bytes, whatever they are)."""
        headers = {"X-Thidua": "1"} if ours else {}
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers["Content-Type"] = "application/json"
        async with self.session.post(f"{self.url}{path}", data=body, headers=headers) as response:
            return response.status, await response.json() if "json" in response.content_type else {}

    async def says(self, text: str, client: str | None = None) -> str:
        """Write; the id it was sent under."""
        client = client or self.client_id()
        for _ in range(TRIES):
            with suppress(aiohttp.ClientConnectionError):  # as the page does: the same message again until it is stored
                status, _answer = await self.post("/messages", {"client": client, "text": text})
                assert status == 202
                return client
        raise AssertionError("it never took the message")

    async def sends_photo(self, photo: bytes, name: str = "anh.jpg") -> tuple[int, dict[str, Any], str]:
        """Send a photo; status, answer, and the id it was sent under."""
        return await self._sends("photo", photo, name, "image/jpeg", self.client_id())

    async def sends_recording(self, recording: bytes, client: str | None = None) -> tuple[int, dict[str, Any], str]:
        """Send a voice message; status, answer, and the id it was sent under."""
        return await self._sends("recording", recording, "audio.webm", "audio/webm", client or self.client_id())

    async def _sends(
        self, what: str, content: bytes, name: str, kind: str, client: str
    ) -> tuple[int, dict[str, Any], str]:
        form = aiohttp.FormData()
        form.add_field("client", client)
        form.add_field(what, io.BytesIO(content), filename=name, content_type=kind)
        async with self.session.post(f"{self.url}/{what}s", data=form, headers={"X-Thidua": "1"}) as response:
            return response.status, await response.json(), client

    async def shown(self, until: str, after: int = 0) -> list[dict[str, Any]]:
        """What the chat shows after an entry, up to the first that holds these words; fails after a while."""
        entries: list[dict[str, Any]] = []
        async with asyncio.timeout(LIMIT), self.session.get(f"{self.url}/events?after={after}") as response:
            async for line in response.content:
                if not line.startswith(b"data: "):
                    continue
                entries.append(json.loads(line[6:]))
                assert entries[-1], "this browser was signed out"
                if until in entries[-1]["html"]:
                    return entries
        raise AssertionError(f"«{until}» was never shown: {[e['html'] for e in entries]}")

    async def lines(self, after: int = 0) -> AsyncIterator[bytes]:
        """The lines of the stream of what the chat shows after an entry."""
        async with self.session.get(f"{self.url}/events?after={after}") as response:
            async for line in response.content:
                yield line

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[aiohttp.ClientResponse]:
        """An open stream of what the chat shows."""
        async with self.session.get(f"{self.url}/events") as stream:
            yield stream

    async def joins(self, code: str) -> None:
        """Come in with an invitation's code."""
        await self.says(code)
        await self.shown("đồng ý không")
        await self.says("đồng ý")
        await self.shown("đã vào")

    async def becomes(self, name: str) -> None:
        """In a rehearsal: be somebody."""
        people = (await (await self.get("/rehearsal")).json())["people"]
        person = next(person["id"] for person in people if name in person["name"])
        assert (await self.post("/rehearsal/person", {"id": person}))[0] == 204

    async def turns_the_clock(self, to: str) -> None:
        """In a rehearsal: turn the clock forward."""
        assert (await self.post("/rehearsal/clock", {"to": to}))[0] == 200
