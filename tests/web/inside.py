"""The pages of the web chat over a stage's database, over real HTTP and without another process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from aiohttp.test_utils import BaseTestServer, TestServer
from sqlmodel import Session

from bot.bell import Bell
from bot.channels.web.issuing import Issuer
from bot.channels.web.server import application
from bot.channels.web.site import Site
from bot.clock import Clock
from bot.links import Links
from bot.outbox import inline
from bot.rendering import Renderer
from campaigns.ids import Id
from storage.sessions import Sessions
from storage.store import Store
from tests.stage import BOT, Stage, opened
from tests.web.client import Browser


def account_of(session: Session, chat: str) -> Id:
    """The account of a chat on the stage."""
    account = Store.reading(session).people.account_of_chat(BOT, chat)
    assert account
    return account.id


def browser_of(stage: Stage, chat: str) -> str:
    """The secret of a browser in which somebody's chat is open from now on."""
    secret = f"the secret of browser {next(stage.events)} of {chat}, long enough"
    database = opened(stage.url)
    with database.transaction() as session:
        scribe = Store(session, stage.now, Random(1), BOT).scribe
        Sessions(scribe, stage.now).open(secret, account_of(session, chat), "Firefox")
    database.close()
    return secret


@asynccontextmanager
async def served(stage: Stage, secret: str, photos: Path = Path("/nowhere")) -> AsyncIterator[Browser]:
    """A browser on the pages of a stage."""
    app, database = stage.program()
    clock = Clock(machine=lambda: stage.now)
    parts: dict[str, Any] = {"clock": clock, "work": inline, "arrived": Bell(), "shown": Bell(), "photos": photos}
    parts |= {"links": Links("", b"key"), "title": "Thi đua", "issuer": Issuer("key")}
    parts |= {"database": database, "inbox": app.inbox, "renderer": Renderer(app.texts), "texts": app.texts}
    async with TestServer(application(Site(**parts))) as server, _browser(server, secret) as browser:
        yield browser
    database.close()


def _browser(server: BaseTestServer, secret: str) -> Browser:
    return Browser(str(server.make_url("")).rstrip("/"), secret=secret)
