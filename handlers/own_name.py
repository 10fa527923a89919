"""Registering in one's own name by an open code: a household, a shop, oneself. They owe one word when done: "XONG"."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action
from campaigns.calendar import local_day
from campaigns.edition import Edition
from campaigns.ids import Id
from campaigns.naming import LONGEST, SHOP_KIND, UNSAID, read_name, shown_phone
from campaigns.participant import LONGEST_TASK, WORDING, Kind, OpenCode, Participant, name_and_phone
from campaigns.people import Unit
from dialogue.answers import TEXT
from dialogue.forms import Draft, Form, Option, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Say, person, unit
from dialogue.text import folded
from handlers.claim import NO_PHONE
from handlers.conversation import begin
from handlers.entry_questions import NONE, about_campaign
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

YES = Option("yes", "buttons.agree", ("dong y", "co", "duoc", "yes"))
NO = Option("no", "buttons.decline", ("khong", "khong dong y", "ko", "no"))
KINDS = (
    Option(Kind.HOUSEHOLD, "buttons.kind_household", ("ho", "ho gia dinh", "gia dinh", "nha")),
    Option(
        Kind.SHOP, "buttons.kind_shop", ("co so", "quan", "cua hang", "ho kinh doanh", "cong ty", "hop tac xa", "htx")
    ),
    Option(Kind.PERSON, "buttons.kind_person", ("ca nhan", "toi", "minh toi", "mot minh")),
)
ASKED = Option("asked", "buttons.heard_yes", ("da hoi", "dong y", "roi", "co"))
NOT_ASKED = Option("not_asked", "buttons.not_asked", ("chua hoi", "chua", "khong"))


@dataclass(frozen=True)
class Facts:
    """The code, its campaign and place, and who is known to be typing."""

    code: OpenCode
    edition: Edition
    places: tuple[Unit, ...]
    known: Id | None
    spoken_for: bool

    @property
    def about(self) -> dict[str, Any]:
        """What every text may name."""
        return {**about_campaign(self.edition), "unit": unit(self.code.unit)}


def facts(code: OpenCode, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    mine = store.participants.of_person(turn.actor.person) if turn.actor.person else []
    here = [one for one in mine if one.campaign == code.campaign and one.takes_part]
    below = tuple(one for one in store.people.units_below(code.path) if one.kind != SHOP_KIND)
    return Facts(code, store.campaigns.edition(code.campaign), below, turn.actor.person, bool(here))


def script(facts: Facts) -> Script:
    """What is kept and why; whom for; a name with a number; where; and what they want to do."""
    draft = yield from ask(Form("own_name", (Pick("consent", (YES, NO), facts.about),), facts.about))
    if draft["consent"].value == NO.key:
        return draft
    draft |= yield from ask(Form("own_name", (Pick("kind", KINDS),)))
    kind = Kind(str(draft["kind"].value))
    draft |= yield from _who(kind, facts)
    if facts.spoken_for:
        shown = {"name": _name_in(draft)}
        draft |= yield from ask(Form("own_name", (Pick("agreed", (ASKED, NOT_ASKED), shown),), shown))
        if draft["agreed"].value == NOT_ASKED.key:
            return draft
    if facts.places:
        draft |= yield from _where(facts)
    question = OpenQuestion("task", required=True, options=(NONE,))
    draft |= yield from ask(Form("own_name", (question,), {**facts.about, "kind": str(kind)}))
    return draft


def _who(kind: Kind, facts: Facts) -> Script:
    """A name and a telephone number, in one answer or two; of who is known already only a shop's name is asked."""
    draft: Draft = {}
    if kind is Kind.SHOP:
        draft |= yield from ask(Form("own_name", (OpenQuestion("shop", required=True),)))
    if facts.known and not facts.spoken_for:
        return draft
    tries = 0
    while not _name_in(draft):
        question = OpenQuestion(f"name_{tries}", required=True, text="name")
        draft |= yield from ask(Form("own_name", (question,), {"kind": str(kind)}))
        tries += 1
    for text in ("phone", "phone_again"):
        if _phone_in(draft) is None and not _said_none(draft):
            asked = OpenQuestion(text, required=True, options=(NO_PHONE,))
            draft |= yield from ask(Form("own_name", (asked,), {"said": _last(draft)}))
    return draft


def _last(draft: Draft) -> str:
    return list(draft.values())[-1].words[:LONGEST]


def _name_in(draft: Draft) -> str:
    """The name that was said, without the number behind it; empty as long as there is none."""
    names = [name_and_phone(one.words)[0] for key, one in draft.items() if key.startswith("name_")]
    return next((name[:LONGEST] for name in names if any(c.isalpha() for c in name)), "")


def _phone_in(draft: Draft) -> str | None:
    said = [name_and_phone(one.words)[1] for key, one in draft.items() if key.startswith("name_")]
    said += [one.words for key, one in draft.items() if key.startswith("phone")]
    return next((phone for words in said if words and (phone := shown_phone(words))), None)


def _said_none(draft: Draft) -> bool:
    return any(key.startswith("phone") and one.value == NO_PHONE.key for key, one in draft.items())


def _where(facts: Facts) -> Script:
    """The place below the code's own, by its name; asked again with the names where none is understood."""
    draft: Draft = {}
    tries = 0
    while tries == 0 or _place_in(draft, facts) is None:
        values = {**facts.about, "again": tries > 0, "places": [unit(one.id) for one in facts.places[:12]]}
        question = OpenQuestion(f"place_{tries}", required=True, text="place")
        draft |= yield from ask(Form("own_name", (question,), values))
        tries += 1
    return draft


def _place_in(draft: Draft, facts: Facts) -> Id | None:
    """The unit that was named; of those whose names fit the longest. The code's own place where there is none below."""
    if not facts.places:
        return facts.code.unit
    said = [f" {folded(one.words)} " for key, one in draft.items() if key.startswith("place_")]
    fits = [one for one in facts.places if said and f" {folded(one.name)} " in said[-1]]
    longest = max((len(one.name) for one in fits), default=0)
    named = [one for one in fits if len(one.name) == longest]
    return named[0].id if len(named) == 1 else None


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Keep it once; after a no, or by a code that has ended meanwhile, nothing is kept."""
    if draft["consent"].value == NO.key or ("agreed" in draft and draft["agreed"].value == NOT_ASKED.key):
        return [Say("own_name.declined", facts.about)]
    if not is_open(facts.code, facts.edition, turn):
        return [Say("own_name.code_over")]
    kind = Kind(str(draft["kind"].value))
    somebody = _somebody(draft, facts, turn, store)
    place = _place_in(draft, facts)
    assert place is not None
    if _there_already(somebody, kind, draft, facts, store):
        return [Say("own_name.there_already", {**facts.about, "kind": str(kind)})]
    shop = _shop(draft, place, store) if kind is Kind.SHOP else None
    kept = store.participants.register(facts.code, kind, somebody, place=place, shop=shop, task=task_in(draft))
    return [Say("own_name.receipt", {**facts.about, **shown_participant(kept)})]


def _shop(draft: Draft, place: Id, store: Store) -> Id:
    """A unit of its own holds a shop's name; it heads nothing and owes nothing."""
    return store.roster.add_unit(SHOP_KIND, draft["shop"].words[:LONGEST], above=store.people.unit(place)).id


def task_in(draft: Draft) -> str | None:
    """What they want to do, in their words; none where they said nothing."""
    return draft["task"].words[:LONGEST_TASK] if draft["task"].how == TEXT else None


def is_open(code: OpenCode, edition: Edition, turn: Turn) -> bool:
    """Whether the code lets another one in: it has not ended, and the campaign still takes registrations."""
    return code.opens(turn.now) and local_day(turn.now) <= edition.choices.last_day_to_register()


def _there_already(somebody: Id, kind: Kind, draft: Draft, facts: Facts, store: Store) -> bool:
    """The same person for the same kind is one; a second shop is another."""
    same = [one for one in store.participants.of_person(somebody) if one.campaign == facts.code.campaign]
    return kind is not Kind.SHOP and any(one.takes_part and one.kind is kind and one.person == somebody for one in same)


def _somebody(draft: Draft, facts: Facts, turn: Turn, store: Store) -> Id:
    """Who takes part: whoever types, made known by it, or somebody else whose yes was heard."""
    if facts.known and not _name_in(draft):
        store.invitations.agree(facts.known, "registration", WORDING)
        return facts.known
    read = read_name(_name_in(draft))
    added = store.roster.add_person(read.name, read.called, read.address or UNSAID, _phone_in(draft))
    if facts.known is None:
        store.people.bind(turn.account.id, added.id)
        store.acts(added.id)
    store.invitations.agree(added.id, "registration", WORDING)
    return added.id


def shown_participant(one: Participant) -> dict[str, Any]:
    """Somebody who takes part, as texts show them."""
    return {
        "kind": str(one.kind),
        "person": person(one.person),
        "shop": unit(one.shop) if one.shop else None,
        "place": unit(one.unit),
        "task": one.task,
        "state": str(one.state),
        "done_at": one.done_at.isoformat() if one.done_at else None,
    }


ENTER = routes.story(Story("own_name", Action.ENTER, "open_code", facts, script, finish))


def begin_in_own_name(turn: Turn, code: OpenCode, store: Store) -> list[Say]:
    """Begin with what a code opens; one that has ended, is full or over is told so kindly."""
    if not is_open(code, store.campaigns.edition(code.campaign), turn):
        return [Say("own_name.code_over")]
    return begin(turn, ENTER, code, store)
