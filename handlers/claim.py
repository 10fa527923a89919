"""The first officer claims an empty program by the one-time code it printed: which unit it is for, and who they are."""

from typing import Any

from campaigns.authority import Action, Role
from campaigns.naming import LONGEST, ROOT_KINDS, UNSAID, Named, read_name, shown_phone
from dialogue.forms import CHANGE, SEND, Draft, Form, Option, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Say, person, unit
from handlers.entry_questions import is_option
from handlers.loading import Claimed
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

WORDING = "office-1"
NO_PHONE = Option(
    "none",
    "buttons.no_phone",
    (
        "khong",
        "ko",
        "khong co",
        "khong dung",
        "chua co",
        "khong co so",
        "khong co dien thoai",
        "khong co so dien thoai",
    ),
)
KINDS = tuple(Option(key, f"buttons.kind_{key.replace('-', '_')}", (key.replace("-", " "),)) for key in ROOT_KINDS)


def facts(claimed: Claimed, turn: Turn, conversation: Conversation, store: Store) -> Claimed:
    """Loaded anew each turn; a claim that somebody else used meanwhile is no longer found."""
    return claimed


def script(facts: Claimed) -> Script:
    """The unit, the name, a telephone number; then all of it once more for a yes."""
    draft = yield from ask(Form("claim", (Pick("kind", KINDS),)))
    kind = ROOT_KINDS[str(draft["kind"].value)]
    draft |= yield from ask(Form("claim", (OpenQuestion("unit", required=True),), {"kind": kind}))
    draft |= yield from ask(Form("claim", (OpenQuestion("name", required=True),)))
    draft |= yield from asked_phone("claim", own=True)
    shown = {"kind": kind, "unit": draft["unit"].words[:LONGEST], **name_values(draft)}
    draft |= yield from ask(Form("claim", (Pick("confirm", (SEND, CHANGE), shown),), shown))
    return draft


def asked_phone(form: str, *, own: bool = False) -> Any:
    """Ask for a number, one's ``own`` or another's, once more where the first answer is neither one nor a no."""
    whose: dict[str, Any] = {"required": True, "their_phone": not own, "options": (NO_PHONE,)}
    draft = yield from ask(Form(form, (OpenQuestion("phone", own_phone=own, **whose),)))
    if shown_phone(draft["phone"].words) is None and not is_option(draft["phone"], NO_PHONE):
        said = {"said": draft["phone"].words[:LONGEST]}
        draft |= yield from ask(Form(form, (OpenQuestion("phone_again", **whose),), said))
    return draft


def name_values(draft: Draft) -> dict[str, Any]:
    """Name, address and number as they were understood."""
    read = named_in(draft)
    return {"name": read.name, "address": read.address, "phone": phone_in(draft)}


def named_in(draft: Draft) -> Named:
    """The person who was named."""
    return read_name(draft["name"].words)


def phone_in(draft: Draft) -> str | None:
    """The number that was given; none where none was."""
    return shown_phone((draft.get("phone_again") or draft["phone"]).words)


def finish(draft: Draft, facts: Claimed, turn: Turn, store: Store) -> list[Say]:
    """Found the unit, its first officer, and bind this chat to them; the code is used up."""
    read = named_in(draft)
    root = store.roster.add_unit(ROOT_KINDS[str(draft["kind"].value)], draft["unit"].words[:LONGEST])
    officer = store.roster.add_person(read.name, read.called, read.address or UNSAID, phone_in(draft))
    store.roster.give_role(officer.id, Role.OFFICER, root.id)
    store.offices.claimed(facts.id, turn.account, officer.id, WORDING)
    return [Say("claim.welcome", {"person": person(officer.id), "unit": unit(root.id)})]


CLAIM = routes.story(Story("claim", Action.ENTER, "claim", facts, script, finish))
