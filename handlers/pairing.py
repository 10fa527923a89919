"""One person on two channels: a code asked for on the first joins the second, within ten minutes, once.

A reminder then goes to where they wrote last, once.
"""

from campaigns.authority import Action
from campaigns.invitation import shown_code
from dialogue.routes import Routes
from dialogue.say import Say, person
from handlers.turn import Turn
from storage.pairings import VALID_FOR
from storage.store import Store

routes = Routes()


@routes.command("ma noi", "noi kenh", "them kenh", action=Action.ENTER)
def ask_code(turn: Turn, tail: str, store: Store) -> list[Say]:
    """A code to be typed on the other channel, told once."""
    if turn.actor.person is None:
        return [Say("join.stranger")]
    code = shown_code(store.pairings.ask(turn.account))
    return [Say("pairing.code", {"code": code, "minutes": VALID_FOR.seconds // 60})]


def pair(code: str, turn: Turn, store: Store) -> list[Say] | None:
    """A stranger typed a code that somebody asked for on another channel; that channel hears of it. None for others."""
    found = store.pairings.use(code, turn.account)
    if found is None:
        return None
    who, asked_in = found
    return [Say("pairing.joined", {"person": person(who)}), Say("pairing.told", account=asked_in)]
