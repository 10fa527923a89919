"""The form of one unit for one period: its undertakings first, then the figures in rhythm, at most three in all."""

from datetime import date

from campaigns.campaign import Edition
from campaigns.measure import MEASURES
from campaigns.obligation import Obligation
from campaigns.target import Asking, Holder, Kind, Rhythm
from dialogue.forms import Figure, Photos, Story
from storage.store import Store

PHOTOS_AT_MOST = 5


def figures_of(obligation: Obligation, edition: Edition, store: Store) -> tuple[Figure, ...]:
    """What the unit is asked, with the last value and its own goal in sight (both in ten-thousandths)."""
    base = store.campaigns.baselines(obligation.registration)
    last = {item: b.amount for item, b in base.items()} | store.reports.last_figures(obligation)
    own = [
        Figure(u.key, u.label, u.asked, MEASURES[u.measure], True, last.get(u.key), u.goal, u.words)
        for u in store.campaigns.undertakings(obligation.registration)
    ]
    goals = {item: b.goal for item, b in base.items()}
    asked = [_figure(asking, edition, last, goals) for asking in _askings(obligation, edition)]
    return tuple((own + asked)[: edition.choices.figures_at_most])


def _figure(asking: Asking, edition: Edition, last: dict[str, int | None], goals: dict[str, int | None]) -> Figure:
    key = asking.target
    target = edition.campaign.target(key)
    measure = MEASURES[asking.measure or target.measure or ""]
    total = (asking.kind or target.kind) is Kind.RUNNING_TOTAL
    return Figure(key, asking.label, asking.asked, measure, total, last.get(key), goals.get(key), asking.words)


def _askings(obligation: Obligation, edition: Edition) -> list[Asking]:
    """The weekly figures that villages hold, in season; the open question has no measure."""
    weekly = [a for a in edition.choices.askings if a.holder is Holder.VILLAGE and a.rhythm is Rhythm.WEEK]
    return sorted(
        (a for a in weekly if a.measure and _in_season(a, obligation.period.end)), key=lambda asking: asking.rank
    )


def story_of(edition: Edition) -> Story:
    """The one open question, in the officer's words if there are any."""
    asked = (a.asked for a in edition.choices.askings if a.holder is Holder.VILLAGE and a.measure is None and a.asked)
    return Story("story", asked=next(asked, ""))


def photos() -> Photos:
    """Photos that come with a report."""
    return Photos("photos", PHOTOS_AT_MOST)


def _in_season(asking: Asking, day: date) -> bool:
    return asking.season is None or asking.season[0] <= day <= asking.season[1]
