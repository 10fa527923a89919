"""What a browser sends is stored once, whatever it is; what is not a message gets a sentence or nothing."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.program import Program
from tests.web.client import Browser


def browse(program: Program, visit: Callable[[Browser], Awaitable[None]], seed: int = 1) -> None:
    """Let one browser visit."""

    async def visiting() -> None:
        async with Browser(program.url, seed) as browser:
            await visit(browser)

    asyncio.run(visiting())


def test_it_stores_a_message_once_however_often_it_comes(installation: Program) -> None:
    async def visit(browser: Browser) -> None:
        client = await browser.says("xin chào")
        await browser.says("xin chào", client)
        await browser.says("hết")
        shown = await browser.shown("hết")
        assert [entry["client"] for entry in shown if entry["kind"] == "in"].count(client) == 1

    browse(installation, visit, seed=11)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{nonsense", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 60_000, 400),
        ({"client": "1", "text": "a"}, 400),
        ({"client": "-" * 22, "text": "a"}, 400),
        ({"client": "00000000-0000-0000-0000-000000000001", "press": ["x"]}, 400),
        ({"client": "00000000-0000-0000-0000-000000000001", "text": 5}, 400),
        ({"client": "00000000-0000-0000-0000-000000000001", "text": "dài " * 25_000}, 413),
        ({"client": "00000000-0000-0000-0000-000000000001", "text": "a" * 4_001}, 413),
    ],
)
def test_it_refuses_what_is_no_message_with_a_sentence(installation: Program, content: object, status: int) -> None:
    async def visit(browser: Browser) -> None:
        answered, said = await browser.post("/messages", content)
        assert answered == status
        assert len(said["error"].split()) > 3

    browse(installation, visit)


def test_it_takes_nothing_from_a_page_elsewhere(installation: Program) -> None:
    async def visit(browser: Browser) -> None:
        assert (await browser.post("/messages", {}, ours=False))[0] == 403

    browse(installation, visit)


def test_it_has_no_rehearsal_outside_a_rehearsal(installation: Program) -> None:
    async def visit(browser: Browser) -> None:
        assert (await browser.get("/rehearsal")).status == 404
        assert (await browser.post("/rehearsal/clock", {"to": "week"}))[0] == 404
        page = await (await browser.get("/")).text()
        assert "rehearsal" not in page

    browse(installation, visit)


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/nowhere", "/photos/nothing", "/healthz"])
def test_it_sends_safe_headers_with_everything(installation: Program, path: str) -> None:
    async def visit(browser: Browser) -> None:
        headers = (await browser.get(path)).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"

    browse(installation, visit)


@pytest.mark.parametrize(("kind", "path"), [("installation", "/"), ("rehearsal", "/?vai")])
def test_it_loads_nothing_from_elsewhere_and_little_at_all(
    request: pytest.FixtureRequest, kind: str, path: str
) -> None:
    async def visit(browser: Browser) -> None:
        page = await (await browser.get(path)).read()
        assert b"http://" not in page
        assert b"https://" not in page
        parts = await with_imports(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())), browser)
        assert len(parts) > 15
        assert any("rehearsal.js" in part for part in parts) == (kind == "rehearsal")
        assert min(len(content) for content in parts.values()) > 100
        assert len(page) + sum(map(len, parts.values())) < 100_000

    browse(request.getfixturevalue(kind), visit)


async def with_imports(parts: set[str], browser: Browser) -> dict[str, bytes]:
    """Those parts of a page and every module that they import, with what they weigh."""
    found: dict[str, bytes] = {}
    while left := parts - found.keys():
        part = left.pop()
        found[part] = await (await browser.get(part)).read()
        imported = re.findall(r'from "\./([^"]+)"', found[part].decode())
        parts = parts | {f"{part.rpartition('/')[0]}/{module}" for module in imported}
    return found


def test_it_replays_from_where_a_browser_was(installation: Program) -> None:
    async def visit(browser: Browser) -> None:
        await browser.says("một")
        first = (await browser.shown("một"))[-1]
        await browser.says("hai")
        later = await browser.shown("hai", after=first["id"])
        assert all(entry["id"] > first["id"] for entry in later)

    browse(installation, visit, seed=12)


def test_it_shows_markup_as_words(installation: Program) -> None:
    async def visit(browser: Browser) -> None:
        await browser.says("<script>alert(1)</script> & <b>")
        assert (await browser.shown("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;"))[-1]["kind"] == "in"

    browse(installation, visit, seed=13)


def test_it_loses_nothing_when_it_is_killed_and_stops_when_it_is_told(tmp_path: Path) -> None:
    program = Program("demo", tmp_path)

    async def visit(browser: Browser) -> None:
        await browser.says("trước khi mất điện")
        program.restart()
        await browser.says("sau khi có điện")
        shown = [entry["html"] for entry in await browser.shown("sau khi có điện")]
        assert shown.count("trước khi mất điện") == 1

    try:
        browse(program, visit, seed=14)
    finally:
        assert program.stop() < 10
