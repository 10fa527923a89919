"""Devices that have one chat open. A code from one opens the chat on another, which is full only after a day.

Until then it may neither shut out older devices nor ask for codes of its own: whoever had somebody's phone in hand for
a minute cannot take their chat away from them, and they were told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.ids import Id

CODE_VALID_FOR = timedelta(minutes=10)
SETTLED_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Device:
    """A browser that has a chat open. ``what`` is what it said of itself; ``linked``: opened by another's code.

    One person may have several chats: ``account`` tells which this one has open.
    """

    id: str
    account: Id
    what: str
    opened_at: datetime
    seen_at: datetime
    linked: bool


def is_settled(device: Device, now: datetime) -> bool:
    """Whether a device has the full say over its chat."""
    return not device.linked or _is_a_day_old(device, now)


def _is_a_day_old(device: Device, now: datetime) -> bool:
    return now - device.opened_at >= SETTLED_AFTER


def may_end(device: Device, other: Device, now: datetime) -> bool:
    """Whether one device may sign another out: itself and younger ones always, older ones once it is settled.

    Over another chat of the same person nobody has the full say on the first day, however they came to theirs.
    """
    if device.id == other.id or other.opened_at > device.opened_at:
        return True
    return is_settled(device, now) if device.account == other.account else _is_a_day_old(device, now)
