"""A month where a plan names no day: "tháng 8 năm 2021" begins on its first day, "cuối tháng 6" ends on its last."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; ``str(Month(2021, 8)) == "2021-08"``."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


When = date | Month


def first_day(when: When) -> date:
    """The day on which it begins."""
    return when.first if isinstance(when, Month) else when


def last_day(when: When) -> date:
    """The day on which it ends."""
    return when.last if isinstance(when, Month) else when
