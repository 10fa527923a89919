"""When who is reminded (nhắc, đôn đốc), and when silence is told upwards. Due moments never move; reminders do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from campaigns.calendar import LOCAL
from campaigns.edition import Step
from campaigns.holidays import HEADS, OFFICE, Holidays, earlier, later, may_write
from campaigns.obligation import Obligation

JUST_ASKED = timedelta(hours=2)  # whoever was asked a moment ago is not reminded yet
APART = timedelta(hours=6)  # two steps that moved together are one
CATCH_UP = timedelta(hours=20)  # after an outage an older step is not made up for
BUDGET, WITHIN = 2, timedelta(days=7)  # forms and reminders that one person gets, over all campaigns together
SLACK = timedelta(hours=1)  # a form goes out when the clock is looked at, some moments after its hour
SILENT_PERIODS = 3  # whoever said nothing for so long is visited, not written to
DIGEST_AFTER = timedelta(minutes=30)
SILENCE = timedelta(days=7)
NUDGES_APART = timedelta(hours=20)


class Cleared(StrEnum):
    """Why a reminder was not sent: it CAME, was EXCUSED or CLOSED, is too OLD, went over the BUDGET; SILENT people are
    visited; some can be REACHED by a call only."""

    CAME = "came"
    EXCUSED = "excused"
    CLOSED = "closed"
    OLD = "old"
    BUDGET = "budget"
    SILENT = "silent"
    UNREACHED = "unreached"


@dataclass(frozen=True)
class Reminder:
    """One step for one obligation, with the moment at which it is to be sent: together they are its identity."""

    step: str
    at: datetime


def planned(obligation: Obligation, steps: Iterable[Step], holidays: Holidays) -> list[Reminder]:
    """The reminders of an obligation in order, each at an hour and on a day when heads may be written to.

    Steps before the due moment move earlier, steps after it later. Left out is what would come before or just after
    the form, after the figures are closed, or together with another step.
    """
    found = sorted((_moved(step, obligation.due_at, holidays) for step in steps), key=lambda one: one.at)
    kept: list[Reminder] = []
    for one in found:
        wanted = obligation.ask_at + JUST_ASKED <= one.at < obligation.close_at
        if wanted and not (kept and one.at - kept[-1].at < APART):
            kept.append(one)
    return kept


def _moved(step: Step, due_at: datetime, holidays: Holidays) -> Reminder:
    at = _moment(step, due_at)
    return Reminder(step.key, (earlier if at <= due_at else later)(at, holidays, HEADS))


def _moment(step: Step, due_at: datetime) -> datetime:
    if step.at is None:
        return due_at + timedelta(hours=step.hours)
    day = due_at.astimezone(LOCAL).date() + timedelta(days=step.days)
    return datetime.combine(day, step.at, LOCAL)


def cleared(obligation: Obligation, at: datetime, now: datetime) -> Cleared | None:
    """Why a reminder that was planned for ``at`` is not sent ``now``, none where it still is."""
    if obligation.first_said_at is not None:
        return Cleared.CAME
    if obligation.excused_at is not None:
        return Cleared.EXCUSED
    if obligation.closed(now):
        return Cleared.CLOSED
    missed_its_point = at <= obligation.due_at < now
    return Cleared.OLD if now - at > CATCH_UP or missed_its_point else None


def digest_at(due_at: datetime, holidays: Holidays) -> datetime:
    """When the officer is told who is missing: the first office hour after the due moment."""
    return later(due_at + DIGEST_AFTER, holidays, OFFICE)


def escalation_at(due_at: datetime, holidays: Holidays) -> datetime:
    """When a week of silence is told one level up."""
    return later(due_at + SILENCE, holidays, OFFICE)


def form_at(obligation: Obligation, now: datetime, holidays: Holidays) -> datetime:
    """When a form goes out that was not sent at its hour because the program was gone: now, or in the next hours of
    heads where these come before it is due (or, after that, before the figures are closed)."""
    until = obligation.due_at if now <= obligation.due_at else obligation.close_at
    waits = now - obligation.ask_at > SLACK and not may_write(now, holidays, HEADS)
    return later(now, holidays, HEADS) if waits and later(now, holidays, HEADS) < until else now


def room_at(pushed: Sequence[datetime], now: datetime) -> datetime:
    """When a form may be pushed to somebody, given the moments of all that was pushed, in order: now, or when there is
    room in seven days again. What goes out at one moment is one."""
    recent = [moment for moment in pushed if moment > now - WITHIN]
    full = len(recent) >= BUDGET and now not in recent
    return recent[-BUDGET] + WITHIN if full else now


def leaves_room(pushed: Iterable[datetime], coming: Iterable[datetime], now: datetime, budget: int) -> bool:
    """Whether a reminder may go out now: what was pushed and the forms that are still to come have the first claim."""
    forms = {moment for moment in coming if now < moment < now + WITHIN}
    moments = {*pushed, now, *forms}
    ends = {now: now - WITHIN} | {form: form - WITHIN + SLACK for form in forms}
    return all(sum(since < moment <= end for moment in moments) <= budget for end, since in ends.items())
