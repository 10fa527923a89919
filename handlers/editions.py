"""Changing a running campaign: a new edition, seen before it counts, said to those it concerns and to nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, pairwise
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.burden import burden
from campaigns.difference import changes
from campaigns.edition import Cadence, Choices, Edition
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.proposal import fitted, standard
from campaigns.registration import Registration
from campaigns.replanning import Effect, ending
from campaigns.target import Sort
from dialogue.forms import Form, Option, Pick
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.choosing import (
    Asked,
    Numbers,
    end_asked,
    figures_asked_for,
    hours_asked,
    kind_asked,
    steps_asked,
)
from handlers.conversation import begin
from handlers.edition_effect import Outcome, change_shown, outcome, shown, still_open
from handlers.form_of_unit import asked_by_kind
from handlers.loading import Launched
from handlers.periods import named
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

END = Option("end", "buttons.change_end", ("ngay", "sua ngay", "ngay ket thuc", "ket thuc"))
CADENCE = Option("cadence", "buttons.change_cadence", ("ky", "sua ky"))
HOURS = Option("hours", "buttons.change_hours", ("gio", "sua gio"))
FIGURES = Option("figures", "buttons.change_figures", ("so", "sua so", "so hoi", "sua so hoi"))
STEPS = Option("steps", "buttons.change_steps", ("nhac", "sua nhac"))
CHANGE_IT = Option("yes", "buttons.new_edition", ("doi", "dong y", "dung"))
MORE = Option("more", "buttons.change_more", ("sua them", "sua tiep"))


@dataclass(frozen=True)
class Facts:
    """The newest edition, who takes part, what is planned. ``now`` only says what has been asked for already."""

    campaign: Id
    edition: Edition
    registrations: tuple[Registration, ...]
    planned: tuple[Obligation, ...]
    elsewhere: Mapping[Id, tuple[datetime, ...]]
    now: datetime

    @property
    def sorts(self) -> list[Sort]:
        """The sorts of units that report, in roster order."""
        return list(dict.fromkeys(one.sort for one in self.registrations if not one.allied and one.takes_part))

    def outcome(self, after: Choices) -> Outcome:
        """What other choices come to."""
        return outcome(self.edition.choices, after, self.registrations, self.planned, self.now)

    def too_much(self, after: Choices) -> bool:
        """Whether anybody would be asked more often than a person may be, all campaigns together."""
        owing = [one for one in self.registrations if not one.allied and one.takes_part]
        asked = {(one.names, self.elsewhere.get(one.unit, ())) for one in owing}
        return any(burden(after, *one, self.now).too_much for one in asked)


def facts(launched: Launched, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn: a form may go out, somebody else may make an edition meanwhile."""
    return Facts(
        launched.id,
        store.campaigns.edition(launched.id),
        tuple(store.campaigns.registrations(launched.id)),
        tuple(store.replanning.planned(launched.id)),
        store.replanning.to_come(store.campaigns.path(launched.id), but=launched.id),
        turn.now,
    )


def script(facts: Facts) -> Asked[Outcome]:
    """One change or several, then what they come to and for whom; a yes counts for exactly that."""
    numbers, choices = count(1), facts.edition.choices
    while True:
        choices = yield from _changed(choices, facts, numbers)
        coming = facts.outcome(choices)
        about = {
            **shown(coming, facts.edition.campaign, facts.edition.number + 1),
            "by_kind": asked_by_kind(coming.choices, facts.sorts),
            "waiting": still_open(facts.planned, facts.now),
            "too_much": facts.too_much(coming.choices),
        }
        options = (CHANGE_IT, MORE) if coming.changes and not about["too_much"] else (MORE,)
        key = f"confirm.{next(numbers)}"
        answer = (yield Form("edition", (Pick(key, options, about, text="preview"),), about))[key]
        if answer.value == CHANGE_IT.key:
            return coming


def _changed(choices: Choices, facts: Facts, numbers: Numbers) -> Asked[Choices]:
    key = f"what.{next(numbers)}"
    about = {"title": facts.edition.campaign.plan.title, "number": facts.edition.number}
    options = _options(facts.edition, choices)
    what = (yield Form("edition", (Pick(key, options, about, text="what"),), about))[key].value
    if what == END.key:
        return fitted(ending(choices, (yield from end_asked(numbers, choices.start, choices.end))))
    if what == CADENCE.key:
        return fitted(_at_another_pace(choices, standard((yield from kind_asked(numbers, facts.edition.campaign)))))
    if what == HOURS.key:
        return (yield from hours_asked(numbers, choices, facts.sorts))
    if what == FIGURES.key:
        return (yield from figures_asked_for(numbers, facts.edition.campaign, choices, facts.sorts))
    return (yield from steps_asked(numbers, choices))


def _options(edition: Edition, choices: Choices) -> tuple[Option, ...]:
    """How often is asked anew only where everybody reports in one way; several regimes are changed by the hour."""
    found = [
        (True, END),
        (len(_owed(choices)) == 1, CADENCE),
        (bool(_owed(choices)), HOURS),
        (bool(edition.campaign.targets), FIGURES),
        (True, STEPS),
    ]
    return tuple(option for wanted, option in found if wanted)


def _owed(choices: Choices) -> list[Cadence]:
    return [one for one in choices.cadences if one.who != ()]


def _at_another_pace(choices: Choices, cadence: Cadence) -> Choices:
    """The same units report in periods of another kind."""
    (old,) = _owed(choices)
    calendar = [one for one in choices.cadences if one.who == ()]
    return replace(choices, cadences=(replace(cadence, who=old.who), *calendar))


def finish(coming: Outcome, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Make the edition, plan anew what was not asked for yet, and tell each head whom it concerns."""
    edition = store.campaigns.change(facts.campaign, coming.choices, **coming.counts())
    for effect in coming.effects:
        store.replanning.replan(facts.campaign, edition.number, effect.registration, effect.wanted)
    told = [(effect, head.id) for effect in coming.concerned for head in _heads(effect, store)]
    phoned = [
        {"unit": unit(effect.registration.unit), "head": person(head)}
        for effect, head in told
        if not store.people.account_of(head)
    ]
    values = {"title": edition.campaign.plan.title, "number": edition.number, "count": len(coming.concerned)}
    made = Say("edition.made", {**values, "phoned": phoned})
    return [made, *(_to_head(effect, head, edition, coming, facts) for effect, head in told)]


def _heads(effect: Effect, store: Store) -> Iterable[Any]:
    return store.people.holders(effect.registration.unit, Role.REPORTER)


def _to_head(effect: Effect, head: Id, edition: Edition, coming: Outcome, facts: Facts) -> Say:
    mine = [change for change in coming.changes if change.concerns(effect.registration.names)]
    values = {
        "title": edition.campaign.plan.title,
        "unit": unit(effect.registration.unit),
        "changes": [change_shown(change, effect.registration.names) for change in mine],
        "first": named(effect.first) if effect.first else None,
    }
    key = f"edition:{facts.campaign.hex}:{edition.number}:{effect.registration.unit.hex}:{head.hex}"
    return Say("edition_told.changed", values, to=head, lane=Lane.BULK, key=key)


CHANGE = routes.story(Story("edition", Action.LAUNCH, "campaign", facts, script, finish))


@routes.command("sua phong trao", "doi phong trao", "dieu chinh phong trao", action=Action.LAUNCH)
def change(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Change what runs; where several campaigns run, first choose one."""
    running = _within_reach(turn, store)
    if len(running) == 1:
        return begin(turn, CHANGE, Launched(running[0]), store)
    return [_which("edition.which", "edition.change", running, store)] if running else [Say("edition.nothing")]


@routes.button("edition.change", action=Action.LAUNCH, loads="campaign")
def change_this(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """Change this campaign."""
    return begin(turn, CHANGE, launched, store)


@routes.command("lich su phong trao", "cac lan doi", action=Action.LAUNCH)
def history(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Who changed what, when; where several campaigns run, first choose one."""
    running = _within_reach(turn, store)
    if len(running) == 1:
        return [_history(running[0], store)]
    return [_which("edition.which", "edition.history", running, store)] if running else [Say("edition.nothing")]


@routes.button("edition.history", action=Action.LAUNCH, loads="campaign")
def history_of(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """Who changed what in this campaign."""
    return [_history(launched.id, store)]


def _within_reach(turn: Turn, store: Store) -> list[Id]:
    return [one for one in store.campaigns.all() if may(turn.actor, Action.LAUNCH, store.campaigns.path(one))]


def _which(text: str, route: str, campaigns: Sequence[Id], store: Store) -> Say:
    titles = [(one, store.campaigns.edition(one).campaign.plan) for one in campaigns]
    choices = tuple(
        Choice("buttons.on_offer", f"{route}:{one}", {"title": plan.title, "issuer": plan.issuer})
        for one, plan in titles
    )
    return Say(text, choices=choices)


def _history(campaign: Id, store: Store) -> Say:
    made = store.campaigns.editions(campaign)
    steps = [changes(old.edition.choices, new.edition.choices) for old, new in pairwise(made)]
    rows = [
        {
            "number": one.edition.number,
            "at": one.at.isoformat(),
            "by": person(one.by) if one.by else None,
            "end": one.edition.choices.end.isoformat(),
            "changes": [change_shown(change) for change in what],
        }
        for one, what in zip(made, [[], *steps], strict=True)
    ]
    return Say("edition.history", {"title": made[0].edition.campaign.plan.title, "rows": rows})
