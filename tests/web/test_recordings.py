"""Voice messages of the web chat: refused with a sentence where they are none, heard by nobody who may not."""

import asyncio

import pytest

from bot.sounds import LARGEST
from tests.program import Program
from tests.sounds import aac, mp4, ogg, webm
from tests.web.client import Browser

HEAD, OFFICER, LEADER, OTHER = "Krŏng", "Nguyễn Thị Hà", "Lực", "Lành"

BAD = {
    "nothing": (b"", 400, "không có tiếng"),
    "thirty megabytes": (bytes(30 * 1024 * 1024), 413, "dài quá"),
    "just too much": (aac(1) + bytes(LARGEST), 413, "dài quá"),
    "a program under another name": (b"MZ\x90\0" + bytes(4_000), 400, "không phải là ghi âm"),
    "a video": (webm(2, tracks=b"\2\1"), 400, "không phải là ghi âm"),
    "a page": (b"<html><script>alert(1)</script></html>", 400, "không phải là ghi âm"),
}


@pytest.mark.parametrize(("content", "status", "why"), BAD.values(), ids=BAD.keys())
def test_it_refuses_what_is_no_recording_with_a_sentence(
    rehearsal: Program, content: bytes, status: int, why: str
) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=len(content) % 97 + 900) as browser:
            await browser.becomes(OTHER)
            answered, said, client = await browser.sends_recording(content)
            assert answered == status
            assert why in said["error"]
            assert (await browser.get(f"/recordings/{client}")).status == 404

    asyncio.run(visit())


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=xx", "text/plain"])
def test_it_refuses_what_is_no_form(rehearsal: Program, kind: str) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=901) as browser:
            headers = {"X-Thidua": "1", "Content-Type": kind}
            async with browser.session.post(f"{browser.url}/recordings", data=b"--x\r\n", headers=headers) as answered:
                assert answered.status == 400

    asyncio.run(visit())


def test_it_lets_the_officer_hear_and_write_down_and_nobody_else(own_rehearsal: Program) -> None:
    async def visit() -> None:
        async with Browser(own_rehearsal.url, seed=902) as browser:
            await browser.turns_the_clock("due")
            await browser.becomes(HEAD)
            status, _, client = await browser.sends_recording(ogg(2))
            assert status == 202
            own = (await browser.shown("Cô Hà nghe rồi ghi giúp bác"))[-2:]
            assert f"/recordings/{client}" in own[0]["recordings"]
            heard = await browser.get(f"/recordings/{client}")
            assert (heard.status, heard.headers["Content-Type"]) == (200, "audio/ogg")
            assert heard.headers["X-Content-Type-Options"] == "nosniff"
            assert await heard.read() == ogg(2)
            part = await browser.get(f"/recordings/{client}", Range="bytes=0-9")
            assert (part.status, await part.read()) == (206, ogg(2)[:10])
            await browser.becomes(OTHER)
            assert (await browser.get(f"/recordings/{client}")).status == 404
            await browser.becomes(OFFICER)
            await browser.says("xem Đăk Tơ")
            report = (await browser.shown("đợi ghi"))[-1]
            assert f"/recordings/{client}" in report["recordings"]
            assert "Ghi âm 0:02" in report["html"]
            assert "trên máy" not in report["html"]
            assert [choice["label"] for choice in report["choices"]][:1] == ["Nghe rồi ghi giúp"]
            assert (await browser.get(f"/recordings/{client}")).status == 200
        async with Browser(own_rehearsal.url, seed=903) as stranger:
            await stranger.becomes(LEADER)
            assert (await stranger.get(f"/recordings/{client}")).status == 200

    asyncio.run(visit())


@pytest.mark.parametrize(
    ("content", "kind"),
    [(aac(), "audio/aac"), (webm(), "audio/webm"), (mp4(), "audio/mp4")],
    ids=["aac", "webm", "mp4"],
)
def test_it_serves_each_container_as_what_it_is(installation: Program, content: bytes, kind: str) -> None:
    async def visit() -> None:
        async with Browser(installation.url, seed=904 + len(content)) as browser:
            status, _, client = await browser.sends_recording(content)
            assert status == 202
            assert (await browser.get(f"/recordings/{client}")).headers["Content-Type"] == kind
        async with Browser(installation.url, seed=905) as stranger:
            assert (await stranger.get(f"/recordings/{client}")).status == 404
            assert (await stranger.get("/recordings/nonsense")).status == 404

    asyncio.run(visit())


def test_it_stores_a_recording_once_however_often_it_is_sent(rehearsal: Program) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=906) as browser:
            await browser.becomes("Tâm")
            client = browser.client_id()
            for _ in range(3):
                assert (await browser.sends_recording(ogg(1), client))[0] == 202
            await browser.says("giúp")
            entries = await browser.shown("có dấu hay không dấu")
            assert [entry["client"] for entry in entries if entry["kind"] == "in"].count(client) == 1

    asyncio.run(visit())
