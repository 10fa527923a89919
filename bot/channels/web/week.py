"""What a stranger sees of a rehearsal first, and a week played for whoever watches. Only a rehearsal has these."""

import json
from contextlib import suppress
from typing import Any

from aiohttp import web
from sqlmodel import Session

from bot.channels.web.channel import WEB
from bot.channels.web.events import PING, as_event
from bot.channels.web.messages import sent_json
from bot.channels.web.rehearsal import REHEARSING
from bot.channels.web.shell import AT, PAGES
from bot.channels.web.site import SITE, Site, refused
from bot.rehearsal import Rehearsing
from bot.rehearsal.players import Player
from bot.rendering import tiny_html
from campaigns.calendar import LOCAL
from campaigns.ids import Id, parse_id
from dialogue.spans import spans
from storage import chat
from storage.chat import Entry
from storage.store import Store

routes = web.RouteTableDef()


@routes.get("/rehearsal/welcome")
async def welcome(request: web.Request) -> web.Response:
    """What this is, who takes part, that nobody real is reached; and one button."""
    return _page(request, "welcome.html.j2")


@routes.get("/rehearsal/week")
async def watch(request: web.Request) -> web.Response:
    """The screens side by side. Nobody needs to be anybody to watch."""
    return _page(request, "week.html.j2")


def _page(request: web.Request, name: str) -> web.Response:
    site, texts = request.app[SITE], PAGES.get_template("week.j2").module
    state = request.app[REHEARSING].show.shown.state
    html = PAGES.get_template(name).render(t=texts, title=site.title, static=AT, state=state)
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})


@routes.post("/rehearsal/week")
async def play(request: web.Request) -> web.Response:
    """Begin or go on, pause, faster, straight to the end."""
    site, rehearsing, sent = request.app[SITE], request.app[REHEARSING], await sent_json(request)
    match sent.get("do"):
        case "watch":
            if not await rehearsing.watch(again=sent.get("again") is True):
                return refused(
                    409, site.texts.plain("rehearsal.used", {"at": rehearsing.commune.stage.now.isoformat()})
                )
        case "pause":
            await rehearsing.show.pauses()
        case "fast":
            rehearsing.show.hurries()
        case "end":
            rehearsing.show.skips()
        case _:
            raise web.HTTPBadRequest
    return web.Response(status=204)


@routes.get("/rehearsal/week/events")
async def follow(request: web.Request) -> web.StreamResponse:
    """Everything that all screens show, from the beginning; then whatever comes, and the caption to it."""
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
    response = web.StreamResponse(headers=headers | {"X-Accel-Buffering": "no"})
    await response.prepare(request)
    with suppress(ConnectionError):
        await _follow(request.app[SITE], request.app[REHEARSING], response)
    return response


async def _follow(site: Site, rehearsing: Rehearsing, response: web.StreamResponse) -> None:
    last, run = 0, None
    while True:
        waiting = rehearsing.show.bell.next()
        if run != rehearsing.launched:
            last, run = 0, rehearsing.launched
            await _send(response, "cast", _cast(rehearsing))
        while entries := await site.work(_entries, site, rehearsing, last):
            for entry in entries:
                await _send(response, "entry", entry)
            last = entries[-1]["id"]
        await _send(response, "state", _state(site, rehearsing))
        while not await waiting(PING):
            await response.write(b": ping\n\n")


async def _send(response: web.StreamResponse, event: str, content: dict[str, Any]) -> None:
    await response.write(f"event: {event}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n".encode())


def _cast(rehearsing: Rehearsing) -> dict[str, Any]:
    week, players = rehearsing.commune.week, rehearsing.commune.players.values()
    opening = week.opening()
    chats = [_chat(player) | {"first": player.chat in opening} for player in players]
    return {"begins": week.begun.isoformat(), "ends": week.ends.isoformat(), "chats": chats}


def _chat(player: Player) -> dict[str, Any]:
    told = {"name": player.name, "called": player.called, "what": player.what, "side": player.side}
    return told | {"id": player.chat, "person": str(player.id)}


def _state(site: Site, rehearsing: Rehearsing) -> dict[str, Any]:
    shown, commune = rehearsing.show.shown, rehearsing.commune
    counted = site.texts.plain("rehearsal.seen", shown.counts).split("\n") if shown.counts else []
    return {
        "state": shown.state,
        "clock": commune.stage.now.astimezone(LOCAL).isoformat(),
        "caption": shown.caption,
        "told_at": site.texts.plain("rehearsal.moment", {"at": shown.told_at.isoformat()}) if shown.told_at else "",
        "focus": shown.focus,
        "fast": shown.fast,
        "standing": commune.tally.standing(),
        "seen": counted,
    }


def _entries(site: Site, rehearsing: Rehearsing, after: int) -> list[dict[str, Any]]:
    whose = {player.account: player for player in rehearsing.commune.players.values()}
    with site.database.transaction() as session:
        found = chat.entries_of_all(session, after)
        return [_entry(site, whose[account], account, entry, session) for account, entry in found if account in whose]


def _entry(site: Site, player: Player, account: Id, entry: Entry, session: Session) -> dict[str, Any]:
    reader = Store.reading(session).people.account(account).person

    def render(entry: Entry) -> tuple[str, list[dict[str, str]]]:
        shown, buttons = site.renderer.shown(entry.text, entry.content, entry.choices, reader, session, WEB)
        return tiny_html(spans(shown)), [{"label": button.label} for button in buttons]

    told = as_event(entry, render, site.texts.render("page.emptied", {}))
    return told | {"chat": player.chat, "photos": [f"/rehearsal{photo}" for photo in told["photos"]]}


@routes.get("/rehearsal/photos/{photo}")
async def photo(request: web.Request) -> web.StreamResponse:
    """A checked photo or a card, for whoever watches: in a rehearsal one may be anybody."""
    site, identifier = request.app[SITE], parse_id(request.match_info["photo"])
    path = site.photos / f"{identifier}.jpg"
    if identifier is None or not path.exists():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=86400"})
