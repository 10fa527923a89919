"""What a new edition makes of what is owed: whatever was asked for stays as it is, the rest is planned anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from campaigns.calendar import Period, ask_at, close_at, due_at, periods
from campaigns.campaign import CadenceKind
from campaigns.edition import TILED, Cadence, Choices, figures_asked
from campaigns.ids import Id
from campaigns.obligation import Obligation, owes
from campaigns.registration import Registration
from campaigns.target import Names

Asked = tuple[Names, Period]
"""What a registration goes by, and a period that it was asked for."""


@dataclass(frozen=True)
class Due:
    """A period with the cadence that says when it is asked for, due and closed."""

    period: Period
    cadence: Cadence

    @property
    def ask_at(self) -> datetime:
        """When it is asked for."""
        return ask_at(self.period, self.cadence)

    @property
    def due_at(self) -> datetime:
        """Until when it is waited for."""
        return due_at(self.period, self.cadence)

    @property
    def close_at(self) -> datetime:
        """When its figures are closed."""
        return close_at(self.period, self.cadence)


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
    ends = [
        period.end
        for names, period in asked
        if cadence.concerns(names) and period.kind in _followed(cadence.kind, names, before)
    ]
    kinds = {one.kind for one in before.cadences if one.kind in TILED}
    alike = {cadence.kind} if cadence.kind in kinds else set(TILED)
    begun = [one.since for one in before.cadences if one.kind in alike and one.since]
    return replace(cadence, since=max([*(end + timedelta(days=1) for end in ends), *begun], default=cadence.since))


def _followed(kind: CadenceKind, names: Names, before: Choices) -> set[CadenceKind]:
    """What a unit's periods of a kind go on from: their own kind where it had it, else whatever it was asked for."""
    had = any(one.kind is kind and one.concerns(names) for one in before.cadences)
    return {kind} if had else set(TILED)


def owed(registration: Registration, choices: Choices, kept: Iterable[Obligation], now: datetime) -> list[Due]:
    """What a registration owes from here on, besides what is ``kept``; nothing that would be due by now."""
    taken = {_identity(obligation.period) for obligation in kept}
    found = (Due(period, cadence) for cadence in choices.cadences for period in periods(choices, cadence))
    return [
        due
        for due in found
        if due.due_at > now and owes(registration, due.period, due.cadence) and _identity(due.period) not in taken
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


@dataclass(frozen=True)
class Effect:
    """What new choices make of what one registration owes: what stands now, and what is wanted instead of it.

    ``first`` is the first period that is new or other than before, where none is the first that falls away.
    """

    registration: Registration
    stands: tuple[Obligation, ...]
    wanted: tuple[Due, ...]
    first: Period | None


def effects(
    before: Choices, after: Choices, registrations: Sequence[Registration], planned: Sequence[Obligation], now: datetime
) -> tuple[Choices, list[Effect]]:
    """The choices of the new edition, and its effect on everybody who takes part."""
    names = {one.id: one.names for one in registrations}
    kept = [one for one in planned if fixed(one, now)]
    going = going_on(before, after, [(names[o.registration], o.period) for o in kept if o.registration in names])
    own: defaultdict[Id, list[Obligation]] = defaultdict(list)
    for obligation in planned:
        own[obligation.registration].append(obligation)
    return going, [_effect(one, before, going, own[one.id], now) for one in registrations]


def _effect(
    registration: Registration, before: Choices, after: Choices, own: Sequence[Obligation], now: datetime
) -> Effect:
    stands = tuple(one for one in own if not fixed(one, now))
    wanted = tuple(owed(registration, after, [one for one in own if fixed(one, now)], now))
    old = {_identity(o.period): _seen(o.period, o.ask_at, o.due_at, registration, before) for o in stands}
    new = {_identity(d.period): _seen(d.period, d.ask_at, d.due_at, registration, after) for d in wanted}
    later = [one for one in (due.period for due in wanted) if new[_identity(one)] != old.get(_identity(one))]
    gone = [one.period for one in stands if _identity(one.period) not in new]
    return Effect(registration, stands, wanted, min(later or gone, key=lambda period: period.end, default=None))


def _seen(period: Period, ask: datetime, due: datetime, registration: Registration, choices: Choices) -> object:
    """What a unit notices of a period: its days, when it is asked and waited for, and for what."""
    asked = figures_asked(choices, period.kind, registration.names, period.end)
    return period, ask, due, [(asking.target, asking.asked, asking.measure) for asking in asked]
