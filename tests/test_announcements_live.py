"""An announcement under way is followed on its author's screen, which renews itself and calls nobody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from bot import announcing
from campaigns.authority import Role
from handlers import announcement_names, announcement_status
from storage import outbox
from storage.database import Database
from storage.machine_rows import OutboxRow
from storage.rows import RoleRow
from tests.conftest import ON_POSTGRES, Copies
from tests.following import SlowStage, announces, many_heads, statuses
from tests.stage import BOT, opened

HEADS = 20
Make = Callable[..., SlowStage]


@pytest.fixture
def make(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A stage with 20 more heads, of whom two at a time are written to, and an announcement to all of them begun."""
    monkeypatch.setattr(announcement_status, "AT_ONCE", 2)

    def made(profile: str = "full", kind: str = "sqlite", heads: int = HEADS) -> SlowStage:
        stage = SlowStage(copies.copy(kind), copies.invitations, profile)
        stage.joins("Hà", "Hyưh", "Lực")
        many_heads(stage, heads)
        announces(stage)
        return stage

    return made


def edits(stage: SlowStage) -> int:
    """How often anything of Hà's was replaced in place."""
    return sum(message.edited for message in stage.recorder.screen("Hà"))


def arrived(stage: SlowStage) -> int:
    """How many have got it, as Hà's newest status says."""
    found = re.search(r"Đã đến (\d+)/", statuses(stage)[-1])
    assert found, statuses(stage)
    return int(found.group(1))


@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_shows_how_far_it_is_in_place_at_most_every_five_seconds(make: Make, kind: str) -> None:
    stage = make(kind=kind)
    assert (arrived(stage), edits(stage)) == (0, 0)
    stage.takes(6, after=2)
    assert (arrived(stage), edits(stage)) == (0, 0)
    stage.takes(5, after=4)
    assert edits(stage) == 1
    assert 0 < arrived(stage) <= 11
    stage.takes(2, after=1)
    stage.takes(2, after=1)
    assert edits(stage) == 1
    assert len(statuses(stage)) == 1


def test_it_is_silent_where_nothing_has_changed(make: Make) -> None:
    stage = make()
    stage.takes(4, after=6)
    shown = edits(stage)
    stage.allowed = 0
    for _ in range(5):
        stage.takes(0, after=10)
    stage.takes(1, after=10)
    assert edits(stage) <= shown + 1


def test_it_says_the_end_below_and_leaves_no_button_above(make: Make) -> None:
    stage = make()
    stage.takes(1_000, after=10)
    above, below = stage.recorder.screen("Hà")[-2:]
    assert "đã gửi xong, kết quả ở tin dưới" in above.text
    assert above.parcel.buttons == ()
    assert "xong." in below.text
    assert "Đã đến 21/29" in below.text
    assert [button.label for button in below.parcel.buttons] == ["Từng nơi nhận"]


def test_it_sends_no_status_that_a_newer_one_has_overtaken(make: Make) -> None:
    stage = make()
    for _ in range(4):  # the officer's chat takes nothing: two copies are before it in the queue
        stage.takes(2, after=6)
    stage.takes(1_000, after=6)
    database = opened(stage.url)
    with database.transaction() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.key).startswith("live:"))).all()
        states = [row.state for row in rows]
    database.close()
    assert edits(stage) == states.count("sent") + 1
    assert set(states) <= {"sent", "superseded"}


def test_it_plans_the_same_status_once_however_often_it_looks(make: Make) -> None:
    stage = make()
    stage.takes(3, after=1)
    stage.now = stage.now.replace(second=30)
    app, database = stage.program()
    for _ in range(3):
        app.announcing.step(stage.clock())
    with database.transaction() as session:
        keys = session.exec(select(OutboxRow.key).where(col(OutboxRow.key).startswith("live:"))).all()
    database.close()
    assert len(keys) == 1


def _claims(database: Database, stage: SlowStage) -> OutboxRow | None:
    from datetime import timedelta

    with database.transaction() as session:
        return outbox.claim(session, BOT, stage.now, stage.now, "another", timedelta(seconds=60))


def _claims_live(database: Database, stage: SlowStage) -> OutboxRow:
    for _ in range(10):
        row = _claims(database, stage)
        assert row
        if (row.key or "").startswith("live:"):
            return row
    raise AssertionError("nothing renews itself")


def _presses_pause(stage: SlowStage) -> None:
    stage.allowed = 0
    stage.presses("Hà", "Dừng")


def test_it_never_puts_what_it_was_over_what_the_officer_just_did(make: Make) -> None:
    """A status is on its way when the officer pauses: the answer waits for it, and what is tried again gives way."""
    stage = make()
    stage.takes(3, after=6)
    database = opened(stage.url, apart=True)
    live = _claims_live(database, stage)
    _presses_pause(stage)
    assert _claims(database, stage) is None
    with database.transaction() as session:
        outbox.put_back(session.get_one(OutboxRow, live.id), stage.now)
    database.close()
    stage.takes(100, after=1)
    assert "đang dừng" in statuses(stage)[-1]
    with opened(stage.url).transaction() as session:
        assert session.get_one(OutboxRow, live.id).state == "superseded"


def test_it_lets_an_answer_arrive_that_has_not_left_yet(make: Make) -> None:
    """The officer's own channel is slow while others hear: what was asked for is not overtaken."""
    stage = make()
    stage.takes(2, after=6)
    stage.allowed = 0
    stage.presses("Hà", "Xem lại")
    database = opened(stage.url)
    with database.transaction() as session:
        copies = select(OutboxRow).where(OutboxRow.text == "announcement.message", OutboxRow.state == "new")
        copy = session.exec(copies).first()
        assert copy
        copy.state = "sent"
    stage.takes(0, after=20)
    with database.transaction() as session:
        replies = select(OutboxRow.state).where(OutboxRow.text == "announcement.status", OutboxRow.lane == "reply")
        assert session.exec(replies).all() == ["sent", "new"]
    database.close()


def test_it_goes_on_on_the_screen_that_told_the_end_when_it_is_tried_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.channels.channel import Unreachable
    from bot.channels.recorder.channel import Recorder

    stage, send = make(), Recorder.send

    async def no_network_for_some(self: Recorder, parcel: Any, now: Any) -> Any:
        return Unreachable() if parcel.chat in ("N1", "N2") else await send(self, parcel, now)

    with monkeypatch.context() as broken:
        broken.setattr(Recorder, "send", no_network_for_some)
        stage.takes(1_000, after=10)
    assert "Không đến được 2" in statuses(stage)[-1]
    many = len(stage.screen("Hà"))
    stage.allowed = 1
    stage.presses("Hà", "Gửi lại chỗ không đến")
    assert len(stage.screen("Hà")) == many
    assert "đang gửi" in statuses(stage)[-1]
    stage.takes(1_000, after=10)
    assert len(stage.screen("Hà")) == many + 1
    assert "Đã đến 21/29" in statuses(stage)[-1]


def test_it_shows_nothing_more_to_who_is_no_officer_any_more(make: Make) -> None:
    stage = make()
    database = opened(stage.url)
    with database.transaction() as session:
        for role in session.exec(select(RoleRow).where(RoleRow.role == Role.OFFICER)):
            role.until = stage.now
    database.close()
    stage.takes(8, after=10)
    assert edits(stage) == 0


def test_it_says_not_one_message_more_where_nothing_can_be_replaced(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month has few messages: the status that was asked for, and the end."""
    stage = make("bare")
    for _ in range(6):
        stage.takes(4, after=20)
    stage.takes(1_000, after=20)
    assert len(statuses(stage)) == 2
    assert "xong." in statuses(stage)[-1]


@pytest.mark.parametrize("profile", ["full", "bare"])
def test_it_names_everybody_with_what_became_of_their_copy(
    make: Make, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement_names, "ON_A_PAGE", 10)
    stage = make(profile)
    data, pages = _names_button(stage), []
    stage.allowed = 1
    assert stage.presses_data("Hà", f"{data}:1")[-1].count("đang chờ") == 10
    stage.takes(1_000, after=1)
    for page in (1, 2, 3, 4, "x"):
        stage.allowed = 1
        pages.append(stage.presses_data("Hà", f"{data}:{page}")[-1])
    lines = [line for page in pages[:3] for line in page.splitlines() if ": " in line and "«" not in line]
    assert len(lines) == 29
    assert len({line.partition(":")[0] for line in lines}) == 29
    fates = {line.partition(": ")[2].partition(" 0")[0] for line in lines}
    assert fates == {"đã đến", "nên gọi điện"}
    assert (pages[3], pages[4]) == (pages[2], pages[0])
    assert "(trang 2/3)" in pages[1]


def _names_button(stage: SlowStage) -> str:
    database = opened(stage.url)
    with database.transaction() as session:
        slot = session.exec(select(OutboxRow.slot).where(col(OutboxRow.slot).startswith("announcement:"))).first()
    database.close()
    assert slot
    return "announcement.names:" + slot.split(":")[1]


def test_it_would_renew_itself_without_end_if_it_did_not_look_at_the_time(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "RENEWS_EVERY", announcing.RENEWS_EVERY * 0)
    stage = make()
    stage.takes(6, after=2)
    assert edits(stage) > 0
