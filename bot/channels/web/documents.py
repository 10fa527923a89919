"""Files that were made for somebody: for the chat that asked, while its person may see what is in them."""

from urllib.parse import quote

from aiohttp import web

from bot.channels.web.sessions import visitor
from bot.channels.web.site import SITE, Site
from campaigns.authority import may_anywhere
from campaigns.document import ACTIONS, Document
from campaigns.ids import Id, parse_id
from storage.store import Store

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
}

routes = web.RouteTableDef()


@routes.get("/documents/{document}")
async def document(request: web.Request) -> web.StreamResponse:
    """A file under its own name."""
    site, who = request.app[SITE], await visitor(request)
    identifier = parse_id(request.match_info["document"])
    found = await site.work(_theirs, site, identifier, who.account) if identifier else None
    return sent(site, found)


def _theirs(site: Site, identifier: Id, account: Id) -> Document | None:
    with site.database.transaction() as session:
        store = Store.reading(session, site.clock.now().campaign)
        found = store.documents.good(identifier)
        actor = store.people.actor(store.people.account(account))
        theirs = found is not None and found.account == account and may_anywhere(actor, ACTIONS[found.kind])
        return found if theirs else None


def sent(site: Site, found: Document | None) -> web.StreamResponse:
    """The bytes of a file, to be kept by whoever gets them and by nobody on the way. Raises HTTPNotFound."""
    path = site.photos / f"{found.id}.file" if found else None
    if found is None or path is None or not path.is_file():
        raise web.HTTPNotFound
    headers = {
        "Content-Type": TYPES[found.ending],
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "Cache-Control": "private, no-store",
    }
    return web.FileResponse(path, headers=headers)
