"""Joining: a code from an invitation, what is kept and why, a yes, and a greeting by name and unit."""

from dataclasses import dataclass

from campaigns.authority import Action, Role
from campaigns.ids import Id
from campaigns.invitation import find_code, is_typed_right
from campaigns.people import Person
from dialogue.forms import Draft, Form, Option, Pick, Script, ask
from dialogue.routes import Routes, Story
from dialogue.say import Say, person, unit
from handlers.claim import CLAIM
from handlers.conversation import begin
from handlers.loading import Claimed, Invited
from handlers.own_name import begin_in_own_name
from handlers.pairing import pair
from handlers.registration import waiting_invitations
from handlers.staff import joined
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

# The wording that people agree to; a changed text is a new wording, agreed to anew.
NOTICE = "reporting-1"

YES = Option("yes", "buttons.agree", ("dong y", "co", "duoc", "yes"))
NO = Option("no", "buttons.decline", ("khong", "khong dong y", "ko", "no"))


@dataclass(frozen=True)
class JoinFacts:
    """Whom the invitation is for."""

    invitation: Id
    person: Person
    unit: Id | None


def facts(invited: Invited, turn: Turn, conversation: Conversation, store: Store) -> JoinFacts:
    """Loaded anew each turn; an invitation used meanwhile is no longer found."""
    grants = store.people.grants(invited.person.id)
    return JoinFacts(invited.id, invited.person, grants[0].unit if grants else None)


def script(facts: JoinFacts) -> Script:
    """What is kept and why, then a yes or a no; nobody is asked anything else."""
    values = {"person": person(facts.person.id), "unit": unit(facts.unit) if facts.unit else None}
    return (yield from ask(Form("join", (Pick("consent", (YES, NO), str(facts.invitation)),), values)))


def finish(draft: Draft, facts: JoinFacts, turn: Turn, store: Store) -> list[Say]:
    """Bind the account to the person on a yes; on a no keep nothing and say that reporting by phone is as good."""
    values = {"person": person(facts.person.id), "unit": unit(facts.unit) if facts.unit else None}
    if draft["consent"].value == NO.key:
        return [Say("join.declined", values)]
    if turn.actor.person is not None:
        store.participants.pass_on(turn.actor.person, facts.person.id)
    store.invitations.join(turn.account, facts.invitation, NOTICE)
    grants = store.people.grants(facts.person.id)
    reports = any(grant.role is Role.REPORTER for grant in grants)
    waits = joined(facts.person.id, store)
    invited = waiting_invitations(grants, store)
    return [Say("join.welcome", {**values, "reports": reports, "waits": bool(waits)}), *waits, *invited]


JOIN = routes.story(Story("join", Action.ENTER, "invitation", facts, script, finish))


def come_in(turn: Turn, store: Store) -> list[Say]:
    """What a stranger wrote: a code opens, a mistyped one costs no attempt, anything else is told about codes."""
    code = find_code(turn.incoming.text)
    return opened_with(code, turn, store) if code else [Say("join.stranger")]


def opened_with(code: str, turn: Turn, store: Store) -> list[Say]:
    """What a typed code opens: an empty program, an invitation, or registering in one's own name.

    Whoever holds an office here already came by an invitation of their own, so only the last is for them.
    """
    if not is_typed_right(code):
        return [Say("join.mistyped")]
    if not store.invitations.may_attempt(turn.account):
        return [Say("join.too_many")]
    anybody = store.participants.opened_by(code)
    if anybody is not None:
        return begin_in_own_name(turn, anybody, store)
    if turn.actor.grants:
        return [Say("join.wrong_code", {"left": store.invitations.attempt_failed(turn.account)})]
    return _invited_with(code, turn, store)


def opens_something(code: str, store: Store) -> bool:
    """Whether a code would open anything for somebody of whom nothing is known."""
    kinds = (store.participants.opened_by, store.offices.claim_opened_by, store.pairings.opened_by)
    return any(opened_by(code) for opened_by in (*kinds, store.invitations.opened_by))


def came_between(turn: Turn, store: Store) -> list[Say]:
    """What a code opens that comes while a question is open, typed alone or by a link; nothing where it is an answer.

    One that opens nothing is counted like any wrong one: otherwise an open question would be a place to guess at.
    """
    code = find_code(turn.incoming.text)
    alone = code is not None and turn.incoming.text.replace(" ", "") == code
    if code is None or not alone or not is_typed_right(code) or not store.invitations.may_attempt(turn.account):
        return []
    if opens_something(code, store):
        return opened_with(code, turn, store)
    store.invitations.attempt_failed(turn.account)
    return []


def _invited_with(code: str, turn: Turn, store: Store) -> list[Say]:
    claim = store.offices.claim_opened_by(code)
    if claim is not None:
        return begin(turn, CLAIM, Claimed(claim), store)
    paired = pair(code, turn, store)
    if paired is not None:
        return paired
    invitation = store.invitations.opened_by(code)
    invited = store.invitations.invited(invitation) if invitation else None
    if invitation is None or invited is None:
        return [Say("join.wrong_code", {"left": store.invitations.attempt_failed(turn.account)})]
    return begin(turn, JOIN, Invited(invitation, invited), store)
