"""When who is reminded: moved off nights, noons and holidays, never before the form, never after closing."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import Period
from campaigns.campaign import CadenceKind
from campaigns.edition import Step
from campaigns.holidays import HEADS, NONE, Holiday, Holidays, may_write
from campaigns.ids import Id, identifier
from campaigns.obligation import Obligation
from campaigns.reminder import (
    APART,
    BUDGET,
    CATCH_UP,
    JUST_ASKED,
    WITHIN,
    Cleared,
    cleared,
    digest_at,
    escalation_at,
    form_at,
    leaves_room,
    planned,
    room_at,
)
from tests.stage import local

STEPS = (
    Step("two-days", days=-2, at=time(18, 30)),
    Step("morning", at=time(6)),
    Step("two-hours", hours=-2),
    Step("day-after", days=1, at=time(6)),
)


def some_id() -> Id:
    return identifier(local("1/5 08:00"), Random(1))


def owed(ask: str = "2/5 18:30", due: str = "6/5 20:00", close: str = "9/5 10:00", **more: Any) -> Obligation:
    """A report on the week of 29/4, due on a Friday evening."""
    period = Period(CadenceKind.WEEK, 18, date(2022, 4, 29), date(2022, 5, 5))
    moments = {"ask_at": local(ask), "due_at": local(due), "close_at": local(close)}
    return Obligation(some_id(), some_id(), 1, some_id(), some_id(), "/", period, **moments, **more)


def told(obligation: Obligation, holidays: Holidays = NONE) -> list[tuple[str, str]]:
    return [(one.step, f"{one.at:%-d/%-m %H:%M}") for one in planned(obligation, STEPS, holidays)]


def test_it_plans_every_step_where_there_is_time_for_it() -> None:
    assert told(owed()) == [
        ("two-days", "4/5 18:30"),
        ("morning", "6/5 06:00"),
        ("two-hours", "6/5 18:00"),
        ("day-after", "7/5 06:00"),
    ]


def test_it_moves_a_step_before_the_due_hour_earlier_and_drops_it_beside_another() -> None:
    """Two hours before 16:00 heads are in the fields; the last hour before is 7:00, just after the morning's."""
    assert told(owed(due="6/5 16:00")) == [
        ("two-days", "4/5 18:30"),
        ("morning", "6/5 06:00"),
        ("day-after", "7/5 06:00"),
    ]


def test_it_reminds_nobody_who_was_asked_a_moment_ago() -> None:
    assert told(owed(ask="6/5 05:00"))[0] == ("two-hours", "6/5 18:00")


def test_it_reminds_nobody_once_the_figures_are_closed() -> None:
    assert told(owed(close="6/5 21:00"))[-1] == ("two-hours", "6/5 18:00")


def test_it_counts_its_bounds_as_they_are_said() -> None:
    assert told(owed(ask="6/5 16:00"))[0] == ("two-hours", "6/5 18:00")  # two hours after the form is late enough
    assert told(owed(close="7/5 06:00"))[-1] == ("two-hours", "6/5 18:00")  # at that hour the figures are closed
    assert told(owed(due="7/5 00:30"))[-1] == ("day-after", "8/5 06:00")  # the day is the local one


def test_it_takes_a_step_at_the_due_moment_for_one_before_it() -> None:
    (one,) = planned(owed(due="6/5 12:00"), [Step("at", at=time(12))], NONE)
    assert one.at == local("6/5 07:00")


def test_it_lets_holidays_be_holidays() -> None:
    off = Holidays((Holiday(date(2022, 5, 6), "x"), Holiday(date(2022, 5, 7), "y")), frozenset({2022}))
    assert told(owed(), off) == [("two-days", "4/5 18:30"), ("morning", "5/5 20:00"), ("day-after", "8/5 05:30")]


@given(
    ask=st.integers(0, 200),
    lasts=st.integers(1, 200),
    closes=st.integers(1, 100),
    off=st.sets(st.integers(1, 28), max_size=9),
)
def test_it_keeps_quiet_hours_order_and_distance_whatever_the_moments(
    ask: int, lasts: int, closes: int, off: set[int]
) -> None:
    start = local("1/5 05:00")
    due = start + timedelta(hours=ask + lasts)
    moments = [start + timedelta(hours=ask), due, due + timedelta(hours=closes)]
    one = owed(*(f"{moment:%-d/%-m %H:%M}" for moment in moments))
    holidays = Holidays(tuple(Holiday(date(2022, 5, day), "off") for day in off), frozenset({2022}))
    found = [reminder.at for reminder in planned(one, STEPS, holidays)]
    assert all(may_write(at, holidays, HEADS) for at in found)
    assert all(one.ask_at + JUST_ASKED <= at < one.close_at for at in found)
    assert all(later - earlier >= APART for earlier, later in pairwise(found))


@pytest.mark.parametrize(
    ("obligation", "at", "now", "why"),
    [
        (owed(), "6/5 06:00", "6/5 06:00", None),
        (owed(first_said_at=local("6/5 05:00")), "6/5 06:00", "6/5 06:00", Cleared.CAME),
        (owed(excused_at=local("6/5 05:00")), "6/5 06:00", "6/5 06:00", Cleared.EXCUSED),
        (owed(), "7/5 06:00", "9/5 10:00", Cleared.CLOSED),
        (owed(), "6/5 06:00", "6/5 19:59", None),
        (owed(), "6/5 06:00", "6/5 20:00", None),
        (owed(), "6/5 06:00", "6/5 20:01", Cleared.OLD),
        (owed(), "6/5 20:00", "6/5 20:01", Cleared.OLD),
        (owed(), "7/5 06:00", "8/5 02:00", None),
        (owed(), "7/5 06:00", "8/5 02:01", Cleared.OLD),
    ],
)
def test_it_clears_what_nobody_needs_any_more(obligation: Obligation, at: str, now: str, why: Cleared | None) -> None:
    assert cleared(obligation, local(at), local(now)) is why
    assert timedelta(hours=20) == CATCH_UP


@pytest.mark.parametrize(
    ("due", "digest", "escalation"),
    [
        ("6/5 16:00", "6/5 16:30", "13/5 16:00"),
        ("6/5 17:00", "9/5 07:30", "13/5 17:00"),
        ("7/5 10:00", "9/5 07:30", "16/5 07:30"),
        ("9/5 11:00", "9/5 11:30", "16/5 11:00"),
        ("9/5 11:10", "9/5 13:30", "16/5 11:10"),
    ],
)
def test_it_tells_officers_in_office_hours(due: str, digest: str, escalation: str) -> None:
    moments: list[datetime] = [digest_at(local(due), NONE), escalation_at(local(due), NONE)]
    assert moments == [local(digest), local(escalation)]


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2/5 18:30", "2/5 18:30"),  # at its hour
        ("2/5 19:30", "2/5 19:30"),
        ("2/5 20:00", "2/5 20:00"),  # still an evening hour of heads
        ("2/5 23:00", "3/5 05:30"),
        ("3/5 10:00", "3/5 18:00"),
        ("6/5 19:59", "6/5 19:59"),
        ("6/5 09:00", "6/5 18:00"),  # due at 20:00
        ("6/5 20:01", "7/5 05:30"),  # after it was due, before the figures are closed
        ("9/5 08:00", "9/5 08:00"),  # no hour of heads is left before closing at 10:00
    ],
)
def test_it_sends_a_missed_form_at_the_next_good_hour_where_that_still_helps(now: str, goes: str) -> None:
    assert form_at(owed(), local(now), NONE) == local(goes)


@pytest.mark.parametrize(
    ("pushed", "now", "room"),
    [
        ([], "9/5 18:30", "9/5 18:30"),
        (["3/5 18:30"], "9/5 18:30", "9/5 18:30"),
        (["3/5 18:30", "4/5 06:00"], "9/5 18:30", "10/5 18:30"),
        (["1/5 18:30", "3/5 18:30", "4/5 06:00"], "9/5 18:30", "10/5 18:30"),
        (["2/5 18:30", "4/5 06:00"], "9/5 18:30", "9/5 18:30"),  # seven days ago to the minute
        (["4/5 06:00", "9/5 18:30"], "9/5 18:30", "9/5 18:30"),  # what goes out at one moment is one
    ],
)
def test_it_waits_with_a_form_until_there_is_room_in_seven_days(pushed: list[str], now: str, room: str) -> None:
    assert room_at([local(moment) for moment in pushed], local(now)) == local(room)


@pytest.mark.parametrize(
    ("pushed", "coming", "leaves"),
    [
        (["5/5 18:30"], ["12/5 18:30"], True),  # a form a week, and one reminder
        (["5/5 18:31"], ["12/5 18:30"], True),  # the clock was looked at a moment later
        (["5/5 18:30"], ["9/5 18:30"], False),
        (["5/5 18:30"], ["13/5 06:00"], True),
        ([], ["7/5 18:30", "9/5 18:30"], False),
        ([], ["7/5 18:30"], True),
        (["1/5 06:00", "5/5 18:30"], [], False),
        (["5/5 18:30", "6/5 06:00"], [], True),  # with what goes out at this moment
    ],
)
def test_it_leaves_room_for_forms_that_are_to_come(pushed: list[str], coming: list[str], leaves: bool) -> None:
    before, after = ([local(moment) for moment in each] for each in (pushed, coming))
    assert leaves_room(before, after, local("6/5 06:00"), BUDGET) is leaves


@given(st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=40))
def test_nobody_gets_more_than_two_in_seven_days_whatever_is_wanted_when(wanted: list[tuple[int, bool]]) -> None:
    """Forms wait for room, reminders are dropped; the bound holds for what is left."""
    pushed: list[datetime] = []
    for hours, form in sorted(wanted):
        now = max(local("1/5 06:00") + timedelta(hours=hours), *pushed[-1:], local("1/5 06:00"))
        if form:
            pushed.append(room_at(pushed, now))
        elif leaves_room(pushed, [], now, BUDGET):
            pushed.append(now)
    moments = sorted(set(pushed))
    assert all(sum(start <= one < start + WITHIN for one in moments) <= BUDGET for start in moments)
