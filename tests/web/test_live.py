"""An officer follows an announcement in the web chat, over HTTP: one bubble that renews itself and is never new."""

import asyncio
import json
from typing import Any

import pytest

from bot.bell import Bell
from bot.channels.channel import Channel
from bot.channels.web.channel import WebChannel
from bot.outbox import inline
from handlers import announcement_status
from storage import chat
from storage.database import Database
from tests.conftest import Copies
from tests.following import SlowStage, announces, many_heads
from tests.stage import opened
from tests.web.inside import account_of, browser_of, served


class PageStage(SlowStage):
    """A stage whose people use the web chat."""

    secret = ""

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
    stage.secret = browser_of(stage, "Hà")
    return stage


async def _shows(stage: PageStage, after: int = 0) -> list[dict[str, Any]]:
    """Everything that Hà's page is told after an entry."""
    database = opened(stage.url)
    found: list[dict[str, Any]] = []
    async with served(stage, stage.secret) as browser:
        async for line in browser.lines(after):
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
            if found and found[-1]["id"] == _newest(database):
                break
    database.close()
    return found


def _newest(database: Database) -> int:
    with database.transaction() as session:
        return chat.entries_after(session, account_of(session, "Hà"), 0)[-1].id


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
        assert chat.unread(session, account_of(session, "Hà"), before[-1]["id"]) == 0
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
        assert chat.unread(session, account_of(session, "Hà"), before[-1]["id"]) == 1
    database.close()


def test_it_shows_the_answer_to_a_press_below(stage: PageStage) -> None:
    """Only what renews itself takes the place of something: a press is words of the person's own."""
    stage.takes(5, after=6)
    before = _bubbles(asyncio.run(_shows(stage)))
    stage.allowed = 1
    with opened(stage.url).transaction() as session:
        pause = next(
            choice["data"]
            for entry in chat.entries_after(session, account_of(session, "Hà"), 0)
            for choice in entry.choices
            if choice["data"].startswith("announcement.pause")
        )
    stage.presses_data("Hà", pause)
    after = asyncio.run(_shows(stage))
    assert after[-1]["kind"] == "out"
    assert "đang dừng" in after[-1]["html"]
    assert len(_bubbles(after)) == len(before) + 1
