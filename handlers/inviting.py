"""Codes for people to come in with: told with the links that bring them along, drawn for a camera, made anew."""

from campaigns.authority import Action, Role
from campaigns.ids import Id
from campaigns.invitation import shown_code
from campaigns.people import Person, Unit
from dialogue.doors import links
from dialogue.routes import Routes
from dialogue.say import Choice, Say, person, unit
from handlers.board import find_unit
from handlers.turn import Turn
from storage.store import Store

routes = Routes()


def invitation(somebody: Person, place: Id, turn: Turn, store: Store) -> Say:
    """Their code, and the links that bring it along; a picture of one is drawn when it is asked for."""
    store.offices.void_codes(somebody.id)
    code = store.invitations.invite(somebody.id)
    ways = links(turn.doors, code)
    values = {"person": person(somebody.id), "unit": unit(place), "code": shown_code(code), "links": ways}
    drawn = Choice("buttons.qr", f"staff.qr:{place}:{code}", typed=True)
    return Say("staff.code", values, (drawn,) if ways else ())


@routes.button("staff.qr", action=Action.MANAGE_PEOPLE, loads="unit", revised=True)
def draw_code(turn: Turn, place: Unit, store: Store, code: str) -> list[Say]:
    """The code as a picture for a camera, by a door that brings it along if there is one; none once it is used."""
    opened = store.invitations.opened_by(code)
    invited = store.invitations.invited(opened) if opened else None
    ways = links(turn.doors, code)
    if invited is None or not ways or invited.id not in _expected(place, store):
        return [Say("staff.code_is_used")]
    way = next((one for one in ways if code in one["link"]), ways[0])
    values = {"person": person(invited.id), "code": shown_code(code), "brings": code in way["link"], **way}
    return [Say("staff.drawn", {**values, "qr": way["link"]})]


def _expected(place: Unit, store: Store) -> set[Id]:
    held, offered = store.offices.held_below(place.path), store.offices.waiting(place.path)
    return {one.person for one in held} | {one.person for one in offered}


@routes.command("ma moi", action=Action.MANAGE_PEOPLE, tail=True)
def new_code(turn: Turn, tail: str, store: Store) -> list[Say]:
    """A new code for the head of a unit; the old one opens nothing any more."""
    units, _ = find_unit(tail, turn, Action.MANAGE_PEOPLE, store)
    heads = store.people.holders(units[0].id, Role.REPORTER) if len(units) == 1 else []
    if not heads:
        return [Say("staff.whose_code", {"units": [unit(one.id) for one in units]})]
    return [invitation(heads[0], units[0].id, turn, store)]
