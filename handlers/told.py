"""What is said about what was told by voice or on a page: that it arrived, that it waits, how it was understood."""

from collections.abc import Sequence
from typing import Any

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.obligation import Obligation, Standing
from campaigns.original import Original
from campaigns.report import Report, Source
from dialogue.say import Choice, Say, person, unit
from handlers.periods import named
from handlers.turn import Turn
from storage.store import Store

Lines = Sequence[dict[str, Any]]
HEARABLE = ("to_fetch", "good")  # what is on its way will be there when somebody listens


def listener(path: str, store: Store) -> dict[str, str] | None:
    """Who listens for the unit at a path, by name; none where nobody does."""
    officers = store.people.nearest_above(path, Role.OFFICER)
    return person(officers[0].id) if officers else None


def about(obligation: Obligation, report: Report, store: Store) -> dict[str, Any]:
    """What every text about a told report may name."""
    return {
        "unit": unit(obligation.unit),
        "period": named(obligation.period),
        "receipt": report.receipt,
        "officer": listener(obligation.path, store),
    }


def told_receipt(obligation: Obligation, report: Report, lines: Lines, turn: Turn, store: Store) -> Say:
    """Number and time: it counts from its arrival, with what the person had typed before; somebody will listen."""
    first = report.versions[0]
    now = store.obligations.obligation(obligation.id) or obligation
    values = {
        **about(obligation, report, store),
        "page": first.source is Source.PAGE,
        "at": first.said_at.isoformat(),
        "late": now.standing(turn.now) is Standing.LATE,
        "lines": [line for line in lines if line["how"] not in (None, "unknown")],
    }
    return Say("telling.receipt", values)


def told_back(heard: Sequence[Id], obligation: Obligation, report: Report, lines: Lines, store: Store) -> list[Say]:
    """What was heard is written down: settled, and whoever told it reads how it was understood."""
    settled = [one for original in heard if (one := store.originals.original(original))]
    store.originals.settle(settled)
    told = []
    for teller in dict.fromkeys(one.by for one in settled):
        account = store.people.account_of(teller)
        conversation = account and store.conversations.of(account.id, "report", obligation.id)
        if conversation:
            store.conversations.end(conversation)
        told += [_understood(teller, obligation, report, lines, store)] if account else []
    return told


def _understood(teller: Id, obligation: Obligation, report: Report, lines: Lines, store: Store) -> Say:
    latest = report.latest
    values = {
        **about(obligation, report, store),
        "by": person(latest.by),
        "page": latest.source is Source.PAGE,
        "lines": list(lines),
        "story": latest.story,
        "close_at": obligation.close_at.isoformat(),
    }
    correct = Choice("buttons.correct", f"report.correct:{report.id}", typed=True)
    key = f"understood:{report.id}:{latest.number}"
    return Say("telling.understood", values, (correct,), to=teller, key=key)


def rows_of(originals: Sequence[Original]) -> list[dict[str, Any]]:
    """Originals as an officer reads of them."""
    return [
        {
            "medium": str(one.medium),
            "at": one.said_at.isoformat(),
            "by": person(one.by),
            "seconds": one.seconds,
            "state": one.state,
            "waits": one.settled_at is None,
        }
        for one in originals
    ]
