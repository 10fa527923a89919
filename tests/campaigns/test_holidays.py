"""Holidays as data, confirmed by an astronomical calendar of the test's own; and the hours at which one may write."""

from datetime import UTC, date, datetime, timedelta
from math import floor, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import files_of
from campaigns.calendar import LOCAL, due_at, periods
from campaigns.holidays import HEADS, NONE, OFFICE, Holidays, Hours, earlier, later, may_write
from config.holiday_file import GIO_TO, TET, national_holidays

HOLIDAYS = national_holidays()


def local(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=LOCAL)


# -- an oracle: the lunar calendar by new moons and the sun's longitude at UTC+7, after Hồ Ngọc Đức and J. Meeus


def _new_moon(k: int) -> int:
    """The Julian day number, in local time, of the k-th new moon since 1900."""
    t, dr = k / 1236.85, pi / 180
    jd = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    jd += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * dr)
    m = 359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3
    mpr = 306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3
    f = 21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3
    c = (0.1734 - 0.000393 * t) * sin(m * dr) + 0.0021 * sin(2 * dr * m) - 0.4068 * sin(mpr * dr)
    c += 0.0161 * sin(dr * 2 * mpr) - 0.0004 * sin(dr * 3 * mpr) + 0.0104 * sin(dr * 2 * f)
    c += -0.0051 * sin(dr * (m + mpr)) - 0.0074 * sin(dr * (m - mpr)) + 0.0004 * sin(dr * (2 * f + m))
    c += -0.0004 * sin(dr * (2 * f - m)) - 0.0006 * sin(dr * (2 * f + mpr)) + 0.0010 * sin(dr * (2 * f - mpr))
    c += 0.0005 * sin(dr * (2 * mpr + m))
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(jd + c - delta + 0.5 + 7 / 24)


def _sun(day: int) -> int:
    """In which twelfth of its year the sun stands at local midnight of a Julian day."""
    t, dr = (day - 2451545.5 - 7 / 24) / 36525, pi / 180
    m = 357.52910 + 35999.05030 * t - 0.0001559 * t**2
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2 + (1.914600 - 0.004817 * t) * sin(dr * m)
    longitude = (longitude + 0.019993 * sin(dr * 2 * m) + 0.000290 * sin(dr * 3 * m)) * dr
    return floor((longitude - 2 * pi * floor(longitude / (2 * pi))) / pi * 6)


def _month_11(year: int) -> int:
    """The first day of the month in which the winter solstice falls."""
    k = floor((date(year, 12, 31).toordinal() + 1721424.5 - 2415021.076998695) / 29.530588853)
    day = _new_moon(k)
    return _new_moon(k - 1) if _sun(day) >= 9 else day


def lunar_to_solar(day: int, month: int, year: int) -> date:
    """The solar day of a lunar one (in no leap month)."""
    begins, ends = (_month_11(year - 1), _month_11(year)) if month < 11 else (_month_11(year), _month_11(year + 1))
    k = floor(0.5 + (begins - 2415021.076998695) / 29.530588853)
    off = month - 11 if month >= 11 else month + 1
    if ends - begins > 365:
        suns = [_sun(_new_moon(k + i)) for i in range(1, 15)]
        leap = next(i for i in range(1, 14) if suns[i] == suns[i - 1])
        off += off >= leap
    return date.fromordinal(_new_moon(k + off) + day - 1 - 1721425)


@pytest.mark.parametrize("year", sorted(HOLIDAYS.years))
def test_it_has_tet_and_gio_to_on_their_days_by_the_moon(year: int) -> None:
    tet, gio_to = lunar_to_solar(1, 1, year), lunar_to_solar(10, 3, year)
    named = {holiday.day: holiday.name for holiday in HOLIDAYS.days}
    assert named[tet] == TET
    assert named[gio_to] == GIO_TO


@pytest.mark.parametrize(
    ("year", "tet"),
    [(2020, "2020-01-25"), (2022, "2022-02-01"), (2024, "2024-02-10"), (2025, "2025-01-29"), (2007, "2007-02-17")],
)
def test_its_oracle_knows_the_tet_of_past_years(year: int, tet: str) -> None:
    """In 2007 Hà Nội and Beijing kept different days."""
    assert str(lunar_to_solar(1, 1, year)) == tet


def test_it_keeps_tet_of_2030_a_day_before_beijing() -> None:
    assert HOLIDAYS.on(date(2030, 2, 2))
    assert lunar_to_solar(1, 1, 2030) == date(2030, 2, 2)


def test_it_knows_the_day_of_culture_from_2026_on_and_no_day_off_in_its_stead() -> None:
    assert HOLIDAYS.on(date(2026, 11, 24))
    assert all(HOLIDAYS.on(date(year, 11, 24)) for year in HOLIDAYS.years)
    assert date(2029, 11, 24).weekday() == 5
    assert HOLIDAYS.on(date(2029, 11, 26)) is None


def test_it_gives_five_days_to_tet_and_marks_what_nobody_has_decided() -> None:
    for year in HOLIDAYS.years:
        tet = [holiday for holiday in HOLIDAYS.days if holiday.name == TET and holiday.day.year == year]
        assert len(tet) == 5
        assert {holiday.settled for holiday in tet} == {year == 2026}


def test_it_gives_a_working_day_for_a_holiday_on_a_weekly_day_of_rest() -> None:
    """1/5/2027 is a Saturday; in 2026 the decided days stand as they were decided."""
    assert HOLIDAYS.on(date(2027, 5, 3))
    assert HOLIDAYS.on(date(2026, 4, 27))
    assert HOLIDAYS.on(date(2026, 4, 28)) is None
    assert HOLIDAYS.on(date(2028, 1, 3))  # 1/1/2028 is a Saturday


def test_it_says_of_other_years_that_it_does_not_know_them() -> None:
    assert not HOLIDAYS.knows(2035)
    assert all(HOLIDAYS.knows(year) for year in range(2026, 2032))


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ("26/11/2026 06:00", "26/11/2026 06:00", "26/11/2026 06:00"),
        ("26/11/2026 05:30", "26/11/2026 05:30", "26/11/2026 05:30"),
        ("26/11/2026 20:00", "26/11/2026 20:00", "26/11/2026 20:00"),
        ("26/11/2026 12:00", "26/11/2026 07:00", "26/11/2026 18:00"),
        ("26/11/2026 23:00", "26/11/2026 20:00", "27/11/2026 05:30"),
        ("26/11/2026 03:00", "25/11/2026 20:00", "26/11/2026 05:30"),
        ("24/11/2026 06:00", "23/11/2026 20:00", "25/11/2026 05:30"),  # the Day of Culture
        ("07/02/2027 12:00", "04/02/2027 20:00", "12/02/2027 05:30"),  # Tết, two days of it on a weekend
        ("28/11/2026 06:00", "28/11/2026 06:00", "28/11/2026 06:00"),  # heads are at home on Saturdays
    ],
)
def test_it_moves_to_the_hours_of_village_heads(moment: str, before: str, after: str) -> None:
    assert earlier(local(moment), HOLIDAYS, HEADS) == local(before)
    assert later(local(moment), HOLIDAYS, HEADS) == local(after)


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ("26/11/2026 12:00", "26/11/2026 11:30", "26/11/2026 13:30"),
        ("28/11/2026 09:00", "27/11/2026 17:00", "30/11/2026 07:30"),
        ("01/05/2026 09:00", "29/04/2026 17:00", "04/05/2026 07:30"),
    ],
)
def test_it_moves_to_office_hours(moment: str, before: str, after: str) -> None:
    assert earlier(local(moment), HOLIDAYS, OFFICE) == local(before)
    assert later(local(moment), HOLIDAYS, OFFICE) == local(after)


def test_it_moves_in_local_time_whatever_zone_a_moment_is_told_in() -> None:
    """16:30 UTC is half past eleven at night here."""
    night = local("26/11/2026 23:30").astimezone(UTC)
    assert str(later(night, HOLIDAYS, HEADS)) == "2026-11-27 05:30:00+07:00"
    assert str(earlier(night, HOLIDAYS, HEADS)) == "2026-11-26 20:00:00+07:00"


def test_it_gives_up_where_nobody_may_ever_be_written_to() -> None:
    for move in (earlier, later):
        with pytest.raises(ValueError, match="no hour"):
            move(local("26/11/2026 12:00"), NONE, Hours(()))


def test_it_never_moves_a_due_date() -> None:
    """1/1 is a holiday and 5/1/2021 is not: the plan's dates stand as they were chosen, whatever day they fall on."""
    _, rehearsal = files_of("ha-hoa-2022")
    (cadence,) = [cadence for cadence in rehearsal.choices.cadences if cadence.kind == "month"]
    assert [f"{due_at(period, cadence):%d/%m}" for period in periods(rehearsal.choices, cadence)] == ["06/05", "05/06"]
    assert date(2022, 6, 5).weekday() == 6


moments = st.integers(0, 2_600_000).map(lambda minutes: local("10/01/2026 00:00") + timedelta(minutes=minutes))


@given(moment=moments, hours=st.sampled_from([HEADS, OFFICE]), holidays=st.sampled_from([HOLIDAYS, NONE]))
def test_it_finds_the_nearest_moment_on_either_side(moment: datetime, hours: Hours, holidays: Holidays) -> None:
    before, after = earlier(moment, holidays, hours), later(moment, holidays, hours)
    assert before <= moment <= after
    assert may_write(before, holidays, hours)
    assert may_write(after, holidays, hours)
    assert earlier(before, holidays, hours) == before
    assert later(after, holidays, hours) == after
    if may_write(moment, holidays, hours):
        assert before == moment == after
    between = [before + (after - before) * part / 7 for part in range(1, 7)]
    assert not [one for one in between if before < one < after and may_write(one, holidays, hours)] or before == after


@given(moment=moments)
def test_it_never_lets_a_holiday_be_written_on(moment: datetime) -> None:
    if HOLIDAYS.on(moment.date()):
        assert not may_write(moment, HOLIDAYS, HEADS)
        assert later(moment, HOLIDAYS, HEADS).date() > moment.date()
        assert later(moment, HOLIDAYS, HEADS) - moment < timedelta(days=9)
