"""On time, late, missing, excused: each obligation is exactly one of them once its due moment is past."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import LOCAL, Period
from campaigns.campaign import CadenceKind
from campaigns.edition import Cadence, Moment
from campaigns.ids import identifier
from campaigns.obligation import Obligation, Standing, extended, owes
from campaigns.registration import Registration

FRIDAY = datetime.combine(date(2022, 5, 6), time(16), LOCAL)
SECOND = timedelta(seconds=1)
WEEK = Period(CadenceKind.WEEK, 18, date(2022, 4, 29), date(2022, 5, 5))
moments = st.none() | st.integers(-400_000, 400_000).map(lambda s: FRIDAY + timedelta(seconds=s))


def obligation(said: datetime | None = None, excused: datetime | None = None) -> Obligation:
    some = identifier(FRIDAY, Random(1))
    asked, closed = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=3)
    return Obligation(some, some, 1, some, some, "/a/", WEEK, asked, FRIDAY, closed, said, excused)


def test_it_is_on_time_to_the_last_second() -> None:
    assert obligation(said=FRIDAY).standing(FRIDAY) is Standing.ON_TIME
    assert obligation(said=FRIDAY + SECOND).standing(FRIDAY + SECOND) is Standing.LATE


def test_it_is_missing_only_after_its_due_moment() -> None:
    assert obligation().standing(FRIDAY) is Standing.OPEN
    assert obligation().standing(FRIDAY + SECOND) is Standing.MISSING


def test_it_counts_a_report_that_came_in_spite_of_an_excuse() -> None:
    assert obligation(said=FRIDAY, excused=FRIDAY).standing(FRIDAY) is Standing.ON_TIME


def test_it_is_closed_from_its_closing_moment_on() -> None:
    owed = obligation()
    assert not owed.closed(owed.close_at - SECOND)
    assert owed.closed(owed.close_at)


@given(st.lists(st.tuples(moments, moments), min_size=1, max_size=30))
def test_it_adds_up_to_what_was_expected(histories: list[tuple[datetime | None, datetime | None]]) -> None:
    after = FRIDAY + timedelta(days=30)
    standings = [obligation(said, excused).standing(after) for said, excused in histories]
    four = (Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.EXCUSED)
    assert sum(standings.count(one) for one in four) == len(histories)
    late = [said for said, _ in histories if said is not None and said > FRIDAY]
    assert standings.count(Standing.LATE) == len(late)


CADENCE = Cadence(CadenceKind.WEEK, Moment(0, time(18, 30)), Moment(1, time(16)), Moment(4, time(10)), who=("lang",))
SOME = identifier(FRIDAY, Random(2))


def member(since: str, until: str = "", cluster: str = "lang", *, allied: bool = False) -> Registration:
    """Somebody who takes part from noon of a day, perhaps until noon of another."""
    registered, left = (datetime.fromisoformat(f"{day} 12:00+07:00") if day else None for day in (since, until))
    assert registered is not None
    return Registration(SOME, SOME, "/a/b/", registered, left, cluster, allied)


@pytest.mark.parametrize(
    ("since", "until", "owed"),
    [
        ("2022-04-29", "", True),
        ("2022-05-02", "", True),  # four days of the week
        ("2022-05-03", "", False),  # three
        ("2022-05-06", "", False),
        ("2022-04-29", "2022-05-06", True),
        ("2022-04-29", "2022-05-05", False),  # leaves on the last day
    ],
)
def test_it_is_owed_by_who_lived_through_the_period(since: str, until: str, owed: bool) -> None:
    assert owes(member(since, until), WEEK, CADENCE) == owed


def test_it_is_owed_for_a_short_period_by_who_was_there_from_its_first_day() -> None:
    short = Period(CadenceKind.WEEK, 18, date(2022, 5, 4), date(2022, 5, 5))
    assert owes(member("2022-05-04"), short, CADENCE)
    assert not owes(member("2022-05-05"), short, CADENCE)


def test_it_is_owed_neither_by_other_clusters_nor_by_allied_bodies() -> None:
    assert not owes(member("2022-04-29", cluster="truong"), WEEK, CADENCE)
    assert not owes(member("2022-04-29", allied=True), WEEK, CADENCE)


def test_it_counts_days_in_local_time() -> None:
    """22:00 of 2 May in UTC is 3 May here."""
    late = replace(member("2022-05-02"), registered_at=datetime(2022, 5, 2, 22, tzinfo=UTC))
    assert not owes(late, WEEK, CADENCE)


def test_it_is_extended_with_its_closing_and_keeps_when_it_was_due() -> None:
    first = extended(obligation(), FRIDAY + timedelta(days=2))
    assert (first.due_at, first.close_at) == (FRIDAY + timedelta(days=2), FRIDAY + timedelta(days=5))
    assert (first.planned_due_at, first.extended, obligation().extended) == (FRIDAY, True, False)
    again = extended(first, FRIDAY + timedelta(days=3))
    assert again.planned_due_at == FRIDAY


def test_it_never_closes_earlier_for_having_been_extended() -> None:
    late_close = replace(obligation(), close_at=FRIDAY + timedelta(days=30))
    assert extended(late_close, FRIDAY + SECOND).close_at == FRIDAY + timedelta(days=30) + SECOND


@pytest.mark.parametrize("seconds", [0, -1, -86_400])
def test_it_is_not_extended_to_when_it_is_due_anyway(seconds: int) -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        extended(obligation(), FRIDAY + timedelta(seconds=seconds))


def test_it_is_not_extended_once_the_figures_are_in() -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        extended(obligation(said=FRIDAY), FRIDAY + timedelta(days=1))
