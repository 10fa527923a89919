"""Listening: an officer is told once of what came by voice or on a page, and hears words that answer nothing."""

from collections.abc import Sequence
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.holidays import OFFICE, Holidays, may_write
from campaigns.ids import Id
from campaigns.original import Medium, Original
from campaigns.report import Report
from dialogue.routes import Routes
from dialogue.say import Choice, Say, person, unit
from handlers.approval import shown
from handlers.asking import Addressed
from handlers.told import HEARABLE, rows_of
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

CHOICES_AT_MOST = 8


def due(holidays: Holidays, store: Store) -> list[Original] | None:
    """What officers are to hear of now, all that came meanwhile together; only in office hours."""
    return (store.originals.untold() or None) if may_write(store.now, holidays, OFFICE) else None


def tell(originals: list[Original], store: Store) -> Addressed:
    """Tell whoever is nearest above each unit; the key keeps it from being said twice."""
    store.originals.told(originals)
    theirs: dict[Id, list[Original]] = {}
    for one in originals:
        for officer in store.people.nearest_above(one.path, Role.OFFICER):
            theirs.setdefault(officer.id, []).append(one)
    accounts = {officer: account for officer in theirs if (account := store.people.account_of(officer))}
    return [(account, [_waiting(theirs[officer], f"hear:{originals[0].id}")]) for officer, account in accounts.items()]


def _waiting(originals: Sequence[Original], key: str | None = None) -> Say:
    """Who waits to be listened to, once each, with what opens it."""
    about: dict[Id, list[Original]] = {}
    for one in originals:
        about.setdefault(one.report or one.id, []).append(one)
    rows = [{"unit": unit(each[0].unit), "owed": each[0].report is not None, **_how(each)} for each in about.values()]
    choices = tuple(_open(each[0], pushed=key is not None) for each in about.values())[:CHOICES_AT_MOST]
    places = len({one.unit for one in originals})
    return Say("hearing.waiting", {"rows": rows, "places": places}, choices, key=key)


def _how(originals: Sequence[Original]) -> dict[str, Any]:
    media = sorted({str(one.medium) for one in originals}, reverse=True)
    return {"media": media, "at": originals[0].said_at.isoformat(), "by": person(originals[0].by)}


def _open(one: Original, *, pushed: bool) -> Choice:
    """What is told unasked never gives a typed number a meaning."""
    data = f"report.show:{one.report}" if one.report else f"original.hear:{one.id}"
    return Choice("buttons.hear", data, {"unit": unit(one.unit), "medium": str(one.medium)}, typed=pushed)


def let_go(store: Store) -> None:
    """What was written down long enough ago is not kept any longer; it may speak of third persons."""
    for one in store.originals.had_their_time():
        (store.recordings if one.medium is Medium.VOICE else store.photos).let_go_of(one.attached)
    for recording in store.originals.left_over():
        store.recordings.let_go_of(recording)


@routes.command("ghi am", "nghe", "nghe ghi am", "doi ghi", action=Action.REPORT_ON_BEHALF)
def show_waiting(turn: Turn, tail: str, store: Store) -> list[Say]:
    """All that waits to be listened to or looked at, the oldest first."""
    found = {one.id: one for grant in turn.actor.grants for one in store.originals.waiting_below(grant.path)}
    return [_waiting([one for one in found.values() if may(turn.actor, Action.REPORT_ON_BEHALF, one.path)])]


@routes.button("original.hear", action=Action.REPORT_ON_BEHALF, loads="original")
def hear(turn: Turn, original: Original, store: Store) -> list[Say]:
    """A word that answers nothing: from whom, when, and the recording."""
    values = {"unit": unit(original.unit), "by": person(original.by), "originals": rows_of([original])}
    recordings = (original.attached,) if original.medium is Medium.VOICE and original.state in HEARABLE else ()
    choices = (Choice("buttons.heard", f"original.done:{original.id}"),) if original.settled_at is None else ()
    return [Say("hearing.message", values, choices, recordings=recordings)]


@routes.button("original.done", action=Action.REPORT_ON_BEHALF, loads="original")
def done(turn: Turn, original: Original, store: Store) -> list[Say]:
    """Listened to; a second tap says the same."""
    store.originals.settle([original])
    return [Say("hearing.done", {"unit": unit(original.unit)})]


@routes.button("original.keep", action=Action.REPORT_ON_BEHALF, loads="report", revised=True)
def keep(turn: Turn, report: Report, store: Store, revision: str) -> list[Say]:
    """Listened to, and the figures stand; what came meanwhile is shown first."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    if str(report.revision) != revision:
        return [shown(report, turn, store, text="approval.changed")]
    store.originals.settle(store.originals.waiting(report.id))
    return [Say("hearing.done", {"unit": unit(obligation.unit)})]
