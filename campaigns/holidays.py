"""Holidays as data, and the hours at which people may be written to. A due date is never moved by any of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.calendar import LOCAL

LONGEST_SEARCH = 60  # days; longer than any row of holidays
SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """A day off for everybody. ``settled`` is false until the government has decided it for that year."""

    day: date
    name: str
    settled: bool = True


@dataclass(frozen=True)
class Holidays:
    """The holidays of the ``years`` that are known; of other years nothing can be said."""

    days: tuple[Holiday, ...]
    years: frozenset[int]

    def on(self, day: date) -> Holiday | None:
        """The holiday of that day, if it is one."""
        return next((holiday for holiday in self.days if holiday.day == day), None)

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are in the table at all; if not, an officer should be told."""
        return year in self.years


NONE = Holidays((), frozenset())


@dataclass(frozen=True)
class Hours:
    """Local spans of a day in which somebody may be written to, in order; both ends count. ``weekends``: then, too."""

    spans: tuple[tuple[time, time], ...]
    weekends: bool = True


# Heads are in the fields or at work in between; offices keep office hours, without the noon rest (11:30 to 13:30).
HEADS = Hours(((time(5, 30), time(7)), (time(18), time(20))))
OFFICE = Hours(((time(7, 30), time(11, 30)), (time(13, 30), time(17))), weekends=False)


def may_write(moment: datetime, holidays: Holidays, hours: Hours) -> bool:
    """Whether somebody with these hours may be written to at a moment."""
    here = moment.astimezone(LOCAL)
    return _works(here.date(), holidays, hours) and any(a <= here.time() <= b for a, b in hours.spans)


def earlier(moment: datetime, holidays: Holidays, hours: Hours) -> datetime:
    """The last moment up to this one at which somebody may be written to: where steps before a due moment move.

    Raises ValueError where there is none within ``LONGEST_SEARCH`` days.
    """
    here = moment.astimezone(LOCAL)
    for back in range(LONGEST_SEARCH):
        day = here.date() - timedelta(days=back)
        ends = [min(datetime.combine(day, end, LOCAL), here) for start, end in _spans(day, holidays, hours)]
        starts = [datetime.combine(day, start, LOCAL) for start, _ in _spans(day, holidays, hours)]
        fitting = [end for start, end in zip(starts, ends, strict=True) if start <= end]
        if fitting:
            return max(fitting)
    raise ValueError(f"no hour before {moment} at which anybody may be written to")


def later(moment: datetime, holidays: Holidays, hours: Hours) -> datetime:
    """The first moment from this one on at which somebody may be written to: where steps after a due moment move.

    Raises ValueError where there is none within ``LONGEST_SEARCH`` days.
    """
    here = moment.astimezone(LOCAL)
    for ahead in range(LONGEST_SEARCH):
        day = here.date() + timedelta(days=ahead)
        starts = [max(datetime.combine(day, start, LOCAL), here) for start, _ in _spans(day, holidays, hours)]
        ends = [datetime.combine(day, end, LOCAL) for _, end in _spans(day, holidays, hours)]
        fitting = [start for start, end in zip(starts, ends, strict=True) if start <= end]
        if fitting:
            return min(fitting)
    raise ValueError(f"no hour after {moment} at which anybody may be written to")


def _spans(day: date, holidays: Holidays, hours: Hours) -> Iterable[tuple[time, time]]:
    return hours.spans if _works(day, holidays, hours) else ()


def _works(day: date, holidays: Holidays, hours: Hours) -> bool:
    return holidays.on(day) is None and (hours.weekends or day.weekday() < SATURDAY)
