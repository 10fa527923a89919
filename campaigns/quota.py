"""A bot's month: how many messages its vendor lets it send, what waits first as they run out, what is foreseen.

The numbers are the vendor's own plan and come from the settings. A month is local and begins at midnight here.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from campaigns.calendar import LOCAL

WARN_AT = (70, 90, 95, 100)  # percent of the month's messages; at 95 only replies go out, at the last nothing
STALE = timedelta(days=2)  # a reminder that could not go out for so long helps nobody any more


class Urgency(StrEnum):
    """What a message is for, in the order in which messages wait."""

    ANNOUNCEMENT = "announcement"
    REMINDER = "reminder"
    REPLY = "reply"


KEPT_FREE = {Urgency.ANNOUNCEMENT: 15, Urgency.REMINDER: 5, Urgency.REPLY: 0}  # percent kept for what is more urgent


@dataclass(frozen=True)
class Quota:
    """What a vendor's plan allows one bot: messages in a month, people who may write to it, groups it may be in."""

    messages: int
    users: int | None = None
    groups: int | None = None

    def allows(self, spent: int, urgency: Urgency) -> bool:
        """Whether one more message of that urgency may go out after so many this month."""
        return (self.messages - spent) * 100 > KEPT_FREE[urgency] * self.messages

    def percent(self, spent: int) -> int:
        """How much of the month's messages is gone, rounded down."""
        return spent * 100 // self.messages


def month_of(now: datetime) -> date:
    """The first day of the month of a moment, as people here count."""
    return now.astimezone(LOCAL).date().replace(day=1)


def end_of_month(now: datetime) -> datetime:
    """When the next month begins."""
    first = month_of(now)
    return datetime.combine((first + timedelta(days=31)).replace(day=1), time(), LOCAL)


def forecast(spent: int, now: datetime) -> int:
    """How many it will be at the end of the month if the rest goes as the month went so far, which counts as a day at
    least."""
    here = now.astimezone(LOCAL)
    gone = max(timedelta(days=1), here - datetime.combine(month_of(now), time(), LOCAL))
    return round(spent * timedelta(days=monthrange(here.year, here.month)[1]) / gone)


def warned_at(percent: int, told: frozenset[int]) -> int | None:
    """Of what share the officers are to be told now: the highest that was reached, if it was not told before."""
    reached = max((share for share in WARN_AT if share <= percent), default=0)
    return reached if reached > max(told, default=0) else None
