"""An officer follows an announcement in the web chat, over HTTP: one bubble that renews itself and is never new."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.app import App
from bot.bell import Bell
from bot.channels.channel import Channel
from bot.channels.web.channel import WebChannel
from bot.channels.web.issuing import Issuer
from bot.channels.web.server import application
from bot.channels.web.site import Site
from bot.clock import Clock
from bot.links import Links
from bot.outbox import inline
from bot.rendering import Renderer
from handlers import announcement_status
from storage import chat
from storage.database import Database
from storage.sessions import Sessions
from storage.store import Store
from tests.conftest import Copies
from tests.following import SlowStage, announces, many_heads
from tests.stage import BOT, opened
from tests.web.client import Browser

SECRET = "a secret of one browser, long enough for it"


class PageStage(SlowStage):
    """A stage whose people use the web chat."""

    def _channel(self) -> Channel:
        return WebChannel(opened(self.url), Bell(), inline)


@pytest.fixture
def stage(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> PageStage:
    """An announcement to 20 people more than can be reached is under way, and Hà sees it."""
    monkeypatch.setattr(announcement_status, "AT_ONCE", 2)
    stage = PageStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hà")
    many_heads(stage, 20)
    announces(stage)
    database = opened(stage.url)
    with database.transaction() as session:
        scribe = Store(session, stage.now, Random(1), BOT).scribe
        Sessions(scribe, stage.now).open(SECRET, _account_of_ha(session), "Firefox")
    database.close()
    return stage


@asynccontextmanager
async def _served(stage: PageStage, app: App, database: Database) -> AsyncIterator[Browser]:
    """Hà's browser, on the page of this database."""
    clock = Clock(machine=lambda: stage.now)
    parts: dict[str, Any] = {"clock": clock, "work": inline, "arrived": Bell(), "shown": Bell()}
    parts |= {"photos": Path("/none"), "links": Links("", b"key"), "title": "Thi đua", "issuer": Issuer("key")}
    parts |= {"database": database, "inbox": app.inbox, "renderer": Renderer(app.texts), "texts": app.texts}
    async with TestServer(application(Site(**parts))) as server, _browser(server) as browser:
        yield browser


def _browser(server: BaseTestServer) -> Browser:
    return Browser(str(server.make_url("")).rstrip("/"), secret=SECRET)


async def _shows(stage: PageStage, after: int = 0) -> list[dict[str, Any]]:
    """Everything that Hà's page is told after an entry."""
    app, database = stage.program()
    found: list[dict[str, Any]] = []
    async with _served(stage, app, database) as browser:
        async for line in browser.lines(after):
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
            if found and found[-1]["id"] == _newest(database):
                break
    database.close()
    return found


def _newest(database: Database) -> int:
    with database.transaction() as session:
        account = _account_of_ha(session)
        return chat.entries_after(session, account, 0)[-1].id


def _account_of_ha(session: Any) -> Any:
    account = Store.reading(session).people.account_of_chat(BOT, "Hà")
    assert account
    return account.id


def _bubbles(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bubbles as the page has them in the end."""
    shown: dict[int, dict[str, Any]] = {}
    for entry in entries:
        shown[entry["replaces"] or entry["id"]] = entry
    return list(shown.values())


def test_it_renews_one_bubble_and_leaves_the_chat_read(stage: PageStage) -> None:
    before = asyncio.run(_shows(stage))
    database = opened(stage.url)
    for _ in range(4):
        stage.takes(5, after=6)
    after = asyncio.run(_shows(stage))
    assert len(_bubbles(after)) == len(_bubbles(before))
    assert "Đã đến 0/29" in before[-1]["html"]
    assert after[-1]["kind"] == "edit"
    assert after[-1]["replaces"] == before[-1]["id"]
    assert "Đã đến 0/29" not in after[-1]["html"]
    assert [choice["label"] for choice in after[-1]["choices"]] == ["Dừng", "Thôi gửi", "Xem lại", "Từng nơi nhận"]
    with database.transaction() as session:
        assert chat.unread(session, _account_of_ha(session), before[-1]["id"]) == 0
    database.close()


def test_it_keeps_no_more_than_the_first_and_the_newest_state(stage: PageStage) -> None:
    """A long announcement would otherwise push everything else out of what a page reads when it is opened."""
    before = asyncio.run(_shows(stage))
    for _ in range(6):
        stage.takes(4, after=6)
    assert len(asyncio.run(_shows(stage))) == len(before) + 1
    caught_up = asyncio.run(_shows(stage, after=before[-1]["id"]))
    assert [entry["kind"] for entry in caught_up] == ["edit"]


def test_it_tells_the_end_in_a_new_bubble(stage: PageStage) -> None:
    before = asyncio.run(_shows(stage))
    stage.takes(1_000, after=6)
    above, below = _bubbles(asyncio.run(_shows(stage)))[-2:]
    assert "kết quả ở tin dưới" in above["html"]
    assert above["choices"] == []
    assert "xong." in below["html"]
    database = opened(stage.url)
    with database.transaction() as session:
        assert chat.unread(session, _account_of_ha(session), before[-1]["id"]) == 1
    database.close()


def test_it_shows_the_answer_to_a_press_below(stage: PageStage) -> None:
    """Only what renews itself takes the place of something: a press is words of the person's own."""
    stage.takes(5, after=6)
    before = _bubbles(asyncio.run(_shows(stage)))
    stage.allowed = 1
    with opened(stage.url).transaction() as session:
        pause = next(
            choice["data"]
            for entry in chat.entries_after(session, _account_of_ha(session), 0)
            for choice in entry.choices
            if choice["data"].startswith("announcement.pause")
        )
    stage.presses_data("Hà", pause)
    after = asyncio.run(_shows(stage))
    assert after[-1]["kind"] == "out"
    assert "đang dừng" in after[-1]["html"]
    assert len(_bubbles(after)) == len(before) + 1
