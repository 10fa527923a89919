"""Voice messages of the web chat: looked at before they are stored, heard by nobody who may not see the report."""

import asyncio
from pathlib import Path
from uuid import UUID

from aiohttp import web

from bot.channels.web.messages import store_said, uploaded
from bot.channels.web.sessions import Visitor, visitor
from bot.channels.web.site import BOT, SITE, Site, refused
from bot.clock import Now
from bot.inbox import Arrival
from bot.keeping import keep_aside
from bot.sounds import LARGEST, TOO_BIG, Container, Sound, listened
from campaigns.authority import Action, may
from campaigns.ids import Id, parse_id
from dialogue.incoming import Kind
from storage.store import Store

LOOKS, BETWEEN = 20, 0.25
TYPES = {
    Container.AAC: "audio/aac",
    Container.OGG: "audio/ogg",
    Container.WEBM: "audio/webm",
    Container.MP4: "audio/mp4",
}

routes = web.RouteTableDef()


@routes.post("/recordings")
async def send_recording(request: web.Request) -> web.Response:
    """One voice message; what is none is refused with a sentence. 202 once stored."""
    site = request.app[SITE]
    try:
        client, content = await uploaded(request, "recording", LARGEST)
    except ValueError:  # not the parts that it says it is
        client, content = None, None
    if client is None or content is None:
        return refused(400, site.texts.render("page.refused", {}))
    found = await asyncio.to_thread(listened, content)
    if not isinstance(found, Sound):
        return refused(413 if found == TOO_BIG else 400, site.texts.render("page.refused_recording", {"why": found}))
    who = await visitor(request)
    await site.work(_store, site, who, client, content, found, site.clock.now())
    site.arrived.ring()
    site.shown.ring()
    return web.json_response({"accepted": True}, status=202)


def _store(site: Site, who: Visitor, client: str, content: bytes, found: Sound, now: Now) -> None:
    """The bytes are on disk before the row that names them is; a file without a row harms nobody."""
    recording = Id(UUID(client))
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        if store.recordings.owner(recording) is not None:
            return
        keep_aside(_file(site, recording), content)
        store.recordings.arrived(who.account, recording, found.kind, found.seconds)
        event = f"{who.chat}:{client}"
        arrival = Arrival(BOT, event, who.chat, Kind.VOICE, now.campaign, recordings=(recording,))
        store_said(site, session, who, arrival, now)


def _file(site: Site, recording: UUID) -> Path:
    return site.photos / f"{recording}.sound"


@routes.get("/recordings/{recording}")
async def hear(request: web.Request) -> web.StreamResponse:
    """A good recording, for whoever sent it or may see its report; waits a moment for one that just arrived."""
    site, who = request.app[SITE], await visitor(request)
    recording = parse_id(request.match_info["recording"])
    kind, state = None, None
    for _ in range(LOOKS):
        state, kind = await site.work(_state, site, recording, who.account) if recording else (None, None)
        if state != "to_fetch":
            break
        await asyncio.sleep(BETWEEN)
    if recording is None or state != "good" or not _file(site, recording).exists():
        raise web.HTTPNotFound
    headers = {"Content-Type": TYPES[Container(str(kind))], "Cache-Control": "private, max-age=3600"}
    return web.FileResponse(_file(site, recording), headers=headers)


def _state(site: Site, recording: UUID, account: Id) -> tuple[str | None, str | None]:
    """Where a recording stands for this listener, and its container once it is good; none where it is not for them."""
    with site.database.transaction() as session:
        store = Store.reading(session, site.clock.now().campaign)
        if store.recordings.owner(recording) != account and not _may_hear(store, recording, account):
            return None, None
        state = store.recordings.state(recording)
        return state, store.recordings.kind(recording) if state == "good" else None


def _may_hear(store: Store, recording: UUID, account: Id) -> bool:
    """Whoever may see the report; a word to the officer that belongs to none is for officers alone."""
    original = store.originals.of_recording(recording)
    action = Action.SEE_REPORT if original and original.report else Action.REPORT_ON_BEHALF
    actor = store.people.actor(store.people.account(account))
    return original is not None and may(actor, action, original.path)
