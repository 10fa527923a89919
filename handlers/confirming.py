"""The officer's word on a registration, where the campaign asks for it: confirm, ask back, decline kindly."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action
from campaigns.registration import Registration, State, Step
from dialogue.forms import Draft, Form, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Say, unit
from handlers.conversation import begin
from handlers.registration import REGISTER
from handlers.roll import WAITING, heads_of, office_sheet
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.registrations import StaleRegistration
from storage.store import Store

routes = Routes()

LONGEST_REASON = 200


@routes.button("registration.confirm", action=Action.CONFIRM_REGISTRATION, loads="registration", revised=True)
def confirm(turn: Turn, registration: Registration, store: Store, revision: str) -> list[Say]:
    """It counts from now on, as it was seen."""
    if _stale(registration, revision):
        return [office_sheet(registration, turn, store, text="roll.changed")]
    return _settled(registration, Step.CONFIRM, None, turn, store)


def _stale(registration: Registration, revision: str) -> bool:
    return str(registration.revision) != revision or registration.state not in WAITING


def _settled(registration: Registration, step: Step, reason: str | None, turn: Turn, store: Store) -> list[Say]:
    """Take the step and tell the unit's heads, in the officer's own words."""
    try:
        kept = store.registrations.step(registration, step, reason)
    except StaleRegistration:
        return [office_sheet(registration, turn, store, text="roll.changed")]
    heads = heads_of(kept, store)
    values = {"unit": unit(kept.unit), "reason": reason, "told": bool(heads)}
    key = f"{step}:{kept.id}:{kept.revision}"
    told = [Say(f"registration.{kept.state}", values, to=head, key=key) for head in heads]
    return [Say("roll.settled", {**values, "state": str(kept.state)}), *told]


@dataclass(frozen=True)
class ReasonFacts:
    """The registration and what is to be done, as the officer saw it."""

    registration: Registration
    step: Step
    seen: str


def reason_facts(registration: Registration, turn: Turn, conversation: Conversation, store: Store) -> ReasonFacts:
    """Loaded anew each turn."""
    context = conversation.context
    return ReasonFacts(registration, Step(context.get("step", Step.ASK_BACK)), context.get("revision", ""))


def reason_script(facts: ReasonFacts) -> Script:
    """One thing is asked: the words that the unit will read."""
    values: dict[str, Any] = {"unit": unit(facts.registration.unit), "step": str(facts.step)}
    return (yield from ask(Form("roll", (OpenQuestion("reason", required=True),), values)))


def reason_finish(draft: Draft, facts: ReasonFacts, turn: Turn, store: Store) -> list[Say]:
    """Tell it, unless it changed meanwhile."""
    if _stale(facts.registration, facts.seen):
        return [office_sheet(facts.registration, turn, store, text="roll.changed")]
    return _settled(facts.registration, facts.step, draft["reason"].words[:LONGEST_REASON], turn, store)


REASON = routes.story(
    Story(
        "registration_reason", Action.CONFIRM_REGISTRATION, "registration", reason_facts, reason_script, reason_finish
    )
)


@routes.button("registration.ask_back", action=Action.CONFIRM_REGISTRATION, loads="registration", revised=True)
def ask_back(turn: Turn, registration: Registration, store: Store, revision: str) -> list[Say]:
    """Ask about one place."""
    return _asks_why(turn, registration, store, Step.ASK_BACK, revision)


@routes.button("registration.decline", action=Action.CONFIRM_REGISTRATION, loads="registration", revised=True)
def decline(turn: Turn, registration: Registration, store: Store, revision: str) -> list[Say]:
    """Decline, with a reason that is kind."""
    return _asks_why(turn, registration, store, Step.DECLINE, revision)


def _asks_why(turn: Turn, registration: Registration, store: Store, step: Step, revision: str) -> list[Say]:
    if _stale(registration, revision):
        return [office_sheet(registration, turn, store, text="roll.changed")]
    context = {"step": str(step), "revision": revision}
    return begin(turn, REASON, registration, store, context=context)


@routes.button("registration.for_them", action=Action.CONFIRM_REGISTRATION, loads="registration")
def write_down(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Write down what a head said by phone; whether they said yes is asked first."""
    if registration.state not in (State.INVITED, State.WITHDRAWN, State.DECLINED):
        return [office_sheet(registration, turn, store)]
    return begin(turn, REGISTER, registration, store, context={"by_phone": True})
