"""Defects that other programs for this work are known to have; each has a test here that would go red with it.

The numbers are those of a study of their code: six of scheduled reminders (D1 to D6), four of counting completeness
(C1 to C4), and the checklist of reminders that a careful program keeps. That each test goes red with its defect is
shown by ``test_known_defects_would_show.py``.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from campaigns.authority import Role
from storage.reminders import Reminders
from storage.store import Store
from tests.stage import BOT, Stage, opened

REMINDED = "ơi, xã"


@pytest.fixture
def asked(set_stage: Callable[..., Stage]) -> Stage:
    """The form of week 18 has gone out to two who can be reached."""
    return set_stage(begun=has_asked)


def has_asked(stage: Stage) -> Stage:
    """Two who can be reached, an officer and a chairman have joined, and it is the hour of the form."""
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    stage.at("5/5 18:30")
    return stage


def reminders(stage: Stage, who: str) -> list[str]:
    return [text for text in stage.screen(who) if REMINDED in text]


def counted(stage: Stage, moment: str) -> dict[str, int]:
    """How the units of week 18 stand, by the board's own words."""
    stage.at(moment)
    board = stage.says("Hà", "bảng")[-1]
    names = ("Đúng hạn", "Đến sau hạn", "Chưa có tin", "Khất")
    return {name: int(board.split(f"{name} ")[1].split(":")[0]) if f"{name} " in board else 0 for name in names}


# D1: the period that has just ended is reminded of, not the one that contains today.
def test_it_reminds_of_the_period_that_is_owed_not_of_the_one_that_has_begun(asked: Stage) -> None:
    asked.at("6/5 06:00")  # week 19 began this morning
    assert "tuần 18" in reminders(asked, "Hyưh")[0]


# D1: before and after the due moment are two different days.
def test_it_reminds_before_and_after_the_due_moment_on_different_days(
    asked: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.reminding.BUDGET", 9)
    asked.at("6/5 06:00")
    asked.at("7/5 06:00")
    before, after = reminders(asked, "Hyưh")
    assert "đợi tin tuần 18" in before
    assert "vẫn đợi tin tuần 18" in after


# D2: what counts is the due moment, not the end of the period.
def test_it_counts_from_the_due_moment_not_from_the_periods_end(asked: Stage) -> None:
    asked.at("6/5 15:59")  # the period ended yesterday
    (receipt,) = asked.says("Hyưh", "150 43 không")
    assert "đúng hạn" in receipt


# D3: a job that misses its hour makes up for it, and what was sent is on record.
def test_it_makes_up_for_a_missed_hour_and_keeps_what_it_sent(asked: Stage) -> None:
    asked.at("6/5 06:50")
    assert len(reminders(asked, "Hyưh")) == 1
    database = opened(asked.url)
    with database.engine.connect() as connection:
        rows = connection.execute(text("select step from reminder where message is not null")).all()
    database.close()
    assert [step for (step,) in rows] == ["morning"] * 2


# D4: a reminder goes to who owes the report, and to nobody else.
def test_it_reminds_only_who_owes(asked: Stage) -> None:
    asked.says("Hyưh", "150 43 không")
    asked.at("6/5 06:00")
    assert (reminders(asked, "Hyưh"), len(reminders(asked, "Blĕnh")), reminders(asked, "Hà")) == ([], 1, [])


# D5: an officer is given names, of the units in reach and no others.
def test_it_gives_officers_names_within_their_reach(asked: Stage) -> None:
    asked.at("6/5 15:59")
    _is_officer_of(asked, "Krŏng", "Kon Bla")
    asked.at("6/5 16:30")
    commune, village = asked.screen("Hà")[-1], asked.screen("Krŏng")[-1]
    assert "làng Tơ Bla, bác Hyưh" in commune
    assert ("còn đợi 8 nơi" in commune, "Kon Bla" in commune) == (True, False)
    assert ("còn đợi 1 nơi" in village, "làng Kon Bla" in village, "Tơ Bla" in village) == (True, True, False)


def _is_officer_of(stage: Stage, who: str, village: str) -> None:
    """Somebody sees to one village alone."""
    stage.joins(who)
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, stage.program()[0].inbox.chance, BOT)
        person = store.people.account_in(BOT, who).person
        (place,) = [one for one in store.people.units_below("/") if one.name == village]
        assert person is not None
        store.roster.give_role(person, Role.OFFICER, place.id)
    database.close()


# D6: whoever holds no role any more hears nothing.
def test_it_writes_to_nobody_whose_role_has_ended(asked: Stage) -> None:
    database = opened(asked.url)
    with database.transaction() as session:
        store = Store(session, asked.now, asked.program()[0].inbox.chance, BOT)
        (held,) = [one for one in store.offices.held_below("/") if store.people.person(one.person).called == "Hyưh"]
        assert held.role is Role.REPORTER
        store.offices.end(held)
    database.close()
    before = len(asked.screen("Hyưh"))
    asked.at("6/5 06:00")
    assert len(asked.screen("Hyưh")) == before


# C1: membership is frozen as it was: who leaves later still counts for what was asked of them.
def test_it_counts_by_who_was_there_then_not_by_who_is_there_today(asked: Stage) -> None:
    asked.says("Hyưh", "150 43 không")
    before = counted(asked, "6/5 15:00")
    database = opened(asked.url)
    with database.transaction() as session:
        store = Store(session, asked.now, asked.program()[0].inbox.chance, BOT)
        registration = store.campaigns.registrations(store.campaigns.all()[0])[0]
        store.changes.leave(registration.id)
    database.close()
    assert counted(asked, "6/5 15:01") == before


# C2: nothing is capped: the four standings add up to what was expected, whoever reports twice.
def test_it_adds_up_whoever_reports_twice(asked: Stage) -> None:
    asked.says("Hyưh", "150 43 không")
    asked.says("Hyưh", "sửa 1: 160")
    asked.says("Blĕnh", "95 8 37 không")
    asked.says("Hà", "khất Đăk Tơ: đám tang")
    found = counted(asked, "6/5 16:30")
    assert found == {"Đúng hạn": 2, "Đến sau hạn": 0, "Chưa có tin": 6, "Khất": 1}


# C3: a correction never turns an on-time report late.
def test_it_keeps_a_report_on_time_that_is_corrected_after_the_due_moment(asked: Stage) -> None:
    asked.says("Hyưh", "150 43 không")
    asked.at("6/5 18:00")
    asked.says("Hyưh", "sửa 1: 160")
    assert counted(asked, "6/5 18:01")["Đúng hạn"] == 1


# C4: what was told counts, also where nobody ever said that it was all.
def test_it_counts_what_was_told_without_a_step_that_calls_it_complete(asked: Stage) -> None:
    asked.says("Blĕnh", "95")
    asked.at("9/5 10:00")
    assert "Đúng hạn 1: làng Kon Bla" in asked.says("Hà", "bảng")[-1]


# The checklist: what a careful reminder does.
def test_it_sends_nothing_whose_hour_has_not_come(asked: Stage) -> None:
    asked.at("6/5 05:59")
    assert reminders(asked, "Hyưh") == []


def test_it_sends_nothing_twice_however_often_it_looks(asked: Stage) -> None:
    for minute in range(4):
        asked.at(f"6/5 06:0{minute}")
    assert len(reminders(asked, "Hyưh")) == 1


def test_it_passes_by_who_has_this_very_reminder_already(asked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that died on its way begins anew, even with its plan forgotten: the same step, for the same unit and due
    moment, is one reminder. Another unit, another step, another period is another."""
    monkeypatch.setattr("handlers.reminding.BUDGET", 9)
    _dies_after_the_first_reminder(asked)
    had = [who for who in ("Hyưh", "Blĕnh") if reminders(asked, who)]
    assert len(had) == 1
    _forgets_what_it_planned(asked)
    asked.at("6/5 06:01")
    assert [len(reminders(asked, who)) for who in ("Hyưh", "Blĕnh")] == [1, 1]
    _forgets_what_it_planned(asked)
    asked.at("6/5 06:02")
    assert [len(reminders(asked, who)) for who in ("Hyưh", "Blĕnh")] == [1, 1]
    asked.at("7/5 06:00")  # the next step
    assert [len(reminders(asked, who)) for who in ("Hyưh", "Blĕnh")] == [2, 2]
    asked.at("12/5 18:30")
    asked.at("13/5 06:00")  # the same step of the next period
    assert all("tuần 19" in reminders(asked, who)[-1] for who in ("Hyưh", "Blĕnh"))


def _dies_after_the_first_reminder(stage: Stage) -> None:
    sent, left = Reminders.sent, iter([True])

    def mortal(self: Reminders, *given: Any) -> None:
        if next(left, False):
            return sent(self, *given)
        raise OSError("gone")

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(Reminders, "sent", mortal)
        with pytest.raises(OSError, match="gone"):
            stage.at("6/5 06:00")
    stage.run()


def _forgets_what_it_planned(stage: Stage) -> None:
    """No obligation is known to have its steps any more; what was sent is still on record."""
    database = opened(stage.url)
    with database.engine.begin() as connection:
        connection.execute(text("update obligation set steps_for = null where steps_for is not null"))
    database.close()


def test_it_spares_who_was_excused(asked: Stage) -> None:
    asked.says("Hà", "khất Tơ Bla: đám tang")
    asked.at("6/5 06:00")
    assert reminders(asked, "Hyưh") == []


def test_it_names_who_can_only_be_phoned_instead_of_writing(asked: Stage) -> None:
    asked.at("6/5 06:00")
    asked.at("6/5 16:30")
    assert "làng Mơ Hra, bác Brương 0905 000 104 (gọi điện)" in asked.screen("Hà")[-1]


def test_it_sends_nothing_when_it_cannot_keep_that_it_did(asked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Composing and remembering are one unit of work: where the second fails, the first did not happen."""

    def fails(*_: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("storage.reminders.Reminders.sent", fails)
        with pytest.raises(OSError, match="disk full"):
            asked.at("6/5 06:00")
    asked.run()
    assert reminders(asked, "Hyưh") + reminders(asked, "Blĕnh") == []
    asked.at("6/5 06:01")
    assert [len(reminders(asked, who)) for who in ("Hyưh", "Blĕnh")] == [1, 1]
