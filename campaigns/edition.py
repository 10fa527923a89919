"""The officer's choices that make a campaign run, and the editions in which it runs."""

from dataclasses import dataclass
from datetime import date, time

from campaigns.campaign import CadenceKind, Campaign
from campaigns.target import Asking, Holder, Names, Rhythm


@dataclass(frozen=True)
class Moment:
    """A moment counted from a period's last day: ``Moment(1, time(16))`` is 16:00 on the day after it."""

    days: int
    at: time


@dataclass(frozen=True)
class Cadence:
    """How often reports are due, and when. ``who`` are the kinds or clusters of units that owe them: none means
    everybody ``but`` those that report in another way.

    ``begins`` is the weekday a WEEK starts on, Monday = 0; ``deadline`` the plan's deadline that a MILESTONE stands
    for; ``on`` the days up to which an officer asked ON_DEMAND. Nobody owes anything where ``who`` is empty: such a
    cadence stands in the calendar alone. Weeks, months and quarters are counted from ``since`` on where a later edition
    begins them anew, from the campaign's start where it is none.
    """

    kind: CadenceKind
    ask: Moment
    due: Moment
    close: Moment
    begins: int = 0
    who: tuple[str, ...] | None = None
    deadline: str | None = None
    on: tuple[date, ...] = ()
    since: date | None = None
    but: tuple[str, ...] = ()

    def concerns(self, names: Names) -> bool:
        """Whether units that go by these names owe these reports."""
        return names.isdisjoint(self.but) and (self.who is None or not names.isdisjoint(self.who))


@dataclass(frozen=True)
class Stage:
    """A wave or milestone with its days settled; ``key`` names a milestone's deadline, for a wave it is empty."""

    name: str
    start: date
    end: date
    key: str = ""


@dataclass(frozen=True)
class Step:
    """One reminder, counted from the due moment: ``hours`` after it, or ``days`` after its day ``at`` an hour.

    Before the due moment they are negative: ``Step("two-days", days=-2, at=time(18, 30))``.
    """

    key: str
    days: int = 0
    at: time | None = None
    hours: int = 0


@dataclass(frozen=True)
class Registering:
    """How one registers: up to which day (none: as long as the campaign runs), and whether an officer confirms it."""

    until: date | None = None
    officer_confirms: bool = False


@dataclass(frozen=True)
class Cluster:
    """Units that are compared with each other (khối, cụm): the choices speak of them by ``key``, people by ``name``."""

    key: str
    name: str


@dataclass(frozen=True)
class Choices:
    """What the officer chose where the plan says nothing: dates, cadences, what is asked of whom, when who is reminded.

    ``waves`` and ``milestones`` are the plan's own where it has any.
    """

    start: date
    end: date
    cadences: tuple[Cadence, ...]
    askings: tuple[Asking, ...]
    figures_at_most: int = 3
    waves: tuple[Stage, ...] = ()
    milestones: tuple[Stage, ...] = ()
    reminders: tuple[Step, ...] = ()
    registering: Registering = Registering()
    clusters: tuple[Cluster, ...] = ()

    def last_day_to_register(self) -> date:
        """The last day on which one may register, change what was registered, or come back."""
        return min(self.registering.until or self.end, self.end)

    def name_of_cluster(self, key: str) -> str:
        """What people call the units of a cluster; an officer's own words are its key and its name."""
        return next((cluster.name for cluster in self.clusters if cluster.key == key), key)


TILED = (CadenceKind.WEEK, CadenceKind.MONTH, CadenceKind.QUARTER)
"""Cadences whose periods follow each other without gaps."""


@dataclass(frozen=True)
class Edition:
    """A launched campaign changes only by a new edition; an obligation keeps the edition it was planned with."""

    number: int
    campaign: Campaign
    choices: Choices


_OFTEN = {
    CadenceKind.WEEK: (Rhythm.WEEK,),
    CadenceKind.MONTH: (Rhythm.WEEK, Rhythm.MONTH),
    CadenceKind.QUARTER: (Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER, Rhythm.SEASON),
}
_EVERY = tuple(rhythm for rhythm in Rhythm if rhythm is not Rhythm.NEVER)


def figures_asked(choices: Choices, kind: CadenceKind, names: Names, day: date | None = None) -> list[Asking]:
    """The figures that units of these names are asked for in periods of a kind, in order of rank.

    What moves every week is asked in every period, what moves once a month not in a weekly one, and so on up; a period
    outside a figure's season passes it over, where ``day`` says when the period ends.
    """
    rhythms = _OFTEN.get(kind, _EVERY)
    asked = [
        asking
        for asking in choices.askings
        if asking.holder is Holder.UNIT and asking.measure and asking.rhythm in rhythms and asking.concerns(names)
    ]
    return sorted((asking for asking in asked if day is None or _in_season(asking, day)), key=lambda one: one.rank)


def _in_season(asking: Asking, day: date) -> bool:
    return asking.season is None or asking.season[0] <= day <= asking.season[1]
