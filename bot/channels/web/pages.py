"""The page itself, its static parts, and photos for those who may see them."""

import asyncio
import re
from uuid import UUID

from aiohttp import web

from bot.channels.web.issuing import chat_name
from bot.channels.web.rehearsal import is_stranger
from bot.channels.web.sessions import given_secret, keep_secret, visitor
from bot.channels.web.shell import AT, PAGES
from bot.channels.web.site import SITE, Site
from campaigns.authority import Action, may
from campaigns.ids import Id, parse_id
from documents.qr import qr_picture
from storage import chat
from storage.store import Store

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
        " media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
LOOKS, BETWEEN = 20, 0.25

routes = web.RouteTableDef()


async def safe_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Nothing is loaded from elsewhere, guessed at, or framed; also where the answer is an error."""
    response.headers.update(HEADERS)


@routes.get("/")
async def chat_page(request: web.Request) -> web.Response:
    """The chat."""
    site = request.app[SITE]
    texts = PAGES.get_template("page.j2").module
    secret, ended = await given_secret(request)
    who = chat_name(secret)
    if site.rehearsing:
        if "vai" not in request.query and await is_stranger(site, secret):
            return _welcomed(request, secret)
        who = (await visitor(request)).account.hex[-12:]
    page = PAGES.get_template("chat.html.j2")
    about = {"title": site.title, "chat": who, "ended": ended, "rehearsal": site.rehearsing is not None}
    html = page.render(t=texts, static=AT, **about)
    response = web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})
    keep_secret(request, response, secret)
    return response


def _welcomed(request: web.Request, secret: str) -> web.Response:
    """A stranger in a rehearsal is told first what this is."""
    response = web.Response(status=303, headers={"Location": "/rehearsal/welcome", "Cache-Control": "no-store"})
    keep_secret(request, response, secret)
    return response


@routes.get("/healthz")
async def health(_request: web.Request) -> web.Response:
    """Whether the program answers."""
    return web.Response(text="ok")


@routes.get("/photos/{photo}")
async def photo(request: web.Request) -> web.StreamResponse:
    """A checked photo, for whoever sent it or may see what it is shown with; waits a moment for one that just came."""
    site, who = request.app[SITE], await visitor(request)
    identifier = parse_id(request.match_info["photo"])
    state = None
    for _ in range(LOOKS):
        state = await site.work(_state, site, identifier, who.account) if identifier else None
        if state not in ("to_fetch", "waiting"):
            break
        await asyncio.sleep(BETWEEN)
    if state != "good":
        raise web.HTTPNotFound
    headers = {"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=86400"}
    return web.FileResponse(site.photos / f"{identifier}.jpg", headers=headers)


@routes.get("/qr/{entry}")
async def drawn(request: web.Request) -> web.Response:
    """The link of a message of one's own chat, drawn for the camera of another phone."""
    site, who = request.app[SITE], await visitor(request)
    number = request.match_info["entry"]
    link = await site.work(_link, site, who.account, int(number)) if re.fullmatch(r"[0-9]{1,18}", number) else ""
    if not link:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "private, max-age=86400"}
    return web.Response(body=qr_picture(link), content_type="image/png", headers=headers)


def _link(site: Site, account: Id, number: int) -> str:
    with site.database.transaction() as session:
        shown = chat.entries_after(session, account, number - 1, at_most=1) if number > 1 else []
        return str(shown[0].content.get("qr", "")) if shown and shown[0].id == number else ""


def _state(site: Site, photo_id: UUID, account: Id) -> str | None:
    """The state of a photo for this reader; none where it is not for them."""
    with site.database.transaction() as session:
        store = Store.reading(session, site.clock.now().campaign)
        if store.photos.owner(photo_id) == account:
            return store.photos.state(photo_id)
        actor = store.people.actor(store.people.account(account))
        allowed = any(may(actor, action, path) for action, path in store.photos.places(photo_id))
        place = store.highlights.place(photo_id)
        allowed = allowed or (place is not None and may(actor, Action.DECIDE_HIGHLIGHT, place))
        allowed = allowed or store.highlights.shows(photo_id, account)
        return store.photos.state(photo_id) if allowed else None
