"""Ghi giúp: an officer writes down what a head said by phone, in the same conversation; on time is the call's time."""

import re
from datetime import datetime

from campaigns.authority import Action, Role
from campaigns.calendar import LOCAL
from campaigns.obligation import Obligation
from campaigns.people import Unit
from dialogue.routes import Routes
from dialogue.say import Say, unit
from dialogue.text import folded
from handlers.board import current_obligation, find_unit
from handlers.conversation import begin
from handlers.correction import correct_report, how_to_correct
from handlers.report import ON_BEHALF, context_of
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

_CALLED = re.compile(r"\b(?:goi|luc)\s+(?:luc\s+)?(\d{1,2})(?:[:h](\d{2})?)?\b")
_CORRECTS = "sua"


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
    return _write_down(turn, units[0], obligation, called_at, rest, store)


def _write_down(
    turn: Turn, place: Unit, obligation: Obligation, called_at: datetime, rest: str, store: Store
) -> list[Say]:
    heads = store.people.holders(place.id, Role.REPORTER)
    context = {
        **context_of(obligation, store),
        "called_at": called_at.isoformat(),
        "on_behalf_of": str(heads[0].id) if heads else None,
    }
    report = store.reports.of(obligation.id)
    if report is None:
        return begin(turn, ON_BEHALF, obligation, store, context=context)
    changes = _after_word(rest, _CORRECTS)
    says = changes and correct_report(turn, obligation, report, changes, store, story=ON_BEHALF, context=context)
    return says or [how_to_correct(obligation, report, turn, store)]


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
