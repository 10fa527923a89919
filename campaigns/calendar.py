"""Reporting periods and their moments. Dates are local, moments are aware in Asia/Ho_Chi_Minh."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from campaigns.campaign import CadenceKind
from campaigns.edition import TILED, Cadence, Choices, Moment, Stage

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
SHORTEST_DAYS = 4


@dataclass(frozen=True)
class Period:
    """A pair of local dates, both included. ``number`` is unique within its kind and a year, not beyond."""

    kind: CadenceKind
    number: int
    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.end - self.start).days + 1


def periods(choices: Choices, cadence: Cadence) -> tuple[Period, ...]:
    """The periods of a cadence in order; those of weeks, months and quarters go from start to end without gaps.

    A week has the ISO number of its last day, also where the campaign cuts it short; months and quarters have their
    own. A piece at either end with fewer than ``SHORTEST_DAYS`` days joins its neighbour, which keeps its number.
    Waves, milestones and what is asked on demand are counted from one, the whole campaign is one period. Raises
    ValueError if end is before start.
    """
    if choices.end < choices.start:
        raise ValueError(f"a campaign from {choices.start} cannot end on {choices.end}")
    if cadence.kind in TILED and cadence.since:
        return _going_on(replace(choices, start=max(choices.start, cadence.since)), cadence)
    return tuple(_PERIODS[cadence.kind](choices, cadence))


def _going_on(choices: Choices, cadence: Cadence) -> tuple[Period, ...]:
    """The periods that follow others; a piece too short for one of its own has no neighbour left to join."""
    found = _PERIODS[cadence.kind](choices, cadence) if choices.start <= choices.end else []
    return tuple(period for period in found if period.days >= SHORTEST_DAYS)


def ask_at(period: Period, cadence: Cadence) -> datetime:
    """When the form goes out."""
    return _moment(period, cadence.ask)


def due_at(period: Period, cadence: Cadence) -> datetime:
    """Until when a report is on time. It never moves by itself, whatever day it falls on."""
    return _moment(period, cadence.due)


def close_at(period: Period, cadence: Cadence) -> datetime:
    """When the figures are closed (chốt số)."""
    return _moment(period, cadence.close)


def first_form(choices: Choices) -> datetime:
    """When the very first form of a campaign goes out. Raises ValueError where nobody is ever asked."""
    asked = [cadence for cadence in choices.cadences if cadence.who != ()]
    return min(ask_at(period, cadence) for cadence in asked for period in periods(choices, cadence))


def local_day(moment: datetime) -> date:
    """The local date of an aware moment."""
    return moment.astimezone(LOCAL).date()


def _moment(period: Period, moment: Moment) -> datetime:
    return datetime.combine(period.end + timedelta(days=moment.days), moment.at, LOCAL)


def _weeks(choices: Choices, cadence: Cadence) -> list[Period]:
    def last_of_week(day: date) -> date:
        return day + timedelta(days=(cadence.begins - 1 - day.weekday()) % 7)

    return _pieces(choices, cadence.kind, lambda day: (last_of_week(day), last_of_week(day).isocalendar().week))


def _months(choices: Choices, cadence: Cadence) -> list[Period]:
    return _pieces(choices, cadence.kind, lambda day: (day.replace(day=1), day.month))


def _quarters(choices: Choices, cadence: Cadence) -> list[Period]:
    return _pieces(choices, cadence.kind, lambda day: (date(day.year, _first_month(day), 1), (day.month + 2) // 3))


def _first_month(day: date) -> int:
    return day.month - (day.month - 1) % 3


def _pieces(choices: Choices, kind: CadenceKind, piece_of: Callable[[date], tuple[date, int]]) -> list[Period]:
    """The campaign cut where ``piece_of`` changes; it gives something that names the piece, and its number."""
    pieces = []
    for (_, number), days in groupby(_days(choices), piece_of):
        inside = list(days)
        pieces.append(Period(kind, number, inside[0], inside[-1]))
    return _without_stubs(pieces)


def _days(choices: Choices) -> Iterator[date]:
    for after in range((choices.end - choices.start).days + 1):
        yield choices.start + timedelta(days=after)


def _without_stubs(pieces: list[Period]) -> list[Period]:
    if len(pieces) > 1 and pieces[0].days < SHORTEST_DAYS:
        pieces[:2] = [replace(pieces[1], start=pieces[0].start)]
    if len(pieces) > 1 and pieces[-1].days < SHORTEST_DAYS:
        pieces[-2:] = [replace(pieces[-2], end=pieces[-1].end)]
    return pieces


def _waves(choices: Choices, cadence: Cadence) -> list[Period]:
    return _counted(cadence.kind, choices.waves)


def _milestones(choices: Choices, cadence: Cadence) -> list[Period]:
    """The one milestone it stands for, with its place among all of them."""
    every = zip(_counted(cadence.kind, choices.milestones), choices.milestones, strict=True)
    return [period for period, milestone in every if milestone.key == cadence.deadline]


def _on_demand(choices: Choices, cadence: Cadence) -> list[Period]:
    return [Period(cadence.kind, number, choices.start, day) for number, day in enumerate(cadence.on, 1)]


def _whole(choices: Choices, cadence: Cadence) -> list[Period]:
    return [Period(cadence.kind, 1, choices.start, choices.end)]


def _counted(kind: CadenceKind, stages: tuple[Stage, ...]) -> list[Period]:
    return [Period(kind, number, stage.start, stage.end) for number, stage in enumerate(stages, 1)]


_PERIODS: dict[CadenceKind, Callable[[Choices, Cadence], list[Period]]] = {
    CadenceKind.WEEK: _weeks,
    CadenceKind.MONTH: _months,
    CadenceKind.QUARTER: _quarters,
    CadenceKind.WAVE: _waves,
    CadenceKind.CAMPAIGN: _whole,
    CadenceKind.MILESTONE: _milestones,
    CadenceKind.ON_DEMAND: _on_demand,
    CadenceKind.ONGOING: lambda _choices, _cadence: [],
}
