"""Counting from outside: what the cast said and what was delivered, never the program's own functions or tables."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from bot.channels.recorder.channel import Recorder
from bot.simulation.duties import Duty
from bot.simulation.heads import Head
from bot.simulation.office import Officer
from bot.simulation.showing import GROUPS
from bot.simulation.watching import Watched

MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Outcome:
    """What became of one unit's report, as its people know it."""

    said_at: datetime | None
    receipts: tuple[str, ...]
    says: dict[int, Decimal | None]
    messages: int | None
    asked_back: int = 0
    asks_for: bool = False
    estimated: int = 0


def outcomes(heads: dict[str, Head], officer: Officer, duties: list[Duty]) -> Iterator[tuple[Duty, Outcome]]:
    """What became of everything that was owed."""
    for duty in duties:
        yield duty, _outcome(heads.get(duty.unit), officer, duty)


def _outcome(head: Head | None, officer: Officer, duty: Duty) -> Outcome:
    if head is None:
        call = officer.phoned.get((duty.period, duty.unit))
        receipts = tuple(call.receipts) if call else ()
        return Outcome(call.called_at if call and receipts else None, receipts, call.says if call else {}, None)
    told = head.told.get(duty.period)
    if told is None or not told.receipts:
        return Outcome(None, (), {}, None, told.asked_back if told else 0)
    about = (told.asked_back, told.asks_for, len(told.estimated))
    return Outcome(told.first_said_at, tuple(told.receipts), told.says, told.messages, *about)


def counts(
    heads: dict[str, Head], officer: Officer, recorder: Recorder, duties: list[Duty], watched: Watched
) -> dict[str, Any]:
    """All counts of a simulation."""
    every = list(outcomes(heads, officer, duties))
    standing = Counter(_standing(duty, outcome, officer) for duty, outcome in every)
    needed = sorted(outcome.messages for _, outcome in every if outcome.messages is not None)
    return {
        "expected": len(duties),
        **{key: standing[key] for key in ("on_time", "late", "missing", "excused")},
        "returned": officer.returned,
        "approved": len(officer.approved),
        "messages_sent": len(recorder.delivered),
        "messages_per_month": _busiest_month([message.at for message in recorder.delivered]),
        "people": len({message.chat for message in recorder.delivered} - set(GROUPS)),
        "messages_per_report_median": _share(needed, 0.5),
        "messages_per_report_p90": _share(needed, 0.9),
        "doubled": _doubled(recorder, [outcome for _, outcome in every]),
        "lost": sum(_is_lost(outcome, officer) for _, outcome in every),
        "asked_back": sum(outcome.asked_back for _, outcome in every),
        "by_phone": sum(bool(call.receipts) for call in officer.phoned.values()),
        "by_voice": sum(
            bool(told.receipts and told.says) for head in officer.listens_to for told in head.told.values()
        ),
        **watched.counts(),
        "requests_asked": sum(outcome.asks_for for _, outcome in every),
        "requests_answered": len(officer.promises.answered),
        "requests_overdue": officer.promises.overdue(),
        "estimated": sum(outcome.estimated for _, outcome in every),
        "unknown_figures": sum(v is None for _, o in every if o.receipts for v in o.says.values()),
    }


def _busiest_month(moments: list[datetime]) -> int:
    """The most messages in any 31 days on end."""
    moments = sorted(moments)
    return max((bisect_left(moments, start + MONTH) - at for at, start in enumerate(moments)), default=0)


def _standing(duty: Duty, outcome: Outcome, officer: Officer) -> str:
    if outcome.said_at is not None:
        return "on_time" if outcome.said_at <= duty.due else "late"
    excused = any(period == duty.period and duty.unit in told for period, told in officer.excused)
    return "excused" if excused else "missing"


def _share(numbers: list[int], share: float) -> int:
    return numbers[max(0, ceil(len(numbers) * share) - 1)] if numbers else 0


def _doubled(recorder: Recorder, every: list[Outcome]) -> int:
    """Messages, or parts of long ones, that arrived twice unmarked; reports that were given more than one number."""
    unmarked = Counter((m.parcel.outbox, m.text) for m in recorder.delivered if not m.parcel.repeated)
    twice = sum(times - 1 for times in unmarked.values())
    return twice + sum(len(set(outcome.receipts)) - 1 for outcome in every if outcome.receipts)


def _is_lost(outcome: Outcome, officer: Officer) -> bool:
    """Whether a report was acknowledged, but its figures are not what the officer is shown."""
    if not outcome.receipts:
        return False
    shown = officer.shown.get(outcome.receipts[-1])
    return shown is None or any(shown.get(number) != value for number, value in outcome.says.items())
