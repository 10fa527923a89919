"""The list of registrations (danh sách đăng ký): by unit and kind for officers and leaders; one unit's sheet; names.

Below units there are only counts of who takes part, and names only for the officer and the head of that place. Who does
not take part, or does no more, stands on no list.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.ids import Id
from campaigns.participant import Kind, Participant
from campaigns.people import Unit
from campaigns.registration import Registration, State, Undertaking
from dialogue.routes import Routes
from dialogue.say import Choice, Say, person, unit
from dialogue.text import folded
from handlers.board import find_unit
from handlers.entry_questions import about_campaign, entry_of, shown_entry
from handlers.own_name import shown_participant
from handlers.registration import facts_of, paper_of
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

NAMED_AT_MOST = 40
Named = Mapping[Id, list[Undertaking]]
"""What each registration has named."""
PHOTOS_AT_MOST = 10
WAITING = (State.PENDING, State.ASKED_BACK)


@routes.command("danh sach dang ky", "ds dang ky", "ds dk", action=Action.SEE_REGISTRATIONS)
def show_roll(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The whole list."""
    return roll(turn, "", store)


def roll(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The list of every campaign within reach, or one unit's sheets where the words name one."""
    if not tail:
        says = [_roll(campaign, turn, store) for campaign in reversed(store.campaigns.all())]
        return [say for say in says if say] or [Say("roll.nothing")]
    units, _ = find_unit(tail, turn, Action.SEE_REGISTRATIONS, store)
    if len(units) != 1:
        return [Say("roll.which_unit", {"said": tail[:60], "units": [unit(one.id) for one in units]})]
    sheets = [office_sheet(one, turn, store) for one in _of_place(units[0], store)]
    return sheets or [Say("roll.nothing")]


def _of_place(place: Unit, store: Store) -> list[Registration]:
    """How a unit stands in every campaign over it; whom nobody asked yet is invited, and owes nothing for it."""
    running = store.registrations.running_over(place.path)
    return [store.registrations.invite(campaign, place.id) for campaign in running]


def _roll(campaign: Id, turn: Turn, store: Store) -> Say | None:
    """Counts by kind, then every unit that takes part or waits, in roster order."""
    mine = [grant.path for grant in turn.actor.grants if may(turn.actor, Action.SEE_REGISTRATIONS, grant.path)]
    found = {one.id: one for path in mine for one in store.registrations.below(campaign, path)}
    people = sum((store.participants.counts(campaign, path) for path in _topmost(mine)), Counter())
    if not found and not people:
        return None
    there = [one for one in found.values() if one.takes_part]
    named = store.many.undertakings(found.values())
    waiting = [one for one in found.values() if one.state in WAITING]
    values = {
        **about_campaign(store.campaigns.edition(campaign)),
        "kinds": _by_kind(there, named),
        "waiting": [_row(one, named) for one in waiting],
        "withdrawn": sum(one.state is State.WITHDRAWN for one in found.values()),
        "people": told_counts(people),
        "counted": sum(one.counted or 0 for one in there),
        "signed": sum(one.pledge_signed_on is not None for one in there),
        "clusters": _clusters(there, store),
    }
    choices = tuple(
        Choice("buttons.show_registration", f"registration.show:{one.id}", {"unit": unit(one.unit)}) for one in waiting
    )
    return Say("roll.roll", values, choices)


def _topmost(paths: list[str]) -> list[str]:
    """The paths that lie below no other of them: what is below both is counted once."""
    own = dict.fromkeys(paths)
    return [path for path in own if not any(path != other and path.startswith(other) for other in own)]


def _by_kind(there: list[Registration], named: Named) -> list[dict[str, Any]]:
    kinds = dict.fromkeys(one.kind for one in there)
    return [{"kind": kind, "rows": [_row(one, named) for one in there if one.kind == kind]} for kind in kinds]


def _row(registration: Registration, works: Named) -> dict[str, Any]:
    named = works.get(registration.id, [])
    return {
        "unit": unit(registration.unit),
        "works": sum(not one.of_the_plan for one in named),
        "aims": sum(one.of_the_plan for one in named),
        "signed": registration.pledge_signed_on is not None,
        "state": str(registration.state),
        "allied": registration.allied,
    }


def told_counts(counts: Counter[tuple[Kind, State]]) -> list[dict[str, Any]]:
    """How many take part in their own name, by kind, and how many of these are done."""
    kinds = [kind for kind in Kind if any(one is kind for one, _ in counts)]
    total = {kind: sum(number for (one, _), number in counts.items() if one is kind) for kind in kinds}
    return [{"kind": str(kind), "number": total[kind], "done": counts[kind, State.DONE]} for kind in kinds]


def _clusters(there: list[Registration], store: Store) -> list[dict[str, Any]]:
    """The clusters that units are in, where there are several."""
    sizes = Counter(cluster_of(one, store) for one in there if one.cluster)
    return [{"name": name, "number": number} for name, number in sizes.items()] if len(sizes) > 1 else []


@routes.button("registration.show", action=Action.SEE_REGISTRATIONS, loads="registration")
def show(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """One unit's sheet."""
    return [office_sheet(registration, turn, store)]


def office_sheet(registration: Registration, turn: Turn, store: Store, *, text: str = "roll.sheet") -> Say:
    """Everything a unit has registered, and what the officer may do about it."""
    known = facts_of(registration, store)
    assert registration.campaign is not None
    people = store.participants.counts(registration.campaign, registration.path)
    values = {
        **known.about,
        **shown_entry(entry_of(registration, store), known),
        "state": str(registration.state),
        "reason": registration.reason,
        "cluster": cluster_of(registration, store),
        "counted": registration.counted,
        "counted_of": registration.counted_of,
        "people": told_counts(people),
        "officer": may(turn.actor, Action.CONFIRM_REGISTRATION, registration.path),
    }
    return Say(text, values, _choices(registration, bool(people), turn, store), photos=paper_of(registration))


def _choices(registration: Registration, people: bool, turn: Turn, store: Store) -> tuple[Choice, ...]:
    if not may(turn.actor, Action.CONFIRM_REGISTRATION, registration.path):
        return ()
    names = {
        State.PENDING: ("confirm", "ask_back", "decline"),
        State.ASKED_BACK: ("confirm", "decline"),
        State.CONFIRMED: ("withdraw",),
    }.get(registration.state, ("for_them",))
    stem = f"{registration.id}:{registration.revision}"
    own = {"withdraw": str(registration.id), "for_them": str(registration.id)}
    choices = [Choice(f"buttons.{name}_registration", f"registration.{name}:{own.get(name, stem)}") for name in names]
    if people:
        choices.append(Choice("buttons.who_registered", f"registration.names:{registration.id}"))
    return tuple(choices)


@routes.button("registration.names", action=Action.SEE_PARTICIPANTS, loads="registration")
def show_names(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Who takes part in a place in their own name: for the officer and the head of that place alone."""
    assert registration.campaign is not None
    found = store.participants.in_place(registration.campaign, registration.unit)
    rows = [
        {
            "kind": str(one.kind),
            "person": person(one.person),
            "shop": unit(one.shop) if one.shop else None,
            "task": one.task,
            "done": one.state is State.DONE,
            "words": one.done_words,
            "photo": one.done_photo is not None,
        }
        for one in found[:NAMED_AT_MOST]
    ]
    values = {"unit": unit(registration.unit), "rows": rows, "number": len(found)}
    shown = [one for one in found[:NAMED_AT_MOST] if one.done_photo][-PHOTOS_AT_MOST:]
    photos = [Choice("buttons.done_photo", f"participant.photo:{one.id}", shown_participant(one)) for one in shown]
    return [Say("roll.names", values, tuple(photos))]


@routes.button("participant.photo", action=Action.SEE_PARTICIPANTS, loads="participant")
def show_photo(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    """The photo that somebody sent when they were done; nothing of who withdrew."""
    if participant.done_photo is None or not participant.takes_part:
        return [Say("help.old_button")]
    values = {**shown_participant(participant), "told": participant.done_words}
    return [Say("roll.done_photo", values, photos=(participant.done_photo,))]


@routes.command("cum", "khoi", "vao cum", action=Action.CONFIRM_REGISTRATION, tail=True)
def put_in_cluster(turn: Turn, tail: str, store: Store) -> list[Say]:
    """ "cụm Tơ Bla: làng" puts a unit among those it is compared with, in the campaign launched last over it."""
    said, _, name = tail.partition(":")
    units, _ = find_unit(said, turn, Action.CONFIRM_REGISTRATION, store)
    there = [one for one in _of_place(units[0], store) if one.takes_part] if len(units) == 1 else []
    name = " ".join(name.split())[:40]
    if not there or not name:
        known = list(_known(turn, store).values())
        return [Say("roll.how_to_cluster", {"units": [unit(one.id) for one in units], "known": known})]
    owed = store.registrations.put_in_cluster(there[0], _meant(name, _known(turn, store)))
    cluster = cluster_of(store.campaigns.registration(there[0].id), store)
    return [Say("roll.in_cluster", {"unit": unit(units[0].id), "cluster": cluster, "owed": owed})]


def _meant(said: str, known: dict[str, str]) -> str:
    """The cluster that is there already under these words, by its name or its key; otherwise they are a new one."""
    words = {_bare(word): key for key, name in known.items() for word in (key, name)}
    return words.get(_bare(said), said)


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", folded(words)))


def _known(turn: Turn, store: Store) -> dict[str, str]:
    """The clusters that there are in the actor's campaigns, and what people call them."""
    mine = [
        one for one in store.campaigns.all() if may(turn.actor, Action.CONFIRM_REGISTRATION, store.campaigns.path(one))
    ]
    everybody = [one for campaign in mine for one in store.campaigns.registrations(campaign)]
    there = {one.cluster: cluster_of(one, store) for one in everybody if one.cluster}
    chosen = [one for campaign in mine for one in store.campaigns.edition(campaign).choices.clusters]
    return there | {one.key: one.name for one in chosen}


def cluster_of(registration: Registration, store: Store) -> str:
    """What people call those that it is compared with; empty where there is none."""
    if not registration.cluster or registration.campaign is None:
        return registration.cluster
    return store.campaigns.edition(registration.campaign).choices.name_of_cluster(registration.cluster)


def heads_of(registration: Registration, store: Store) -> list[Id]:
    """The unit's heads who can be told here."""
    heads = store.people.holders(registration.unit, Role.REPORTER)
    return [one.id for one in heads if store.people.account_of(one.id)]
