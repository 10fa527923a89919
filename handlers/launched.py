"""Who hears of a launch, and how a unit that was invited takes part."""

from collections.abc import Iterable, Sequence
from typing import Any

from campaigns.authority import Action, Role
from campaigns.campaign import Campaign
from campaigns.edition import Choices
from campaigns.ids import Id
from campaigns.people import Unit
from dialogue.routes import Routes
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.launch_preview import Place, to_come
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

TAIL = 12  # digits at the end of a campaign's id that tell it from others in a button


def told_of_launch(
    launched: Id,
    campaign: Campaign,
    choices: Choices,
    places: Sequence[Place],
    registered: bool,
    turn: Turn,
    store: Store,
) -> list[Say]:
    """What the officer, every head, leaders and colleagues are told, each once."""
    coming = to_come(choices, turn.now)
    about = {
        "title": campaign.plan.title,
        "start": choices.start.isoformat(),
        "end": choices.end.isoformat(),
        "ask_at": coming[0].ask_at.isoformat() if coming else None,
    }
    heads = [say for place in places for say in _to_heads(launched, place, about, registered=registered)]
    phoned = [
        {"unit": unit(place.unit.id), "head": person(place.heads[0]) if place.heads else None}
        for place in places
        if not any(store.people.account_of(head) for head in place.heads)
    ]
    counts = {
        "registered": sum(registered and not place.unit.allied for place in places),
        "invited": sum(not registered or place.unit.allied for place in places),
    }
    told = Say("launch.done", {**about, **counts, "phoned": phoned})
    return [told, *heads, *_to_the_office(launched, about, turn, store)]


def _to_heads(launched: Id, place: Place, about: dict[str, Any], *, registered: bool) -> Iterable[Say]:
    text = "launched.allied" if place.unit.allied else "launched.registered" if registered else "launched.invited"
    yes = Choice("buttons.take_part", f"launch.accept:{place.unit.id}:{launched.hex[-TAIL:]}", typed=True)
    for head in place.heads:
        key = f"launched:{launched.hex[-TAIL:]}:{place.unit.id}:{head}"
        choices = () if text == "launched.registered" else (yes,)
        yield Say(text, {**about, "unit": unit(place.unit.id)}, choices, to=head, lane=Lane.BULK, key=key)


def _to_the_office(launched: Id, about: dict[str, Any], turn: Turn, store: Store) -> Iterable[Say]:
    path = store.campaigns.path(launched)
    office = [*store.people.holders_above(path, Role.LEADER), *store.people.holders_above(path, Role.OFFICER)]
    for one in dict.fromkeys(colleague.id for colleague in office):
        if one != turn.actor.person:
            key = f"launched:{launched.hex[-TAIL:]}:{one}"
            by = person(turn.actor.person) if turn.actor.person else None
            yield Say("launched.office", {**about, "by": by}, to=one, lane=Lane.BULK, key=key)


@routes.button("launch.accept", action=Action.REPORT, loads="unit", revised=True)
def accept(turn: Turn, place: Unit, store: Store, campaign: str) -> list[Say]:
    """A unit that was invited takes part from now on; pressed again it says that it does."""
    found = [one for one in _running(place, store) if one.hex[-TAIL:] == campaign]
    return [_taken_part(found[0], place, store)] if found else [Say("help.old_button")]


@routes.command("tham gia", "nhan loi", action=Action.REPORT)
def accept_by_words(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The same where there are no buttons: in everything that runs over one's units and they are not in yet."""
    units = [store.people.unit(grant.unit) for grant in turn.actor.grants if grant.role is Role.REPORTER]
    open_ = [(one, place) for place in units for one in _running(place, store) if not _in(one, place, store)]
    return [_taken_part(one, place, store) for one, place in open_] or [Say("launched.nothing_open")]


def _running(place: Unit, store: Store) -> list[Id]:
    return [one for one in store.campaigns.all() if place.path.startswith(store.campaigns.path(one))]


def _in(campaign: Id, place: Unit, store: Store) -> bool:
    return any(one == campaign for one, _ in store.campaigns.registrations_of(place.id))


def _taken_part(campaign: Id, place: Unit, store: Store) -> Say:
    if not _in(campaign, place, store):
        store.changes.join(campaign, place.id)
    title = store.campaigns.edition(campaign).campaign.plan.title
    coming = store.obligations.next_for(place.id)
    values = {"unit": unit(place.id), "title": title, "ask_at": coming.ask_at.isoformat() if coming else None}
    return Say("launched.takes_part", values)
