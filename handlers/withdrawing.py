"""Withdrawing (rút): by the participant alone, or by the officer at their wish; asked once, and told to nobody."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action, may
from campaigns.participant import Participant
from campaigns.registration import Registration, State, Step
from dialogue.forms import Draft, Form, Option, Pick, Script, ask
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, unit
from dialogue.text import folded
from handlers.conversation import begin
from handlers.own_name import shown_participant
from handlers.own_registrations import own_registrations
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.registrations import StaleRegistration
from storage.store import Store

routes = Routes()

# "Không" to "rút thật?" means: stay.
STAY = Option("stay", "buttons.stay", ("khong", "ko", "thoi", "o lai", "khong rut"))
LEAVE = Option("leave", "buttons.leave", ("rut", "dung", "dong y", "co", "rut that", "that"))
MAY_LEAVE = (State.PENDING, State.ASKED_BACK, State.CONFIRMED, State.DONE)


@dataclass(frozen=True)
class Facts:
    """The unit that withdraws."""

    registration: Registration


def facts(registration: Registration, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    return Facts(registration)


def script(facts: Facts) -> Script:
    """Asked once."""
    values: dict[str, Any] = {"unit": unit(facts.registration.unit)}
    return (yield from ask(Form("withdrawing", (Pick("unit", (LEAVE, STAY), values),), values)))


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """It owes nothing any more; what was asked for already may still be answered."""
    values = {"unit": unit(facts.registration.unit)}
    if draft["unit"].value == STAY.key:
        return [Say("withdrawing.stays", values)]
    try:
        store.registrations.step(facts.registration, Step.WITHDRAW)
    except StaleRegistration:
        return [Say("withdrawing.nothing")]
    return [Say("withdrawing.unit_left", values)]


WITHDRAW = routes.story(Story("withdraw", Action.REGISTER, "registration", facts, script, finish))


@routes.button("registration.withdraw", action=Action.REGISTER, loads="registration")
def withdraw(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Ask before it is withdrawn."""
    return _asks_unit(turn, registration, store)


def _asks_unit(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    if registration.state not in MAY_LEAVE:
        return [Say("withdrawing.nothing")]
    return begin(turn, WITHDRAW, registration, store)


@dataclass(frozen=True)
class OwnFacts:
    """Who withdraws in their own name."""

    participant: Participant


def own_facts(participant: Participant, turn: Turn, conversation: Conversation, store: Store) -> OwnFacts:
    """Loaded anew each turn."""
    return OwnFacts(participant)


def own_script(facts: OwnFacts) -> Script:
    """Asked once."""
    values = shown_participant(facts.participant)
    return (yield from ask(Form("withdrawing", (Pick("own", (LEAVE, STAY), values),), values)))


def own_finish(draft: Draft, facts: OwnFacts, turn: Turn, store: Store) -> list[Say]:
    """Nobody is told, and they stand on no list any more."""
    if not _speaks_for(facts.participant, turn):
        return [Say("help.not_yours")]
    values = shown_participant(facts.participant)
    if draft["own"].value == STAY.key:
        return [Say("withdrawing.own_stays", values)]
    left = store.participants.step(facts.participant, Step.WITHDRAW)
    return [Say("withdrawing.own_left", values) if left else Say("withdrawing.nothing")]


OWN = routes.story(Story("withdraw_own", Action.ENTER, "participant", own_facts, own_script, own_finish))


@routes.button("participant.withdraw", action=Action.ENTER, loads="participant")
def withdraw_own(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    """Ask before it is withdrawn: themself, or the officer at their wish."""
    return _asks_them(turn, participant, store)


def _asks_them(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    if not _speaks_for(participant, turn):
        return [Say("help.not_yours")]
    return begin(turn, OWN, participant, store) if participant.takes_part else [Say("withdrawing.nothing")]


def _speaks_for(participant: Participant, turn: Turn) -> bool:
    return participant.is_of(turn.actor.person) or may(turn.actor, Action.CONFIRM_REGISTRATION, participant.path)


@routes.command("rut giup", "rut ho", action=Action.CONFIRM_REGISTRATION, tail=True)
def withdraw_for_them(turn: Turn, tail: str, store: Store) -> list[Say]:
    """At their wish the officer withdraws somebody: "rút giúp Y Hlan"; a unit's sheet has a button of its own."""
    found = [
        one
        for grant in turn.actor.grants
        for one in store.participants.below(grant.path)
        if _speaks_for(one, turn) and tail and folded(tail) in folded(store.people.person(one.person).name)
    ]
    mine = list({one.id: one for one in found}.values())
    if len(mine) == 1:
        return _asks_them(turn, mine[0], store)
    choices = [Choice("buttons.participant", f"participant.withdraw:{one.id}", shown_participant(one)) for one in mine]
    return [Say("withdrawing.whom", {"said": tail[:60], "number": len(mine)}, tuple(choices[:9]))]


@routes.command("rut", "rut dang ky", "rut ten", "thoi tham gia", action=Action.ENTER)
def withdraw_mine(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Withdraw the only registration there is, or choose among several."""
    units = [one for one in own_registrations(turn, store) if one.state in MAY_LEAVE]
    people = store.participants.of_person(turn.actor.person) if turn.actor.person else []
    own = [one for one in people if one.takes_part]
    if len(units) + len(own) == 1:
        return _asks_unit(turn, units[0], store) if units else _asks_them(turn, own[0], store)
    choices = [_of_unit(one, store) for one in units]
    choices += [Choice("buttons.participant", f"participant.withdraw:{one.id}", shown_participant(one)) for one in own]
    return [Say("withdrawing.which", {}, tuple(choices)) if choices else Say("withdrawing.nothing")]


def _of_unit(registration: Registration, store: Store) -> Choice:
    assert registration.campaign is not None
    title = store.campaigns.edition(registration.campaign).campaign.plan.title
    values = {"title": title, "unit": unit(registration.unit)}
    return Choice("buttons.registration_in", f"registration.withdraw:{registration.id}", values)
