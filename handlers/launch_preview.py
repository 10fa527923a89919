"""A launch as its people will see it: the form of one head, the calendar, the burden, and who is invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaigns.burden import Burden, burden
from campaigns.calendar import periods
from campaigns.campaign import Campaign
from campaigns.choosing import Group
from campaigns.edition import Choices, Edition
from campaigns.ids import Id
from campaigns.people import Unit
from campaigns.replanning import Due
from campaigns.target import Names, Sort
from dialogue.answers import meaning
from dialogue.say import person, unit
from handlers.choices_shown import figures_shown, regimes, steps_shown
from handlers.form_of_unit import asked_by_kind, first_figures, story_of
from handlers.periods import named
from handlers.screens import line

PERIODS_SHOWN = 3


@dataclass(frozen=True)
class Place:
    """A unit below, its heads, and when it is asked for something by other campaigns."""

    unit: Unit
    heads: tuple[Id, ...]
    asked_at: tuple[datetime, ...] = ()

    @property
    def sort(self) -> Sort:
        """How choices tell it from others, as long as it is in no cluster."""
        return Sort(self.unit.kind)


def groups_of(places: Sequence[Place]) -> dict[Group, list[dict[str, str]]]:
    """Units by kind, in roster order; allied bodies stand by themselves."""
    groups: dict[Group, list[dict[str, str]]] = {}
    for place in places:
        groups.setdefault(Group(place.unit.kind, place.unit.allied), []).append(unit(place.unit.id))
    return groups


def to_come(choices: Choices, now: datetime) -> list[Due]:
    """Everything that will be asked for and is not closed yet, by the moment of asking."""
    owed = [Due(period, one) for one in choices.cadences if one.who != () for period in periods(choices, one)]
    return sorted((due for due in owed if due.close_at > now), key=lambda due: due.ask_at)


def seen(campaign: Campaign, choices: Choices, places: Sequence[Place], now: datetime) -> list[dict[str, Any]]:
    """The very first form as the first head will get it, and that of each kind that is asked something else."""
    coming = to_come(choices, now)
    found: dict[str, dict[str, Any]] = {}
    for place in places:
        first = next((due for due in coming if due.cadence.concerns(place.sort.names)), None)
        if first is not None and place.heads and not place.unit.allied:
            form = _form(Edition(1, campaign, choices), place, first)
            found.setdefault(meaning(form["period"], form["lines"], form["ask_at"], form["due_at"]), form)
    return list(found.values())


def _form(edition: Edition, who: Place, first: Due) -> dict[str, Any]:
    figures = first_figures(edition, first.period, who.sort.names)
    return {
        "unit": unit(who.unit.id),
        "head": person(who.heads[0]),
        "period": named(first.period),
        "ask_at": first.ask_at.isoformat(),
        "due_at": first.due_at.isoformat(),
        "lines": [line(figure, None, number) for number, figure in enumerate(figures, 1)],
        "story": story_of(edition).asked,
    }


def preview(campaign: Campaign, choices: Choices, places: Sequence[Place], way: str, now: datetime) -> dict[str, Any]:
    """Everything else; the digest stands for what is not shown word by word."""
    coming = to_come(choices, now)
    worst = _worst(choices, places, now)
    groups = groups_of(places)
    shown = {
        "title": campaign.plan.title,
        "start": choices.start.isoformat(),
        "end": choices.end.isoformat(),
        "regimes": regimes([one for one in choices.cadences if one.who != ()]),
        "by_kind": asked_by_kind(choices, list(dict.fromkeys(one.sort for one in places if not one.unit.allied))),
        "periods": [_period(due) for due in _soonest(coming)],
        "count": len(coming),
        "steps": steps_shown(choices),
        "forms": worst.forms,
        "reminders": worst.reminders,
        "too_much": worst.too_much,
        "groups": [{"kind": g.kind, "allied": g.allied, "count": len(units)} for g, units in groups.items()],
        "way": way,
        "headless": [unit(place.unit.id) for place in places if not place.heads],
        "can_go": bool(coming) and not worst.too_much,
    }
    everything = figures_shown(campaign, choices), [str(place) for place in groups.values()]
    return {**shown, "digest": meaning(shown, everything)}


def _soonest(coming: Sequence[Due]) -> Sequence[Due]:
    """The next periods; where there are several regimes the next one of each."""
    firsts = {due.cadence: due for due in reversed(coming)}
    return sorted(firsts.values(), key=lambda due: due.ask_at) if len(firsts) > 1 else coming[:PERIODS_SHOWN]


def _period(due: Due) -> dict[str, Any]:
    moments = {"ask_at": due.ask_at, "due_at": due.due_at, "close_at": due.close_at}
    who = {"who": list(due.cadence.who or ())}
    return {"period": named(due.period), **who, **{name: at.isoformat() for name, at in moments.items()}}


def _worst(choices: Choices, places: Sequence[Place], now: datetime) -> Burden:
    """What falls on the head who is asked most, over all campaigns together."""
    asked = {(place.sort.names, place.asked_at) for place in places if not place.unit.allied} or {(Names(), ())}
    return max((burden(choices, *one, now) for one in asked), key=lambda one: (one.forms, one.reminders))
