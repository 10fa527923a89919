"""What heads play: a temper for a whole campaign, a part for one period; and what is kept of what they said."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Temper(StrEnum):
    """When somebody answers: PROMPT within the hour, SLOW the next morning, LATE after the due hour, SILENT seldom."""

    PROMPT = "prompt"
    SLOW = "slow"
    LATE = "late"
    SILENT = "silent"


# Hours after the question: before the due hour (21.5 hours after it), or after it.
HOURS = {Temper.PROMPT: (0.1, 1.0), Temper.SLOW: (11.0, 18.0), Temper.LATE: (23.0, 40.0)}


@dataclass(frozen=True)
class Part:
    """How a head plays one period, where that is not left to chance.

    ``after`` so many hours (none: not at all), in which ``way`` ("whole", "steps", "same"), with which closing words;
    ``slips``: types a zero too many, once.
    """

    after: float | None
    way: str = "whole"
    closing: str = "nothing"
    slips: bool = False


@dataclass
class Told:
    """What one head said for one period, and what came back."""

    asked_at: datetime
    says: dict[int, Decimal | None] = field(default_factory=dict)
    said_at: datetime | None = None
    messages: int = 0
    receipts: list[str] = field(default_factory=list)
    first_said_at: datetime | None = None
    asked_back: int = 0
    asks_for: bool = False
    estimated: set[int] = field(default_factory=set)
