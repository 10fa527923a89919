"""Photos: checked before anybody sees them, stripped of the camera's notes, shown to nobody who may not see them."""

import asyncio
import io
import zlib
from struct import pack

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from bot.channels.web.messages import LARGEST_PHOTO
from tests.program import Program
from tests.web.client import Browser

register_heif_opener()

HEAD, OFFICER, OTHER = "Krŏng", "Nguyễn Thị Hà", "Lành"


def photo(kind: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    """A photo with a place in its notes."""
    image = Image.new("RGB", size, (180, 60, 40))
    notes = Image.Exif()
    notes[0x8825] = {1: "N", 2: (14.0, 10.0, 0.0)}
    notes[0x010F] = "MAYANH"
    kept = io.BytesIO()
    image.save(kept, kind, exif=notes)
    return kept.getvalue()


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few kilobytes."""

    def part(name: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))

    head = pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (30_000 // 8 + 1) * 30_000, 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


# An animation of 65,535 × 65,535 pixels in 42 bytes.
GIF_BOMB = b"GIF89a\xff\xff\xff\xff\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;"

BAD = {
    "a text under another name": (b"not a photo at all, " * 50, "không phải là ảnh"),
    "a bomb": (bomb(), "lớn quá"),
    "a tiny bomb": (GIF_BOMB, "lớn quá"),
    "a photo cut off": (photo()[:900], "không mở được"),
    "an iPhone's photo cut off": (photo("HEIF")[:400], "không phải là ảnh"),
    "a page": (b"<html><script>alert(1)</script></html>", "không phải là ảnh"),
}


@pytest.mark.parametrize(("bytes_", "why"), BAD.values(), ids=BAD.keys())
def test_it_refuses_a_bad_photo_and_keeps_the_figures(rehearsal: Program, bytes_: bytes, why: str) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=len(bytes_)) as browser:
            await browser.becomes(OTHER)
            after = (await browser.shown(""))[-1]["id"] if await _has_entries(browser) else 0
            status, _, client = await browser.sends_photo(bytes_)
            assert status == 202
            await browser.shown(why, after)
            assert (await browser.get(f"/photos/{client}")).status == 404

    asyncio.run(visit())


async def _has_entries(browser: Browser) -> bool:
    await browser.says("giúp")
    return True


@pytest.mark.parametrize(("bytes_", "status"), [(b"", 400), (b"x" * (LARGEST_PHOTO + 1), 413)])
def test_it_refuses_an_empty_or_huge_photo_at_once(rehearsal: Program, bytes_: bytes, status: int) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=3) as browser:
            answered, said, _ = await browser.sends_photo(bytes_)
            assert answered == status
            assert len(said["error"].split()) > 3

    asyncio.run(visit())


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=xx", "multipart/form-data", "text/plain"])
def test_it_refuses_what_is_no_form_with_a_sentence(rehearsal: Program, kind: str) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=6) as browser:
            headers = {"X-Thidua": "1", "Content-Type": kind}
            async with browser.session.post(f"{browser.url}/photos", data=b"--xy\r\nabc", headers=headers) as answered:
                assert answered.status == 400
                assert len((await answered.json())["error"].split()) > 3

    asyncio.run(visit())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_it_strips_a_photo_and_shows_it_to_its_sender_alone(rehearsal: Program, kind: str) -> None:
    async def visit() -> None:
        async with Browser(rehearsal.url, seed=ord(kind[0])) as browser:
            await browser.becomes(HEAD)
            status, _, client = await browser.sends_photo(photo(kind))
            assert status == 202
            seen = await browser.get(f"/photos/{client}")
            assert seen.status == 200
            clean = await seen.read()
            assert b"MAYANH" not in clean
            assert not Image.open(io.BytesIO(clean)).getexif()
            await browser.becomes(OTHER)
            assert (await browser.get(f"/photos/{client}")).status == 404
        async with Browser(rehearsal.url, seed=4) as stranger:
            assert (await stranger.get(f"/photos/{client}")).status == 404

    asyncio.run(visit())


def test_it_shows_the_officer_the_photos_of_a_report(own_rehearsal: Program) -> None:
    async def visit() -> None:
        async with Browser(own_rehearsal.url, seed=5) as browser:
            await browser.turns_the_clock("due")
            await browser.becomes(HEAD)
            _, _, client = await browser.sends_photo(photo())
            await browser.says("190 45 53 không")
            await browser.shown("đúng hạn")
            await browser.becomes(OFFICER)
            await browser.says("xem Đăk Tơ")
            report = (await browser.shown("làng Đăk Tơ</b>".replace("làng", "Làng")))[-1]
            assert f"/photos/{client}" in report["photos"]
            assert (await browser.get(f"/photos/{client}")).status == 200
            await browser.becomes(OTHER)
            assert (await browser.get(f"/photos/{client}")).status == 404

    asyncio.run(visit())
