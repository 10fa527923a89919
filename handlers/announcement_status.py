"""Following an announcement: what became of every copy; pause, go on, cancel, try again."""

from contextlib import suppress
from typing import Any

from campaigns.announcement import Announcement, Fate, State, Step
from campaigns.authority import Action
from dialogue.routes import Routes
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.asking import Addressed
from handlers.turn import Turn
from storage.announcements import StaleAnnouncement
from storage.store import Store

routes = Routes()

AT_ONCE = 50  # copies in the outbox: what lies there a pause takes back at once
TROUBLE = (Fate.PHONE, Fate.UNREACHABLE, Fate.REJECTED, Fate.UNKNOWN)


def status(announcement: Announcement, turn: Turn, store: Store) -> Say:
    """How far it is, by name where somebody has to do something."""
    slot = f"announcement:{announcement.id}"
    return Say("announcement.status", values_of(announcement, store), _choices(announcement, store), slot=slot)


def values_of(announcement: Announcement, store: Store) -> dict[str, Any]:
    """What the status tells."""
    fates = store.announcements.fates(announcement.id)
    return {
        "said": announcement.words[:60],
        "state": str(announcement.state),
        "total": fates.total(),
        "fates": dict(fates),
        "trouble": {str(fate): _named(announcement, fate, store) for fate in TROUBLE if fates[fate]},
    }


def _named(announcement: Announcement, fate: Fate, store: Store) -> list[dict[str, Any]]:
    found = store.announcements.recipients(announcement.id, fate)
    return [
        {
            "person": person(one.person) if one.person else None,
            "unit": unit(one.unit) if one.unit else None,
            "group": group.name if one.group and (group := store.groups.group(one.group)) else None,
        }
        for one in found
    ]


def _choices(announcement: Announcement, store: Store) -> tuple[Choice, ...]:
    fates = store.announcements.fates(announcement.id)
    failed = fates[Fate.UNREACHABLE] + fates[Fate.REJECTED]
    offered = {
        State.SENDING: ("pause", "cancel", "show"),
        State.PAUSED: ("resume", "cancel"),
        State.CANCELLED: ("show",) if fates[Fate.WAITING] else (),
        State.FINISHED: (("retry",) if failed else ()) + (("retry_unknown",) if fates[Fate.UNKNOWN] else ()),
    }[announcement.state]
    return tuple(Choice(f"buttons.{name}", f"announcement.{name}:{announcement.id}") for name in offered)


@routes.button("announcement.show", action=Action.ANNOUNCE, loads="announcement")
def show(turn: Turn, announcement: Announcement, store: Store) -> list[Say]:
    """How far it is now."""
    return [status(announcement, turn, store)]


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
    return [status(announcement, turn, store)]


def hand_over(announcement: Announcement, store: Store) -> list[tuple[int, Say]]:
    """The next copies, each with the message it becomes; who has no account is to be phoned."""
    says = []
    for copy, to in store.announcements.to_hand_over(announcement.id, AT_ONCE):
        group = store.groups.group(to.group) if to.group else None
        reached = group is not None or (to.person is not None and store.people.account_of(to.person) is not None)
        if not reached:
            store.announcements.settle_one(copy, Fate.PHONE if to.person else Fate.UNREACHABLE)
            continue
        key = f"announce:{announcement.id}:{copy}:{announcement.attempt}"
        values = {"said": announcement.words, "by": person(announcement.by)}
        to_group = group.account if group else None
        says.append((copy, Say("announcement.message", values, to=to.person, group=to_group, lane=Lane.BULK, key=key)))
    return says


def finished(announcement: Announcement, store: Store) -> Addressed:
    """Tell its author that every fate is final, with the names of who is to be phoned."""
    account = store.people.account_of(announcement.by)
    if account is None:
        return []
    done = store.announcements.announcement(announcement.id)
    assert done is not None
    key = f"announced:{announcement.id}:{announcement.attempt}"
    return [
        (account, [Say("announcement.status", values_of(done, store), _choices(done, store), lane=Lane.BULK, key=key)])
    ]
