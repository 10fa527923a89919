"""Nominating good people and good deeds: a few questions, and the person's own yes before anybody hears their name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaigns.authority import Action, Role, may
from campaigns.highlight import LONGEST_DEED, LONGEST_WHEN, Heard, Highlight, State, Step, Yes
from campaigns.ids import Id
from campaigns.naming import UNSAID, read_name
from campaigns.people import Person, Unit
from dialogue.forms import Draft, Form, Option, Photos, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, person, unit
from dialogue.text import folded
from handlers.consent import guardian_in
from handlers.conversation import begin
from handlers.highlights import about_you, open_highlights
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

HERE = Option("here", "buttons.deed_here", ("o day", "lang minh", "day"))
ELSEWHERE = Option("elsewhere", "buttons.deed_elsewhere", ("noi khac",))
ADULT = Option("adult", "buttons.adult", ("nguoi lon",))
CHILD = Option("child", "buttons.child", ("tre em", "chau", "hoc sinh"))
BOTH = Option("both", "buttons.agreed_both", ("dong y", "dong y ca anh", "roi", "co"))
NO_PHOTO = Option("no_photo", "buttons.agreed_no_photo", ("khong anh", "dong y khong anh"))
NOT_ASKED = Option("not_asked", "buttons.not_asked", ("chua hoi", "chua"))


@dataclass(frozen=True)
class Facts:
    """Where the nominator belongs, and the campaign it is told for."""

    home: Unit
    campaign: Id


def facts(home: Unit, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    campaign = campaign_of(home, store)
    assert campaign is not None  # not begun without one, and none is ever taken away
    return Facts(home, campaign)


def campaign_of(home: Unit, store: Store) -> Id | None:
    """The newest campaign that the unit has to do with: it takes part, or stands above or below who does."""
    paths = {campaign: store.campaigns.path(campaign) for campaign in store.campaigns.all()}
    near = [c for c, path in paths.items() if home.path.startswith(path) or path.startswith(home.path)]
    return near[-1] if near else None


def script(facts: Facts) -> Script:
    """Who, where, what, when, a photo if there is one; and whether the person was asked."""
    about = {"home": unit(facts.home.id), "longest": LONGEST_DEED}
    draft = yield from ask(Form("nomination", (OpenQuestion("who", required=True),), about))
    draft |= yield from ask(Form("nomination", (Pick("where", (HERE, ELSEWHERE), facts.home.name),), about))
    if draft["where"].value == ELSEWHERE.key:
        draft |= yield from ask(Form("nomination", (OpenQuestion("place", required=True),), about))
    draft |= yield from ask(Form("nomination", (OpenQuestion("deed", required=True),), about))
    return (yield from rest(draft, about))


def rest(draft: Draft, about: dict[str, Any]) -> Script:
    """What is asked of everybody: when, a photo if there is one, how old they are, and whether they were asked."""
    draft |= yield from ask(Form("nomination", (OpenQuestion("when", required=True), Photos("photo", 1)), about))
    draft |= yield from ask(Form("nomination", (Pick("age", (ADULT, CHILD), draft["who"].words),), about))
    child = draft["age"].value == CHILD.key
    picked = Pick("agreed", (BOTH, NO_PHOTO, NOT_ASKED), [draft["who"].words, child])
    draft |= yield from ask(Form("nomination", (picked,), {**about, "child": child, "who": draft["who"].words}))
    if child and draft["agreed"].value != NOT_ASKED.key:
        draft |= yield from ask(Form("consent", (OpenQuestion("guardian", required=True),)))
    return draft


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Keep it as it was told, if the nominator still belongs somewhere."""
    if _home(turn, store) is None:
        return [Say("help.not_yours")]
    return keep(draft, draft["deed"].words, _place(draft, facts, turn, store), facts.campaign, turn, store)


def keep(draft: Draft, deed: str, place: Unit, campaign: Id, turn: Turn, store: Store) -> list[Say]:
    """Keep a deed, ask the person themself where they can be asked here, and let the officer know."""
    nominee = _nominee(draft["who"].words, place, store)
    photos = draft["photo"].value if "photo" in draft else []
    highlight = store.highlights.nominate(
        campaign,
        place.id,
        nominee.id,
        deed[:LONGEST_DEED],
        draft["when"].words[:LONGEST_WHEN],
        child=draft["age"].value == CHILD.key,
        photo=Id(UUID(photos[0])) if photos else None,
    )
    asked = _ask_themself(highlight, turn, store)
    yes = _spoken(draft, store)
    if not asked and yes and yes.counts_for(child=highlight.child):
        highlight = store.highlights.agree(highlight, yes)
    values = {"person": person(nominee.id), "unit": unit(place.id), "asked": bool(asked), "state": str(highlight.state)}
    return [Say("nomination.thanks", values), *asked, *_tell_officers(highlight, turn, store)]


def _spoken(draft: Draft, store: Store) -> Yes | None:
    """The yes that the nominator heard; a child's needs somebody who is named with it, else the officer asks."""
    if draft["agreed"].value == NOT_ASKED.key:
        return None
    guardian = guardian_in(draft["guardian"].words, store) if "guardian" in draft else None
    return Yes(Heard.SPOKEN, draft["agreed"].value == BOTH.key, guardian=guardian)


def _place(draft: Draft, facts: Facts, turn: Turn, store: Store) -> Unit:
    """The unit that was named; the nominator's own where the words name none."""
    if "place" not in draft:
        return facts.home
    root = store.people.root_of(facts.home.path)
    said = folded(draft["place"].words)
    named = [u for u in store.people.units_below(root.path) if folded(u.name) in said]
    return max(named, key=lambda one: len(one.name), default=root)


def _nominee(words: str, place: Unit, store: Store) -> Person:
    """Somebody of that name who is known there, otherwise a new person."""
    read = read_name(words)
    there = [p for role in Role for p in store.people.holders(place.id, role)]
    same = [p for p in there if folded(read.name) in (folded(p.name), folded(p.called))]
    return same[0] if same else store.roster.add_person(read.name, read.called, read.address or UNSAID)


def _ask_themself(highlight: Highlight, turn: Turn, store: Store) -> list[Say]:
    """Whoever has a chat here is asked there, and their word alone counts; a child's guardian is asked in person."""
    if highlight.child or highlight.person == turn.actor.person or not store.people.account_of(highlight.person):
        return []
    return [about_you(highlight)]


def _tell_officers(highlight: Highlight, turn: Turn, store: Store) -> list[Say]:
    officers = store.people.nearest_above(highlight.path, Role.OFFICER)
    values: dict[str, Any] = {"person": person(highlight.person), "unit": unit(highlight.unit)}
    button = Choice("buttons.open_highlight", f"highlight.show:{highlight.id}", typed=True)
    key = f"nominated:{highlight.id}"
    others = [one for one in officers if one.id != turn.actor.person]
    return [Say("nomination.for_officer", values, (button,), to=one.id, lane=Lane.BULK, key=key) for one in others]


NOMINATE = routes.story(Story("nominate", Action.ENTER, "unit", facts, script, finish))


@routes.command("neu guong", "guong moi", "ke viec tot", action=Action.ENTER)
def nominate(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Tell of somebody; who takes part in their own name may as well."""
    return _tell(turn, store)


def _tell(turn: Turn, store: Store) -> list[Say]:
    home = _home(turn, store)
    if home is None:
        return [Say("help.not_yours")]
    return begin(turn, NOMINATE, home, store) if campaign_of(home, store) else [Say("nomination.no_campaign")]


def _home(turn: Turn, store: Store) -> Unit | None:
    """Where the actor belongs: by a role that lets them nominate, otherwise where they take part in their own name."""
    by_role = [g.unit for g in turn.actor.grants if may(turn.actor, Action.NOMINATE, g.path)]
    mine = store.participants.of_person(turn.actor.person) if turn.actor.person else []
    by_name = [one.unit for one in mine if one.takes_part]
    return next((store.people.unit(one) for one in by_role + by_name), None)


@routes.command("guong", "guong tot", "nguoi tot viec tot", "ntvt", action=Action.ENTER)
def examples(turn: Turn, tail: str, store: Store) -> list[Say]:
    """What waits for this person: a yes about themself, decisions of an officer; otherwise to tell of somebody."""
    about = store.highlights.about(turn.actor.person) if turn.actor.person else []
    mine = [one for one in about if one.state is State.NOMINATED and not one.child]
    if mine:
        return begin(turn, ABOUT_ME, mine[-1], store)
    if turn.actor.holds(Role.OFFICER):
        return [open_highlights(turn, store)]
    return _tell(turn, store)


@dataclass(frozen=True)
class MineFacts:
    """What is told of the person who is asked."""

    highlight: Highlight


def mine_facts(highlight: Highlight, turn: Turn, conversation: Conversation, store: Store) -> MineFacts:
    """Loaded anew each turn."""
    return MineFacts(highlight)


YES = Option("both", "buttons.me_yes", ("dong y", "co", "duoc"))
YES_WITHOUT = Option("no_photo", "buttons.me_no_photo", ("khong anh", "dong y khong anh"))
NO = Option("no", "buttons.me_no", ("khong", "khong dong y", "ko"))


def mine_script(facts: MineFacts) -> Script:
    """The deed as it would be told, then a yes for each purpose, or a no."""
    one = facts.highlight
    options = (YES, YES_WITHOUT, NO) if one.photo else (YES_WITHOUT, NO)
    shown = {"deed": one.deed, "when": one.when, "photo": one.photo is not None}
    return (yield from ask(Form("nomination", (Pick("mine", options, shown),), shown)))


def mine_finish(draft: Draft, facts: MineFacts, turn: Turn, store: Store) -> list[Say]:
    """A no is final and nobody is told why; a yes counts for exactly what was shown."""
    if facts.highlight.state is not State.NOMINATED or facts.highlight.person != turn.actor.person:
        return [Say("nomination.over")]
    if draft["mine"].value == NO.key:
        store.highlights.step(facts.highlight, Step.WITHDRAW)
        return [Say("nomination.respected")]
    agreed = store.highlights.agree(facts.highlight, Yes(Heard.SELF, draft["mine"].value == YES.key))
    return [Say("nomination.mine_agreed"), *_tell_officers(agreed, turn, store)]


ABOUT_ME = routes.story(Story("about_me", Action.ENTER, "highlight", mine_facts, mine_script, mine_finish))
