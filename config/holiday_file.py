"""Loads the holidays from ``config/holidays.yaml``."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from campaigns.holidays import SATURDAY, Holiday, Holidays
from config.fields import Count, Day, Fields, read_fields
from config.written import CampaignFileError, Fault

HOLIDAYS = Path(__file__).parent / "holidays.yaml"
AROUND_TET = range(-1, 4)  # five days: the last of the old year to the fourth of the new
TET, GIO_TO, BESIDE, IN_STEAD = (
    "tet",
    "gio_to",
    "beside",
    "in_stead",
)  # names of texts, where a file gives none of its own
NATIONAL_DAY = (9, 2)

__all__ = ["CampaignFileError", "load_holidays", "national_holidays"]


class _Fixed(Fields):
    month: Count
    day: Count
    name: str
    since: Count | None = None


class _Extra(Fields):
    day: Day
    name: str


class _Year(Fields):
    year: Count
    tet: Day
    gio_to: Day
    tet_days: tuple[Day, ...] = ()
    settled: bool = False
    extra: tuple[_Extra, ...] = ()


class _File(Fields):
    every_year: tuple[_Fixed, ...]
    years: tuple[_Year, ...]


@cache
def national_holidays() -> Holidays:
    """The holidays that the program comes with."""
    return load_holidays(HOLIDAYS)


def load_holidays(path: Path) -> Holidays:
    """The holidays in a file. Raises CampaignFileError for the first thing in it that is wrong.

    In a year that is not settled yet, Tết goes from the day before to the fourth, a working day beside 2/9 is off, and
    so is one for each holiday on a weekly day of rest.
    """
    fields, written = read_fields(path, _File)
    faults = [*_faults(fields)]
    if faults:
        raise written.first(faults)
    days = [holiday for year in fields.years for holiday in _whole_year(year, fields.every_year)]
    return Holidays(tuple(sorted(days, key=lambda one: one.day)), frozenset(year.year for year in fields.years))


def _whole_year(year: _Year, every_year: tuple[_Fixed, ...]) -> list[Holiday]:
    """What is settled stands as written; otherwise what the law gives beside it is added."""
    holidays = list(_of_year(year, every_year))
    if year.settled:
        return holidays
    holidays.append(Holiday(_beside(date(year.year, *NATIONAL_DAY)), BESIDE, settled=False))
    own = {fixed.name for fixed in every_year if fixed.since is not None}
    return holidays + list(_in_their_stead(holidays, own))


def _of_year(year: _Year, every_year: tuple[_Fixed, ...]) -> Iterator[Holiday]:
    for fixed in every_year:
        if fixed.since is None or fixed.since <= year.year:
            yield Holiday(date(year.year, fixed.month, fixed.day), fixed.name)
    around = year.tet_days or tuple(year.tet + timedelta(days=more) for more in AROUND_TET)
    yield from (Holiday(day, TET, year.settled) for day in around)
    yield Holiday(year.gio_to, GIO_TO)
    yield from (Holiday(extra.day, extra.name, year.settled) for extra in year.extra)


def _in_their_stead(holidays: list[Holiday], since: set[str]) -> Iterator[Holiday]:
    """The working day after a holiday that falls on a weekly day of rest (Labour Code, Article 111.3).

    Holidays that stand in a resolution of their own (``since``) give none.
    """
    off = {holiday.day for holiday in holidays}
    for holiday in holidays:
        if holiday.day.weekday() >= SATURDAY and holiday.name not in since:
            day = holiday.day
            while day.weekday() >= SATURDAY or day in off:
                day += timedelta(days=1)
            off.add(day)
            yield Holiday(day, IN_STEAD, settled=False)


def _beside(day: date) -> date:
    """The working day beside a holiday: the day after it, unless that is a weekly day of rest."""
    after = day + timedelta(days=1)
    return after if after.weekday() < SATURDAY else day - timedelta(days=1)


def _faults(fields: _File) -> Iterator[Fault]:
    for place, fixed in enumerate(fields.every_year):
        try:
            date(2028, fixed.month, fixed.day)
        except ValueError:
            yield Fault(("every_year", place, "day"), "not_a_date", f"{fixed.day}/{fixed.month}")
    seen: set[int] = set()
    for place, year in enumerate(fields.years):
        at = ("years", place)
        if year.year in seen:
            yield Fault((*at, "year"), "twice", str(year.year))
        for name in ("tet", "gio_to"):
            if getattr(year, name).year != year.year:
                yield Fault((*at, name), "not_a_date", str(getattr(year, name)))
        seen.add(year.year)
