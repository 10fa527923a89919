"""The rehearsal's bar: be any person, turn the campaign's clock forward, begin again. Only a rehearsal has these."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.channels.web.messages import sent_json
from bot.channels.web.sessions import Visitor, sessions_in, visitor
from bot.channels.web.site import BOT, SITE, Site, refused
from bot.rehearsal import Busy, Person, Rehearsing
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
    site, rehearsing, who = request.app[SITE], request.app[REHEARSING], await visitor(request)
    people = await site.work(rehearsing.people, who.account)
    about = {
        "run": str(rehearsing.launched),
        "clock": site.clock.now().campaign.astimezone(LOCAL).isoformat(),
        "week": rehearsing.show.shown.state,
        "others": await site.work(rehearsing.others_play),
    }
    return web.json_response(about | {"people": [_as_json(person) for person in people]})


async def is_stranger(site: Site, secret: str) -> bool:
    """Whether this browser was nobody yet in this rehearsal."""
    return bool(await site.work(_is_stranger, site, secret))


def _is_stranger(site: Site, secret: str) -> bool:
    with site.database.transaction() as session:
        held = sessions_in(site, session).find(secret)
        return held is None or not held.opens


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
    try:
        told = await rehearsing.turn(STEPS.get(to))
    except Busy:
        return refused(409, site.texts.plain("rehearsal.busy", {}))
    site.arrived.ring()
    return web.json_response({"clock": site.clock.now().campaign.astimezone(LOCAL).isoformat(), "told": told})


@routes.post("/rehearsal/others")
async def others(request: web.Request) -> web.Response:
    """Whether everybody who is nobody's plays by themselves when the clock is turned."""
    sent = await sent_json(request)
    if not isinstance(sent.get("play"), bool):
        raise web.HTTPBadRequest
    await request.app[SITE].work(request.app[REHEARSING].let_others_play, sent["play"])
    return web.Response(status=204)


@routes.post("/rehearsal/again")
async def again(request: web.Request) -> web.Response:
    """Forget everything and begin in the first minute; whoever asked is a stranger then."""
    await request.app[REHEARSING].begin_again()
    return web.Response(status=204)
