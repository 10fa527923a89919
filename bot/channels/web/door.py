"""What happens where somebody of whom nothing is known types a code.

It may open a chat that is open on another device. In any case the browser is given another secret: whoever planted the
one before, on a phone that several people use, is shut out before anybody says who they are.
"""

from dataclasses import dataclass

from aiohttp import web
from sqlmodel import Session

from bot.channels.web.sessions import Visitor, as_visitor, secret_of, visitor
from bot.channels.web.site import BOT, SITE, Site
from bot.clock import Now
from bot.planning import plan_one
from campaigns.ids import Id
from campaigns.invitation import find_code, is_typed_right
from dialogue.say import Say
from handlers.join import opens_something
from storage.sessions import Held, Sessions
from storage.store import Store


@dataclass(frozen=True)
class Entrance:
    """Who writes. ``secret`` is what their browser holds from now on; ``linked``: the code opened another chat."""

    who: Visitor
    secret: str | None = None
    linked: bool = False


async def enter(request: web.Request, client: str, text: str) -> Entrance:
    """Let in whoever writes. What was taken once is answered alike when it comes again. Raises 401 as ``visitor``."""
    site, secret, code = request.app[SITE], secret_of(request), find_code(text)
    if secret is None or code is None or not is_typed_right(code):
        return Entrance(await visitor(request))
    again: Entrance | None = await site.work(_again, site, secret, client)
    if again is None:
        who = await visitor(request)
        again = await site.work(_knock, site, secret, client, code, site.clock.now())
        again = again or Entrance(who)
    site.shown.ring()
    return again


def _again(site: Site, secret: str, client: str) -> Entrance | None:
    """The entrance that this very message was given before, if its answer was lost on the way."""
    with site.database.transaction() as session:
        store = Store.reading(session)
        return _given_before(site, store, Sessions(store.scribe, site.clock.now().machine), secret, client)


def _given_before(site: Site, store: Store, sessions: Sessions, secret: str, client: str) -> Entrance | None:
    for linked, renewed in enumerate((site.issuer.after(secret, client), site.issuer.elsewhere(secret, client))):
        held = sessions.find(renewed)
        if held and held.opens:
            return Entrance(as_visitor(held, store), renewed, bool(linked))
    return None


def _knock(site: Site, secret: str, client: str, code: str, now: Now) -> Entrance | None:
    """None for whoever is somebody already: their code is a message like any other."""
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        sessions = Sessions(store.scribe, now.machine)
        held = sessions.find(secret)
        assert held is not None
        account = store.people.lock_account(held.account)
        session.expire_all()  # what another request did while this one waited
        held = sessions.find(secret)
        if held is None or not held.opens:
            return _given_before(site, store, sessions, secret, client)
        if account.person is not None:
            return None
        opened = _opened(store, sessions, held, code)
        if opened is None:
            return _renewed(sessions, store, held, site.issuer.after(secret, client))
        return _linked(session, sessions, store, held, site.issuer.elsewhere(secret, client), opened)


def _opened(store: Store, sessions: Sessions, held: Held, code: str) -> Id | None:
    """The chat that a code opens here. One that opens nothing at all is counted, before the next is looked at."""
    if not sessions.may_try(held.account):
        return None
    opened = sessions.take_code(code)
    if not (opened or opens_something(code, store)):
        sessions.tried(held.account)
    return opened


def _renewed(sessions: Sessions, store: Store, held: Held, secret: str) -> Entrance:
    sessions.renew(held.id, secret)
    return _entrance(sessions, store, secret, linked=False)


def _linked(session: Session, sessions: Sessions, store: Store, held: Held, secret: str, account: Id) -> Entrance:
    """Open the chat here too, and say so in it, where every device that has it open sees it."""
    to = store.people.account(account)
    store.acts(to.person)
    sessions.link(held.id, secret, account)
    entrance = _entrance(sessions, store, secret, linked=True)
    device = next(one.what for one in sessions.devices(account) if one.id == entrance.who.session)
    told = Say("device.linked", {"device": device}, key=f"linked:{entrance.who.session}")
    plan_one(session, store, to, told, store.now)
    return entrance


def _entrance(sessions: Sessions, store: Store, secret: str, *, linked: bool) -> Entrance:
    held = sessions.find(secret)
    assert held is not None
    return Entrance(as_visitor(held, store), secret, linked)
