"""One chat on several devices: opened by a code, listed, ended; and nobody's chat taken by it."""

import asyncio
import json
from typing import Any

import aiohttp

from tests.web.client import Browser, last_word
from tests.web.conftest import Launched

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
)
OFFICE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/120 Chrome/114"


async def code_from(browser: Browser) -> str:
    """A code for one more device."""
    status, answer = await browser.post("/devices/code", {})
    assert (status, answer["minutes"]) == (200, 10)
    return str(answer["code"])


async def types(browser: Browser, code: str, client: str | None = None) -> dict[str, Any]:
    """What a browser is answered that types a code."""
    status, answer = await browser.post("/messages", {"client": client or browser.client_id(), "text": code})
    assert status == 202
    return answer


async def devices(browser: Browser) -> list[dict[str, Any]]:
    """What a device lists."""
    return list((await (await browser.get("/devices")).json())["devices"])


def test_it_opens_a_chat_on_a_second_device_lists_both_and_ends_one(launched_anywhere: Launched) -> None:
    async def visit() -> None:
        url = launched_anywhere.url
        async with Browser(url, 51, PHONE) as phone, Browser(url, 52, OFFICE) as office:
            await phone.joins(launched_anywhere.code())
            assert [(one["what"], one["here"]) for one in await devices(phone)] == [
                ("Điện thoại Android, Chrome", True)
            ]

            answer = await types(office, await code_from(phone))
            assert answer["linked"]
            seen = await office.shown("vừa mở thêm ở")
            assert any("đã vào" in entry["html"] for entry in seen), "the history comes along"
            assert "Máy tính Windows, Cốc Cốc" in (await phone.shown("vừa mở thêm ở"))[-1]["html"]
            assert [one["here"] for one in await devices(phone)] == [True, False]
            await office.says("ở máy kia")
            await phone.shown("ở máy kia")

            other = (await devices(phone))[1]
            async with office.listening() as stream:
                assert (await phone.post("/devices/end", {"id": other["id"]}))[0] == 204
                assert await last_word(stream) == "ended"
            refused = await office.get("/events")
            assert (refused.status, json.loads(await refused.text())) == (401, {"ended": True})
            assert (await office.post("/messages", {"client": office.client_id(), "text": "giúp"}))[0] == 401
            assert len(await devices(phone)) == 1

            assert "đã được đóng trên máy này" in await (await office.get("/")).text()
            assert "đã được đóng trên máy này" not in await (await office.get("/")).text()
            assert "đã vào" not in str(await office.shown("mã tám số"))

    asyncio.run(visit())


def test_it_lets_a_new_device_neither_shut_out_the_old_nor_bring_others(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, 53) as phone, Browser(launched.url, 54) as new:
            await phone.joins(launched.code())
            await types(new, await code_from(phone))
            old, own = await devices(new)
            for wish in ({"id": old["id"]}, {"others": True}):
                status, answer = await new.post("/devices/end", wish)
                assert status == 403
                assert "chưa đủ một ngày" in answer["error"]
            assert (await new.post("/devices/code", {}))[0] == 403
            assert len(await devices(phone)) == 2

            assert (await new.post("/devices/end", {"id": own["id"]}))[0] == 204
            assert [one["here"] for one in await devices(phone)] == [True]

    asyncio.run(visit())


def test_it_opens_a_chat_once_by_the_newest_code_alone(launched: Launched) -> None:
    async def visit() -> None:
        async with (
            Browser(launched.url, 55) as phone,
            Browser(launched.url, 56) as one,
            Browser(launched.url, 57) as two,
        ):
            await phone.joins(launched.code())
            void, good = await code_from(phone), await code_from(phone)
            assert not (await types(one, void))["linked"]
            await one.shown("chưa dùng được")
            before, client = one.secret, one.client_id()
            assert (await types(one, good, client))["linked"]

            async with Browser(launched.url, secret=before) as again:
                assert (await types(again, good, client))["linked"], "its answer may have been lost"
                assert again.secret == one.secret
            assert str(await phone.shown("vừa mở thêm ở")).count("vừa mở thêm ở") == 1
            assert not (await types(two, good))["linked"]
            await two.shown("chưa dùng được")
            assert len(await devices(phone)) == 2

    asyncio.run(visit())


def test_it_looks_at_no_code_after_five_that_opened_nothing(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, 58) as phone, Browser(launched.url, 59) as guesser:
            await phone.joins(launched.code())
            for guess in ("1000 0004", "2000 0006", "3000 0005", "4000 0002", "5000 0001"):
                assert not (await types(guesser, guess))["linked"]
            assert not (await types(guesser, await code_from(phone)))["linked"]
            await guesser.shown("nhầm nhiều lần quá")
            assert len(await devices(phone)) == 1

    asyncio.run(visit())


def test_it_ends_all_others_at_once(launched: Launched) -> None:
    async def visit() -> None:
        async with (
            Browser(launched.url, 60) as phone,
            Browser(launched.url, 61) as one,
            Browser(launched.url, 62) as two,
        ):
            await phone.joins(launched.code())
            for other in (one, two):
                await types(other, await code_from(phone))
            async with one.listening() as first, two.listening() as second:
                assert (await phone.post("/devices/end", {"others": True}))[0] == 204
                assert [await last_word(each) for each in (first, second)] == ["ended", "ended"]
            assert len(await devices(phone)) == 1

    asyncio.run(visit())


def test_it_gives_strangers_no_code_and_nobody_a_say_over_others_devices(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, 63) as head, Browser(launched.url, 64) as stranger:
            await head.joins(launched.code())
            await stranger.says("chào")
            status, answer = await stranger.post("/devices/code", {})
            assert (status, len(answer["error"].split()) > 5) == (403, True)
            foreign = (await devices(stranger))[0]["id"]
            assert (await head.post("/devices/end", {"id": foreign}))[0] == 404
            assert (await head.post("/devices/end", {"id": ["x"]}))[0] == 404
            assert (await stranger.get("/devices")).status == 200

    asyncio.run(visit())


def test_it_moves_nobody_who_is_somebody_already(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, 65) as one, Browser(launched.url, 66) as other:
            await one.joins(launched.code())
            await other.joins(launched.code())
            answer = await types(other, await code_from(one))
            assert (answer["linked"], answer["renewed"]) == (False, False)
            assert len(await devices(one)) == 1

    asyncio.run(visit())


def test_it_asks_for_the_pages_own_header(launched: Launched) -> None:
    async def visit() -> None:
        async with Browser(launched.url, 67) as browser:
            for path in ("/devices/code", "/devices/end"):
                assert (await browser.post(path, {"others": True}, ours=False))[0] == 403
        async with aiohttp.ClientSession() as nobody, nobody.get(f"{launched.url}/devices") as answered:
            assert answered.status == 401

    asyncio.run(visit())
