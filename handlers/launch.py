"""Launching (phát động): pick a campaign, answer what its plan leaves open, see it as its people will, launch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import count
from typing import Any

from campaigns.authority import Action, Role
from campaigns.calendar import LOCAL, local_day
from campaigns.campaign import CadenceKind, Campaign
from campaigns.choosing import Group
from campaigns.edition import Choices
from campaigns.ids import Id
from campaigns.month import first_day, last_day
from campaigns.people import Unit
from campaigns.proposal import Offer, fitted, proposed, upward
from campaigns.replanning import ending
from campaigns.target import Sort
from dialogue.forms import Form, Option, Pick
from dialogue.routes import Routes, Story
from dialogue.say import Say, unit
from handlers.choosing import (
    Asked,
    Numbers,
    end_asked,
    figures_asked_for,
    hours_asked,
    kind_asked,
    start_asked,
    steps_asked,
    waves_asked,
    who_asked,
)
from handlers.conversation import begin
from handlers.launch_preview import Place, groups_of, preview, seen
from handlers.launched import told_of_launch
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

REGISTER = Option("register", "buttons.register_all", ("ghi ten luon", "ghi ten"))
INVITE = Option("invite", "buttons.invite_all", ("moi", "moi tung noi"))
NEXT = Option("next", "buttons.look_on", ("xem tiep", "tiep", "dung", "duoc", "dong y"))
GO = Option("go", "buttons.launch", ("phat dong", "dong y", "dung"))


@dataclass(frozen=True)
class Facts:
    """Over which unit it is launched, what is on offer there, and who is there to take part.

    ``now`` only says which periods are still ahead.
    """

    home: Unit
    offers: tuple[Offer, ...]
    over: tuple[str, ...]
    places: tuple[Place, ...]
    now: datetime

    @property
    def sorts(self) -> list[Sort]:
        """The sorts of units that would report, in roster order."""
        return list(dict.fromkeys(one.sort for one in self.places if not one.unit.allied))

    def offer(self, slug: str) -> Offer:
        """The offer of that slug."""
        return next(one for one in self.offers if one.campaign.slug == slug)


@dataclass(frozen=True)
class Plan:
    """What is about to be launched: ``way`` is how subordinate units come to take part."""

    campaign: Campaign
    choices: Choices
    left_out: frozenset[Group]
    way: str

    def taking_part(self, places: Sequence[Place]) -> list[Place]:
        """Everybody who is registered or invited."""
        return [one for one in places if Group(one.unit.kind, one.unit.allied) not in self.left_out]


def facts(home: Unit, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn: somebody else may have launched, units may have come."""
    offers = store.campaigns.on_offer()
    over = [one for one in offers if one.campaign.end and last_day(one.campaign.end) < local_day(turn.now)]
    asked = store.replanning.to_come(home.path)
    places = tuple(
        Place(
            place,
            tuple(head.id for head in store.people.holders(place.id, Role.REPORTER)),
            asked.get(place.id, ()),
        )
        for place in store.people.units_below(home.path)
        if not store.changes.after(place.id)
    )
    running = tuple(one for one in offers if one not in over)
    return Facts(home, running, tuple(one.campaign.plan.title for one in over), places, turn.now)


def script(facts: Facts) -> Asked[Plan]:
    """What the plan leaves open, each proposed; then all of it as its people will see it, for a yes."""
    numbers = count(1)
    offer = yield from _picked(facts)
    start, end = yield from _days(offer.campaign, numbers)
    choices = yield from _cadence(offer, start, end, numbers)
    by_plan = bool(upward(offer.campaign))
    choices = yield from hours_asked(numbers, choices, facts.sorts, by_plan=by_plan)
    if offer.campaign.targets:
        choices = yield from figures_asked_for(numbers, offer.campaign, choices, facts.sorts)
    choices = yield from steps_asked(numbers, choices)
    plan = Plan(offer.campaign, choices, frozenset(), "")
    return (yield from _seen_and_changed((yield from _who(plan, facts, numbers)), offer, facts, numbers))


def _picked(facts: Facts) -> Asked[Offer]:
    options = tuple(
        Option(
            one.campaign.slug,
            "buttons.on_offer",
            values={"title": one.campaign.plan.title, "issuer": one.campaign.plan.issuer},
        )
        for one in facts.offers
    )
    answer = yield Form("launch", (Pick("campaign", options),), {"over": list(facts.over)})
    return facts.offer(str(answer["campaign"].value))


def _days(campaign: Campaign, numbers: Numbers) -> Asked[tuple[date, date]]:
    """The plan's own days; those that it leaves open are asked."""
    days = [first_day(campaign.start)] if campaign.start else (yield from start_asked(numbers, campaign))
    if campaign.end:
        return days[0], last_day(campaign.end)
    return days[0], days[1] if len(days) > 1 else (yield from end_asked(numbers, days[0]))


def _cadence(offer: Offer, start: date, end: date, numbers: Numbers) -> Asked[Choices]:
    """How often, as the plan says or as is asked; and the waves, where they are reported on and nobody named them."""
    kinds = upward(offer.campaign) or ((yield from kind_asked(numbers, offer.campaign)),)
    unnamed = CadenceKind.WAVE in kinds and not offer.campaign.waves
    waves = (yield from waves_asked(numbers, start, end)) if unnamed else ()
    return proposed(offer, start, end, kinds, waves)


def _who(plan: Plan, facts: Facts, numbers: Numbers) -> Asked[Plan]:
    left_out, way = yield from who_asked(numbers, groups_of(facts.places), plan.left_out, (REGISTER, INVITE))
    return replace(plan, left_out=left_out, way=way)


def _seen_and_changed(plan: Plan, offer: Offer, facts: Facts, numbers: Numbers) -> Asked[Plan]:
    """The forms as heads will get them, then everything else; any of it is changed, and shown again."""
    looked_at: list[dict[str, Any]] = []
    while True:
        forms = seen(plan.campaign, plan.choices, plan.taking_part(facts.places), facts.now)
        for form in (one for one in forms if one not in looked_at):
            yield Form("launch", (Pick(f"seen.{next(numbers)}", (NEXT,), form, text="seen"),), form)
        looked_at = forms
        shown = preview(plan.campaign, plan.choices, plan.taking_part(facts.places), plan.way, facts.now)
        key = f"confirm.{next(numbers)}"
        options = _changes(offer, can_go=shown["can_go"])
        answer = (yield Form("launch", (Pick(key, options, shown, text="preview"),), shown))[key]
        if answer.value == GO.key:
            return plan
        plan = yield from _changed(str(answer.value), plan, offer, facts, numbers)


def _changes(offer: Offer, *, can_go: bool) -> tuple[Option, ...]:
    """What may be chosen anew; the plan's own days and cadence are not asked about."""
    campaign = offer.campaign
    found = [
        (can_go, GO),
        (campaign.end is None, Option("days", "buttons.change_days", ("ngay", "sua ngay"))),
        (not upward(campaign), Option("cadence", "buttons.change_cadence", ("ky", "sua ky"))),
        (True, Option("hours", "buttons.change_hours", ("gio", "sua gio"))),
        (bool(campaign.targets), Option("figures", "buttons.change_figures", ("so", "sua so"))),
        (True, Option("steps", "buttons.change_steps", ("nhac", "sua nhac"))),
        (True, Option("who", "buttons.change_who", ("ai", "sua ai"))),
    ]
    return tuple(option for wanted, option in found if wanted)


def _changed(what: str, plan: Plan, offer: Offer, facts: Facts, numbers: Numbers) -> Asked[Plan]:
    choices = plan.choices
    if what == "who":
        return (yield from _who(plan, facts, numbers))
    if what == "days":
        start, end = yield from _days(plan.campaign, numbers)
        choices = fitted(replace(ending(choices, end), start=start))
    elif what == "cadence":
        choices = yield from _cadence(offer, choices.start, choices.end, numbers)
    elif what == "hours":
        choices = yield from hours_asked(numbers, choices, facts.sorts, by_plan=bool(upward(plan.campaign)))
    elif what == "figures":
        choices = yield from figures_asked_for(numbers, plan.campaign, choices, facts.sorts)
    else:
        choices = yield from steps_asked(numbers, choices)
    return replace(plan, choices=choices)


def finish(plan: Plan, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Launch it, plan what is owed, and tell everybody concerned once."""
    if store.campaigns.by_slug(plan.campaign.slug):
        return [Say("launch.already", {"title": plan.campaign.plan.title})]
    launched = store.campaigns.launch(plan.campaign, plan.choices, facts.home.id)
    places = plan.taking_part(facts.places)
    if plan.way == REGISTER.key:
        _register(launched, plan.choices, places, store)
    return told_of_launch(launched, plan.campaign, plan.choices, places, plan.way == REGISTER.key, turn, store)


def _register(launched: Id, choices: Choices, places: Sequence[Place], store: Store) -> None:
    """Subordinate units take part from the campaign's first day; allied bodies are only ever invited."""
    since = datetime.combine(choices.start, time(), LOCAL)
    for place in places:
        if not place.unit.allied:
            registration = store.campaigns.register(launched, place.unit.id, since=since)
            store.obligations.plan(launched, 1, store.campaigns.registration(registration), choices)


LAUNCH = routes.story(Story("launch", Action.LAUNCH, "unit", facts, script, finish))


@routes.command("phat dong", action=Action.LAUNCH)
def launch(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Begin, where there is something to launch and somebody to take part in it."""
    home = store.people.unit(next(grant.unit for grant in turn.actor.grants if grant.role is Role.OFFICER))
    if not any(not place.allied for place in store.people.units_below(home.path)):
        return [Say("launch.nobody_below", {"unit": unit(home.id)})]
    if not _anything(home, turn, store):
        return [Say("launch.nothing_on_offer")]
    return begin(turn, LAUNCH, home, store)


def _anything(home: Unit, turn: Turn, store: Store) -> Any:
    today = local_day(turn.now)
    return [one for one in store.campaigns.on_offer() if not one.campaign.end or last_day(one.campaign.end) >= today]
