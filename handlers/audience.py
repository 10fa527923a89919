"""Who can be told: who takes part, by kind or cluster, who has not reported, leaders, officers, groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from campaigns.announcement import Recipient
from campaigns.authority import Action, Role, may
from campaigns.group import GroupPurpose
from campaigns.ids import Id
from campaigns.obligation import Standing
from campaigns.people import Unit
from handlers.turn import Turn
from storage.store import Store

WAITED_FOR = (Standing.OPEN, Standing.MISSING)


@dataclass(frozen=True)
class Audience:
    """Some people or groups; ``label`` names the text of its button, ``phone`` counts who can only be phoned."""

    key: str
    label: str
    words: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    phone: int = 0
    groups: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def audiences(campaign: Id, turn: Turn, store: Store) -> tuple[Audience, ...]:
    """Every audience within the actor's reach that has somebody in it, the widest first."""
    clusters = _clusters(campaign, turn, store)
    units = [unit for several in clusters.values() for unit in several]
    missing = {
        one.unit for one in store.obligations.on_the_board(campaign, "/") if one.standing(turn.now) in WAITED_FOR
    }
    found = [
        _of_units("all", "buttons.to_all", ("tat ca", "moi nguoi"), units, store),
        _of_units(
            "missing", "buttons.to_missing", ("chua bao", "chua co tin"), [u for u in units if u.id in missing], store
        ),
        *_by_kind(units, store),
        *_by_cluster(campaign, clusters, store),
        _office("leaders", "buttons.to_leaders", ("lanh dao",), Role.LEADER, campaign, store),
        _office("officers", "buttons.to_officers", ("can bo",), Role.OFFICER, campaign, store),
        _groups(campaign, store),
    ]
    return tuple(one for one in found if one.recipients)


def _clusters(campaign: Id, turn: Turn, store: Store) -> dict[str, list[Unit]]:
    """The units that take part, by the cluster they are compared in; an empty name where there is none."""
    clusters: dict[str, list[Unit]] = {}
    there = [one for one in store.campaigns.registrations(campaign) if one.takes_part]
    units = store.many.units(one.unit for one in there)
    for one in there:
        if may(turn.actor, Action.ANNOUNCE, one.path):
            clusters.setdefault(one.cluster, []).append(units[one.unit])
    return clusters


def _of_units(
    key: str, label: str, words: tuple[str, ...], units: Iterable[Unit], store: Store, **values: str
) -> Audience:
    there = list(units)
    heads = store.many.holders((unit.id for unit in there), Role.REPORTER)
    people = {head.id: unit.id for unit in there for head in heads[unit.id]}
    recipients = tuple(Recipient(person=head, unit=unit) for head, unit in people.items())
    return Audience(key, label, words, recipients, _without_account(people, store), values=values)


def _by_kind(units: list[Unit], store: Store) -> list[Audience]:
    kinds = dict.fromkeys(unit.kind for unit in units)
    if len(kinds) < 2:
        return []
    return [
        _of_units(f"kind:{kind}", "buttons.to_kind", (kind,), [u for u in units if u.kind == kind], store, kind=kind)
        for kind in kinds
    ]


def _by_cluster(campaign: Id, clusters: Mapping[str, list[Unit]], store: Store) -> list[Audience]:
    there = {key: units for key, units in clusters.items() if key}
    if len(there) < 2:
        return []
    choices = store.campaigns.edition(campaign).choices
    return [_of_cluster(key, choices.name_of_cluster(key), units, store) for key, units in there.items()]


def _of_cluster(key: str, name: str, units: list[Unit], store: Store) -> Audience:
    words = (name, name.replace(",", ""), f"khoi {name}", key.replace("-", " "))
    return _of_units(f"cluster:{key}", "buttons.to_cluster", words, units, store, name=name, count=str(len(units)))


def _office(key: str, label: str, words: tuple[str, ...], role: Role, campaign: Id, store: Store) -> Audience:
    """Who holds a role over the whole campaign."""
    people = {one.id: None for one in store.people.holders_above(store.campaigns.path(campaign), role)}
    recipients = tuple(Recipient(person=one) for one in people)
    return Audience(key, label, words, recipients, _without_account(people, store))


def _groups(campaign: Id, store: Store) -> Audience:
    linked = store.groups.linked(campaign, GroupPurpose.ANNOUNCEMENTS)
    recipients = tuple(Recipient(group=one.id) for one in linked)
    return Audience("groups", "buttons.to_groups", ("nhom",), recipients, groups=tuple(one.name for one in linked))


def _without_account(people: Iterable[Id], store: Store) -> int:
    asked = set(people)
    return len(asked - store.many.with_account(asked))
