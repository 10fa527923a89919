"""What a chat shows, as server-sent events: everything since the last one seen, then whatever comes."""

import json
from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

from aiohttp import web

from bot.channels.web.channel import WEB
from bot.channels.web.sessions import Visitor, sessions_in, visitor
from bot.channels.web.site import SITE, Site
from bot.rendering import tiny_html
from campaigns.calendar import LOCAL
from dialogue.spans import spans
from storage import chat
from storage.chat import Entry
from storage.store import Store

PING = 15.0

routes = web.RouteTableDef()


@routes.get("/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Replay from ``after`` (or Last-Event-ID), then stay open; a comment every 15 seconds keeps the line alive."""
    site, who = request.app[SITE], await visitor(request)
    last = _number(request.headers.get("Last-Event-ID") or request.query.get("after"))
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    with suppress(ConnectionError):  # the browser went away; it will ask again from where it was
        await _follow(site, who, response, last)
    return response


async def _follow(site: Site, who: Visitor, response: web.StreamResponse, last: int) -> None:
    """Show until the browser goes away, or is signed out, or opens another chat."""
    while True:
        waiting = site.shown.next()
        entries = await site.work(_entries, site, who, last)
        if isinstance(entries, str):
            return await response.write(f"event: {entries}\ndata: {{}}\n\n".encode())
        for entry in entries:
            line = f"id: {entry['id']}\nevent: entry\ndata: {json.dumps(entry, ensure_ascii=False)}\n\n"
            await response.write(line.encode())
            last = entry["id"]
        if not entries and not await waiting(PING):
            await response.write(b": ping\n\n")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _entries(site: Site, who: Visitor, after: int) -> list[dict[str, Any]] | str:
    """What there is to show, or why it is none here: ``ended``, ``renewed`` or ``moved``."""
    with site.database.transaction() as session:
        sessions = sessions_in(site, session)
        held = sessions.by_id(who.session)
        if held is None or not held.opens:
            return "renewed" if held and held.renewed else "ended"
        if held.account != who.account:
            return "moved"
        sessions.seen(who.session)
        reader = Store.reading(session).people.account(who.account).person

        def render(entry: Entry) -> tuple[str, list[dict[str, str]]]:
            shown, buttons = site.renderer.shown(entry.text, entry.content, entry.choices, reader, session, WEB)
            return tiny_html(spans(shown)), [{"label": b.label, "data": b.data} for b in buttons]

        emptied = site.texts.render("page.emptied", {})
        return [as_event(entry, render, emptied) for entry in chat.entries_after(session, who.account, after)]


def as_event(entry: Entry, render: Callable[[Entry], tuple[str, list[dict[str, str]]]], emptied: str) -> dict[str, Any]:
    """One entry as the page reads it."""
    said = entry.said
    html, choices = (_said_html(said, emptied), []) if said else render(entry)
    photos = [f"/photos/{photo}" for photo in (said["photos"] if said else entry.photos)]
    drawn = [f"/qr/{entry.id}"] if entry.content.get("qr") else []
    recordings = said.get("recordings", []) if said else entry.recordings
    return {
        "id": entry.id,
        "kind": "in" if said else ("edit" if entry.replaces else "out"),
        "at": entry.at.astimezone(LOCAL).isoformat(),
        "html": html,
        "choices": choices,
        "photos": photos + drawn,
        "recordings": [f"/recordings/{recording}" for recording in recordings],
        "documents": [{"address": f"/documents/{one['id']}", "name": one["name"]} for one in entry.documents],
        "client": (entry.event or "").rpartition(":")[2] or None,
        "replaces": entry.replaces,
        "repeated": entry.repeated,
    }


def _said_html(said: dict[str, Any], emptied: str) -> str:
    if said.get("emptied"):
        return emptied
    return escape(said["label"] if said["press"] else said["text"]).replace("\n", "<br>")
