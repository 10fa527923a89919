"""Announcements as an officer uses them: previewed, paused, cancelled, tried again; never sent twice by a slip."""

from collections.abc import Callable
from typing import Any

import pytest

from bot import outbox as sending
from bot.channels.channel import Outcome, Parcel, Unreachable
from bot.channels.recorder.channel import Recorder
from campaigns.announcement import LONGEST, State, Step, moved
from tests.stage import Stage

WORDS = "Chiều nay họp ở nhà rông xã, 14 giờ."


@pytest.fixture
def previewed(set_stage: Callable[..., Stage]) -> Stage:
    """Hà sees the preview of an announcement to everybody; Hyưh and Blĕnh can be reached."""
    stage = set_stage()
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    stage.at("5/5 18:30")
    stage.says("Hà", "thông báo")
    stage.says("Hà", WORDS)
    stage.presses("Hà", "Mọi nơi tham gia")
    return stage


def heard(stage: Stage, who: str) -> int:
    return sum(WORDS in text for text in stage.screen(who))


def test_it_sends_once_however_often_the_button_is_pressed(previewed: Stage) -> None:
    button = previewed.button("Hà", "Gửi")
    for _ in range(3):
        previewed.presses_data("Hà", button)
    assert (heard(previewed, "Hyưh"), heard(previewed, "Blĕnh"), heard(previewed, "Lực")) == (1, 1, 0)


def test_it_asks_for_less_where_a_text_is_too_long(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hà")
    stage.says("Hà", "thông báo")
    assert f"nhiều nhất {LONGEST}" in stage.says("Hà", "họp " * LONGEST)[-1] or "Tin dài quá" in stage.screen("Hà")[-1]
    assert f"nhiều nhất {LONGEST}" in stage.says("Hà", "họp " * (LONGEST // 3))[-1]
    assert "Ai nhận?" in stage.says("Hà", WORDS)[-1]


def test_it_shows_markup_as_the_words_it_is(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hyưh", "Hà")
    for words in ("thông báo", "<b>họp</b> {{ 7 * 7 }} & <script>"):
        stage.says("Hà", words)
    stage.presses("Hà", "Mọi nơi tham gia")
    stage.presses("Hà", "Gửi")
    assert "<b>họp</b> {{ 7 * 7 }} & <script>" in stage.screen("Hyưh")[-1]


@pytest.fixture
def waiting(previewed: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """It is being sent, but nothing has gone out yet."""

    async def nothing(self: Any, now: Any) -> bool:
        return False

    with monkeypatch.context() as slow:
        slow.setattr(sending.Outbox, "send_next", nothing)
        previewed.presses("Hà", "Gửi")
    return previewed


def _presses(stage: Stage, name: str) -> None:
    """Press a button of the status, which nobody could see yet."""
    from sqlalchemy import text

    from tests.stage import opened

    database = opened(stage.url)
    with database.engine.connect() as connection:
        number = connection.execute(text("select id from announcement")).scalar_one()
    database.close()
    stage.presses_data("Hà", f"announcement.{name}:{number}")


def test_it_takes_back_what_has_not_gone_out_when_it_is_cancelled(waiting: Stage) -> None:
    _presses(waiting, "cancel")
    assert (heard(waiting, "Hyưh"), heard(waiting, "Blĕnh")) == (0, 0)
    assert "đã thôi gửi" in waiting.screen("Hà")[-1]


def test_it_goes_on_where_it_was_paused(waiting: Stage) -> None:
    _presses(waiting, "pause")
    assert (heard(waiting, "Hyưh"), heard(waiting, "Blĕnh")) == (0, 0)
    _presses(waiting, "resume")
    assert (heard(waiting, "Hyưh"), heard(waiting, "Blĕnh")) == (1, 1)


def test_it_tries_again_what_surely_failed_and_nothing_else(previewed: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Recorder.send

    async def no_network_for_blenh(self: Recorder, parcel: Parcel, now: Any) -> Outcome:
        return Unreachable() if parcel.chat == "Blĕnh" else await send(self, parcel, now)

    with monkeypatch.context() as broken:
        broken.setattr(Recorder, "send", no_network_for_blenh)
        previewed.presses("Hà", "Gửi")
    assert "Không đến được 1: cô Blĕnh, làng Kon Bla" in previewed.screen("Hà")[-1]
    previewed.presses("Hà", "Gửi lại chỗ không đến")
    assert (heard(previewed, "Hyưh"), heard(previewed, "Blĕnh")) == (1, 1)
    assert "Đã đến 2/9" in previewed.screen("Hà")[-1]


def test_it_lets_nobody_else_touch_an_announcement(previewed: Stage) -> None:
    previewed.presses("Hà", "Gửi")
    data = previewed.button("Hà", "Từng nơi nhận")
    for who in ("Hyưh", "Lực"):
        for name in ("names", "cancel"):
            assert "không thuộc phần" in previewed.presses_data(who, data.replace("names", name))[-1]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_it_moves_by_one_table(state: State, step: Step) -> None:
    possible = {
        (State.SENDING, Step.PAUSE),
        (State.SENDING, Step.CANCEL),
        (State.SENDING, Step.FINISH),
        (State.PAUSED, Step.RESUME),
        (State.PAUSED, Step.CANCEL),
        (State.FINISHED, Step.RETRY),
    }
    assert (moved(state, step) is not None) == ((state, step) in possible)
