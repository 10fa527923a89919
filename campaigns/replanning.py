"""What a new edition makes of what is owed: whatever was asked for stays as it is, the rest is planned anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from campaigns.calendar import Period, due_at, periods
from campaigns.edition import TILED, Cadence, Choices
from campaigns.obligation import Obligation, owes
from campaigns.registration import Registration

Asked = tuple[str, Period]
"""The cluster of a registration, and a period that it was asked for."""


@dataclass(frozen=True)
class Due:
    """A period with the cadence that says when it is asked for, due and closed."""

    period: Period
    cadence: Cadence


def fixed(obligation: Obligation, now: datetime) -> bool:
    """Whether an obligation stays as it was planned: it was asked for, answered, excused or given more time."""
    touched = obligation.first_said_at is not None or obligation.excused_at is not None or obligation.extended
    return touched or obligation.ask_at <= now


def going_on(before: Choices, after: Choices, asked: Sequence[Asked]) -> Choices:
    """The later choices, their weeks, months and quarters counted from where what was asked for ends.

    So no day falls into two periods of which one was asked for already.
    """
    return replace(after, cadences=tuple(_going_on(one, before, asked) for one in after.cadences))


def _going_on(cadence: Cadence, before: Choices, asked: Sequence[Asked]) -> Cadence:
    if cadence.kind not in TILED:
        return cadence
    same = any(one.kind is cadence.kind for one in before.cadences)
    ends = [
        period.end
        for cluster, period in asked
        if cadence.concerns(cluster) and period.kind in TILED and (period.kind is cadence.kind or not same)
    ]
    return replace(cadence, since=max(ends) + timedelta(days=1)) if ends else cadence


def owed(registration: Registration, choices: Choices, kept: Iterable[Obligation], now: datetime) -> list[Due]:
    """What a registration owes from here on, besides what is ``kept``; nothing that would be due by now."""
    taken = {_identity(obligation.period) for obligation in kept}
    found = (Due(period, cadence) for cadence in choices.cadences for period in periods(choices, cadence))
    return [
        due
        for due in found
        if due_at(due.period, due.cadence) > now
        and owes(registration, due.period, due.cadence)
        and _identity(due.period) not in taken
    ]


def _identity(period: Period) -> tuple[str, int, date | None]:
    """Of waves, milestones and the whole campaign there is one each, wherever their days lie."""
    return str(period.kind), period.number, period.start if period.kind in TILED else None


def ending(choices: Choices, end: date) -> Choices:
    """The choices of a campaign that ends on another day; its last wave ends with it, later ones fall away."""
    waves = [wave for wave in choices.waves if wave.start <= end]
    last = [wave for wave in waves[-1:] if wave.end == choices.end or wave.end > end]
    waves[len(waves) - len(last) :] = [replace(wave, end=end) for wave in last]
    return replace(choices, end=end, waves=tuple(waves))
