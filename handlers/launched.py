"""Who hears of a launch: heads whose units take part, those who are invited, leaders and colleagues, each once."""

from collections.abc import Iterable, Sequence
from typing import Any

from campaigns.authority import Role
from campaigns.campaign import Campaign
from campaigns.edition import Choices
from campaigns.entry import invited
from campaigns.ids import Id
from campaigns.replanning import Due
from dialogue.say import Lane, Say, person, unit
from handlers.launch_preview import Place, to_come
from handlers.registration import invite
from handlers.turn import Turn
from storage.store import Store


def told_of_launch(
    launched: Id,
    campaign: Campaign,
    choices: Choices,
    places: Sequence[Place],
    registered: bool,
    turn: Turn,
    store: Store,
) -> list[Say]:
    """What the officer, every head, leaders and colleagues are told; allied bodies are only ever invited."""
    coming = to_come(choices, turn.now)
    about = {
        "title": campaign.plan.title,
        "start": choices.start.isoformat(),
        "end": choices.end.isoformat(),
        "ask_at": coming[0].ask_at.isoformat() if coming else None,
    }
    joined = [place for place in places if registered and not place.unit.allied]
    asked = [place for place in places if place not in joined]
    heads = [say for place in joined for say in _to_heads(launched, place, campaign, about, coming)]
    invitations = [say for place in asked for say in invite(launched, place.unit.id, store)]
    phoned = [
        {"unit": unit(place.unit.id), "head": person(place.heads[0]) if place.heads else None}
        for place in places
        if not any(store.people.account_of(head) for head in place.heads)
    ]
    told = Say("launch.done", {**about, "registered": len(joined), "invited": len(asked), "phoned": phoned})
    return [told, *heads, *invitations, *_to_the_office(launched, about, turn, store)]


def _to_heads(
    launched: Id, place: Place, campaign: Campaign, about: dict[str, Any], coming: Sequence[Due]
) -> Iterable[Say]:
    """Each is told when they themselves are asked first: not all kinds of units report equally often."""
    plan = invited(campaign.entry_rules, place.unit.kind, 0)
    first = next((due.ask_at.isoformat() for due in coming if due.cadence.concerns(place.sort.names)), None)
    invites = {"works": plan.works is not None, "tasks": plan.tasks is not None}
    values = {**about, "unit": unit(place.unit.id), "ask_at": first, **invites}
    for head in place.heads:
        key = f"launched:{launched}:{place.unit.id}:{head}"
        yield Say("launched.registered", values, to=head, lane=Lane.BULK, key=key)


def _to_the_office(launched: Id, about: dict[str, Any], turn: Turn, store: Store) -> Iterable[Say]:
    path = store.campaigns.path(launched)
    office = [*store.people.holders_above(path, Role.LEADER), *store.people.holders_above(path, Role.OFFICER)]
    for one in dict.fromkeys(colleague.id for colleague in office):
        if one != turn.actor.person:
            by = person(turn.actor.person) if turn.actor.person else None
            key = f"launched:{launched}:{one}"
            yield Say("launched.office", {**about, "by": by}, to=one, lane=Lane.BULK, key=key)
