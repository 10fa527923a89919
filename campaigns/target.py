"""What a campaign aims at (chỉ tiêu) and who is asked about it, how often and in which words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Comparator(StrEnum):
    """How the goal is to be met; EQUAL is what a plan says when it only names a figure, RANGE has two ends."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    RANGE = "range"
    DONE = "done"


class Direction(StrEnum):
    """Which way is better; RANGE: neither less nor more than between two goals."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"
    RANGE = "range"


class Kind(StrEnum):
    """What a figure of this target means; running totals and what is new in a period are never confused."""

    LEVEL = "level"
    RUNNING_TOTAL = "running_total"
    IN_PERIOD = "in_period"
    RATIO = "ratio"
    M_OF_N = "m_of_n"
    DONE = "done"


class Holder(StrEnum):
    """Who knows the number: the UNIT that reports, an OFFICE with its registers, or nobody (it is COMPUTED)."""

    UNIT = "unit"
    OFFICE = "office"
    COMPUTED = "computed"


class Rhythm(StrEnum):
    """How often the number moves, so how often its holder may be asked."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    NEVER = "never"


@dataclass(frozen=True)
class Target:
    """One target of a plan. ``goal`` is in ten-thousandths of ``measure``; none for what is only done or not done.

    ``goal_to`` is the upper end of a RANGE. ``out_of`` counts all there are, plainly: 13 of 19 criteria have 19, three
    facilities to be kept have 3. ``due`` is the target's own last day, ``each`` whose target it is where every one of
    them has it for itself ("mỗi xã, phường").
    """

    key: str
    name: str
    measure: str | None
    comparator: Comparator
    comparator_stated: bool
    goal: int | None
    direction: Direction
    kind: Kind
    parent: str | None = None
    out_of: int | None = None
    criteria: tuple[int, ...] = ()
    area: str | None = None
    goal_to: int | None = None
    due: date | None = None
    each: str | None = None


class Gather(StrEnum):
    """How a parent's figure is proposed from its children's: what ``campaigns.consolidation`` knows how to do."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    LAST = "last"
    M_OF_N = "m_of_n"
    RATIO = "ratio"


Names = frozenset[str]
"""What an officer's choices may call a unit by: its kind ("làng"), and the cluster that it was put in."""


@dataclass(frozen=True)
class Sort:
    """Units of one kind that are in the same cluster, if in any: the choices cannot tell them apart."""

    kind: str
    cluster: str = ""

    @property
    def names(self) -> Names:
        """What the choices may call them by."""
        return Names({self.kind, self.cluster}) - {""}


@dataclass(frozen=True)
class Asking:
    """The officer's choice for one target: who is asked, when in the year, and in which words.

    ``words`` are the names by which people call it in an answer ("lúa", "heo"). ``kind`` and ``measure`` are those of
    the answer, which may differ from the target's own (a village is asked for households, never for a percentage).
    Without a ``measure`` it is asked in words only, never as a figure. Figures are asked in order of ``rank``.
    ``who`` are the kinds or clusters of units that are asked; none means everybody.
    """

    target: str
    holder: Holder
    rhythm: Rhythm
    asked: str = ""
    label: str = ""
    words: tuple[str, ...] = ()
    measure: str | None = None
    kind: Kind | None = None
    season: tuple[date, date] | None = None
    rank: int = 0
    who: tuple[str, ...] | None = None
    gather: Gather = Gather.SUM

    def concerns(self, names: Names) -> bool:
        """Whether units that go by these names are asked."""
        return self.who is None or not names.isdisjoint(self.who)
