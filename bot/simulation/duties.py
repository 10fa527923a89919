"""The oracle's own calendar: what everybody owes by when, counted out day by day, apart from the program's rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from campaigns.calendar import LOCAL
from campaigns.campaign import CadenceKind
from campaigns.edition import Cadence, Choices, Moment
from campaigns.rehearsal import Rehearsal, RehearsalUnit

DAY = timedelta(days=1)
ROMAN = ("i", "ii", "iii", "iv")


@dataclass(frozen=True)
class Duty:
    """A report that one unit owes; ``period`` is what people call its period, folded, as screens show it."""

    unit: str
    period: str
    last_day: date
    asked: datetime
    due: datetime
    closes: datetime

    def after(self, down: tuple[datetime, datetime] | None) -> "Duty":
        """The duty as it stands if nobody could report in that time: what fell due in it has as much longer.

        What was to be asked for in it has the time back since then, where most of the time was gone.
        """
        if down is None:
            return self
        longer = timedelta()
        if down[0] < self.due <= down[1]:
            longer = down[1] - down[0]
        elif down[0] < self.asked <= down[1] and 2 * (self.due - down[1]) < down[1] - self.asked:
            longer = down[1] - self.asked
        return replace(self, due=self.due + longer, closes=self.closes + longer)


def duties(rehearsal: Rehearsal, weeks: int | None) -> list[Duty]:
    """What everybody owes, of the first weeks or of the whole campaign, in order of the due moments."""
    choices = rehearsal.choices
    until = choices.start + timedelta(weeks=weeks) - DAY if weeks else date.max
    found = [
        _duty(unit, cadence, period, days[-1])
        for cadence in choices.cadences
        for period, days in _periods(choices, cadence)
        if days[-1] <= until
        for unit in rehearsal.units
        if not unit.allied and (cadence.who is None or unit.cluster in cadence.who)
    ]
    return sorted(found, key=lambda duty: (duty.due, duty.unit))


def _duty(unit: RehearsalUnit, cadence: Cadence, period: str, last: date) -> Duty:
    moments = (_at(last, moment) for moment in (cadence.ask, cadence.due, cadence.close))
    return Duty(unit.name, period, last, *moments)


def _at(day: date, moment: Moment) -> datetime:
    return datetime.combine(day + moment.days * DAY, moment.at, LOCAL)


def _periods(choices: Choices, cadence: Cadence) -> Iterator[tuple[str, list[date]]]:
    """The days of each period (of some kinds just the first and last), with its name."""
    match cadence.kind:
        case CadenceKind.WEEK:
            yield from _runs(choices, lambda day: (day - cadence.begins * DAY).isocalendar()[:2], _week)
        case CadenceKind.MONTH:
            yield from _runs(choices, lambda day: (day.year, day.month), lambda day: f"thang {day.month}")
        case CadenceKind.QUARTER:
            yield from _runs(choices, lambda day: (day.year, (day.month - 1) // 3), _quarter)
        case _:
            yield from _whole(choices, cadence)


def _whole(choices: Choices, cadence: Cadence) -> Iterator[tuple[str, list[date]]]:
    match cadence.kind:
        case CadenceKind.WAVE:
            yield from ((f"dot {n}", [wave.start, wave.end]) for n, wave in enumerate(choices.waves, 1))
        case CadenceKind.CAMPAIGN:
            yield "ca dot thi dua", [choices.start, choices.end]
        case CadenceKind.MILESTONE:
            yield from ((_until(one.end), [one.end]) for one in choices.milestones if one.key == cadence.deadline)
        case CadenceKind.ON_DEMAND:
            yield from ((_until(day), [day]) for day in cadence.on)


def _until(day: date) -> str:
    return f"den ngay {day.day}/{day.month}"


def _week(day: date) -> str:
    return f"tuan {day.isocalendar().week}"


def _quarter(day: date) -> str:
    return f"quy {ROMAN[(day.month - 1) // 3]}"


def _runs(
    choices: Choices, key: Callable[[date], tuple[int, ...]], name: Callable[[date], str]
) -> Iterator[tuple[str, list[date]]]:
    """Runs of days with one key; a run of less than four days at either end is taken into the one beside it."""
    runs: list[list[date]] = []
    day = choices.start
    while day <= choices.end:
        if runs and key(runs[-1][-1]) == key(day):
            runs[-1].append(day)
        else:
            runs.append([day])
        day += DAY
    names = [name(_end_of(run, key)) for run in runs]
    if len(runs) > 1 and len(runs[0]) < 4:
        first = runs.pop(0)
        runs[0] = first + runs[0]
        names.pop(0)
    if len(runs) > 1 and len(runs[-1]) < 4:
        last = runs.pop()
        runs[-1] += last
        names.pop()
    yield from zip(names, runs, strict=True)


def _end_of(run: list[date], key: Callable[[date], tuple[int, ...]]) -> date:
    """The last day that the run would have if the campaign did not cut it short."""
    day = run[-1]
    while key(day + DAY) == key(day):
        day += DAY
    return day
