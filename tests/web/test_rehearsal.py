"""What a rehearsal's pages ask of the program, over HTTP."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.program import Program, Rehearsal
from tests.web.client import Browser

DEED = "Nhặt được ví, bà hỏi khắp làng rồi mang tận nhà trả lại."
A_MOMENT = timedelta(minutes=5)  # a rehearsal's clock goes on while the program works


async def told(viewer: Browser, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first thing that a viewer of the week is told of which this is true."""
    patient = aiohttp.ClientTimeout(total=None)
    async with viewer.session.get(f"{viewer.url}/rehearsal/week/events", timeout=patient) as response:
        async for line in response.content:
            if line.startswith(b"data: ") and b'"standing"' in line and until(state := json.loads(line[6:])):
                return dict(state)
    raise AssertionError("it was never told")


async def clock(viewer: Browser) -> datetime:
    """What the campaign's clock shows."""
    return datetime.fromisoformat((await (await viewer.get("/rehearsal")).json())["clock"])


async def posts_an_example(officer: Browser) -> None:
    """Whoever is the officer tells of somebody who agreed, and lets the group see it."""
    for words, answered in (
        ("nêu gương", "muốn kể về ai"),
        ("bà Y Hlan", "hay nơi khác"),
        ("ở đây", "đã làm việc gì"),
        (DEED, "hôm nào"),
        ("sáng 4/5", "trẻ em"),
        ("người lớn", "đã đồng ý"),
        ("đồng ý không ảnh", "Cán bộ xem rồi đăng"),
    ):
        await officer.says(words)
        await officer.shown(answered)
    await officer.says("gương")
    shown = await officer.shown("1 gương đợi")
    for answered in ("Trong nhóm sẽ thấy", "Đang làm ảnh và đăng"):
        press = {"client": officer.client_id(), "press": shown[-1]["choices"][0]["data"]}
        assert (await officer.post("/messages", press))[0] == 202
        shown = await officer.shown(answered)


def reports(state: dict[str, Any]) -> int:
    """How many villages have reported."""
    return [how for _, how in state["standing"]].count("on_time")


def test_it_tells_a_stranger_first_what_it_is(rehearsal: Program) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=71) as stranger:
            page = await stranger.get("/")
            assert page.url.path == "/rehearsal/welcome"
            words = await page.text()
            assert "Xem thử một tuần" in words
            assert "Không tin nào đến tay người thật" in words
            assert (await stranger.get("/?vai")).url.path == "/"
            await stranger.becomes("Hà")
            assert (await stranger.get("/")).url.path == "/", "who is somebody is a stranger no more"

    asyncio.run(visit())


@pytest.mark.storm
def test_it_goes_on_with_a_week_when_the_program_was_killed(tmp_path: Path) -> None:
    program = Program("demo --speed 40", tmp_path)

    async def begin() -> None:
        async with Browser(program.url, seed=72) as viewer:
            assert (await viewer.post("/rehearsal/week", {"do": "watch"}))[0] == 204
            await told(viewer, lambda state: state["state"] == "playing")
            assert (await viewer.post("/rehearsal/clock", {"to": "week"}))[0] == 409
            await told(viewer, lambda state: reports(state) >= 2)

    async def go_on() -> None:
        async with Browser(program.url, seed=73) as viewer:
            stopped = await told(viewer, lambda state: state["state"] == "paused")
            assert "vừa tắt rồi mở lại" in stopped["caption"]
            assert (await viewer.post("/rehearsal/week", {"do": "watch"}))[0] == 204
            assert reports(await told(viewer, lambda state: reports(state) > reports(stopped))) == reports(stopped) + 1
            assert (await viewer.post("/rehearsal/week", {"do": "dance"}))[0] == 400

    asyncio.run(begin())
    program.restart()
    asyncio.run(go_on())
    program.stop()


def test_it_begins_again_for_whoever_asks(own_rehearsal: Rehearsal) -> None:
    async def again() -> None:
        async with Browser(own_rehearsal.url, seed=74) as browser:
            await browser.becomes("Hà")
            await browser.says("bảng")
            await browser.shown("Chưa có kỳ nào")
            status, answer = await browser.post("/rehearsal/week", {"do": "watch"})
            assert (status, "đã có người nhắn" in answer["error"]) == (409, True)
            assert (await browser.post("/rehearsal/others", {"play": False}))[0] == 204
            assert (await (await browser.get("/rehearsal")).json())["others"] is False
            assert (await browser.post("/rehearsal/others", {}))[0] == 400
            assert (await browser.post("/rehearsal/again", {}))[0] == 204
            assert (await browser.get("/")).url.path == "/rehearsal/welcome"

    asyncio.run(again())


def test_it_turns_by_the_hour_and_the_week_and_lets_a_group_be_watched(own_rehearsal: Rehearsal) -> None:
    """The officer tells of somebody and posts it; whoever watches the group reads it there, and nothing else."""

    async def watch() -> None:
        async with Browser(own_rehearsal.url, seed=75) as viewer:
            begins = await clock(viewer)
            await viewer.turns_the_clock("hour")
            assert timedelta() <= await clock(viewer) - begins - timedelta(hours=1) < A_MOMENT
            await viewer.turns_the_clock("week")
            assert timedelta() <= await clock(viewer) - begins - timedelta(weeks=1, hours=1) < A_MOMENT
            await viewer.becomes("Hà")
            await posts_an_example(viewer)
            await viewer.becomes("Nhóm bà con")
            assert [DEED in entry["html"] for entry in await viewer.shown("Người tốt, việc tốt")] == [True]
            assert (await viewer.post("/rehearsal/clock", {"to": "year"}))[0] == 400

    asyncio.run(watch())
