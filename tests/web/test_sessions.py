"""Whose chat a browser opens: the one its cookie's secret was given for, and no other."""

import asyncio

import aiohttp
import pytest

from bot.channels.web.issuing import Issuer
from tests.program import Program
from tests.web.client import Browser, last_word
from tests.web.conftest import Launched


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
                async with session.get(f"{program.url}/?vai") as page:
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


def test_it_keeps_who_joined_when_it_is_killed(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, seed=31) as officer:
            await officer.joins(launched.code("Nguyễn Thị Hà"))
            launched.restart()
            await officer.says("giúp")
            await officer.shown("BẢNG")

    asyncio.run(visit())


OTHERS = Issuer("the key of another program")


@pytest.mark.parametrize(
    "secret",
    ["f" * 43, "a1b2c3d4e5f6." + "f" * 43 + "." + "f" * 43, OTHERS.new(), OTHERS.new()[:-1]],
    ids=["old", "invented", "another program's", "cut off"],
)
def test_it_makes_nobody_of_a_secret_that_it_did_not_give_out(installation: Program, secret: str) -> None:
    """Whoever could choose a secret would plant it on a telephone that several people use, and wait."""

    async def visit() -> None:
        async with Browser(installation.url, secret=secret) as browser:
            assert (await browser.get("/events")).status == 401
            assert (await browser.get("/devices")).status == 401
            assert (await browser.post("/messages", {"client": browser.client_id(), "text": "giúp"}))[0] == 401
            await browser.get("/")
            assert browser.secret != secret
            await browser.says("giúp")

    asyncio.run(visit())


def test_it_shuts_out_whoever_planted_a_secret_before_a_code_is_taken(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, seed=32) as planter:
            await planter.says("chào")
            await planter.shown("mã tám số")
            async with Browser(launched.url, seed=33, secret=planter.secret) as head, planter.listening() as stream:
                await head.joins(launched.code())
                assert await last_word(stream) == "renewed"
                assert head.secret != planter.secret
            assert (await planter.get("/events")).status == 401
            assert (await planter.post("/messages", {"client": planter.client_id(), "text": "đồng ý"}))[0] == 401

    asyncio.run(visit())


def test_it_takes_a_code_once_though_its_answer_was_lost(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, seed=34) as head:
            before, code, client = head.secret, launched.code(), head.client_id()
            await head.says(code, client)
            async with Browser(launched.url, secret=before) as again:
                await again.says(code, client)
                assert again.secret == head.secret
            shown = await head.shown("đồng ý không")
            assert [entry["html"] for entry in shown].count(code) == 1
            async with Browser(launched.url, secret=before) as other:
                assert (await other.post("/messages", {"client": other.client_id(), "text": code}))[0] == 401

    asyncio.run(visit())


def test_it_keeps_nothing_of_who_only_looks_at_the_page(launched: Launched) -> None:
    async def visit() -> None:
        before = launched.sessions()
        for _ in range(3):
            async with Browser(launched.url):
                pass
        assert launched.sessions() == before

    asyncio.run(visit())


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
