"""Which browser may open which account: a secret in a cookie that the program gave out itself."""

import secrets
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.channels.web.agents import described
from bot.channels.web.site import BOT, SITE, Site
from bot.clock import Now
from bot.inbox import Arrival
from campaigns.ids import Id
from dialogue.incoming import Kind
from storage.sessions import Held, Sessions
from storage.store import Store

COOKIE = "thidua"
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Visitor:
    """The account that a browser has open, and by which session."""

    account: Id
    chat: str
    session: str


class Ended(web.HTTPUnauthorized):
    """This browser was signed out from another; its page says so."""

    def __init__(self) -> None:
        super().__init__(text='{"ended": true}', content_type="application/json")


def secret_of(request: web.Request) -> str | None:
    """The browser's secret, if it has one that could be ours or was just given one."""
    secret = str(request.get(COOKIE) or request.cookies.get(COOKIE, ""))
    return secret if 30 <= len(secret) <= 150 else None


async def given_secret(request: web.Request) -> tuple[str, bool]:
    """The browser's secret, a new one where it opens nothing, so that this page already knows whose it is.

    Also whether what it had was ended elsewhere, which its page explains.
    """
    site, secret = request.app[SITE], secret_of(request)
    held = await site.work(_held, site, secret) if secret else None
    opens = held.opens if held else secret is not None and site.issuer.is_ours(secret)
    request[COOKIE] = secret if secret and opens else site.issuer.new()
    return request[COOKIE], held is not None and held.ended


def _held(site: Site, secret: str) -> Held | None:
    with site.database.transaction() as session:
        return sessions_in(site, session).find(secret)


def sessions_in(site: Site, session: Session) -> Sessions:
    """The questions about browsers, now, in this unit of work."""
    now = site.clock.now()
    return Sessions(Store(session, now.campaign, site.inbox.chance, BOT).scribe, now.machine)


def keep_secret(request: web.Request, response: web.Response, secret: str) -> None:
    """Let the browser keep its secret for a year from now. No account is made before it writes or listens."""
    secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
    response.set_cookie(COOKIE, secret, max_age=YEAR, httponly=True, samesite="Strict", secure=secure)


async def visitor(request: web.Request) -> Visitor:
    """The account this browser has open, a new one of nobody yet on first use.

    Raises 401 without a secret that the program gave out, and Ended where it was signed out.
    """
    secret = secret_of(request)
    if secret is None:
        raise web.HTTPUnauthorized
    site, device = request.app[SITE], described(request.headers.get("User-Agent", ""))
    try:
        found: Visitor = await site.work(_open, site, secret, device, site.clock.now())
    except IntegrityError:  # another request of the same new browser was first
        found = await site.work(_open, site, secret, device, site.clock.now())
    site.arrived.ring()
    return found


def _open(site: Site, secret: str, device: str, now: Now) -> Visitor:
    with site.database.transaction() as session:
        store = Store(session, now.campaign, site.inbox.chance, BOT)
        sessions = Sessions(store.scribe, now.machine)
        held = sessions.find(secret)
        if held is None:
            return _first_visit(site, store, secret, device, now)
        if not held.opens:
            raise Ended if held.ended else web.HTTPUnauthorized
        sessions.seen(held.id, device)
        return as_visitor(held, store)


def as_visitor(held: Held, store: Store) -> Visitor:
    """Who holds this session."""
    return Visitor(held.account, store.people.account(held.account).chat, held.id)


def _first_visit(site: Site, store: Store, secret: str, device: str, now: Now) -> Visitor:
    """Whoever opens a rehearsal is the head who is about to join, anybody else is nobody yet."""
    if not site.issuer.is_ours(secret):
        raise web.HTTPUnauthorized
    if site.rehearsing:
        chat = site.rehearsing.account_of(store, site.rehearsing.first(store)).chat
    else:
        chat = f"browser-{secrets.token_hex(8)}"
    opened = Arrival(BOT, f"opened:{chat}", chat, Kind.OPENED, now.campaign)
    site.inbox.store(store.scribe.session, opened, now)
    account = store.people.account_in(BOT, chat)
    return as_visitor(Sessions(store.scribe, now.machine).open(secret, account.id, device), store)
