"""Who owes what by when (việc đến hạn): one obligation for a registration and a period, with its moments as data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.calendar import Period
from campaigns.ids import Id


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
    handled; corrections never move it.
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
