"""A good deed that a report tells of: the officer takes it from there, in the reporter's own words."""

from dataclasses import dataclass

from campaigns.authority import Action
from campaigns.highlight import LONGEST_DEED
from campaigns.obligation import Obligation
from campaigns.report import Report
from dialogue.forms import Draft, Form, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Say, unit
from handlers.conversation import begin
from handlers.nomination import keep, rest
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()


@dataclass(frozen=True)
class Facts:
    """What the report tells, and the unit that told it."""

    obligation: Obligation
    deed: str


def facts(report: Report, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    return Facts(obligation, report.latest.story or "")


def script(facts: Facts) -> Script:
    """The deed is told already; who it was, when, and whether they agree is not."""
    about = {"home": unit(facts.obligation.unit), "longest": LONGEST_DEED, "deed": facts.deed[:LONGEST_DEED]}
    draft = yield from ask(Form("praising", (OpenQuestion("who", required=True),), about))
    return (yield from rest(draft, about))


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Keep it for the unit that reported it."""
    place = store.people.unit(facts.obligation.unit)
    return keep(draft, facts.deed, place, facts.obligation.campaign, turn, store)


PRAISE = routes.story(Story("praise", Action.DECIDE_HIGHLIGHT, "report", facts, script, finish))


@routes.button("highlight.take", action=Action.DECIDE_HIGHLIGHT, loads="report")
def take(turn: Turn, report: Report, store: Store) -> list[Say]:
    """Begin with what the report tells."""
    return begin(turn, PRAISE, report, store) if report.latest.story else [Say("help.old_button")]
