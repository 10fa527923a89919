"""What an officer does with good examples: words, the yes of who was asked, posting, a kind no, taking down."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.document import Kind
from campaigns.group import GroupPurpose
from campaigns.highlight import (
    LONGEST_DEED,
    LONGEST_WHEN,
    Heard,
    Highlight,
    State,
    Step,
    sensitive,
    tells_a_number,
    tells_an_address,
)
from campaigns.ids import Id
from campaigns.people import Person
from dialogue.forms import Draft, Form, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.conversation import begin
from handlers.offering import offered
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.highlights import StaleHighlight
from storage.store import Store

routes = Routes()

MAY_BE_POSTED = (State.CONSENTED,)


def open_highlights(turn: Turn, store: Store) -> Say:
    """What waits for a decision, and what is shown now."""
    reach = [grant.path for grant in turn.actor.grants if may(turn.actor, Action.DECIDE_HIGHLIGHT, grant.path)]
    waiting = {one.id: one for path in reach for one in store.highlights.open_below(path)}
    shown = {one.id: one for path in reach for one in store.highlights.posted_below(path)}
    choices = tuple(
        Choice(
            "buttons.highlight_of", f"highlight.show:{one.id}", {"person": person(one.person), "state": str(one.state)}
        )
        for one in (*waiting.values(), *shown.values())
    )
    return Say("highlight.open", {"waiting": len(waiting), "shown": len(shown)}, choices)


@routes.button("highlight.show", action=Action.DECIDE_HIGHLIGHT, loads="highlight")
def show(turn: Turn, highlight: Highlight, store: Store) -> list[Say]:
    """A nomination exactly as a group would see it, with what is still missing."""
    return [shown(highlight, store)]


def shown(highlight: Highlight, store: Store, *, text: str = "highlight.shown") -> Say:
    """The preview, how the yes was given and by whom, and what may be done now."""
    yes = highlight.yes
    values = {
        **post_values(highlight, store),
        "state": str(highlight.state),
        "heard": yes.heard if yes else None,
        "heard_by": person(highlight.heard_by) if highlight.heard_by else None,
        "guardian": person(yes.guardian.person) if yes and yes.guardian else None,
        "relation": yes.guardian.relation if yes and yes.guardian else "",
        "child": highlight.child,
        "has_photo": highlight.photo is not None,
        "photo_agreed": bool(yes and yes.photo),
        "sensitive": sensitive(highlight.told),
        "number": _reachable(highlight),
        "by": person(highlight.by),
        "groups": [group.name for group in _groups(highlight, store)],
    }
    photos = tuple(photo for photo in (highlight.photo, yes.paper if yes else None) if photo)
    return Say(text, values, _choices(highlight), photos=photos)


def post_values(highlight: Highlight, store: Store) -> dict[str, Any]:
    """What the post in a group says."""
    return {
        "person": person(highlight.person),
        "unit": unit(highlight.unit),
        "deed": highlight.deed,
        "when": highlight.when,
        "title": store.campaigns.edition(highlight.campaign).campaign.plan.title,
    }


def _reachable(highlight: Highlight) -> bool:
    """Whether strangers could ring or visit because of what is told."""
    return tells_a_number(highlight.told) or tells_an_address(highlight.told)


def _groups(highlight: Highlight, store: Store) -> list[Any]:
    return store.groups.linked(highlight.campaign, GroupPurpose.EXAMPLES)


def _choices(highlight: Highlight) -> tuple[Choice, ...]:
    asked = ("heard_both", "heard_no_photo") if highlight.photo else ("heard_no_photo",)
    possible = {
        State.NOMINATED: (*asked, "paper", "edit", "decline"),
        State.CONSENTED: ("post", "edit", "decline", "withdraw"),
        State.APPROVED: ("withdraw",),
        State.POSTED: ("withdraw",),
    }.get(highlight.state, ())
    stem = f"{highlight.id}:{highlight.revision}"
    card = (offered(Kind.CARD, highlight.id),) if highlight.state is State.POSTED else ()
    steps = (
        Choice(f"buttons.highlight_{name}", f"highlight.{name}:{stem}", {"child": highlight.child}) for name in possible
    )
    return (*card, *steps)


def stale(highlight: Highlight, revision: str) -> bool:
    return str(highlight.revision) != revision


@routes.button("highlight.post", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def post(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """Approve it as it was seen; the card is drawn and the post goes out right after."""
    if stale(highlight, revision) or highlight.state not in MAY_BE_POSTED:
        return [shown(highlight, store, text="highlight.changed")]
    groups = _groups(highlight, store)
    if not groups:
        return [Say("highlight.no_group")]
    if _reachable(highlight):
        return [Say("highlight.has_number"), shown(highlight, store)]
    store.highlights.step(highlight, Step.APPROVE)
    return [Say("highlight.approved", {"person": person(highlight.person), "groups": [group.name for group in groups]})]


def held(highlight: Highlight, store: Store) -> list[Say]:
    """It could not be posted: it waits again, and the officers hear so."""
    store.highlights.step(highlight, Step.HOLD)
    values = {"person": person(highlight.person)}
    key = f"held:{highlight.id}:{highlight.revision}"
    return [Say("highlight.held", values, to=one.id, key=key) for one in _officers(highlight, store)]


@routes.button("highlight.decline", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def decline(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """Not this time; whoever told of it gets a kind word without blame."""
    try:
        store.highlights.step(highlight, Step.DECLINE)
    except StaleHighlight:
        return [shown(highlight, store, text="highlight.changed")]
    values = {"person": person(highlight.person)}
    thanks = Say("highlight.thanks_all_the_same", values, to=highlight.by, key=f"declined:{highlight.id}")
    return [Say("highlight.declined", values), *([thanks] if highlight.by != turn.actor.person else [])]


@routes.button("highlight.withdraw", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def withdraw(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """The person changed their mind and told the officer."""
    return withdrawn(highlight, store)


@routes.command("rut lai", "go guong", action=Action.ENTER)
def withdraw_mine(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Whoever is praised takes their yes back, whatever roles they still hold: never posted, or taken down."""
    mine = store.highlights.about(turn.actor.person) if turn.actor.person else []
    if not mine:
        return [Say("highlight.nothing_to_withdraw")]
    says = [say for one in mine for say in withdrawn(one, store, told=[o.id for o in _officers(one, store)])]
    return [Say("highlight.taken_back"), *says]


def _officers(highlight: Highlight, store: Store) -> list[Person]:
    return store.people.nearest_above(highlight.path, Role.OFFICER)


def withdrawn(highlight: Highlight, store: Store, *, told: list[Id] | None = None) -> list[Say]:
    """Withdraw it; where it was posted a line without any name takes its place, and its groups are named."""
    posted = store.highlights.posted_in(highlight.id)
    try:
        store.highlights.step(highlight, Step.WITHDRAW)
    except StaleHighlight:
        return [shown(highlight, store, text="highlight.changed")]
    values = {"person": person(highlight.person), "groups": [name for _, name in posted]}
    key = f"withdrawn:{highlight.id}"
    officers = [Say("highlight.withdrawn", values, to=one, key=key) for one in told or ()]
    downs = [_taken_down(highlight, account) for account, _ in posted]
    return [*(officers if told is not None else [Say("highlight.withdrawn", values)]), *downs]


def _taken_down(highlight: Highlight, group: Id) -> Say:
    key = f"down:{highlight.id}"
    return Say("highlight.down", {}, group=group, slot=slot_of(highlight), lane=Lane.BULK, key=key, in_place=True)


def slot_of(highlight: Highlight) -> str:
    """What a post and its taking down share, so that one replaces the other."""
    return f"highlight:{highlight.id}"


@dataclass(frozen=True)
class EditFacts:
    """The highlight whose words are changed, as the officer saw it."""

    highlight: Highlight


def edit_facts(highlight: Highlight, turn: Turn, conversation: Conversation, store: Store) -> EditFacts:
    """Loaded anew each turn."""
    return EditFacts(highlight)


def edit_script(facts: EditFacts) -> Script:
    """One thing is asked, the deed in better words; and when it was, if a telephone number stands there."""
    values = {"deed": facts.highlight.deed, "when": facts.highlight.when, "longest": LONGEST_DEED}
    draft = yield from ask(Form("highlight", (OpenQuestion("better", required=True),), values))
    if tells_a_number(facts.highlight.when) or tells_an_address(facts.highlight.when):
        draft |= yield from ask(Form("highlight", (OpenQuestion("better_when", required=True),), values))
    return draft


def edit_finish(draft: Draft, facts: EditFacts, turn: Turn, store: Store) -> list[Say]:
    """Keep the new words and show them as the group would see them.

    Who agreed in their own chat agreed to the words they read there, so they are asked anew.
    """
    before = facts.highlight
    if before.state not in (State.NOMINATED, State.CONSENTED):
        return [shown(before, store, text="highlight.changed")]
    when = draft["better_when"].words if "better_when" in draft else before.when
    edited = store.highlights.edit(before, draft["better"].words[:LONGEST_DEED], when[:LONGEST_WHEN])
    if edited.yes is None or edited.yes.heard is not Heard.SELF:
        return [shown(edited, store)]
    asked = store.highlights.ask_again(edited)
    return [shown(asked, store, text="highlight.asks_again"), about_you(asked)]


def about_you(highlight: Highlight) -> Say:
    """The person is told what would be said of them, and how to answer."""
    values = {"deed": highlight.deed, "when": highlight.when, "photo": highlight.photo is not None}
    key = f"highlight:{highlight.id}:{highlight.revision}"
    return Say("nomination.about_you", values, to=highlight.person, key=key)


EDIT = routes.story(Story("edit", Action.DECIDE_HIGHLIGHT, "highlight", edit_facts, edit_script, edit_finish))


@routes.button("highlight.edit", action=Action.DECIDE_HIGHLIGHT, loads="highlight", revised=True)
def edit(turn: Turn, highlight: Highlight, store: Store, revision: str) -> list[Say]:
    """Ask for better words."""
    return begin(turn, EDIT, highlight, store)
