"""Pages behind signed links: what was linked is shown for a while to whoever has the link, and to nobody else."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.clock import Clock
from bot.links import FOR_A_LISTENER, FOR_A_READER, FOR_A_VENDOR, PHOTO, Links, links_of
from campaigns.ids import parse_id
from tests.program import Program
from tests.sounds import ogg
from tests.web.client import Browser

NOW = Clock().now().machine  # the program that is asked has a clock of its own
PICTURE = parse_id("018072d4-f280-7000-8000-000000000001")


def links(program: Program) -> Links:
    """The links of a running installation, made from outside by its key."""
    return links_of(program.data, program.url)


def told(link: str) -> tuple[str, str, str, str]:
    """The parts of a link that are checked."""
    what, which, until, seal = link.split("/")[-4:]
    return what, which, until, seal


def test_it_opens_a_link_for_a_while() -> None:
    made = Links("https://thidua.example/", b"key")
    link = made.photo(PICTURE, NOW)
    assert link.startswith(f"https://thidua.example/xem/anh/{PICTURE}/")
    what, which, until, seal = told(link)
    assert made.opens(what, which, until, seal, NOW)
    assert made.opens(what, which, until, seal, NOW + timedelta(seconds=150)), "Zalo takes up to 150 seconds"
    assert not made.opens(what, which, until, seal, NOW + FOR_A_VENDOR)


@pytest.mark.parametrize("at", range(4))
def test_it_opens_nothing_that_was_changed(at: int) -> None:
    made = Links("", b"key")
    parts = told(made.message(7, NOW))
    _, *others = told(Links("", b"another key").message(8, NOW + timedelta(days=1)))
    what, which, until, seal = (other if n == at else parts[n] for n, other in enumerate((PHOTO, *others)))
    assert made.opens(*parts, NOW)
    assert not made.opens(what, which, until, seal, NOW)
    assert not made.opens(parts[0], parts[1], "9" * 400, parts[3], NOW)
    assert not made.opens(parts[0], parts[1], parts[2], "đ", NOW)


def test_it_keeps_its_key_and_shows_it_to_nobody(tmp_path: Path) -> None:
    first, again = links_of(tmp_path / "data", "https://a"), links_of(tmp_path / "data", "https://a")
    assert first.message(1, NOW) == again.message(1, NOW)
    assert (tmp_path / "data" / "links.key").stat().st_mode & 0o077 == 0
    assert links_of(tmp_path / "other", "https://a").message(1, NOW) != first.message(1, NOW)


async def asked(address: str) -> tuple[int, str, str]:
    """What the page answers to somebody without a cookie."""
    async with ClientSession() as session, session.get(address) as answer:
        return answer.status, answer.content_type, (await answer.read()).decode("utf-8", "replace")


def newest_message(program: Program) -> int:
    """The number of what was said last."""
    with closing(sqlite3.connect(program.data / "thidua.db")) as connection:
        return int(connection.execute("select max(id) from outbox where text = 'join.stranger'").fetchone()[0])


def test_it_shows_a_message_and_a_photo_to_who_has_the_link(installation: Program) -> None:
    made = links(installation)

    async def looks() -> None:
        async with Browser(installation.url, 71) as browser:
            await browser.says("chào")
            await browser.shown("mã tám số")
        number = newest_message(installation)
        status, kind, words = await asked(made.message(number, NOW))
        assert (status, kind, "mã tám số trong giấy mời" in words) == (200, "text/html", True)
        (installation.data / "photos" / f"{PICTURE}.jpg").write_bytes(b"\xff\xd8\xff")
        assert (await asked(made.photo(PICTURE, NOW)))[:2] == (200, "image/jpeg")
        for over in (
            made.message(number, NOW - FOR_A_READER),
            made.photo(PICTURE, NOW - FOR_A_VENDOR),
            made.message(number, NOW) + "0",
            made.message(10**6, NOW),
        ):
            status, _, words = await asked(over)
            assert (status, "đã hết hạn" in words) == (404, True), over
        assert (await asked(made.photo("../links", NOW)))[0] == 404

    asyncio.run(looks())


def test_it_lets_a_voice_message_be_heard_while_it_is_kept(installation: Program) -> None:
    made = links(installation)

    async def listens() -> None:
        async with Browser(installation.url, 72) as browser:
            status, _, recording = await browser.sends_recording(ogg())
            assert status == 202
            await browser.shown("mã tám số")
        assert (await asked(made.recording(recording, NOW)))[:2] == (200, "audio/ogg")
        for gone in (
            made.recording(recording, NOW - FOR_A_LISTENER),
            made.recording(PICTURE, NOW),
            made.recording("x", NOW),
            made.recording(recording, NOW) + "0",
        ):
            assert (await asked(gone))[0] == 404, gone

    asyncio.run(listens())
