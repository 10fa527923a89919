"""The rehearsal's bar: be any person, turn the campaign's clock forward. These routes exist in a rehearsal alone."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.channels.web.messages import sent_json
from bot.channels.web.sessions import Visitor, visitor
from bot.channels.web.site import BOT, SITE, Site
from bot.rehearsal import Person, Rehearsing
from campaigns.calendar import LOCAL
from campaigns.ids import Id, parse_id
from storage.sessions import Sessions
from storage.store import Store

REHEARSING = web.AppKey("rehearsing", Rehearsing)
STEPS = {"hour": timedelta(hours=1), "week": timedelta(weeks=1)}

routes = web.RouteTableDef()


@routes.get("/rehearsal")
async def state(request: web.Request) -> web.Response:
    """The clock, everybody, and the invitation of whoever one is, as long as it is unused."""
    site, who = request.app[SITE], await visitor(request)
    people = await site.work(request.app[REHEARSING].people, who.account)
    clock = site.clock.now().campaign.astimezone(LOCAL).isoformat()
    return web.json_response({"clock": clock, "people": [_as_json(person) for person in people]})


def _as_json(person: Person) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "name": person.name,
        "what": person.what,
        "current": person.current,
        "unread": person.unread,
        "code": person.code,
    }


@routes.post("/rehearsal/person")
async def become(request: web.Request) -> web.Response:
    """Be somebody else from now on."""
    site, sent = request.app[SITE], await sent_json(request)
    person, who = parse_id(str(sent.get("id"))), await visitor(request)
    if person is None:
        raise web.HTTPBadRequest
    if not await site.work(_become, site, request.app[REHEARSING], person, who):
        raise web.HTTPNotFound
    return web.Response(status=204)


def _become(site: Site, rehearsing: Rehearsing, person: Id, who: Visitor) -> bool:
    now = site.clock.now()
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        account = rehearsing.account(store, person)
        if account is None:
            return False
        rehearsing.sees_all(session, who.account)
        Sessions(store.scribe, now.machine).move(who.session, account.id)
    return True


@routes.post("/rehearsal/clock")
async def turn(request: web.Request) -> web.Response:
    """Turn the clock forward: an hour, a week, or to the next moment at which something is asked, due or closed."""
    site, sent = request.app[SITE], await sent_json(request)
    rehearsing, to = request.app[REHEARSING], sent.get("to")
    if to not in ("hour", "due", "week"):
        raise web.HTTPBadRequest
    await site.work(rehearsing.turn, STEPS.get(to))
    site.arrived.ring()
    return web.json_response({"clock": site.clock.now().campaign.astimezone(LOCAL).isoformat()})
