"""What a browser sends: words, presses, photos. Stored before it is acknowledged, once however often it comes."""

from typing import Any
from uuid import UUID

from aiohttp import BodyPartReader, web
from sqlmodel import Session

from bot.channels.line import VENDORS
from bot.channels.web.door import Entrance, enter
from bot.channels.web.sessions import Visitor, keep_secret, visitor
from bot.channels.web.site import BOT, SITE, Handler, Site, refused
from bot.clock import Now
from bot.inbox import Arrival
from bot.keeping import keep_aside
from campaigns.ids import Id, parse_id
from dialogue.incoming import Kind
from dialogue.text import LONGEST
from storage import chat
from storage.store import Store

LONGEST_BODY = 64_000
LARGEST_PHOTO = 12 * 1024 * 1024

routes = web.RouteTableDef()


@web.middleware
async def only_our_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page elsewhere cannot set this header, so it cannot write in somebody's name; vendors have their own secret."""
    ours = not request.path.startswith(VENDORS)
    if ours and request.method == "POST" and request.headers.get("X-Thidua") != "1":
        raise web.HTTPForbidden
    return await handler(request)


@routes.post("/messages")
async def write(request: web.Request) -> web.Response:
    """Words or a press; 202 once stored. A stranger's code may also open a chat that is open elsewhere."""
    site = request.app[SITE]
    if (request.content_length or 0) > LONGEST_BODY:
        return refused(413, site.texts.render("page.refused_too_long", {}))
    sent = await sent_json(request)
    client = _client(sent.get("client"))
    if client is None or not isinstance(sent.get("text", ""), str) or not isinstance(sent.get("press", ""), str):
        return refused(400, site.texts.render("page.refused", {}))
    if len(sent.get("text", "")) > LONGEST:
        return refused(413, site.texts.render("page.refused_too_long", {}))
    entrance = await enter(request, client, "" if sent.get("press") else sent.get("text", ""))
    if not entrance.linked:
        await site.work(_store, site, entrance.who, client, sent, site.clock.now())
    site.arrived.ring()
    site.shown.ring()
    return _accepted(request, entrance)


def _accepted(request: web.Request, entrance: Entrance) -> web.Response:
    """Taken; the page is told where its secret was renewed and where it now shows another chat."""
    taken = {"accepted": True, "renewed": entrance.secret is not None, "linked": entrance.linked}
    response = web.json_response(taken, status=202)
    if entrance.secret is not None:
        keep_secret(request, response, entrance.secret)
    return response


async def sent_json(request: web.Request) -> dict[str, Any]:
    """The object that was sent; an empty one for whatever is no JSON object, however it is wrong."""
    try:
        sent = await request.json()
    except (ValueError, LookupError, RecursionError, web.HTTPException):
        return {}
    return sent if isinstance(sent, dict) else {}


def _client(value: object) -> str | None:
    """The browser's id of a message, in one spelling, if it is one."""
    identifier = parse_id(value) if isinstance(value, str) else None
    return str(identifier) if identifier else None


def _store(site: Site, who: Visitor, client: str, sent: dict[str, Any], now: Now) -> None:
    press = sent.get("press", "")
    kind = Kind.PRESS if press else Kind.TEXT
    label = str(sent.get("label", ""))
    event, text = f"{who.chat}:{client}", sent.get("text", "")
    arrival = Arrival(BOT, event, who.chat, kind, now.campaign, text, press, label=label)
    _keep(site, who, arrival, now)


def _keep(site: Site, who: Visitor, arrival: Arrival, now: Now) -> None:
    """Store what arrived and show it in the chat, in one unit of work; a repeated one changes nothing."""
    with site.database.transaction() as session:
        store_said(site, session, who, arrival, now)


def store_said(site: Site, session: Session, who: Visitor, arrival: Arrival, now: Now) -> None:
    """Store what arrived and show it in the chat; a repeated one changes nothing."""
    Store(session, now.campaign, site.inbox.chance, BOT).people.lock_account(who.account)  # entries come in order
    stored = site.inbox.store(session, arrival, now)
    if stored is not None:
        chat.show_said(session, who.account, stored, now.campaign)


@routes.post("/photos")
async def send_photo(request: web.Request) -> web.Response:
    """One photo; it is kept aside and checked before anybody sees it. 202 once stored."""
    site = request.app[SITE]
    try:
        client, photo = await uploaded(request, "photo", LARGEST_PHOTO)
    except ValueError:  # not the parts that it says it is
        client, photo = None, None
    if client is None or photo is None:
        return refused(400, site.texts.render("page.refused", {}))
    if not photo:
        return refused(400, site.texts.render("page.refused_empty_photo", {}))
    if len(photo) > LARGEST_PHOTO:
        return refused(413, site.texts.render("page.refused_large_photo", {}))
    who = await visitor(request)
    await site.work(_store_photo, site, who, client, photo, site.clock.now())
    site.arrived.ring()
    site.shown.ring()
    return web.json_response({"accepted": True}, status=202)


async def uploaded(request: web.Request, name: str, largest: int) -> tuple[str | None, bytes | None]:
    """The browser's id and the bytes of that name, read no further than just over the limit.

    Raises ValueError where it is not the parts that it says it is.
    """
    client: str | None = None
    content: bytearray | None = None
    if not request.content_type.startswith("multipart/"):
        return None, None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            break
        if part.name == "client":
            client = _client((await part.read()).decode("ascii", "replace"))
        elif part.name == name:
            content = bytearray()
            while len(content) <= largest and (piece := await part.read_chunk()):
                content += piece
            break
    return client, None if content is None else bytes(content)


def _store_photo(site: Site, who: Visitor, client: str, photo: bytes, now: Now) -> None:
    """The bytes are on disk before the row that names them is; a file without a row harms nobody."""
    identifier = Id(UUID(client))
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        known = store.photos.owner(identifier)
        if known is not None:
            return
        keep_aside(site.photos / f"{identifier}.new", photo)
        store.photos.arrived(who.account, identifier)
        arrival = Arrival(BOT, f"{who.chat}:{client}", who.chat, Kind.PHOTO, now.campaign, photos=(identifier,))
        store_said(site, session, who, arrival, now)
