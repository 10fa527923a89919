"""Ghi giúp: an officer writes down what a head said by phone, on a recording or on a page, in the same conversation.

On time is the time of the call, or of the recording's arrival.
"""

import re
from datetime import datetime
from typing import Any

from campaigns.authority import Action, Role
from campaigns.calendar import LOCAL
from campaigns.obligation import Obligation
from campaigns.report import How, Report, Source
from dialogue.reading import Reading
from dialogue.routes import Routes
from dialogue.say import Say, unit
from dialogue.text import folded
from handlers.board import current_obligation, find_unit
from handlers.conversation import advance, begin, opened
from handlers.correction import correct_report, how_to_correct
from handlers.drafts import kept_answers
from handlers.periods import named
from handlers.report import ON_BEHALF, context_of, plain_facts
from handlers.telling import SOURCES
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

_CALLED = re.compile(r"\b(?:goi|luc)\s+(?:luc\s+)?(\d{1,2})(?:[:h](\d{2})?)?\b")
_CORRECTS = "sua"

Context = dict[str, Any]  # how the words came, kept with the conversation


@routes.command("ghi giup", "nhap thay", "gg", action=Action.REPORT_ON_BEHALF, tail=True)
def write_down(turn: Turn, tail: str, store: Store) -> list[Say]:
    """ "ghi giúp Mơ Hra", "ghi giúp Mơ Hra gọi 8:10", "ghi giúp Mơ Hra sửa 2: 160"."""
    units, rest = find_unit(tail, turn, Action.REPORT_ON_BEHALF, store)
    if len(units) != 1:
        return [Say("board.which_unit", {"said": tail[:60], "units": [unit(u.id) for u in units], "word": "ghi giup"})]
    obligation = current_obligation(units[0], turn, store)
    if obligation is None:
        return [Say("approval.no_report", {"unit": unit(units[0].id)})]
    called_at = _called_at(rest, turn.now)
    if called_at is None:
        return [Say("approval.call_time", {"unit": unit(units[0].id)})]
    heard = _heard(obligation, store) if _CALLED.search(folded(rest)) is None else None
    return _write_down(turn, obligation, heard or _phoned(obligation, called_at, store), rest, store)


@routes.button("behalf.begin", action=Action.REPORT_ON_BEHALF, loads="obligation")
def write_down_phoned(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """Somebody is phoned now, and what they say is written down; what came meanwhile is there to be corrected."""
    if obligation.closed(turn.now):
        return [Say("reminder.closed", {"unit": unit(obligation.unit), "period": named(obligation.period)})]
    how = _heard(obligation, store) or _phoned(obligation, turn.now, store)
    return _write_down(turn, obligation, how, "", store)


def _write_down(turn: Turn, obligation: Obligation, how: Context, rest: str, store: Store) -> list[Say]:
    context = {**context_of(obligation, store), **how}
    report = store.reports.of(obligation.id)
    if report is None:
        return begin(turn, ON_BEHALF, obligation, store, context=context)
    changes = _after_word(rest, _CORRECTS)
    says = changes and correct_report(turn, obligation, report, changes, store, story=ON_BEHALF, context=context)
    if not says and how["heard"] and not report.latest.complete:
        return _fill_in(turn, obligation, report, context, store)
    return says or [_how_to_correct(obligation, report, turn, store)]


def _phoned(obligation: Obligation, called_at: datetime, store: Store) -> Context:
    """Said by phone; whoever was called has told all that waits to be heard of them, too."""
    heads = store.people.holders(obligation.unit, Role.REPORTER)
    report = store.reports.of(obligation.id)
    waiting = store.originals.waiting(report.id) if report else []
    return {
        "source": Source.PHONE,
        "called_at": called_at.isoformat(),
        "on_behalf_of": str(heads[0].id) if heads else None,
        "heard": [str(one.id) for one in waiting],
    }


def _heard(obligation: Obligation, store: Store) -> Context | None:
    """Told by voice or on a page that can be heard or seen; none where nothing of the kind waits."""
    report = store.reports.of(obligation.id)
    waiting = store.originals.waiting(report.id) if report else []
    first = next((one for one in waiting if one.state != "refused"), None)
    if first is None:
        return None
    return {
        "source": SOURCES[first.medium],
        "called_at": first.said_at.isoformat(),
        "on_behalf_of": str(first.by),
        "heard": [str(one.id) for one in waiting],
    }


def _fill_in(turn: Turn, obligation: Obligation, report: Report, context: Context, store: Store) -> list[Say]:
    """Ask for what is not known yet; what was typed before stands, or what was begun to be written down."""
    begun = store.conversations.of(turn.account.id, ON_BEHALF.name, obligation.id)
    if begun and begun.answers:
        return begin(turn, ON_BEHALF, obligation, store, context=context)
    kept = kept_answers(plain_facts(obligation, turn, store), report)
    known = {key: answer for key, answer in kept.items() if answer.how not in (How.UNKNOWN, How.NOTHING)}
    figures = {key: answer for key, answer in known.items() if key not in ("photos", "story")}
    if not figures:
        return begin(turn, ON_BEHALF, obligation, store, context=context)
    return advance(
        turn, opened(turn, ON_BEHALF, obligation, store, context=context, answers=figures), Reading({}), store
    )


def _how_to_correct(obligation: Obligation, report: Report, turn: Turn, store: Store) -> Say:
    said = how_to_correct(obligation, report, turn, store)
    return Say("approval.how_to_correct", {**said.values, "unit": unit(obligation.unit)})


@routes.button("original.write", action=Action.REPORT_ON_BEHALF, loads="report")
def write_down_heard(turn: Turn, report: Report, store: Store) -> list[Say]:
    """Listened to or looked at, and written down from there; also where its figures were closed meanwhile."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    if obligation.closed(turn.now) and store.originals.waiting(report.id):
        obligation = store.obligations.reopen(obligation)
    how = _heard(obligation, store) or _phoned(obligation, turn.now, store)
    return _write_down(turn, obligation, how, "", store)


def _after_word(words: str, word: str) -> str:
    """What follows a word (given without marks), nothing where it does not occur."""
    before = [folded(each) for each in words.split()]
    return " ".join(words.split()[before.index(word) + 1 :]) if word in before else ""


def _called_at(words: str, now: datetime) -> datetime | None:
    """When the head called, today; now where nothing is said; none for a time that is still to come or is none."""
    found = _CALLED.search(folded(words))
    if found is None:
        return now
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if hour > 23 or minute > 59:
        return None
    called = now.astimezone(LOCAL).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return called if called <= now else None
