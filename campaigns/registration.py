"""Taking part: a registration, the works and tasks it names, and where its figures stood at the start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from campaigns.ids import Id


@dataclass(frozen=True)
class Registration:
    """A unit takes part in a campaign, from a moment on and perhaps until one.

    ``cluster`` is the name under which the officer's choices speak of it; ``allied`` bodies owe nothing.
    """

    id: Id
    unit: Id
    path: str
    registered_at: datetime
    left_at: datetime | None = None
    cluster: str = ""
    allied: bool = False


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


def joined(
    works: Sequence[Iterable[Undertaking]], stood: Sequence[dict[str, Baseline]]
) -> tuple[list[Undertaking], list[Baseline]]:
    """What a unit made of several goes on with: all their works, and what their figures and goals come to together.

    Works of one key and measure are one work. A figure that one of them does not know is known of none.
    """
    undertakings: dict[str, Undertaking] = {}
    for work in (work for each in works for work in each):
        known = undertakings.get(work.key)
        undertakings[work.key] = replace(work, goal=_sum([known.goal, work.goal])) if known else work
    items = dict.fromkeys(item for each in stood for item in each)
    return list(undertakings.values()), [_together(item, [e[item] for e in stood if item in e]) for item in items]


def _together(item: str, parts: list[Baseline]) -> Baseline:
    return Baseline(item, _sum([part.amount for part in parts]), _sum([part.goal for part in parts]))


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
