"""Which browser may open which account: a secret in a cookie, of which only the digest is kept."""

import secrets
from dataclasses import dataclass

from aiohttp import web
from sqlmodel import Session

from bot.channels.web.site import BOT, SITE, Site
from bot.clock import Now
from bot.inbox import Arrival
from bot.rehearsal import Rehearsing
from campaigns.ids import Id
from dialogue.incoming import Kind
from storage import chat
from storage.store import Store

COOKIE = "thidua"
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Visitor:
    """The account that a browser has open."""

    account: Id
    chat: str


def secret_of(request: web.Request) -> str | None:
    """The browser's secret, if it has one that could be ours or was just given one."""
    secret = request.get(COOKIE) or request.cookies.get(COOKIE, "")
    return secret if 30 <= len(secret) <= 60 else None


def given_secret(request: web.Request) -> str:
    """The browser's secret; a new one on its first visit, so that this page already knows whose it is."""
    secret = request[COOKIE] = secret_of(request) or secrets.token_urlsafe(32)
    return secret


def keep_secret(request: web.Request, response: web.Response, secret: str) -> None:
    """Let the browser keep its secret. No account is made before it writes or listens."""
    if request.cookies.get(COOKIE) != secret:
        secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
        response.set_cookie(COOKIE, secret, max_age=YEAR, httponly=True, samesite="Strict", secure=secure)


async def visitor(request: web.Request) -> Visitor:
    """The account this browser has open, a new one of nobody yet on first use. Raises 401 without a secret."""
    secret = secret_of(request)
    if secret is None:
        raise web.HTTPUnauthorized
    site = request.app[SITE]
    found: Visitor = await site.work(_open, site, secret, site.clock.now())
    site.arrived.ring()
    return found


def _open(site: Site, secret: str, now: Now) -> Visitor:
    with site.database.transaction() as session:
        account = chat.account_of_session(session, secret)
        if account is not None:
            return Visitor(account, _chat_of(session, account))
        if site.rehearsing:
            return _as_first_person(site, site.rehearsing, session, secret, now)
        return _new_visitor(site, session, secret, now)


def _chat_of(session: Session, account: Id) -> str:
    return Store.reading(session).people.account(account).chat


def _as_first_person(site: Site, rehearsing: Rehearsing, session: Session, secret: str, now: Now) -> Visitor:
    """Whoever opens a rehearsal is the head who is about to join."""
    store = Store(session, now.campaign, site.inbox.chance, BOT)
    account = rehearsing.account_of(store, rehearsing.first(store))
    chat.open_session(session, secret, account.id, now.machine)
    opened = Arrival(BOT, f"opened:{account.chat}", account.chat, Kind.OPENED, now.campaign)
    site.inbox.store(session, opened, now)
    return Visitor(account.id, account.chat)


def _new_visitor(site: Site, session: Session, secret: str, now: Now) -> Visitor:
    """A first visit: an account of nobody, and the visit itself as the first thing that arrived."""
    name = f"browser-{secrets.token_hex(8)}"
    arrival = Arrival(BOT, f"opened:{name}", name, Kind.OPENED, now.campaign)
    site.inbox.store(session, arrival, now)
    account = Store.reading(session).people.account_of_chat(BOT, name)
    assert account is not None
    chat.open_session(session, secret, account.id, now.machine)
    return Visitor(account.id, name)
