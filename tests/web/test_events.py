"""The stream of what a chat shows: everything once, in order, from wherever a browser was."""

import asyncio
import json
from typing import Any

import pytest

from tests.program import Program
from tests.web.client import Browser

MANY = 210  # more than are read at once


async def stream(browser: Browser, query: str, until: str, **headers: str) -> list[dict[str, Any]]:
    """What a connection gets, up to the words it waits for."""
    entries: list[dict[str, Any]] = []
    url = f"{browser.url}/events{query}"
    async with asyncio.timeout(20), browser.session.get(url, headers=headers) as response:
        async for line in response.content:
            if line.startswith(b"data: "):
                entries.append(json.loads(line[6:]))
                if until in entries[-1]["html"]:
                    break
    return entries


def test_it_replays_everything_that_was_missed_however_much(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url, seed=41) as browser:
            await browser.says("đầu tiên")
            first = (await browser.shown("đầu tiên"))[-1]["id"]
            for number in range(MANY):
                await browser.says(f"tin {number}.")
            await browser.says("cuối cùng")
            missed = await stream(browser, f"?after={first}", "cuối cùng")
            written = [entry["html"] for entry in missed if entry["kind"] == "in"]
            assert written == [*(f"tin {number}." for number in range(MANY)), "cuối cùng"]
            numbers = [entry["id"] for entry in missed]
            assert numbers == sorted(set(numbers))

    asyncio.run(visit())


def test_it_goes_on_after_the_last_event_a_browser_names(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url, seed=42) as browser:
            for words in ("một", "hai", "ba"):
                await browser.says(words)
            second = next(e["id"] for e in await browser.shown("ba") if e["html"] == "hai")
            again = await stream(browser, "?after=0", "ba", **{"Last-Event-ID": str(second)})
            assert not {"một", "hai"} & {entry["html"] for entry in again}

    asyncio.run(visit())


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 40, "%00", "²"])
def test_it_begins_at_the_beginning_where_it_is_told_nonsense(installation: Program, after: str) -> None:
    async def visit() -> None:
        async with Browser(installation.url, seed=43) as browser:
            await browser.says("xin chào")
            assert await stream(browser, f"?after={after}", "xin chào")

    asyncio.run(visit())


def test_it_shows_control_characters_as_nothing(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url, seed=44) as browser:
            await browser.says("a\u0000\u0007\u202eb\ud800\n\nevent: entry\ndata: {}\n\nhết")
            last = (await browser.shown("hết"))[-1]
            assert last["html"] == "a b<br><br>event: entry<br>data: {}<br><br>hết"

    asyncio.run(visit())
