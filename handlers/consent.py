"""A yes that an officer writes down: spoken, or signed on paper; a child's with its guardian's, by name."""

from dataclasses import dataclass
from uuid import UUID

from campaigns.authority import Action
from campaigns.highlight import Guardian, Heard, Highlight, State, Yes
from campaigns.ids import Id
from campaigns.naming import UNSAID, read_guardian
from dialogue.forms import Draft, Form, Option, Photos, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Say
from handlers.conversation import begin
from handlers.highlights import shown, stale
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

WITH_PHOTO = Option("both", "buttons.agreed_both", ("ca anh", "dong y ca anh", "co"))
WITHOUT = Option("no_photo", "buttons.agreed_no_photo", ("khong anh", "dong y khong anh", "khong"))


def guardian_in(words: str, store: Store) -> Guardian | None:
    """The guardian that is named, as a person of their own; none where name or relation is missing."""
    read = read_guardian(words)
    if read is None:
        return None
    relation, named = read
    somebody = store.roster.add_person(named.name, named.called, named.address or UNSAID)
    return Guardian(somebody.id, relation)


@routes.button("highlight.heard_both", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def heard_both(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """The officer asked: yes to the story and to the photo."""
    return _heard(turn, highlight, store, revision, photo=True)


@routes.button("highlight.heard_no_photo", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def heard_no_photo(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """The officer asked: yes to the story, no photo."""
    return _heard(turn, highlight, store, revision, photo=False)


def _heard(turn: Turn, highlight: Highlight, store: Store, revision: str, *, photo: bool) -> list[Say]:
    if stale(highlight, revision):
        return [shown(highlight, store, text="highlight.changed")]
    if highlight.child:
        return begin(turn, GUARDIAN, highlight, store, context={"photo": photo, "revision": highlight.revision})
    return [shown(store.highlights.agree(highlight, Yes(Heard.SPOKEN, photo)), store)]


@dataclass(frozen=True)
class Facts:
    """The highlight, and what the officer saw of it when the conversation was begun."""

    highlight: Highlight
    revision: int
    photo: bool


def facts(highlight: Highlight, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    seen = conversation.context
    return Facts(highlight, seen.get("revision", highlight.revision), seen.get("photo", False))


def guardian_script(facts: Facts) -> Script:
    """One thing is asked: who said yes for the child."""
    return (yield from ask(Form("consent", (OpenQuestion("guardian", required=True),))))


def guardian_finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """The child's yes and its guardian's, by name."""
    return _agreed(facts, Heard.SPOKEN, draft["guardian"].words, None, store, photo=facts.photo)


def paper_script(facts: Facts) -> Script:
    """The paper, who signed it, and whether it is for the photo as well."""
    about = {"child": facts.highlight.child}
    draft = yield from ask(Form("consent", (OpenQuestion("signed", required=True), Photos("slip", 1)), about))
    if facts.highlight.photo:
        draft |= yield from ask(Form("consent", (Pick("purposes", (WITH_PHOTO, WITHOUT)),), about))
    return draft


def paper_finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Kept with a photo of what was signed; without one it is no paper."""
    slips = draft["slip"].value if "slip" in draft else []
    if not slips:
        return [Say("consent.no_slip"), shown(facts.highlight, store)]
    photo = "purposes" in draft and draft["purposes"].value == WITH_PHOTO.key
    return _agreed(facts, Heard.PAPER, draft["signed"].words, Id(UUID(slips[0])), store, photo=photo)


def _agreed(facts: Facts, heard: Heard, by: str, paper: Id | None, store: Store, *, photo: bool) -> list[Say]:
    highlight = facts.highlight
    if highlight.state is not State.NOMINATED or highlight.revision != facts.revision:
        return [shown(highlight, store, text="highlight.changed")]
    guardian = guardian_in(by, store) if highlight.child else None
    yes = Yes(heard, photo, paper, guardian)
    if not yes.counts_for(child=highlight.child):
        return [Say("consent.who_is_it"), shown(highlight, store)]
    return [shown(store.highlights.agree(highlight, yes), store)]


GUARDIAN = routes.story(
    Story("guardian", Action.DECIDE_HIGHLIGHT, "highlight", facts, guardian_script, guardian_finish)
)
PAPER = routes.story(Story("paper", Action.DECIDE_HIGHLIGHT, "highlight", facts, paper_script, paper_finish))


@routes.button("highlight.paper", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def paper(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """Somebody signed: ask for the paper."""
    if stale(highlight, revision):
        return [shown(highlight, store, text="highlight.changed")]
    return begin(turn, PAPER, highlight, store, context={"revision": highlight.revision})
