"""What a change to a running campaign comes to: what changes, for whom, from when; and who is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaigns.campaign import Campaign
from campaigns.difference import Change, What, changes
from campaigns.edition import Choices
from campaigns.obligation import Obligation
from campaigns.registration import Registration
from campaigns.replanning import Effect, effects, fixed
from campaigns.target import Names
from dialogue.say import unit
from handlers.choices_shown import regimes, steps_shown
from handlers.periods import named


@dataclass(frozen=True)
class Outcome:
    """The choices of the new edition, what they change, and the effect on everybody who takes part."""

    choices: Choices
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]

    @property
    def concerned(self) -> list[Effect]:
        """Those for whom something is other than before, or whose campaign ends on another day."""
        ends = any(change.what is What.END for change in self.changes)
        return [one for one in self.effects if one.first is not None or ends]

    def counts(self) -> dict[str, int]:
        """How many obligations are added, moved and dropped."""
        found = [_counts(one) for one in self.effects]
        return {name: sum(one[name] for one in found) for name in ("added", "moved", "dropped")}


def outcome(
    before: Choices,
    after: Choices,
    registrations: Sequence[Registration],
    planned: Sequence[Obligation],
    now: datetime,
) -> Outcome:
    """What later choices come to."""
    owing = [one for one in registrations if not one.allied and one.takes_part]
    choices, found = effects(before, after, owing, planned, now)
    return Outcome(choices, tuple(changes(before, choices)), tuple(found))


def _counts(effect: Effect) -> dict[str, int]:
    """Periods keep their identity where they are moved."""
    old = {(str(one.period.kind), one.period.number, one.period.start): one for one in effect.stands}
    new = {(str(due.period.kind), due.period.number, due.period.start): due for due in effect.wanted}
    same = [(old[key], new[key]) for key in old.keys() & new.keys()]
    moved = sum(
        (o.period, o.ask_at, o.due_at, o.close_at) != (d.period, d.ask_at, d.due_at, d.close_at) for o, d in same
    )
    return {"added": len(new.keys() - old.keys()), "moved": moved, "dropped": len(old.keys() - new.keys())}


def still_open(planned: Iterable[Obligation], now: datetime) -> int:
    """How many forms were asked for, are not closed and wait for an answer: a change leaves them alone."""
    return sum(fixed(one, now) and not one.closed(now) and one.first_said_at is None for one in planned)


def shown(outcome: Outcome, campaign: Campaign, number: int) -> dict[str, Any]:
    """The change as an officer sees it before saying yes."""
    return {
        "title": campaign.plan.title,
        "number": number,
        "changes": [change_shown(change) for change in outcome.changes],
        "concerned": [unit(one.registration.unit) for one in outcome.concerned],
        "first": first_of(outcome.concerned),
        **outcome.counts(),
    }


def first_of(concerned: Iterable[Effect]) -> dict[str, Any] | None:
    """The first period in which anybody notices."""
    periods = [one.first for one in concerned if one.first is not None]
    return named(min(periods, key=lambda period: period.end)) if periods else None


def _who(change: Change) -> list[str]:
    """Of whom alone a figure is asked from here on; nobody is named where it is everybody or nobody."""
    still = change.other if change.what is What.NOT_ASKED else change.asking
    return list(still.who or ()) if still else []


def change_shown(change: Change, names: Names | None = None) -> dict[str, Any]:
    """One change as texts show it: whole, or as it is for units of these names."""
    asking = change.asking
    owed = [one for one in change.after.cadences if one.who != ()]
    if names is not None:
        owed = [replace(one, who=None, but=()) for one in owed if one.concerns(names)]
    return {
        "what": str(change.what),
        "old_end": change.before.end.isoformat(),
        "end": change.after.end.isoformat(),
        "regimes": regimes(owed),
        "steps": steps_shown(change.after),
        "label": asking.label if asking else "",
        "measure": asking.measure if asking else "",
        "asked": asking.asked if asking else "",
        "who": _who(change) if names is None else [],
    }
