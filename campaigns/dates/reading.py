"""What reading a day may come to: a day or a span, a question back, a refusal, or nothing."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Limit(StrEnum):
    """How a day is meant: ON it, BEFORE it (trước ngày: <), BY it (đến hết ngày, chậm nhất: ≤), FROM it on."""

    ON = "on"
    BEFORE = "before"
    BY = "by"
    FROM = "from"


class Why(StrEnum):
    """Why something is asked back or refused."""

    # asked back
    YEAR = "year"  # "25/10" in April: this year's or last year's
    SWAPPED = "swapped"  # "4/25": month first
    DAY_ONLY = "day_only"  # "ngày 12", "12"
    VAGUE = "vague"  # "đầu tháng 6", "trước cuối tháng 6"
    SEVERAL = "several"  # two days that make no span
    EXTRA = "extra"  # a day among words that are not understood
    POINTED = "pointed"  # "25.4": a day or a number; "3-5": a day or some days
    UNCLEAR = "unclear"  # "thang sau": tháng sau or tháng sáu; "thứ sáu sau"
    # refused
    LUNAR = "lunar"  # "mùng 6 Tết", "10/3 âm lịch"
    IMPOSSIBLE = "impossible"  # "31/4", "29/2/2023"
    BACKWARDS = "backwards"  # "từ 30/5 đến 25/4/2022"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Day:
    """A day, or a span from ``start`` to ``end`` (a month, a quarter, "từ … đến …"), both included.

    ``said`` is what was typed; two days are the same whatever was typed.
    """

    start: date
    end: date
    limit: Limit = Limit.ON
    said: str = field(default="", compare=False)

    @property
    def last(self) -> date:
        """The last day that still counts: "trước ngày 15/02" ends on the 14th."""
        return self.start - timedelta(days=1) if self.limit is Limit.BEFORE else self.end


@dataclass(frozen=True)
class AskBack:
    """More than one meaning is possible. ``suggestions`` are the likely ones, the likeliest first; may be empty."""

    why: Why
    suggestions: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Refused:
    """No day. ``example`` is one as it may be written."""

    why: Why
    example: str = "25/4/2022"


@dataclass(frozen=True)
class Nothing:
    """Said to be none: "không", "chưa có"."""


Reading = Day | AskBack | Refused | Nothing


def days_of(reading: Reading) -> tuple[Day, ...]:
    """The days that a reading takes or suggests."""
    if isinstance(reading, Day):
        return (reading,)
    return reading.suggestions if isinstance(reading, AskBack) else ()
