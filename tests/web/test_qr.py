"""A code drawn for a camera: shown in the chat of whoever asked for it, and to nobody else."""

import asyncio
from pathlib import Path

import pytest

from tests.conftest import Copies
from tests.web.client import Browser
from tests.web.conftest import Launched


def test_it_draws_a_code_for_the_officer_who_asked(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example")
    program = Launched(copies, "sqlite", tmp_path)

    async def visit() -> None:
        async with Browser(program.url) as officer, Browser(program.url, seed=2) as somebody:
            await officer.joins(program.code("Nguyễn Thị Hà"))
            await officer.says("mã mới Tơ Bla")
            told = (await officer.shown("https://thidua.example"))[-1]
            button = next(one for one in told["choices"] if one["label"] == "Ảnh mã QR")
            await officer.post("/messages", {"client": officer.client_id(), "press": button["data"]})
            [picture] = (await officer.shown("máy ảnh"))[-1]["photos"]
            seen = await officer.get(picture)
            assert (await seen.read()).startswith(b"\x89PNG")
            await somebody.says("xin chào")
            assert (await somebody.get(picture)).status == 404
            assert (await officer.get("/qr/1")).status == 404

    asyncio.run(visit())
    program.stop()
