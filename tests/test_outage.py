"""The program itself was gone: what fell due meanwhile is due as much later, and nobody is late through its fault."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock import Now
from tests.stage import Stage, local


def beats(stage: Stage, moment: str, *, machine: str = "") -> None:
    """The program is at work at this moment."""
    app, database = stage.program()
    app.timetable.beat(Now(local(moment), local(machine or moment)))
    database.close()


@pytest.fixture
def asked(set_stage: Callable[..., Stage]) -> Stage:
    """Two heads were asked; one has reported; the program was last at work at noon of the due day."""
    stage = set_stage()
    stage.joins("Hyưh", "Blĕnh", "Hà")
    stage.at("5/5 18:30")
    stage.says("Blĕnh", "95 8 37 không")
    beats(stage, "6/5 12:00")
    return stage


def test_it_gives_back_the_time_that_nobody_could_report_in(asked: Stage) -> None:
    beats(asked, "7/5 12:00")
    asked.at("7/5 12:00")
    assert "Máy nghỉ từ 12:00 thứ Sáu 6/5 đến 12:00 thứ Bảy 7/5" in asked.screen("Hà")[-1]
    asked.at("7/5 15:59")
    (receipt,) = asked.says("Hyưh", "150 43 không")
    assert "đúng hạn" in receipt


def test_it_calls_late_what_came_after_that(asked: Stage) -> None:
    beats(asked, "7/5 12:00")
    asked.at("7/5 16:01")
    (receipt,) = asked.says("Hyưh", "150 43 không")
    assert "Xã vẫn nhận tin" in receipt


def test_it_moves_nothing_for_who_has_reported(asked: Stage) -> None:
    beats(asked, "7/5 12:00")
    asked.at("7/5 12:00")
    assert "Kon Bla" not in asked.screen("Hà")[-1]


@pytest.mark.parametrize(
    ("back", "why"), [("6/5 12:29", "a short rest is no outage"), ("6/5 15:59", "nothing fell due meanwhile")]
)
def test_it_moves_nothing_without_need(asked: Stage, back: str, why: str) -> None:
    beats(asked, back)
    asked.at("6/5 16:01")
    (receipt,) = asked.says("Hyưh", "150 43 không")
    assert "Xã vẫn nhận tin" in receipt, why


def test_it_gives_the_time_back_to_who_was_asked_too_late(set_stage: Callable[..., Stage]) -> None:
    """Gone from before the hour of the form until two hours before the due one: the form comes, and as much time."""
    stage = set_stage()
    stage.joins("Hyưh", "Hà")
    beats(stage, "5/5 18:00")
    _is_back(stage, "6/5 14:00")
    assert "làng Tơ Bla đến 11:30 thứ Bảy 7/5" in stage.screen("Hà")[-1]
    stage.at("6/5 18:00")
    assert "Xã đợi đến 11:30 thứ Bảy" in stage.screen("Hyưh")[-1]
    stage.at("7/5 11:29")
    stage.says("Hyưh", "150")
    stage.says("Hyưh", "43")
    stage.says("Hyưh", "không")
    assert "đúng hạn" in stage.presses("Hyưh", "Gửi")[-1]


def test_it_moves_nothing_where_enough_time_is_left_after_the_form(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hyưh", "Hà")
    beats(stage, "5/5 18:00")
    _is_back(stage, "6/5 05:30")
    assert "Xã đợi đến 16:00 thứ Sáu" in stage.screen("Hyưh")[-1]


def test_it_knows_a_rehearsals_jump_from_an_outage(asked: Stage) -> None:
    """The campaign's clock was turned by a day; the machine was at work all the time."""
    beats(asked, "7/5 12:00", machine="6/5 12:01")
    asked.at("7/5 12:00")
    assert not [text for text in asked.screen("Hà") if "Máy nghỉ" in text]


def test_it_gives_time_back_once_however_often_it_is_started(asked: Stage) -> None:
    for _ in range(3):
        beats(asked, "7/5 12:00")
    asked.at("7/5 12:00")
    told = [text for text in asked.screen("Hà") if "Máy nghỉ" in text]
    assert len(told) == 1
    assert asked.now - local("6/5 12:00") == timedelta(days=1)


def _decided_and_gone(stage: Stage, moment: str) -> None:
    """The program does what is due, and is gone before it sends any of it."""
    stage.now = local(moment)
    app, database = stage.program()
    app.timetable.tick(stage.clock())
    database.close()
    beats(stage, moment)


def _is_back(stage: Stage, moment: str) -> None:
    beats(stage, moment)
    stage.at(moment)


def test_it_sends_no_form_at_night_that_lay_unsent_since_the_evening(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hyưh", "Blĕnh")
    _decided_and_gone(stage, "5/5 18:30")
    _is_back(stage, "6/5 01:30")
    assert stage.screen("Hyưh") == []
    stage.at("6/5 05:30")
    assert [("xin tin làng Tơ Bla tuần 18" in text, "(1/3)" in text) for text in stage.screen("Hyưh")] == [(True, True)]


def test_it_asks_at_no_hour_of_the_night_for_what_it_missed(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hyưh")
    beats(stage, "5/5 18:00")
    _is_back(stage, "6/5 02:00")
    assert stage.screen("Hyưh") == []
    stage.at("6/5 05:30")
    assert "xin tin" in stage.screen("Hyưh")[-1]


def test_it_sends_no_reminder_at_noon_that_lay_unsent_since_the_morning(asked: Stage) -> None:
    before = len(asked.screen("Hyưh"))
    asked.at("6/5 05:59")
    _decided_and_gone(asked, "6/5 06:00")
    _is_back(asked, "6/5 12:00")
    assert len(asked.screen("Hyưh")) == before


def test_it_tells_officers_in_office_hours_what_lay_unsent(asked: Stage) -> None:
    asked.at("6/5 16:29")
    _decided_and_gone(asked, "6/5 16:30")
    _is_back(asked, "6/5 22:00")
    assert not [text for text in asked.screen("Hà") if "còn đợi" in text]
    asked.at("9/5 07:30")
    assert len([text for text in asked.screen("Hà") if "còn đợi 8 nơi" in text]) == 1


@pytest.mark.parametrize("guard", ["bot.timetable.take_back", "handlers.asking.form_at"])
def test_it_would_write_at_night_without(
    guard: str, set_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, lambda _first, now=None, _holidays=None: now)
    stage = set_stage()
    stage.joins("Hyưh")
    _decided_and_gone(stage, "5/5 18:30")
    _is_back(stage, "6/5 01:30")
    assert len(stage.screen("Hyưh")) == 1
