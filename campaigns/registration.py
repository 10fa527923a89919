"""Taking part: a registration, the works and tasks it names, and where its figures stood at the start."""

from dataclasses import dataclass

from campaigns.ids import Id


@dataclass(frozen=True)
class Registration:
    """A unit takes part in a campaign."""

    id: Id
    unit: Id
    path: str


@dataclass(frozen=True)
class Undertaking:
    """A work or task registered in honour of a campaign (công trình, phần việc), reported as a running total.

    ``goal`` is in ten-thousandths of ``measure``; ``words`` are the names it goes by in an answer.
    """

    key: str
    label: str
    asked: str
    measure: str
    goal: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Baseline:
    """Where a figure stood before the first report, and the unit's own goal for it, in ten-thousandths."""

    item: str
    amount: int | None = None
    goal: int | None = None
