"""Choices of a campaign as texts show them: kinds of units, cadences, figures, reminder steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.campaign import CadenceKind, Campaign
from campaigns.choosing import Group
from campaigns.edition import TILED, Cadence, Choices
from campaigns.measure import MEASURES, Dimension
from campaigns.proposal import targets_asked
from campaigns.target import Holder, Sort, Target


def groups_shown(groups: Mapping[Group, list[Any]], left_out: frozenset[Group]) -> list[dict[str, Any]]:
    """The kinds of units with their places, as texts show them."""
    return [
        {"number": n, "kind": one.kind, "allied": one.allied, "out": one in left_out, "units": units}
        for n, (one, units) in enumerate(groups.items(), 1)
    ]


def regimes(cadences: Sequence[Cadence]) -> list[dict[str, Any]]:
    """Cadences as texts show them: days are counted from a period's last, weekdays are given where it is a week."""
    return [
        {
            "number": number,
            "kind": str(one.kind),
            "begins": one.begins,
            "who": list(one.who or ()),
            "but": list(one.but),
            **{name: _moment(one, getattr(one, name)) for name in ("ask", "due", "close")},
        }
        for number, one in enumerate(cadences, 1)
    ]


def _moment(cadence: Cadence, moment: Any) -> dict[str, Any]:
    weekday = (cadence.begins - 1 + moment.days) % 7 if cadence.kind is CadenceKind.WEEK else None
    return {"days": moment.days, "at": f"{moment.at:%H:%M}", "weekday": weekday}


def figures_shown(campaign: Campaign, choices: Choices, sorts: Sequence[Sort] = ()) -> dict[str, Any]:
    """What is asked of units, with its place in the plan, what is not, and the open question."""
    place = {target.key: number for number, target in enumerate(campaign.targets, 1)}
    asked = targets_asked(choices, [one.names for one in sorts])
    known = {one.target: one.label for one in choices.askings}
    told = next((a for a in choices.askings if a.holder is Holder.UNIT and not a.measure), None)
    others = [t for t in campaign.targets if t.key not in asked and not (told and told.target == t.key)]
    return {
        "asked": [
            {
                "number": place[t],
                "label": a.label,
                "measure": a.measure,
                "rhythm": str(a.rhythm),
                "asked": a.asked,
                "who": [] if sorts and all(a.concerns(one.names) for one in sorts) else list(a.who or ()),
            }
            for t, a in asked.items()
        ],
        "others": [{"number": place[t.key], "label": (known.get(t.key) or t.name)[:40]} for t in others],
        "could": _could_be_asked(campaign, choices, others),
        "often": _shortest(choices),
        "question": told.asked if told else "",
        "at_most": choices.figures_at_most,
    }


def _could_be_asked(campaign: Campaign, choices: Choices, others: Sequence[Target]) -> dict[str, Any] | None:
    """A figure that is not asked for and could be, as an example; rather one that somebody has worded."""
    worded = {one.target: one for one in choices.askings if one.asked}
    for target in sorted(others, key=lambda one: one.key not in worded):
        asking = worded.get(target.key)
        measure = (asking and asking.measure) or target.measure
        if measure in MEASURES and MEASURES[measure].dimension is not Dimension.SHARE:
            number = campaign.targets.index(target) + 1
            return {"number": number, "measure": measure, "asked": asking.asked if asking else ""}
    return None


def _shortest(choices: Choices) -> str:
    """How often a figure may be asked for that is asked for in every period."""
    kinds = {one.kind for one in choices.cadences if one.who != ()}
    return str(next((kind for kind in TILED if kind in kinds), CadenceKind.QUARTER))


def steps_shown(choices: Choices) -> list[dict[str, Any]]:
    """Reminder steps as texts show them."""
    return [
        {"number": number, "days": step.days, "hours": step.hours, "at": f"{step.at:%H:%M}" if step.at else ""}
        for number, step in enumerate(choices.reminders, 1)
    ]
