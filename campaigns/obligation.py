"""Who owes what by when (việc đến hạn): one obligation for a registration and a period, with its moments as data."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from campaigns.calendar import SHORTEST_DAYS, Period, local_day
from campaigns.edition import Cadence
from campaigns.ids import Id
from campaigns.registration import Registration, State

TO_ANSWER = timedelta(days=1)  # who is asked back has at least so long, also where the figures were closed


class Standing(StrEnum):
    """Where an obligation stands. After closing it is one of the first four, and those add up to what was expected."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXCUSED = "excused"
    OPEN = "open"


@dataclass(frozen=True)
class Obligation:
    """A registration's duty to report on one period, as it was planned, with the edition it was planned with.

    ``first_said_at`` is when the first valid report was *said* (for a call: the moment of the call), not when it was
    handled; corrections never move it. Where it was extended (gia hạn), ``planned_due_at`` is when it was due before.
    Works that are changed after ``asked_at`` are asked about from the next one on.
    """

    id: Id
    campaign: Id
    edition: int
    registration: Id
    unit: Id
    path: str
    period: Period
    ask_at: datetime
    due_at: datetime
    close_at: datetime
    first_said_at: datetime | None = None
    excused_at: datetime | None = None
    planned_due_at: datetime | None = None
    asked_at: datetime | None = None

    @property
    def extended(self) -> bool:
        """Whether this unit alone was given more time."""
        return self.planned_due_at is not None

    def closed(self, now: datetime) -> bool:
        """Whether the figures are closed (chốt số): nothing is taken any more."""
        return now >= self.close_at

    def standing(self, now: datetime) -> Standing:
        """What officers count. A report beats an excuse; nothing is missing before it was due."""
        if self.first_said_at is not None:
            return Standing.ON_TIME if self.first_said_at <= self.due_at else Standing.LATE
        if self.excused_at is not None:
            return Standing.EXCUSED
        return Standing.MISSING if now > self.due_at else Standing.OPEN


def owes(registration: Registration, period: Period, cadence: Cadence) -> bool:
    """Whether a registration owes a report on a period: membership is frozen as it is at the period's end.

    It owes it where the cadence concerns it and it takes part on the last day, since ``SHORTEST_DAYS`` days at least
    (or the whole period, where that is shorter). Allied bodies (phối hợp) are invited and owe nothing; nor does who was
    only invited, waits for the officer's yes or was declined.
    """
    counts = registration.state in (State.CONFIRMED, State.DONE, State.WITHDRAWN)
    if not counts or registration.allied or not cadence.concerns(registration.names):
        return False
    since, until = local_day(registration.registered_at), registration.left_at
    stays = until is None or local_day(until) > period.end
    return stays and (since <= period.start or (period.end - since).days + 1 >= SHORTEST_DAYS)


def extended(obligation: Obligation, until: datetime) -> Obligation:
    """The obligation with more time. Closing moves along, so that it keeps its distance from the due moment.

    Raises ValueError where that is no extension: the moment is not after the due one, or the figures are in.
    """
    if until <= obligation.due_at or obligation.first_said_at is not None:
        raise ValueError(f"due {obligation.due_at} cannot be extended to {until}")
    planned = obligation.planned_due_at or obligation.due_at
    close = max(obligation.close_at, until + (obligation.close_at - obligation.due_at))
    return replace(obligation, due_at=until, close_at=close, planned_due_at=planned)


def lost_to(since: datetime, until: datetime, obligation: Obligation) -> timedelta:
    """How much time an outage took from who was to answer, to be given back; nothing where enough was left.

    All of it where the due moment fell into it. Where only the hour of the form did, what is missing since that hour,
    if less than a third of the time for an answer is left.
    """
    ask, due = obligation.ask_at, obligation.due_at
    if since < due <= until:
        return until - since
    if since < ask <= until < due and (due - until) * 3 < due - ask:
        return until - ask
    return timedelta()


def reopened(obligation: Obligation, now: datetime) -> Obligation:
    """The obligation of a report that is asked back about: it can be answered for ``TO_ANSWER`` at least."""
    return replace(obligation, close_at=max(obligation.close_at, now + TO_ANSWER))
