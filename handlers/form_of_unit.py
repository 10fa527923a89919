"""The form of one unit for one period: its undertakings, targets it chose, other figures in rhythm; three at most."""

from collections.abc import Sequence
from typing import Any

from campaigns.calendar import Period
from campaigns.edition import Choices, Edition, figures_asked
from campaigns.measure import MEASURES
from campaigns.obligation import Obligation
from campaigns.proposal import asked_of
from campaigns.target import Asking, Holder, Kind, Names, Sort
from dialogue.forms import Figure, Gathered, Photos, Story
from handlers.gathering import gathered
from storage.store import Store

PHOTOS_AT_MOST = 5


def figures_of(obligation: Obligation, edition: Edition, store: Store) -> tuple[Figure, ...]:
    """What the unit is asked, with the last value and its own goal in sight (both in ten-thousandths)."""
    base = store.campaigns.baselines(obligation.registration)
    last = {item: b.amount for item, b in base.items()} | store.reports.last_figures(obligation)
    goals = {item: b.goal for item, b in base.items()}
    named = store.campaigns.undertakings(obligation.registration, obligation.asked_at)
    own = [
        Figure(u.key, u.label, u.asked, MEASURES[u.measure], True, last.get(u.key), u.goal, u.words)
        for u in named
        if not u.of_the_plan
    ]
    names = store.campaigns.registration(obligation.registration).names
    asked = figures_asked(edition.choices, obligation.period.kind, names, obligation.period.end)
    chosen = {u.key for u in named if u.of_the_plan}
    asked.sort(key=lambda asking: asking.target not in chosen)
    below = gathered(obligation, edition, asked, store)
    figures = own + [_figure(a, edition, last.get(a.target), goals.get(a.target), below.get(a.target)) for a in asked]
    return tuple(figures[: edition.choices.figures_at_most])


def first_figures(edition: Edition, period: Period, names: Names) -> tuple[Figure, ...]:
    """What a unit is asked that has registered nothing of its own and has reported nothing yet."""
    asked = figures_asked(edition.choices, period.kind, names, period.end)
    figures = [_figure(asking, edition, None, None, None) for asking in asked]
    return tuple(figures[: edition.choices.figures_at_most])


def asked_by_kind(choices: Choices, sorts: Sequence[Sort]) -> list[dict[str, Any]]:
    """What which units are asked for, where not all are asked for the same: kinds that are stand together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for sort in sorts:
        figures = tuple(one.label for one in asked_of(choices, sort.names).values())
        found.setdefault(figures, []).append(sort.kind)
    rows = [{"kinds": list(dict.fromkeys(kinds)), "figures": list(figures)} for figures, kinds in found.items()]
    return rows if len(rows) > 1 else []


def _figure(asking: Asking, edition: Edition, last: int | None, goal: int | None, below: Gathered | None) -> Figure:
    target = edition.campaign.target(asking.target)
    measure = MEASURES[asking.measure or target.measure or ""]
    total = (asking.kind or target.kind) is Kind.RUNNING_TOTAL
    key, label = asking.target, asking.label
    return Figure(key, label, asking.asked, measure, total, last, goal, asking.words, gathered=below)


def story_of(edition: Edition, *, alone: bool = False) -> Story:
    """The one open question, in the officer's words if there are any; ``alone``, it is what the form waits for."""
    asked = (a.asked for a in edition.choices.askings if a.holder is Holder.UNIT and a.measure is None and a.asked)
    return Story("story", required=alone, asked=next(asked, ""))


def photos() -> Photos:
    """Photos that come with a report."""
    return Photos("photos", PHOTOS_AT_MOST)
