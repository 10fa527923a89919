"""Following an announcement: what became of every copy; pause, go on, cancel, try again."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from campaigns.announcement import Announcement, Fate, State, Step
from campaigns.authority import Action
from dialogue.routes import Routes
from dialogue.say import Choice, Lane, Say, person
from handlers.announcement_names import troubled
from handlers.asking import Addressed
from handlers.turn import Turn
from storage.announcements import StaleAnnouncement
from storage.store import Store

routes = Routes()

AT_ONCE = 50  # copies in the outbox: what lies there a pause takes back at once
TROUBLE = (Fate.PHONE, Fate.UNREACHABLE, Fate.REJECTED, Fate.UNKNOWN)


def status(announcement: Announcement, store: Store) -> Say:
    """How far it is, by name where somebody has to do something."""
    slot = slot_of(announcement)
    return Say("announcement.status", values_of(announcement, store), _choices(announcement, store), slot=slot)


def slot_of(announcement: Announcement) -> str:
    """Each attempt has a screen of its own: the word that one is finished is where the next one is followed."""
    return f"announcement:{announcement.id}:{announcement.attempt + (announcement.state is State.FINISHED)}"


def renewed(announcement: Announcement, shown: Mapping[str, Any], store: Store) -> Say | None:
    """The status in place of one that ``shown`` tells; none where nothing has changed."""
    fates = store.announcements.fates(announcement.id)
    if (shown.get("state"), shown.get("fates")) == (announcement.state, dict(fates)):
        return None
    key = f"live:{announcement.id}:{announcement.attempt}:{announcement.state}:{fates.total() - fates[Fate.WAITING]}"
    return replace(status(announcement, store), lane=Lane.BULK, key=key, in_place=True)


def closed(announcement: Announcement) -> Say:
    """In place of the status that was followed: what came of it stands below, where it is noticed."""
    key = f"closed:{announcement.id}:{announcement.attempt}"
    slot = slot_of(announcement)
    return Say("announcement.closed", _said(announcement), slot=slot, lane=Lane.BULK, key=key, in_place=True)


def _said(announcement: Announcement) -> dict[str, Any]:
    return {"said": announcement.words[:60]}


def values_of(announcement: Announcement, store: Store) -> dict[str, Any]:
    """What the status tells."""
    fates = store.announcements.fates(announcement.id)
    return {
        **_said(announcement),
        "state": str(announcement.state),
        "total": fates.total(),
        "fates": dict(fates),
        "trouble": {str(fate): troubled(announcement, fate, store) for fate in TROUBLE if fates[fate]},
    }


def _choices(announcement: Announcement, store: Store) -> tuple[Choice, ...]:
    fates = store.announcements.fates(announcement.id)
    failed = fates[Fate.UNREACHABLE] + fates[Fate.REJECTED]
    offered = {
        State.SENDING: ("pause", "cancel", "show"),
        State.PAUSED: ("resume", "cancel"),
        State.CANCELLED: ("show",) if fates[Fate.WAITING] else (),
        State.FINISHED: (("retry",) if failed else ()) + (("retry_unknown",) if fates[Fate.UNKNOWN] else ()),
    }[announcement.state]
    steps = (Choice(f"buttons.{name}", f"announcement.{name}:{announcement.id}") for name in offered)
    return (*steps, Choice("buttons.each_recipient", f"announcement.names:{announcement.id}:1"))


@routes.button("announcement.show", action=Action.ANNOUNCE, loads="announcement")
def show(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """How far it is now."""
    return [status(announcement, store)]


@routes.button("announcement.pause", action=Action.ANNOUNCE, loads="announcement")
def pause(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """Hold back what has not gone out."""
    return _stepped(announcement, Step.PAUSE, turn, store)


@routes.button("announcement.resume", action=Action.ANNOUNCE, loads="announcement")
def resume(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """Go on."""
    return _stepped(announcement, Step.RESUME, turn, store)


@routes.button("announcement.cancel", action=Action.ANNOUNCE, loads="announcement")
def cancel(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """Send no more of it; what has gone out has gone out."""
    return _stepped(announcement, Step.CANCEL, turn, store)


@routes.button("announcement.retry", action=Action.ANNOUNCE, loads="announcement")
def retry(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """Try again what surely did not arrive."""
    return _stepped(announcement, Step.RETRY, turn, store)


@routes.button("announcement.retry_unknown", action=Action.ANNOUNCE, loads="announcement")
def retry_unknown(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """Try again also what nobody knows about; an officer's own choice, as it may arrive twice."""
    return _stepped(announcement, Step.RETRY, turn, store, also_unknown=True)


def _stepped(
    announcement: Announcement, step: Step, turn: Turn, store: Store, *, also_unknown: bool = False
) -> list[Say]:
    """An old button changes nothing and shows how it stands."""
    with suppress(StaleAnnouncement):
        announcement = store.announcements.step(announcement, step, also_unknown=also_unknown)
    return [status(announcement, store)]


def hand_over(announcement: Announcement, store: Store) -> list[tuple[int, Say | None]]:
    """The next copies, each with the message it becomes; none where there is no account: they are to be phoned."""
    says: list[tuple[int, Say | None]] = []
    for copy, to in store.announcements.to_hand_over(announcement.id, AT_ONCE):
        group = store.groups.group(to.group) if to.group else None
        reached = group is not None or (to.person is not None and store.people.account_of(to.person) is not None)
        if not reached:
            store.announcements.settle_one(copy, Fate.PHONE if to.person else Fate.UNREACHABLE)
            says.append((copy, None))
            continue
        key = f"announce:{announcement.id}:{copy}:{announcement.attempt}"
        values = {"said": announcement.words, "by": person(announcement.by)}
        to_group = group.account if group else None
        says.append((copy, Say("announcement.message", values, to=to.person, group=to_group, lane=Lane.BULK, key=key)))
    return says


def finished(announcement: Announcement, store: Store) -> Addressed:
    """Tell its author that every fate is final, with the names of who is to be phoned; below, so that it is noticed.

    Nobody asked for it, so it has no numbers of its own: an open number keeps its meaning.
    """
    account = store.people.account_of(announcement.by)
    if account is None:
        return []
    done = store.announcements.announcement(announcement.id)
    assert done is not None
    key = f"announced:{announcement.id}:{announcement.attempt}"
    told = status(done, store)
    values, choices = {**told.values, "unasked": True}, tuple(replace(one, typed=True) for one in told.choices)
    return [(account, [replace(told, values=values, choices=choices, lane=Lane.BULK, key=key)])]
