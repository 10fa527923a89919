"""What one edition's choices change in another's, one line each; of what is said to people, and to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from campaigns.edition import Cadence, Choices, Step
from campaigns.proposal import targets_asked
from campaigns.target import Asking, Names


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
    """One change: of ``choices`` before and after, or of the ``asking`` of one target, which was or is ``other``."""

    what: What
    before: Choices
    after: Choices
    asking: Asking | None = None
    other: Asking | None = None

    def concerns(self, names: Names) -> bool:
        """Whether units of these names have to know of it."""
        if self.what is What.CADENCES:
            return _regime(self.before, names) != _regime(self.after, names)
        if self.asking is not None:
            both = self.other is not None and self.other.concerns(names)
            return self.asking.concerns(names) and both is (self.what is What.REWORDED)
        return self.what is What.END


def changes(before: Choices, after: Choices) -> list[Change]:
    """Everything that changed, in the order in which people want to know it."""
    found = [Change(what, before, after) for what in _whole(before, after)]
    return found + [Change(what, before, after, *asking) for what, *asking in _figures(before, after)]


def _whole(before: Choices, after: Choices) -> Iterator[What]:
    if before.end != after.end:
        yield What.END
    if _regimes(before.cadences) != _regimes(after.cadences):
        yield What.CADENCES
    if _steps(before.reminders) != _steps(after.reminders):
        yield What.REMINDERS


def _figures(before: Choices, after: Choices) -> Iterator[tuple[What, Asking, Asking | None]]:
    """What somebody chose otherwise; not what a season passes over because the campaign ends on another day.

    A figure that other units than before are asked for is asked of some of them anew, and of some no more.
    """
    old, new, chosen = targets_asked(before), targets_asked(after), _chosen(before, after)
    both = [target for target in new if target in chosen & old.keys()]
    yield from ((What.ASKED, asking, None) for target, asking in new.items() if target in chosen - old.keys())
    yield from ((What.ASKED, new[t], old[t]) for t in both if _beyond(new[t], old[t]))
    yield from ((What.NOT_ASKED, asking, None) for target, asking in old.items() if target in chosen - new.keys())
    yield from ((What.NOT_ASKED, old[t], new[t]) for t in both if _beyond(old[t], new[t]))
    yield from ((What.REWORDED, new[t], old[t]) for t in both if _words(new[t]) != _words(old[t]))


def _beyond(one: Asking, other: Asking) -> bool:
    """Whether it is asked of somebody of whom the other is not."""
    return other.who is not None and (one.who is None or not set(one.who) <= set(other.who))


def _chosen(before: Choices, after: Choices) -> set[str]:
    if [one.kind for one in before.cadences] != [one.kind for one in after.cadences]:
        return {one.target for one in after.askings}
    old = {one.target: one for one in before.askings}
    return {one.target for one in after.askings if one != old.get(one.target)}


def _words(asking: Asking) -> tuple[object, ...]:
    return asking.asked, asking.label, asking.measure, asking.kind, asking.rhythm


def _regime(choices: Choices, names: Names) -> list[Cadence]:
    return [replace(one, who=None, but=()) for one in _regimes(choices.cadences) if one.concerns(names)]


def _regimes(cadences: Iterable[Cadence]) -> list[Cadence]:
    """Where periods are counted from is no change by itself."""
    return [replace(cadence, since=None) for cadence in cadences]


def _steps(steps: tuple[Step, ...]) -> list[tuple[object, ...]]:
    return [(step.days, step.hours, step.at) for step in steps]
