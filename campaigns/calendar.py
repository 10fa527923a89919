"""Reporting periods and their moments. Dates are local, moments are aware in Asia/Ho_Chi_Minh."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.campaign import Cadence, CadenceKind, Choices, Moment

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
SHORTEST_DAYS = 4


@dataclass(frozen=True)
class Period:
    """A pair of local dates, both included. ``number`` is unique within a year of the campaign, not beyond."""

    kind: CadenceKind
    number: int
    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.end - self.start).days + 1


def periods(choices: Choices) -> tuple[Period, ...]:
    """The periods from start to end, in order and without gaps.

    A week has the ISO number of its last day, also where the campaign cuts it short. A piece at either end with fewer
    than ``SHORTEST_DAYS`` days joins its neighbour, which keeps its number. Raises ValueError if end is before start.
    """
    if choices.end < choices.start:
        raise ValueError(f"a campaign from {choices.start} cannot end on {choices.end}")
    weeks = _weeks(choices)
    if len(weeks) > 1 and weeks[0].days < SHORTEST_DAYS:
        weeks[:2] = [replace(weeks[1], start=weeks[0].start)]
    if len(weeks) > 1 and weeks[-1].days < SHORTEST_DAYS:
        weeks[-2:] = [replace(weeks[-2], end=weeks[-1].end)]
    return tuple(weeks)


def ask_at(period: Period, cadence: Cadence) -> datetime:
    """When the form goes out."""
    return _moment(period, cadence.ask)


def due_at(period: Period, cadence: Cadence) -> datetime:
    """Until when a report is on time."""
    return _moment(period, cadence.due)


def close_at(period: Period, cadence: Cadence) -> datetime:
    """When the figures are closed (chốt số)."""
    return _moment(period, cadence.close)


def _weeks(choices: Choices) -> list[Period]:
    weeks = []
    first = choices.start - timedelta(days=(choices.start.weekday() - choices.cadence.begins) % 7)
    while first <= choices.end:
        last = first + timedelta(days=6)
        inside = max(first, choices.start), min(last, choices.end)
        weeks.append(Period(choices.cadence.kind, last.isocalendar().week, *inside))
        first = last + timedelta(days=1)
    return weeks


def _moment(period: Period, moment: Moment) -> datetime:
    return datetime.combine(period.end + timedelta(days=moment.days), moment.at, LOCAL)
