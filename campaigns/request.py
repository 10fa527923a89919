"""A difficulty told in a report that the commune takes on (việc nhờ xã): an owner, a promised day, an answer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.calendar import LOCAL
from campaigns.holidays import OFFICE, Holidays, later
from campaigns.ids import Id

UPWARDS_AFTER = timedelta(days=7)
MORNING = time(7, 30)
SOON = timedelta(days=7)  # a form that comes by then opens with the answer; otherwise the answer goes alone


@dataclass(frozen=True)
class Request:
    """What one unit asked for in a report. ``said`` are its own words; answered once there is an ``answer``."""

    id: Id
    unit: Id
    path: str
    receipt: str
    said: str
    owner: Id
    promised: date
    taken_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None

    def overdue(self, today: date) -> bool:
        """Whether the promised day has passed without an answer."""
        return self.answer is None and today > self.promised


def remind_at(promised: date, holidays: Holidays) -> datetime:
    """When the owner is reminded of the promise: on the morning of that day, or of the next one in the office."""
    return later(datetime.combine(promised, MORNING, LOCAL), holidays, OFFICE)


def upwards_at(taken_at: datetime, holidays: Holidays) -> datetime:
    """When a leader hears of a request that nobody answered."""
    return later(taken_at + UPWARDS_AFTER, holidays, OFFICE)
