"""The devices that have a chat open: listed, one more added by a code, one or all others ended."""

from typing import Any

from aiohttp import web

from bot.channels.web.messages import sent_json
from bot.channels.web.sessions import Visitor, visitor
from bot.channels.web.site import BOT, SITE, Site, refused
from bot.clock import Now
from campaigns.device import CODE_VALID_FOR, Device, is_settled, may_end
from campaigns.invitation import shown_code
from storage.sessions import Sessions
from storage.store import Store

routes = web.RouteTableDef()


class _Refused(Exception):
    """Not for this device; the text says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@routes.get("/devices")
async def listed(request: web.Request) -> web.Response:
    """Every device that has this chat open, in words, and whether one more may be added from here."""
    who = await visitor(request)
    site = request.app[SITE]
    return web.json_response(await site.work(_listed, site, who, site.clock.now()))


def _listed(site: Site, who: Visitor, now: Now) -> dict[str, Any]:
    with site.database.transaction() as session:
        store = Store.reading(session, now.campaign)
        devices = Sessions(store.scribe, now.machine).devices(who.account)
        why_not = _why_no_code(store, devices, who, now)
        return {
            "devices": [_as_json(site, device, who) for device in devices],
            "note": site.texts.plain(why_not, {}) if why_not else "",
        }


def _as_json(site: Site, device: Device, who: Visitor) -> dict[str, Any]:
    about = {"opened_at": device.opened_at, "seen_at": device.seen_at}
    return {
        "id": device.id,
        "what": site.texts.plain("device.what", {"device": device.what}),
        "about": site.texts.plain("device.about", about),
        "here": device.id == who.session,
    }


def _why_no_code(store: Store, devices: list[Device], who: Visitor, now: Now) -> str | None:
    """Why this device may not open the chat on another, none where it may."""
    if store.people.account(who.account).person is None:
        return "device.not_joined"
    return None if is_settled(_own(devices, who), now.machine) else "device.not_settled"


def _own(devices: list[Device], who: Visitor) -> Device:
    return next(device for device in devices if device.id == who.session)


@routes.post("/devices/code")
async def add(request: web.Request) -> web.Response:
    """A code for one more device: eight digits, once, for ten minutes."""
    site, who = request.app[SITE], await visitor(request)
    try:
        code = await site.work(_add, site, who, site.clock.now())
    except _Refused as why:
        return refused(403, site.texts.plain(why.text, {}))
    return web.json_response({"code": shown_code(code), "minutes": int(CODE_VALID_FOR.total_seconds() // 60)})


def _add(site: Site, who: Visitor, now: Now) -> str:
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        sessions = Sessions(store.scribe, now.machine)
        why_not = _why_no_code(store, sessions.devices(who.account), who, now)
        if why_not:
            raise _Refused(why_not)
        store.acts(store.people.account(who.account).person)
        return sessions.ask_code(who.account)


@routes.post("/devices/end")
async def end(request: web.Request) -> web.Response:
    """Sign out the device that is named, or all others; their pages are told at once."""
    site, who, sent = request.app[SITE], await visitor(request), await sent_json(request)
    try:
        await site.work(_end, site, who, None if sent.get("others") is True else str(sent.get("id")), site.clock.now())
    except _Refused as why:
        return refused(403, site.texts.plain(why.text, {}))
    site.shown.ring()
    return web.Response(status=204)


def _end(site: Site, who: Visitor, named: str | None, now: Now) -> None:
    """End one, or all others (``named`` none). Raises 404 where nobody here has that one."""
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        store.acts(store.people.account(who.account).person)
        sessions = Sessions(store.scribe, now.machine)
        devices = sessions.devices(who.account)
        own = _own(devices, who)
        meant = [device for device in devices if (device.id == named if named else device != own)]
        if named and not meant:
            raise web.HTTPNotFound
        if not all(may_end(own, device, now.machine) for device in meant):
            raise _Refused("device.not_settled")
        for device in meant:
            sessions.end(device.id)
