"""Counting from outside: what the cast said and what was delivered, never the program's own functions or tables."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from bot.channels.recorder.channel import Recorder
from bot.simulation.heads import Head
from bot.simulation.office import Officer
from campaigns.calendar import LOCAL

DUE_HOUR, CLOSING_HOUR, CLOSING_AFTER = time(16), time(10), 3  # days from Friday to Monday


@dataclass(frozen=True)
class Due:
    """The oracle's own calendar: reports are due on Fridays at 16:00, figures close on the Monday after."""

    first: date
    weeks: int

    def moment(self, week: int) -> datetime:
        """When that week's report is due."""
        return datetime.combine(self.first + timedelta(weeks=week), DUE_HOUR, LOCAL)

    def closes(self, week: int) -> datetime:
        """When that week's figures close."""
        day = self.first + timedelta(weeks=week, days=CLOSING_AFTER)
        return datetime.combine(day, CLOSING_HOUR, LOCAL)

    def number(self, week: int) -> int:
        """The week's number: of the day before it is due."""
        return (self.first + timedelta(weeks=week, days=-1)).isocalendar().week


@dataclass(frozen=True)
class Outcome:
    """What became of one village's week, as its people know it."""

    said_at: datetime | None
    receipts: tuple[str, ...]
    says: dict[int, Decimal | None]
    messages: int | None
    asked_back: int = 0


def outcomes(heads: dict[str, Head], officer: Officer, due: Due, phones: str) -> Iterator[tuple[str, int, Outcome]]:
    """Every village and every week."""
    for village in [*heads, phones]:
        for week in range(due.weeks):
            yield village, week, _outcome(heads.get(village), officer, due.number(week))


def _outcome(head: Head | None, officer: Officer, number: int) -> Outcome:
    if head is None:
        call = officer.phoned.get(number)
        receipts = tuple(call.receipts) if call else ()
        return Outcome(call.called_at if call and receipts else None, receipts, call.says if call else {}, None)
    week = head.weeks.get(number)
    if week is None or not week.receipts:
        return Outcome(None, (), {}, None, week.asked_back if week else 0)
    return Outcome(week.first_said_at, tuple(week.receipts), week.says, week.messages, week.asked_back)


def counts(heads: dict[str, Head], officer: Officer, recorder: Recorder, due: Due, phones: str) -> dict[str, Any]:
    """All counts of a simulation."""
    every = list(outcomes(heads, officer, due, phones))
    standing = Counter(_standing(village, week, outcome, officer, due) for village, week, outcome in every)
    needed = sorted(outcome.messages for _, _, outcome in every if outcome.messages is not None)
    return {
        "expected": (len(heads) + 1) * due.weeks,
        **{key: standing[key] for key in ("on_time", "late", "missing", "excused")},
        "returned": officer.returned,
        "approved": len(officer.approved),
        "messages_sent": len(recorder.delivered),
        "messages_per_report_median": _share(needed, 0.5),
        "messages_per_report_p90": _share(needed, 0.9),
        "doubled": _doubled(recorder, [outcome for _, _, outcome in every]),
        "lost": sum(_is_lost(outcome, officer) for _, _, outcome in every),
        "asked_back": sum(outcome.asked_back for _, _, outcome in every),
        "by_phone": sum(bool(call.receipts) for call in officer.phoned.values()),
        "unknown_figures": sum(v is None for _, _, o in every if o.receipts for v in o.says.values()),
        "weeks": due.weeks,
    }


def _standing(village: str, week: int, outcome: Outcome, officer: Officer, due: Due) -> str:
    if outcome.said_at is not None:
        return "on_time" if outcome.said_at <= due.moment(week) else "late"
    excused = any(number == due.number(week) and village in told for number, told in officer.excused)
    return "excused" if excused else "missing"


def _share(numbers: list[int], share: float) -> int:
    return numbers[max(0, ceil(len(numbers) * share) - 1)] if numbers else 0


def _doubled(recorder: Recorder, every: list[Outcome]) -> int:
    """Messages that arrived twice unmarked, and reports that were given more than one number."""
    unmarked = Counter(m.parcel.outbox for m in recorder.delivered if not m.parcel.repeated)
    twice = sum(times - 1 for times in unmarked.values())
    return twice + sum(len(set(outcome.receipts)) - 1 for outcome in every if outcome.receipts)


def _is_lost(outcome: Outcome, officer: Officer) -> bool:
    """Whether a report was acknowledged, but its figures are not what the officer is shown."""
    if not outcome.receipts:
        return False
    shown = officer.shown.get(outcome.receipts[-1])
    return shown is None or any(shown.get(number) != value for number, value in outcome.says.items())
