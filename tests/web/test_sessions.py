"""Whose chat a browser opens: the one its cookie's secret was given for, and no other."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.program import Program, launched_codes
from tests.web.client import Browser


def test_it_gives_a_secret_that_no_script_and_no_other_site_can_use(installation: Program) -> None:
    async def visit() -> None:
        async with aiohttp.ClientSession() as session, session.get(installation.url) as first:
            cookie = first.cookies["thidua"]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Strict"
            assert len(cookie.value) > 40
        async with aiohttp.ClientSession() as session, session.get(installation.url) as other:
            assert other.cookies["thidua"].value != cookie.value

    asyncio.run(visit())


def test_it_tells_the_page_on_the_first_visit_whose_it_is(installation: Program, rehearsal: Program) -> None:
    """What is left unsent is kept under this name: were it another on the second visit, it would never be sent."""

    async def visit(program: Program) -> None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            names = []
            for _ in range(2):
                async with session.get(program.url) as page:
                    names.append((await page.text()).partition('data-chat="')[2].partition('"')[0])
            assert names[0] == names[1] != ""

    asyncio.run(visit(installation))
    asyncio.run(visit(rehearsal))


@pytest.mark.parametrize("path", ["/events", "/photos/00000000-0000-0000-0000-000000000001"])
@pytest.mark.parametrize("cookie", ["", "thidua=", "thidua=short", f"thidua={'a' * 500}"])
def test_it_opens_nothing_without_a_secret(installation: Program, path: str, cookie: str) -> None:
    async def visit() -> None:
        headers = {"Cookie": cookie} if cookie else {}
        async with aiohttp.ClientSession() as session:
            async with session.get(installation.url + path, headers=headers) as answered:
                assert answered.status == 401
            posted = {"client": "00000000-0000-0000-0000-000000000001", "text": "a"}
            headers |= {"X-Thidua": "1"}
            async with session.post(f"{installation.url}/messages", json=posted, headers=headers) as answered:
                assert answered.status == 401

    asyncio.run(visit())


def test_it_keeps_who_joined_and_makes_a_forged_cookie_a_stranger(tmp_path: Path) -> None:
    codes = launched_codes(tmp_path)
    program = Program("run", tmp_path)

    async def visit() -> None:
        async with Browser(program.url, seed=31) as officer:
            await officer.says(codes["Nguyễn Thị Hà"])
            await officer.shown("đồng ý không")
            await officer.says("đồng ý")
            await officer.shown("Chào cô Hà")
            program.restart()
            await officer.says("giúp")
            await officer.shown("BẢNG")
        async with aiohttp.ClientSession(headers={"Cookie": f"thidua={'f' * 43}"}) as forger:
            async with forger.get(f"{program.url}/events") as stream:
                seen = await stream.content.readuntil(b"\n\n")
            assert "mã tám số" in seen.decode()
            assert "Hà" not in seen.decode()

    try:
        asyncio.run(visit())
    finally:
        program.stop()


@pytest.mark.parametrize("path", ["/rehearsal/person", "/rehearsal/clock"])
@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff", b'{"to":["week"],"id":[1]}', b'{"id":"00000000-0000-7000-8000-000000000000"}']
)
def test_it_makes_nobody_of_nonsense_in_the_rehearsals_bar(rehearsal: Program, path: str, content: bytes) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url) as browser:
            before = (await (await browser.get("/rehearsal")).json())["people"]
            assert (await browser.post(path, content))[0] in {400, 404}
            after = (await (await browser.get("/rehearsal")).json())["people"]
            assert [one["current"] for one in before] == [one["current"] for one in after]

    asyncio.run(visit())
