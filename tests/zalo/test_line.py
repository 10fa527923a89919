"""A Zalo line in the running program: its webhook, its polling, its photos; every failure has an answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.bell import Bell
from bot.channels.line import Gone, Receiver
from bot.channels.zalo.client import Failure
from bot.channels.zalo.line import ZaloLine, path_of
from bot.clock import Clock
from bot.inbox import Arrival
from bot.outbox import inline
from tests.zalo.fake import PUBLIC, SECRET, FakeZalo
from tests.zalo.stage import ZALO, zalo_line
from tests.zalo.wire import event

TED = "6ede9afa66b88fe6d6a9"
HEADERS = {"X-Bot-Api-Secret-Token": SECRET}
PATIENCE = 20


@dataclass
class Kept:
    """An inbox that remembers, as the program's does, and can refuse."""

    arrivals: list[Arrival] = field(default_factory=list)
    broken: bool = False
    refused: int = 0

    def receive(self, arrival: Arrival, _now: Any) -> int:
        """Keep it, unless the disk is full."""
        if self.broken:
            self.refused += 1
            raise OSError("no space left")
        self.arrivals.append(arrival)
        return len(self.arrivals)


@asynccontextmanager
async def listening(line: ZaloLine, zalo: FakeZalo, inbox: Kept) -> AsyncIterator[str]:
    """The program with that line; where it is reached."""
    receiver = Receiver(inbox, Clock(), inline, Bell(), None)  # type: ignore[arg-type]  # it keeps what it promises
    pages = web.Application()
    pages.add_routes(line.routes(receiver))
    runner = web.AppRunner(pages)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    zalo.port_of_ours = runner.addresses[0][1]
    try:
        async with line.listening(receiver):
            yield f"http://127.0.0.1:{zalo.port_of_ours}{path_of(ZALO)}"
    finally:
        await runner.cleanup()


async def until(true: Callable[[], object]) -> None:
    """Wait for something that is bound to happen."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await outside(lambda: None)


async def outside(act: Callable[[], Any]) -> Any:
    """What happens on somebody else's machine."""
    return await asyncio.get_running_loop().run_in_executor(None, act)


def calls(zalo: FakeZalo, *bodies: tuple[bytes, dict[str, str]], broken: bool = False) -> tuple[list[int], Kept]:
    """What the webhook answers to some calls, and what was kept."""

    async def called() -> tuple[list[int], Kept]:
        inbox = Kept(broken=broken)
        async with listening(zalo_line(zalo), zalo, inbox) as url, ClientSession() as session:
            answers = []
            for body, headers in bodies:
                async with session.post(url, data=body, headers=headers) as answer:
                    answers.append(answer.status)
        return answers, inbox

    return asyncio.run(called())


def body(text: str = "150 43", number: str = "a" * 20) -> bytes:
    """A call's body."""
    return json.dumps(event("text", TED, number, 1750314531602, text=text)).encode()


def test_it_answers_an_empty_probe_and_nobody_without_the_secret(zalo: FakeZalo) -> None:
    answers, inbox = calls(
        zalo, (b"", {}), (body(), {}), (body(), {"X-Bot-Api-Secret-Token": "a-guess"}), (body(), HEADERS)
    )
    assert answers == [200, 403, 403, 200]
    assert [arrival.text for arrival in inbox.arrivals] == ["150 43"]


@pytest.mark.parametrize("wrong", [b"{", b"\xff\xfe", b"[" * 50_000, b'{"event_name":1}', b"a" * 70_000])
def test_it_survives_whatever_is_sent_with_the_secret(zalo: FakeZalo, wrong: bytes) -> None:
    answers, inbox = calls(zalo, (wrong, HEADERS), (body(), HEADERS))
    assert answers[0] in (200, 400, 413)
    assert answers[1] == 200
    assert len(inbox.arrivals) == 1


def test_it_says_200_only_once_it_is_stored(zalo: FakeZalo) -> None:
    assert calls(zalo, (body(), HEADERS), broken=True)[0] == [500]


def test_it_tells_zalo_where_to_call_and_hears_what_people_say(zalo: FakeZalo) -> None:
    async def heard() -> Kept:
        inbox = Kept()
        async with listening(zalo_line(zalo), zalo, inbox):
            await until(lambda: zalo.webhook)
            assert await outside(lambda: zalo.says("text", TED, 1, text="chào")) == 200
        return inbox

    assert [arrival.text for arrival in asyncio.run(heard()).arrivals] == ["chào"]
    assert zalo.webhook == (PUBLIC + path_of(ZALO), SECRET)


@pytest.mark.parametrize("reached", [True, False])
def test_it_says_whether_zalo_reached_it(zalo: FakeZalo, capsys: pytest.CaptureFixture[str], reached: bool) -> None:
    async def starts() -> None:
        async with listening(zalo_line(zalo), zalo, Kept()):
            if not reached:
                zalo.port_of_ours = 9
            await until(lambda: "getMe" in zalo.calls)

    asyncio.run(starts())
    said = capsys.readouterr().out
    assert ("Zalo calls us" in said, "thidua doctor zalo says why" in said) == (reached, not reached)


def test_it_polls_one_message_after_the_other_without_a_secret(zalo: FakeZalo, tmp_path: Path) -> None:
    zalo.webhook = (f"{PUBLIC}/elsewhere", SECRET)

    async def polled() -> Sequence[Arrival]:
        inbox, line = Kept(), zalo_line(zalo, secret=None, data=tmp_path)
        async with listening(line, zalo, inbox):
            await until(lambda: "getUpdates" in zalo.calls)
            for number in range(5):
                await outside(lambda number=number: zalo.says("text", TED, 1, text=f"tin {number}"))  # type: ignore[misc]
            await until(lambda: len(inbox.arrivals) == 5)
        return inbox.arrivals

    assert [arrival.text for arrival in asyncio.run(polled())] == [f"tin {n}" for n in range(5)]
    assert zalo.webhook is None, "polling needs the webhook gone"


def test_it_tries_again_to_store_what_zalo_has_forgotten(
    zalo: FakeZalo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full for a while: the message that was handed over is kept in hand, and polling goes on after it."""
    monkeypatch.setattr("bot.channels.zalo.line.REST", 0.01)

    async def polled() -> Sequence[Arrival]:
        inbox, line = Kept(broken=True), zalo_line(zalo, secret=None, data=tmp_path)
        async with listening(line, zalo, inbox):
            await until(lambda: "getUpdates" in zalo.calls)
            await outside(lambda: zalo.says("text", TED, 1, text="150 43"))
            await until(lambda: inbox.refused > 2)
            inbox.broken = False
            await outside(lambda: zalo.says("text", TED, 1, text="giúp"))
            await until(lambda: len(inbox.arrivals) == 2)
        return inbox.arrivals

    assert [arrival.text for arrival in asyncio.run(polled())] == ["150 43", "giúp"]


def test_it_says_how_many_messages_were_at_risk_while_polling(
    zalo: FakeZalo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def polls() -> None:
        async with listening(zalo_line(zalo, secret=None, data=tmp_path), zalo, Kept()):
            await until(lambda: "getUpdates" in zalo.calls)

    for _ in range(3):
        zalo.calls.clear()
        asyncio.run(polls())
    told = capsys.readouterr().out
    assert [f"at_risk={n}" in told.replace("\x1b[0m", "").replace("\x1b[35m", "") for n in (0, 1, 2)] == [True] * 3


def test_it_fetches_photos_and_knows_which_are_gone(zalo: FakeZalo) -> None:
    zalo.media["here.jpg"] = b"\xff\xd8\xff"

    async def fetched() -> bytes:
        line = zalo_line(zalo)
        try:
            for gone in (f"{zalo.host}/media/gone.jpg", "file:///etc/passwd"):
                with pytest.raises(Gone):
                    await line.fetch(gone)
            with pytest.raises(Failure):
                await line.fetch("http://127.0.0.1:9/later.jpg")
            return await line.fetch(f"{zalo.host}/media/here.jpg")
        finally:
            await line._client.close()

    assert asyncio.run(fetched()) == b"\xff\xd8\xff"
