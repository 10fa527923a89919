"""Files of the web chat: had by the chat that asked, for as long as its person may see them, and by nobody else."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl

from bot.clock import Clock
from bot.links import FOR_A_LISTENER, links_of
from campaigns.ids import parse_id
from tests.program import Rehearsal
from tests.web.client import Browser
from tests.web.test_links import asked

OFFICER, LEADER, HEAD = "Hà", "Lực", "Hyưh"


async def file_of(officer: Browser) -> dict[str, Any]:
    """What the page is told of the newest file."""
    entries = await officer.shown("Bảng số liệu mới nhất")
    [file] = entries[-1]["documents"]
    return dict(file)


def test_it_is_had_by_who_asked_and_by_nobody_else(own_rehearsal: Rehearsal) -> None:
    program = own_rehearsal
    made = links_of(program.data, program.url)
    now = Clock().now().machine

    async def visit() -> None:
        async with Browser(program.url, 31) as officer, Browser(program.url, 32) as stranger:
            await officer.turns_the_clock("due")
            await officer.becomes(OFFICER)
            await officer.says("excel")
            file = await file_of(officer)
            assert file["name"].startswith("so-lieu-")
            had = await officer.get(file["address"])
            assert had.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{file['name']}"
            assert had.headers["Cache-Control"] == "private, no-store"
            assert openpyxl.load_workbook(BytesIO(await had.read())).sheetnames[0].startswith("Tuần")
            assert (await officer.get("/documents/nonsense")).status == 404
            for who in (LEADER, HEAD):
                await stranger.becomes(who)
                assert (await stranger.get(file["address"])).status == 404
            identifier = parse_id(file["address"].rpartition("/")[2])
            assert (await asked(made.document(identifier, now)))[:2] == (200, had.content_type)
            for over in (
                made.document(identifier, now - FOR_A_LISTENER - timedelta(seconds=1)),
                made.document("nonsense", now),
                made.document(parse_id("018072d4-f280-7000-8000-000000000001"), now),
                made.document(identifier, now) + "0",
            ):
                assert (await asked(over))[0] == 404, over
            with closing(sqlite3.connect(program.data / "demo.db")) as connection, connection:
                connection.execute("update role set until = since where role = 'officer'")
            assert (await officer.get(file["address"])).status == 404

    asyncio.run(visit())
