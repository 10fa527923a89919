"""Periods of every kind, stubs, year ends, and the moments counted from a period's last day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import SHORTEST_DAYS, Period, ask_at, close_at, due_at, first_form, periods
from campaigns.campaign import CadenceKind
from campaigns.edition import Cadence, Choices, Moment, Stage

MONDAY, FRIDAY = 0, 4


def _cadence(begins: int = FRIDAY) -> Cadence:
    return Cadence(CadenceKind.WEEK, Moment(0, time(18, 30)), Moment(1, time(16)), Moment(4, time(10)), begins)


def _periods(start: date, end: date, begins: int = FRIDAY) -> tuple[Period, ...]:
    cadence = _cadence(begins)
    return periods(Choices(start, end, (cadence,), ()), cadence)


def _spans(found: tuple[Period, ...]) -> list[tuple[int, str, str]]:
    return [(period.number, f"{period.start:%d/%m}", f"{period.end:%d/%m}") for period in found]


def test_it_numbers_a_week_by_the_iso_week_of_its_last_day() -> None:
    assert _spans(_periods(date(2022, 4, 29), date(2022, 6, 2))) == [
        (18, "29/04", "05/05"),
        (19, "06/05", "12/05"),
        (20, "13/05", "19/05"),
        (21, "20/05", "26/05"),
        (22, "27/05", "02/06"),
    ]


def test_it_numbers_across_a_year_of_52_weeks() -> None:
    assert _spans(_periods(date(2022, 12, 16), date(2023, 1, 12))) == [
        (51, "16/12", "22/12"),
        (52, "23/12", "29/12"),
        (1, "30/12", "05/01"),
        (2, "06/01", "12/01"),
    ]


def test_it_numbers_across_a_year_of_53_weeks() -> None:
    assert _spans(_periods(date(2026, 12, 18), date(2027, 1, 14))) == [
        (52, "18/12", "24/12"),
        (53, "25/12", "31/12"),
        (1, "01/01", "07/01"),
        (2, "08/01", "14/01"),
    ]


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2022, 5, 2), (18, "02/05", "05/05")),  # Monday: four days stand alone
        (date(2022, 5, 3), (19, "03/05", "12/05")),  # Tuesday: three join the next week
    ],
)
def test_it_joins_a_short_first_stub_to_the_next_week(start: date, first: tuple[int, str, str]) -> None:
    assert _spans(_periods(start, date(2022, 5, 19)))[0] == first


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2022, 5, 16), (20, "13/05", "16/05")),  # Monday: four days stand alone
        (date(2022, 5, 15), (19, "06/05", "15/05")),  # Sunday: three join the week before
    ],
)
def test_it_joins_a_short_last_stub_to_the_week_before(end: date, last: tuple[int, str, str]) -> None:
    assert _spans(_periods(date(2022, 4, 29), end))[-1] == last


def test_it_gives_a_stub_the_number_of_the_week_it_is_cut_from() -> None:
    """A week from Monday to Sunday cut after its Thursday is still that week."""
    assert _spans(_periods(date(2022, 4, 25), date(2022, 5, 5), MONDAY)) == [
        (17, "25/04", "01/05"),
        (18, "02/05", "05/05"),
    ]


def test_it_joins_two_stubs_of_a_short_campaign_into_one_period() -> None:
    assert _spans(_periods(date(2022, 5, 3), date(2022, 5, 8))) == [(19, "03/05", "08/05")]


def test_it_makes_one_period_of_a_single_day() -> None:
    assert _spans(_periods(date(2022, 5, 19), date(2022, 5, 19))) == [(20, "19/05", "19/05")]


def test_it_refuses_an_end_before_the_start() -> None:
    with pytest.raises(ValueError, match="2022-05-06"):
        _periods(date(2022, 5, 6), date(2022, 5, 5))


def test_it_counts_moments_from_the_last_day_in_local_time() -> None:
    week = Period(CadenceKind.WEEK, 20, date(2022, 5, 13), date(2022, 5, 19))
    assert ask_at(week, _cadence()) == datetime(2022, 5, 19, 11, 30, tzinfo=UTC)
    assert due_at(week, _cadence()) == datetime(2022, 5, 20, 9, tzinfo=UTC)
    assert close_at(week, _cadence()) == datetime(2022, 5, 23, 3, tzinfo=UTC)
    assert str(ask_at(week, _cadence())) == "2022-05-19 18:30:00+07:00"


def test_it_counts_moments_over_the_year_end() -> None:
    week = Period(CadenceKind.WEEK, 53, date(2026, 12, 25), date(2026, 12, 31))
    assert str(due_at(week, _cadence())) == "2027-01-01 16:00:00+07:00"


def _other(kind: CadenceKind, start: date, end: date, **more: Any) -> tuple[Period, ...]:
    moments = (Moment(0, time(18, 30)), Moment(1, time(16)), Moment(4, time(10)))
    cadence = Cadence(kind, *moments, deadline=more.pop("deadline", None), on=more.pop("on", ()))
    return periods(Choices(start, end, (cadence,), (), **more), cadence)


def test_it_cuts_months_where_the_campaign_cuts_them() -> None:
    assert _spans(_other(CadenceKind.MONTH, date(2022, 4, 25), date(2022, 5, 30))) == [
        (4, "25/04", "30/04"),
        (5, "01/05", "30/05"),
    ]


def test_it_joins_a_short_piece_of_a_month_to_the_next() -> None:
    assert _spans(_other(CadenceKind.MONTH, date(2022, 4, 28), date(2022, 6, 3))) == [(5, "28/04", "03/06")]


def test_it_numbers_quarters_across_the_year_end() -> None:
    assert _spans(_other(CadenceKind.QUARTER, date(2021, 8, 1), date(2022, 6, 30))) == [
        (3, "01/08", "30/09"),
        (4, "01/10", "31/12"),
        (1, "01/01", "31/03"),
        (2, "01/04", "30/06"),
    ]


def test_it_takes_waves_as_they_are() -> None:
    waves = (
        Stage("Đợt 1", date(2021, 8, 1), date(2021, 12, 31)),
        Stage("Đợt 2", date(2022, 1, 1), date(2022, 6, 30)),
    )
    found = _other(CadenceKind.WAVE, date(2021, 8, 1), date(2022, 6, 30), waves=waves)
    assert _spans(found) == [(1, "01/08", "31/12"), (2, "01/01", "30/06")]


def test_it_makes_one_period_of_the_whole_campaign() -> None:
    assert _spans(_other(CadenceKind.CAMPAIGN, date(2022, 4, 25), date(2022, 5, 30))) == [(1, "25/04", "30/05")]


def test_it_finds_the_milestone_that_a_cadence_stands_for() -> None:
    milestones = (
        Stage("triển khai", date(2020, 2, 12), date(2020, 2, 14), "trien-khai"),
        Stage("kiểm tra", date(2020, 2, 12), date(2020, 6, 30), "kiem-tra"),
    )
    start, end = date(2020, 2, 12), date(2020, 12, 31)
    found = _other(CadenceKind.MILESTONE, start, end, milestones=milestones, deadline="kiem-tra")
    assert _spans(found) == [(2, "12/02", "30/06")]
    assert _other(CadenceKind.MILESTONE, start, end, milestones=milestones, deadline="khác") == ()


def test_it_asks_on_demand_up_to_the_day_that_was_named() -> None:
    found = _other(CadenceKind.ON_DEMAND, date(2022, 4, 25), date(2022, 5, 30), on=(date(2022, 5, 16),))
    assert _spans(found) == [(1, "25/04", "16/05")]


def test_it_has_no_periods_for_what_goes_on_all_the_time() -> None:
    assert _other(CadenceKind.ONGOING, date(2024, 1, 1), date(2024, 12, 31)) == ()


def test_it_asks_first_where_the_first_form_goes_out() -> None:
    weekly = _cadence()
    nobody = replace(weekly, kind=CadenceKind.MONTH, who=())
    choices = Choices(date(2022, 4, 29), date(2022, 6, 2), (nobody, weekly), ())
    assert str(first_form(choices)) == "2022-05-05 18:30:00+07:00"


@pytest.mark.parametrize("kind", [CadenceKind.MONTH, CadenceKind.QUARTER])
@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), length=st.integers(0, 800))
def test_it_tiles_months_and_quarters_without_gaps(kind: CadenceKind, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = _other(kind, start, end)
    assert (found[0].start, found[-1].end) == (start, end)
    assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(found))
    assert all(after.start.day == 1 for _, after in pairwise(found))
    assert all(period.days >= min(SHORTEST_DAYS, length + 1) for period in found)


_starts = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(start=_starts, length=st.integers(0, 800), begins=st.integers(0, 6))
def test_it_tiles_the_campaign_without_gaps(start: date, length: int, begins: int) -> None:
    end = start + timedelta(days=length)
    found = _periods(start, end, begins)
    assert found[0].start == start
    assert found[-1].end == end
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)
        assert after.start.weekday() == begins


@given(start=_starts, length=st.integers(0, 800), begins=st.integers(0, 6))
def test_it_makes_no_period_shorter_or_longer_than_a_week_with_its_stubs(start: date, length: int, begins: int) -> None:
    found = _periods(start, start + timedelta(days=length), begins)
    shortest = min(SHORTEST_DAYS, length + 1)
    assert all(shortest <= period.days <= 7 + 2 * (SHORTEST_DAYS - 1) for period in found)
    assert all(period.days == 7 for period in found[1:-1])


@given(start=_starts, length=st.integers(0, 340), begins=st.integers(0, 6))
def test_it_gives_no_number_twice_within_a_year(start: date, length: int, begins: int) -> None:
    numbers = [period.number for period in _periods(start, start + timedelta(days=length), begins)]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= 53 for number in numbers)


@given(start=_starts, length=st.integers(0, 100))
def test_it_asks_before_it_is_due_and_closes_last(start: date, length: int) -> None:
    for period in _periods(start, start + timedelta(days=length)):
        cadence = _cadence()
        assert ask_at(period, cadence) < due_at(period, cadence) < close_at(period, cadence)
        assert ask_at(period, cadence).utcoffset() == timedelta(hours=7)
