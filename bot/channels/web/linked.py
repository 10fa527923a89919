"""The pages that signed links lead to: a photo for a vendor to fetch, a message that was too long, a voice message."""

from aiohttp import web

from bot.channels.web.documents import sent
from bot.channels.web.recordings import TYPES
from bot.channels.web.shell import AT, PAGES
from bot.channels.web.site import SITE, Site
from bot.links import DOCUMENT, MESSAGE, PAGE, PHOTO, RECORDING
from bot.sounds import Container
from campaigns.document import Document
from campaigns.ids import Id, parse_id
from dialogue.capabilities import BARE
from storage.machine_rows import OutboxRow
from storage.rows import AccountRow
from storage.store import Store

routes = web.RouteTableDef()


@routes.get(PAGE + "/" + PHOTO + "/{which}/{until}/{seal}")
async def photo(request: web.Request) -> web.StreamResponse:
    """A photo as a JPEG."""
    site, identifier = request.app[SITE], parse_id(request.match_info["which"])
    path = site.photos / f"{identifier}.jpg"
    if not _opens(PHOTO, request) or not path.is_file():
        return _over(site)
    return web.FileResponse(path, headers={"Content-Type": "image/jpeg", "Cache-Control": "no-store"})


@routes.get(PAGE + "/" + RECORDING + "/{which}/{until}/{seal}")
async def recording(request: web.Request) -> web.StreamResponse:
    """A voice message that is still kept."""
    site, identifier = request.app[SITE], parse_id(request.match_info["which"])
    if identifier is None or not _opens(RECORDING, request):
        return _over(site)
    kind, path = await site.work(_kind, site, identifier), site.photos / f"{identifier}.sound"
    if kind is None or not path.is_file():
        return _over(site)
    return web.FileResponse(path, headers={"Content-Type": TYPES[Container(kind)], "Cache-Control": "no-store"})


def _kind(site: Site, recording: Id) -> str | None:
    with site.database.transaction() as session:
        recordings = Store.reading(session).recordings
        return recordings.kind(recording) if recordings.state(recording) == "good" else None


@routes.get(PAGE + "/" + DOCUMENT + "/{which}/{until}/{seal}")
async def document(request: web.Request) -> web.StreamResponse:
    """A file that is still kept."""
    site, identifier = request.app[SITE], parse_id(request.match_info["which"])
    if identifier is None or not _opens(DOCUMENT, request):
        return _over(site)
    found = await site.work(_document, site, identifier)
    return sent(site, found) if found else _over(site)


def _document(site: Site, document: Id) -> Document | None:
    with site.database.transaction() as session:
        return Store.reading(session).documents.good(document)


@routes.get(PAGE + "/" + MESSAGE + "/{which}/{until}/{seal}")
async def message(request: web.Request) -> web.StreamResponse:
    """All words of a message, with names as they are now."""
    site = request.app[SITE]
    if not _opens(MESSAGE, request):
        return _over(site)
    words = await site.work(_words, site, int(request.match_info["which"]))
    return _page(site, words, 200) if words else _over(site)


def _opens(what: str, request: web.Request) -> bool:
    told, site = request.match_info, request.app[SITE]
    return site.links.opens(what, told["which"], told["until"], told["seal"], site.clock.now().machine)


def _words(site: Site, outbox: int) -> str | None:
    with site.database.transaction() as session:
        row = session.get(OutboxRow, outbox)
        if row is None:
            return None
        person = session.get_one(AccountRow, row.account_id).person_id
        reader = Id(person) if person else None
        return site.renderer.shown(row.text, row.content, row.choices, reader, session, BARE)[0]


def _over(site: Site) -> web.Response:
    """The same kind words for a link that is over and for one that never was."""
    return _page(site, site.texts.render("page.link_over", {}), 404)


def _page(site: Site, words: str, status: int) -> web.Response:
    html = PAGES.get_template("linked.html.j2").render(title=site.title, words=words, static=AT)
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return web.Response(text=html, content_type="text/html", status=status, headers=headers)
