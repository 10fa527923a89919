"""On time, late, missing, excused: each obligation is exactly one of them once its due moment is past."""

from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import LOCAL, Period
from campaigns.campaign import CadenceKind
from campaigns.ids import identifier
from campaigns.obligation import Obligation, Standing

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
