"""Reminders as they reach people: never after the report, never twice, never more than a person bears."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot import outbox as sending
from campaigns import reminder as rules
from storage.reminders import Reminders
from tests.conftest import ON_POSTGRES
from tests.stage import Stage, local, opened

REMINDED = "ơi, xã"


def heard(stage: Stage, who: str) -> list[str]:
    """The reminders on somebody's screen."""
    return [text for text in stage.screen(who) if REMINDED in text]


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def asked(request: pytest.FixtureRequest, set_stage: Callable[..., Stage]) -> Stage:
    """The form of week 18 has gone out."""
    return set_stage(request.param, begun=_asked)


def _asked(stage: Stage) -> None:
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    stage.at("5/5 18:30")


def test_it_reminds_once_on_the_morning(asked: Stage) -> None:
    for moment in ("6/5 06:00", "6/5 06:10", "6/5 06:59", "6/5 18:00"):
        asked.at(moment)
    assert len(heard(asked, "Hyưh")) == 1


def test_it_bears_dying_between_composing_and_sending(asked: Stage) -> None:
    """The clock's work is done, then the program is gone; the next one sends what was decided, once."""
    asked.now = local("6/5 06:00")
    for _ in range(3):
        app, database = asked.program()
        app.timetable.tick(asked.clock())
        database.close()
    asked.run()
    assert len(heard(asked, "Hyưh")) == 1


def _composed_but_paused(stage: Stage) -> None:
    """The reminder lies in the outbox because the line is paused, and then the report comes."""
    stage.now = local("6/5 06:00")
    app, database = stage.program()
    app.timetable.tick(stage.clock())
    database.close()
    stage.says("Hyưh", "150 43 không")


def test_it_takes_back_a_reminder_when_the_report_comes_first(asked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _paused(asked, monkeypatch)
    assert heard(asked, "Hyưh") == []
    assert len(heard(asked, "Blĕnh")) == 1


def test_it_would_remind_after_the_report_without_taking_back(asked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reminders, "came", lambda _self, _obligation: None)
    _paused(asked, monkeypatch)
    assert len(heard(asked, "Hyưh")) == 1


def _paused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(self: object, now: object) -> bool:
        return False

    with monkeypatch.context() as paused:
        paused.setattr(sending.Outbox, "send_next", nothing)
        _composed_but_paused(stage)
    stage.run()


def test_it_makes_up_for_an_outage_only_while_it_helps(asked: Stage) -> None:
    asked.at("6/5 15:59")
    assert heard(asked, "Hyưh") == []  # nobody is written to in the fields, and later it is over
    asked.at("6/5 18:30")
    assert heard(asked, "Hyưh") == []
    assert asked.screen("Hà") == []  # nor is 18:30 an office hour
    asked.at("9/5 07:30")
    assert "còn đợi 9 nơi" in asked.screen("Hà")[-1]


def test_it_sends_a_person_two_messages_in_seven_days_at_most(asked: Stage) -> None:
    for _ in range(5 * 8):
        asked.passes(hours=3)
    pushed = [told for told in asked.screen("Hyưh") if "xin tin" in told or REMINDED in told]
    assert len(pushed) == rules.BUDGET


def test_it_would_send_more_without_a_budget(asked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.reminding.BUDGET", 99)
    for moment in ("6/5 06:00", "7/5 06:00"):
        asked.at(moment)
    assert len(heard(asked, "Hyưh")) == 2


def test_it_stops_writing_after_three_silent_periods_and_asks_for_a_visit(asked: Stage) -> None:
    for week in range(4):
        asked.at(local("6/5 06:00") + timedelta(weeks=week))
        asked.at(local("6/5 16:30") + timedelta(weeks=week))
        asked.at(local("12/5 18:30") + timedelta(weeks=week))
    assert len(heard(asked, "Hyưh")) == 3
    assert "4 kỳ liền: nên ghé thăm" in asked.screen("Hà")[-1]


def test_it_puts_a_persons_forms_into_one_reminder(set_stage: Callable[..., Stage]) -> None:
    """One head of two villages hears once of both."""
    stage = set_stage()
    stage.joins("Hyưh", "Hà")
    _also_reports_for(stage, "Hyưh", "Kon Bla")
    stage.at("5/5 18:30")
    stage.at("6/5 06:00")
    assert [("Tơ Bla" in text, "Kon Bla" in text) for text in heard(stage, "Hyưh")] == [(True, True)]


def _also_reports_for(stage: Stage, who: str, village: str) -> None:
    """A village without a head of its own is reported for by another."""
    database = opened(stage.url)
    with database.engine.begin() as connection:
        unit = connection.execute(text("select id from unit where name = :name"), {"name": village}).scalar_one()
        person = connection.execute(text("select id from person where called = :name"), {"name": who}).scalar_one()
        connection.execute(text("update role set person_id = :p where unit_id = :u"), {"p": person, "u": unit})
    database.close()


def test_it_plans_the_steps_anew_for_who_was_given_more_time(asked: Stage) -> None:
    asked.at("6/5 06:00")
    asked.says("Hà", "gia hạn Tơ Bla đến 20:00 12/5: lũ")
    asked.at("12/5 06:00")
    assert heard(asked, "Blĕnh")[1:] == []
    assert "đến 20:00 thứ Năm 12/5" in heard(asked, "Hyưh")[-1]


def test_it_tells_the_officer_when_nobody_is_waited_for(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hà")
    stage.at("5/5 18:30")
    for village in ("Tơ Bla", "Kon Bla", "Đăk Tơ", "Mơ Hra", "Bơ Nưm", "Kon Sơ̆t", "Đăk Ñhơ", "Suối Mây", "Đồi Sim"):
        stage.says("Hà", f"khất {village}: lễ")
    stage.at("6/5 16:30")
    assert "Tuần 18: đã có tin 0/9, khất 9, không nơi nào quá hẹn." in stage.screen("Hà")[-1]


def test_it_says_what_can_be_typed_where_everybody_is_reached(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins(*(name for name in stage.codes if name not in ("Hà", "Lực")), "Hà")
    stage.at("5/5 18:30")
    stage.says("Hà", "ghi giúp Mơ Hra")
    stage.says("Hà", "61 45 không")
    stage.at("6/5 16:30")
    assert "Nhắn: NHẮC TẤT CẢ; NHẮC Tơ Bla; GIA HẠN Tơ Bla" in stage.screen("Hà")[-1]
