"""What all pages of the web chat share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.bell import Bell
from bot.channels.web.issuing import Issuer
from bot.clock import Clock
from bot.inbox import Inbox
from bot.links import Links
from bot.outbox import Work
from bot.rehearsal import Rehearsing
from bot.rendering import Renderer
from config.texts import Texts
from storage.database import Database

BOT = "web"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Site:
    """The parts a request may need. ``arrived`` is rung when something was stored, ``shown`` when a chat has news."""

    database: Database
    inbox: Inbox
    renderer: Renderer
    texts: Texts
    clock: Clock
    work: Work
    arrived: Bell
    shown: Bell
    photos: Path
    links: Links
    title: str
    issuer: Issuer
    rehearsing: Rehearsing | None = None


SITE = web.AppKey("site", Site)


def refused(status: int, sentence: str) -> web.Response:
    """An answer that the page shows to the person as it is."""
    return web.json_response({"error": sentence}, status=status)
