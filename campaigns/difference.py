"""What one edition's choices change in another's, one line each; of what is said to people, and to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from campaigns.edition import Cadence, Choices, Step
from campaigns.proposal import targets_asked
from campaigns.target import Asking


class What(StrEnum):
    """What changed. Of reminders nobody has to be told: who answers in time gets none."""

    END = "end"
    CADENCES = "cadences"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    REWORDED = "reworded"
    REMINDERS = "reminders"


@dataclass(frozen=True)
class Change:
    """One change: of ``choices`` before and after, or of the ``asking`` of one target."""

    what: What
    before: Choices
    after: Choices
    asking: Asking | None = None

    def concerns(self, cluster: str) -> bool:
        """Whether units of that cluster have to know of it."""
        if self.what is What.CADENCES:
            return _regime(self.before, cluster) != _regime(self.after, cluster)
        if self.asking is not None:
            return self.asking.concerns(cluster)
        return self.what is What.END


def changes(before: Choices, after: Choices) -> list[Change]:
    """Everything that changed, in the order in which people want to know it."""
    found = [Change(what, before, after) for what in _whole(before, after)]
    return found + [Change(what, before, after, asking) for what, asking in _figures(before, after)]


def _whole(before: Choices, after: Choices) -> Iterator[What]:
    if before.end != after.end:
        yield What.END
    if _regimes(before.cadences) != _regimes(after.cadences):
        yield What.CADENCES
    if _steps(before.reminders) != _steps(after.reminders):
        yield What.REMINDERS


def _figures(before: Choices, after: Choices) -> Iterator[tuple[What, Asking]]:
    """What somebody chose otherwise; not what a season passes over because the campaign ends on another day."""
    old, new, chosen = targets_asked(before), targets_asked(after), _chosen(before, after)
    yield from ((What.ASKED, asking) for target, asking in new.items() if target in chosen - old.keys())
    yield from ((What.NOT_ASKED, asking) for target, asking in old.items() if target in chosen - new.keys())
    both = [target for target in new if target in chosen & old.keys()]
    yield from ((What.REWORDED, new[t]) for t in both if _words(new[t]) != _words(old[t]))


def _chosen(before: Choices, after: Choices) -> set[str]:
    if [one.kind for one in before.cadences] != [one.kind for one in after.cadences]:
        return {one.target for one in after.askings}
    old = {one.target: one for one in before.askings}
    return {one.target for one in after.askings if one != old.get(one.target)}


def _words(asking: Asking) -> tuple[object, ...]:
    return asking.asked, asking.label, asking.measure, asking.kind, asking.rhythm


def _regime(choices: Choices, cluster: str) -> list[Cadence]:
    return [replace(one, who=None) for one in _regimes(choices.cadences) if one.concerns(cluster)]


def _regimes(cadences: Iterable[Cadence]) -> list[Cadence]:
    """Where periods are counted from is no change by itself."""
    return [replace(cadence, since=None) for cadence in cadences]


def _steps(steps: tuple[Step, ...]) -> list[tuple[object, ...]]:
    return [(step.days, step.hours, step.at) for step in steps]
