"""Help, cancel, and an answer to everything that was not understood."""

from campaigns.authority import Action, Role
from dialogue.incoming import Kind
from dialogue.routes import Routes
from dialogue.say import Say, person
from dialogue.text import has_words
from handlers.turn import Turn
from storage.store import Store

routes = Routes()


def _roles(turn: Turn) -> dict[str, object]:
    return {
        "reports": turn.actor.holds(Role.REPORTER),
        "officer": turn.actor.holds(Role.OFFICER),
        "leader": turn.actor.holds(Role.LEADER),
        "stranger": turn.actor.person is None,
    }


@routes.command("giup", "tro giup", "giup toi", "huong dan", "menu", "help", "start", "hd", action=Action.ENTER)
def show_help(turn: Turn, tail: str, store: Store) -> list[Say]:
    """What this person can do here, and whom to call."""
    return [Say("help.help", {**_roles(turn), "officer_person": _officer(turn, store)})]


@routes.command("thoi", "huy", "thoat", "de sau", "cancel", "stop", action=Action.ENTER)
def cancel(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Put the open conversation aside; what was answered stays."""
    story = store.conversations.park(turn.account.id)
    return [Say("help.parked", {"story": story}) if story else Say("help.nothing_open")]


def not_understood(turn: Turn, store: Store) -> list[Say]:
    """Something useful, by who asks and what it was."""
    kind = turn.incoming.kind
    why = "too_long" if turn.incoming.too_long else str(Kind.OTHER if kind is Kind.CONTACT else kind)
    if kind is Kind.TEXT and not turn.incoming.too_long:
        why = "words" if has_words(turn.incoming.text) else "empty"
    return [Say("help.not_understood", {**_roles(turn), "why": why, "officer_person": _officer(turn, store)})]


def _officer(turn: Turn, store: Store) -> dict[str, str] | None:
    for grant in turn.actor.grants:
        officers = store.people.holders_above(grant.path, Role.OFFICER)
        if officers and officers[0].id != turn.actor.person:
            return person(officers[0].id)
    return None
