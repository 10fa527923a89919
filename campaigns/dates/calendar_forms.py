"""Days, months, quarters, halves and years of the calendar, as found in a text."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from campaigns.dates.reading import AskBack, Day, Limit, Reading, Refused, Why, days_of
from campaigns.month import Month

FARTHEST = timedelta(days=150)  # a day without a year is taken for the nearest one, unless two are about as near
SHORT_YEARS = 20  # how far from today a year of two digits is believed
Parts = dict[str, str]
"""The named pieces of what was found, without marks, and what was typed as "typed"."""
Made = Callable[[int], Day | None]
"""A day or span in a year; none where that year has no such day."""


@dataclass(frozen=True)
class Found:
    """What a place in a text says. ``in_year`` gives it in other years where its own was left out.

    ``any_week`` marks a weekday with no word about its week, ``joined`` what goes from one to another ("7-9/3").
    """

    reading: Reading
    in_year: Made | None = None
    any_week: bool = False
    joined: bool = False
    start: int = 0
    end: int = 0


def nearest(made: Made, today: date) -> Reading:
    """The one in the year that brings it nearest to ``today``; a question where two are about as near."""
    years = [today.year + more for more in (-1, 0, 1)]
    near = _by_nearness(made, years, today)
    if near and distance(near[0], today) <= FARTHEST:
        return near[0]
    wider = near or _by_nearness(made, [today.year + more for more in range(-8, 9)], today)
    return AskBack(Why.YEAR, tuple(wider[:2])) if wider else Refused(Why.IMPOSSIBLE)


def _by_nearness(made: Made, years: list[int], today: date) -> list[Day]:
    days = (made(year) for year in years if 1 < year < 9998)
    return sorted((day for day in days if day), key=lambda day: distance(day, today))


def distance(day: Day, today: date) -> timedelta:
    """How far a day or span is from today."""
    return max(day.start - today, today - day.end, timedelta())


def _placed(made: Made, parts: Parts, today: date) -> Found:
    if "year" in parts:
        return Found(made(int(parts["year"])) or Refused(Why.IMPOSSIBLE))
    if "short" in parts:
        return _short_year(made, parts, today)
    return Found(nearest(made, today), made)


def _short_year(made: Made, parts: Parts, today: date) -> Found:
    """ "25/4/22". A year of a past century is asked about, and so is "25/4-22"."""
    years = sorted((int(century + parts["short"]) for century in ("19", "20")), key=lambda year: abs(year - today.year))
    days = tuple(day for year in years if (day := made(year)))
    if abs(years[0] - today.year) > SHORT_YEARS:
        return Found(AskBack(Why.YEAR, days))
    day = made(years[0])
    mixed = parts.get("mark", "/") != parts.get("sign", "/") and parts.get("sign") != "thang"
    if day is None:
        return Found(Refused(Why.IMPOSSIBLE))
    return Found(AskBack(Why.UNCLEAR, (day,)) if mixed else day)


def one_day(parts: Parts, today: date) -> Found:
    """ "25/4", "ngày 7 tháng 3 năm 2022". The day stands before the month; the other way round is asked about."""
    day, month = int(parts["day"]), int(parts["month"])
    if month > 12 >= day:
        swapped = days_of(_placed(_day_of(month, day), parts, today).reading)
        return Found(AskBack(Why.SWAPPED, swapped) if swapped else Refused(Why.IMPOSSIBLE))
    found = _placed(_day_of(day, month), parts, today)
    dated = "year" in parts or "short" in parts
    pointed = parts["sign"] == "." and "word" not in parts
    doubted = not dated and (pointed or (parts["sign"] == "-" and day < month))
    return replace(found, reading=AskBack(Why.POINTED, days_of(found.reading))) if doubted and found.in_year else found


def _day_of(day: int, month: int) -> Made:
    def made(year: int) -> Day | None:
        try:
            return Day(date(year, month, day), date(year, month, day))
        except ValueError:
            return None

    possible = 1 <= month <= 12 and made(2000)  # a leap year
    return made if possible else lambda _: None


def some_days(parts: Parts, today: date) -> Found:
    """ "Từ 25 đến 30/4", "7-9/3/2022"."""
    first, last = (_day_of(int(parts[day]), int(parts["month"])) for day in ("first", "day"))
    if int(parts["first"]) >= int(parts["day"]):
        return Found(Refused(Why.BACKWARDS))
    return replace(_placed(lambda year: _joined(first(year), last(year)), parts, today), joined=True)


def _joined(first: Day | None, last: Day | None) -> Day | None:
    return Day(first.start, last.end) if first and last else None


def months(parts: Parts, today: date) -> Found:
    """ "Tháng 6/2022", "cuối tháng 6", "tháng 8-12/2021"; "tháng 10 đến tháng 3" begins in the year before."""
    last = int(parts["month"])
    first = int(parts.get("first", last))
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return Found(Refused(Why.IMPOSSIBLE))
    found = _placed(lambda y: Day(Month(y - (first > last), first).first, Month(y, last).last), parts, today)
    return vaguely(replace(found, joined="first" in parts), parts)


def quarter(parts: Parts, today: date) -> Found:
    """ "Quý II", "quý 2/2022"."""
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(parts["quarter"]) or int(parts["quarter"])
    return vaguely(_placed(lambda year: _months_of(year, 3 * number - 2, 3 * number), parts, today), parts)


def part_of_year(parts: Parts, today: date) -> Found:
    """ "6 tháng đầu năm", "6 tháng cuối năm 2022": of this year where none is named, for nobody counts otherwise."""
    count = int(parts["count"]) if parts.get("count", "").isdigit() else 6
    if not 1 <= count <= 11:
        return Found(Refused(Why.NO_DAY))
    first, last = (1, count) if parts["half"] == "dau" else (13 - count, 12)
    year = int(parts["year"]) if "year" in parts else today.year + shift(parts.get("which", "nay"))
    return Found(_months_of(year, first, last))


def whole_year(parts: Parts, _today: date) -> Found:
    """ "Năm 2022"."""
    return vaguely(Found(_months_of(int(parts["year"]), 1, 12)), parts)


def _months_of(year: int, first: int, last: int) -> Day:
    return Day(Month(year, first).first, Month(year, last).last)


def around_now(parts: Parts, today: date) -> Found:
    """ "Tháng này", "hết quý", "cuối năm nay", "tuần sau". Without marks "thang sau" may be June as well."""
    by = shift(parts.get("which", "nay"))
    found = vaguely(Found(_around(parts["unit"], by, today)), parts)
    june = months({"month": "6"} | parts, today)
    if june.reading == found.reading:
        return found
    doubted = parts["unit"] == "thang" and parts.get("which") == "sau" and "tháng" not in parts["typed"]
    return Found(AskBack(Why.UNCLEAR, (*days_of(found.reading), *days_of(june.reading)))) if doubted else found


def _around(unit: str, by: int, today: date) -> Day:
    if unit == "tuan":
        monday = today + timedelta(days=7 * by - today.weekday())
        return Day(monday, monday + timedelta(days=6))
    if unit == "nam":
        return _months_of(today.year + by, 1, 12)
    size = 1 if unit == "thang" else 3
    year, place = divmod(today.year * 12 + (today.month - 1) // size * size + by * size, 12)
    return _months_of(year, place + 1, place + size)


def shift(which: str) -> int:
    """How many units "này", "sau", "trước" and their like lie from now."""
    return {"nay": 0, "sau": 1, "toi": 1, "ke": 1, "sang": 1}.get(which, -1)


def vaguely(found: Found, parts: Parts) -> Found:
    """ "Đầu tháng", "giữa tháng" and the end of a week are no day; "hết tháng", "cuối tháng" end with its last."""
    day, part = found.reading, parts.get("part")
    if part is None or isinstance(day, Refused):
        return found
    if part in ("dau", "giua") or (part, parts.get("unit")) == ("cuoi", "tuan"):
        return Found(AskBack(Why.VAGUE, days_of(day)))
    made = found.in_year
    by = tuple(replace(one, limit=Limit.BY) for one in days_of(day))
    return replace(
        found,
        reading=by[0] if isinstance(day, Day) else AskBack(Why.YEAR, by),
        in_year=(lambda year: (one := made(year)) and replace(one, limit=Limit.BY)) if made else None,
    )


def day_of_month(parts: Parts, today: date) -> Found:
    """ "Ngày 12": of which month? "Ngày 12 tháng sau" says it."""
    number = int(parts.get("day") or parts["alone"])
    if not 1 <= number <= 31:
        return Found(Refused(Why.IMPOSSIBLE))
    if "which" not in parts:
        here = _day_of(number, today.month)(today.year)
        return Found(AskBack(Why.DAY_ONLY, (here,) if here else ()))
    said = around_now(parts | {"unit": "thang"}, today).reading
    days = tuple(day for month in days_of(said) if (day := _day_of(number, month.start.month)(month.start.year)))
    if isinstance(said, AskBack):
        return Found(AskBack(said.why, days))
    return Found(days[0] if days else Refused(Why.IMPOSSIBLE))
