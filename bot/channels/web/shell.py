"""The shell of the page: its unchanging parts under a name of their content, and what makes it an app on a phone.

A part's address changes when any part does, so a browser may keep it for good and never shows an old one with a new.
"""

import hashlib
import json
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web.site import SITE
from config.texts import TEXTS

HERE = Path(__file__).parent
STATIC, PAGE, ICONS = HERE / "static", HERE / "pages", HERE / "icons"
PAGES = Environment(loader=FileSystemLoader([PAGE, TEXTS / "vi"]), autoescape=True, undefined=StrictUndefined)
REHEARSAL = ("asking", "panels", "rehearsal", "week", "welcome")  # how the parts begin that only a rehearsal has
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
ASK_AGAIN = {"Cache-Control": "no-cache"}
PAPER = "#fffdf9"

routes = web.RouteTableDef()


def _version() -> str:
    """The same for every process of one program, another as soon as any part of the shell differs."""
    parts = sorted([*STATIC.iterdir(), *PAGE.iterdir(), *ICONS.iterdir(), TEXTS / "vi" / "page.j2"])
    return hashlib.sha256(b"\0".join(part.name.encode() + part.read_bytes() for part in parts)).hexdigest()[:12]


VERSION = _version()
AT = f"/static/{VERSION}"


def parts(*, rehearsing: bool) -> list[str]:
    """The addresses of all that the page needs to open without a network."""
    names = sorted(part.name for part in STATIC.iterdir() if rehearsing or not part.name.startswith(REHEARSAL))
    return [f"{AT}/{name}" for name in names]


@routes.get("/static/{version}/{name}")
async def static(request: web.Request) -> web.StreamResponse:
    """One part; under any other version than this one's it is gone."""
    part = STATIC / request.match_info["name"]
    if request.match_info["version"] != VERSION or part.parent != STATIC or not part.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(part, headers=FOR_GOOD)


@routes.get("/icons/{name}")
async def icon(request: web.Request) -> web.StreamResponse:
    """One picture of the app, for home screens."""
    part = ICONS / request.match_info["name"]
    if part.parent != ICONS or part.suffix != ".png" or not part.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(part, headers={"Cache-Control": "public, max-age=86400"})


@routes.get("/worker.js")
async def worker(request: web.Request) -> web.Response:
    """What opens the shell without a network. Its bytes change with the shell, so that browsers notice an update."""
    shell = {"version": VERSION, "parts": parts(rehearsing=request.app[SITE].rehearsing is not None)}
    source = f"self.SHELL = {json.dumps(shell)};\n{(PAGE / 'worker.js').read_text('utf-8')}"
    return web.Response(text=source, content_type="text/javascript", headers=ASK_AGAIN)


@routes.get("/manifest.webmanifest")
async def manifest(request: web.Request) -> web.Response:
    """What the page is called and looks like on a home screen."""
    texts = request.app[SITE].texts
    about = {
        "name": texts.plain("page.app_name", {}),
        "short_name": texts.plain("page.app_short_name", {}),
        "lang": "vi",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": "/icons/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return web.json_response(about, content_type="application/manifest+json", headers=ASK_AGAIN)
