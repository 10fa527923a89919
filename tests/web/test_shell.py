"""The page as an app: what a home screen shows, and a shell that is kept for good but never out of date."""

import asyncio
import io
import json
import re

from PIL import Image

from tests.program import Program
from tests.web.client import Browser


def test_it_can_be_put_on_a_home_screen(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url) as browser:
            page = await (await browser.get("/")).text()
            address = re.findall(r'<link rel="manifest" href="([^"]+)">', page)[0]
            manifest = json.loads(await (await browser.get(address)).text())
            assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
            assert [icon.get("purpose") for icon in manifest["icons"]] == [None, None, "maskable"]
            for icon in manifest["icons"]:
                picture = Image.open(io.BytesIO(await (await browser.get(icon["src"])).read()))
                assert f"{picture.width}x{picture.height}" == icon["sizes"]
            assert "manifest-src 'self'" in (await browser.get("/")).headers["Content-Security-Policy"]

    asyncio.run(visit())


def test_it_keeps_all_parts_of_the_page_under_a_name_that_changes_with_them(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url) as browser:
            answer = await browser.get("/worker.js")
            assert answer.headers["Cache-Control"] == "no-cache"
            shell = json.loads((await answer.text()).partition("self.SHELL = ")[2].partition(";\n")[0])
            page = await (await browser.get("/")).text()
            assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) <= set(shell["parts"])
            for part in shell["parts"]:
                assert f"/{shell['version']}/" in part
                answer = await browser.get(part)
                assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)
            assert (await browser.get(part.replace(shell["version"], "0" * 12))).status == 404
            assert "rehearsal" not in str(shell)

    asyncio.run(visit())


def test_it_serves_nothing_from_outside_its_folders(installation: Program) -> None:
    async def visit() -> None:
        async with Browser(installation.url) as browser:
            version = re.findall(r"/static/([0-9a-f]{12})/", await (await browser.get("/")).text())[0]
            for name in ("..%2fserver.py", "%2fetc%2fpasswd", "..%2f..%2f..%2fapp.py"):
                assert (await browser.get(f"/static/{version}/{name}")).status == 404
                assert (await browser.get(f"/icons/{name}")).status == 404

    asyncio.run(visit())
