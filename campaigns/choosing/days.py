"""The days of a campaign: its first, its last, the last days of its waves; kept as ISO dates."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from campaigns.dates import AskBack, Day, Why, read_date
from campaigns.wrong import Wrong

LONGEST = timedelta(days=5 * 366)
EXAMPLE = "29/4/2022"
WAVES_AT_MOST = 12
_APART = re.compile(r"\s*[,;\n]\s*")


def read_start(words: str, today: date) -> list[str] | Wrong:
    """The first day, or both where a span is said: "29/4", "29/4 đến 2/6"."""
    day = _day(words, today)
    if isinstance(day, Wrong):
        return day
    first, last = day.start, day.last
    if abs(first - today) > LONGEST:
        return Wrong("far", EXAMPLE)
    if last <= first:
        return [first.isoformat()]
    checked = read_end(last.isoformat(), today, first)
    return checked if isinstance(checked, Wrong) else [first.isoformat(), checked]


def read_end(words: str, today: date, start: date) -> str | Wrong:
    """The last day: not before the first, not past, and not too many years ahead."""
    day = _day(words, max(start, today), start)
    if isinstance(day, Wrong):
        return day
    if day.last < start:
        return Wrong("before_start", _written(start + timedelta(days=34)), _written(start))
    if day.last < today:
        return Wrong("past", _written(today + timedelta(days=34)))
    return Wrong("far", EXAMPLE) if day.last - start > LONGEST else day.last.isoformat()


def read_waves(words: str, today: date, start: date, end: date) -> list[str] | Wrong:
    """The last days of the waves, in order; the last of them is the campaign's own, said or not."""
    lasts: list[date] = []
    for part in _APART.split(words.strip(" ,;\n")):
        day = _day(part, max(start, today), start)
        if isinstance(day, Wrong):
            return day
        lasts.append(day.last)
    if lasts != sorted(set(lasts)) or not start <= lasts[0] <= lasts[-1] <= end or len(lasts) > WAVES_AT_MOST:
        return Wrong("waves_out_of_order", _written(start + (end - start) / 2), f"{_written(start)}–{_written(end)}")
    return [day.isoformat() for day in _until(lasts, end)]


def _until(lasts: Iterable[date], end: date) -> list[date]:
    return sorted({*lasts, end})


def _day(words: str, today: date, floor: date | None = None) -> Day | Wrong:
    """The day that is meant; without a year the one that is not before ``floor``, where there is only one."""
    read = read_date(_iso_as_typed(words), today)
    if isinstance(read, AskBack) and read.why is Why.YEAR and floor:
        later = [day for day in read.suggestions if day.last >= floor]
        read = later[0] if len(later) == 1 else read
    if isinstance(read, Day):
        return read
    if isinstance(read, AskBack) and read.suggestions:
        return Wrong("which_day", _written(read.suggestions[0].last))
    return Wrong("no_day", EXAMPLE)


def _iso_as_typed(words: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words.strip())
    return "/".join(reversed(found.groups())) if found else words


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
