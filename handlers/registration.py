"""Registering a unit (đăng ký thi đua): a yes to what was shown, tasks, works one by one, the day of the pledge."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from campaigns.authority import Action, Grant, Role
from campaigns.calendar import local_day
from campaigns.edition import Edition
from campaigns.entry import invited
from campaigns.ids import Id
from campaigns.registration import Registration, State, Step
from dialogue.forms import SEND, Draft, Form, Option, Pick, Script, ask
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, unit
from handlers.conversation import begin
from handlers.entry_questions import (
    Facts,
    asked_pledge,
    asked_tasks,
    asked_works,
    entry_in,
    entry_of,
    is_option,
    shown_entry,
)
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.registrations import StaleRegistration
from storage.store import Store

routes = Routes()

YES = Option("yes", "buttons.yes_take_part", ("co", "dong y", "tham gia", "duoc", "nhat tri"))
NO = Option("no", "buttons.not_now", ("khong", "ko", "thoi", "chua"))
HEARD = Option("yes", "buttons.heard_yes", ("da hoi", "dong y", "roi", "co"))
NOT_HEARD = Option("no", "buttons.not_asked", ("chua hoi", "chua", "khong"))
AGAIN = Option("again", "buttons.start_over", ("lam lai", "sua", "khong", "ko", "chua", "khong dung"))


def facts(registration: Registration, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    by_phone = bool(conversation.context.get("by_phone"))
    return facts_of(registration, store, by_phone=by_phone)


def facts_of(registration: Registration, store: Store, *, by_phone: bool = False) -> Facts:
    """What can be said of a registration outside a conversation as well."""
    assert registration.campaign is not None
    edition = store.campaigns.edition(registration.campaign)
    place = store.people.unit(registration.unit)
    plan = invited(edition.campaign.entry_rules, place.kind, edition.choices.figures_at_most)
    heads = store.people.holders(registration.unit, Role.REPORTER)
    return Facts(registration, edition, plan, by_phone, heads[0].id if heads else None)


def script(facts: Facts) -> Script:
    """A yes; tasks, works and the pledge where the plan invites to them; then all of it once more for a yes."""
    options = (HEARD, NOT_HEARD) if facts.by_phone else (YES, NO)
    draft = yield from ask(Form("registration", (Pick("takes_part", options, facts.about),), facts.about))
    if draft["takes_part"].value == NO.key:
        return draft
    draft |= yield from asked_tasks(facts)
    draft |= yield from asked_works(facts)
    draft |= yield from asked_pledge(facts)
    shown = {**facts.about, **shown_entry(entry_in(draft, facts), facts)}
    if facts.invited.tasks or facts.invited.works or facts.invited.pledge:
        draft |= yield from ask(Form("registration", (Pick("confirm", (SEND, AGAIN), shown),), shown))
    return draft


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Keep it, once; a no is kept nowhere. After the last day the officer is there to talk to."""
    if draft["takes_part"].value == NO.key:
        return [Say("registration.not_now", facts.about)]
    if "confirm" in draft and is_option(draft["confirm"], AGAIN):
        return begin(turn, REGISTER, facts.registration, store, context={"by_phone": facts.by_phone})
    if closed(facts.edition, turn):
        return [Say("registration.closed", facts.about)]
    entry = entry_in(draft, facts)
    try:
        kept = store.registrations.register(facts.registration, entry, for_person=_spoke(facts))
        if facts.by_phone and kept.state is State.PENDING:
            kept = store.registrations.step(kept, Step.CONFIRM)  # who writes it down has seen it
    except StaleRegistration:
        return [Say("registration.there_already", facts.about)]
    values = {**facts.about, **shown_entry(entry, facts), "state": str(kept.state)}
    return [Say("registration.receipt", values), *_told(kept, values, facts, turn, store)]


def _spoke(facts: Facts) -> Id | None:
    return facts.head if facts.by_phone else None


def closed(edition: Edition, turn: Turn) -> bool:
    """Whether the last day to register has passed."""
    return local_day(turn.now) > edition.choices.last_day_to_register()


def _told(kept: Registration, values: dict[str, Any], facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """The officer hears of what waits for a yes; a head hears what was written down for them."""
    says = tell_officers(kept, turn, store) if kept.state is State.PENDING else []
    if facts.by_phone and facts.head and store.people.account_of(facts.head):
        key = f"registered:{kept.id}:{kept.revision}"
        says.append(Say("registration.written_down", values, to=facts.head, key=key))
    return says


def tell_officers(kept: Registration, turn: Turn, store: Store) -> list[Say]:
    """Something waits for an officer's yes."""
    button = Choice("buttons.show_registration", f"registration.show:{kept.id}", {"unit": unit(kept.unit)}, typed=True)
    key = f"waits:{kept.id}:{kept.revision}"
    officers = store.people.nearest_above(kept.path, Role.OFFICER)
    return [
        Say("roll.waits", {"unit": unit(kept.unit)}, (button,), to=one.id, lane=Lane.BULK, key=key)
        for one in officers
        if one.id != turn.actor.person
    ]


REGISTER = routes.story(Story("register", Action.REGISTER, "registration", facts, script, finish))


@routes.button("registration.begin", action=Action.REGISTER, loads="registration")
def open_registration(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """From an invitation or a menu: register, or see what is registered."""
    return opened(turn, registration, store)


def opened(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Begin with who has not registered and still may; anybody else is shown where they stand."""
    known = facts_of(registration, store)
    if registration.state not in (State.INVITED, State.WITHDRAWN, State.DECLINED):
        return [sheet(registration, turn, store)]
    if closed(known.edition, turn):
        return [Say("registration.closed", known.about)]
    return begin(turn, REGISTER, registration, store)


def invite(campaign: Id, place: Id, store: Store) -> list[Say]:
    """Invite a unit: its heads are told, whoever can be reached, once. It owes nothing for being asked."""
    registration = store.registrations.invite(campaign, place)
    if registration.state is not State.INVITED:
        return []
    heads = [one for one in store.people.holders(place, Role.REPORTER) if store.people.account_of(one.id)]
    said, key = _invitation(registration, store), f"invite:{registration.id}"
    return [replace(said, to=one.id, lane=Lane.BULK, key=key) for one in heads]


def waiting_invitations(grants: Iterable[Grant], store: Store) -> list[Say]:
    """What the units of somebody who has just come in were invited to before anybody could be told."""
    units = [(grant.unit, grant.path) for grant in grants if grant.role is Role.REPORTER]
    found = [
        store.registrations.of_unit(c, unit) for unit, path in units for c in store.registrations.running_over(path)
    ]
    return [_invitation(one, store) for one in found if one is not None and one.state is State.INVITED]


def _invitation(registration: Registration, store: Store) -> Say:
    button = Choice("buttons.register", f"registration.begin:{registration.id}", typed=True)
    return Say("registration.invitation", facts_of(registration, store).about, (button,))


def sheet(registration: Registration, turn: Turn, store: Store) -> Say:
    """What a unit has registered, and what its head may do about it."""
    known = facts_of(registration, store)
    kinds = store.participants.counts(known.registration.campaign or registration.id, registration.path)
    values = {**known.about, **shown_entry(entry_of(registration, store), known), **_standing(registration)}
    buttons = [("amend", "registration.amend"), ("withdraw", "registration.withdraw")]
    choices = [Choice(f"buttons.{name}_registration", f"{data}:{registration.id}") for name, data in buttons]
    if kinds:
        choices.append(Choice("buttons.who_registered", f"registration.names:{registration.id}"))
    values["people"] = sum(kinds.values())
    return Say("registration.sheet", values, tuple(choices), photos=paper_of(registration))


def paper_of(registration: Registration) -> tuple[Id, ...]:
    """The photo of the pledge that was signed; what was withdrawn shows none."""
    photo = registration.pledge_photo if registration.state is not State.WITHDRAWN else None
    return (photo,) if photo else ()


def _standing(registration: Registration) -> dict[str, Any]:
    return {
        "state": str(registration.state),
        "counted": registration.counted,
        "counted_of": registration.counted_of,
        "reason": registration.reason,
    }
