"""Two days that make a span: "từ 25/4 đến 30/5/2022", "thứ tư - thứ sáu"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from campaigns.dates.calendar_forms import Found, Made, nearest
from campaigns.dates.reading import AskBack, Day, Limit, Reading, Refused, Why, days_of
from campaigns.dates.wording import words

LONGEST_UNSAID = timedelta(days=300)  # "30/5 đến 25/4" is rather a slip than eleven months
JOINT = re.compile(
    f"(?:-|~|{words('đến', 'tới')})(?: {words('hết')})?(?P<before> {words('trước')})?(?: {words('ngày')})?"
)


def span(one: Found, other: Found, today: date, *, before: bool) -> Reading:
    """From the one to the other; a year that is left out is that of the other end, or the one next to it."""
    if isinstance(one.reading, AskBack) and one.reading.why is Why.VAGUE:
        begun = replace(one, reading=days_of(one.reading)[0])
        return AskBack(Why.VAGUE, days_of(span(begun, other, today, before=before)))
    doubt = next((end.reading for end in (one, other) if _unsettled(end)), None)
    if isinstance(doubt, AskBack):
        return AskBack(doubt.why, (*days_of(one.reading), *days_of(other.reading)))
    other = _day_before(other) if before else other
    read = _years_settled(one, other, today)
    if isinstance(read, Day) and _limit(one) is Limit.BY:
        return AskBack(Why.VAGUE, (read,))  # from which day of "cuối tháng 6" on?
    pointed = all(isinstance(end.reading, AskBack) and end.reading.why is Why.POINTED for end in (one, other))
    return AskBack(Why.POINTED, (read,)) if pointed and isinstance(read, Day) else read


def _unsettled(end: Found) -> bool:
    return isinstance(end.reading, AskBack) and end.in_year is None


def _limit(end: Found) -> Limit | None:
    return next((day.limit for day in days_of(end.reading)), None)


def _day_before(end: Found) -> Found:
    """ "Đến trước ngày 30/5": the 29th is the last."""
    made, day = end.in_year, end.reading
    return replace(
        end,
        reading=_eve(day) if isinstance(day, Day) else day,
        in_year=(lambda year: (one := made(year)) and _eve(one)) if made else None,
    )


def _eve(day: Day) -> Day:
    eve = day.start - timedelta(days=1)
    return Day(eve, eve)


def _years_settled(one: Found, other: Found, today: date) -> Reading:
    first, last = one.reading, other.reading
    if one.in_year and other.in_year:
        read = nearest(_ending_in(one.in_year, other.in_year), today)
        return Refused(Why.BACKWARDS) if isinstance(read, Refused) else read
    if one.in_year and isinstance(last, Day):
        return _ending_in(one.in_year, lambda _: last)(last.end.year) or Refused(Why.BACKWARDS)
    if other.in_year and isinstance(first, Day):
        made, year = _ending_in(lambda _: first, other.in_year), first.start.year
        return made(year) or made(year + 1) or Refused(Why.BACKWARDS)
    assert isinstance(first, Day)
    assert isinstance(last, Day)
    return _weeks_settled(one, other, first, last)


def _ending_in(one: Made, other: Made) -> Made:
    """The span that ends in a year: it begins in that year or the one before, and is not too long to be meant."""

    def made(year: int) -> Day | None:
        last = other(year)
        starts = (one(year), one(year - 1)) if last else ()
        first = next((start for start in starts if start and last and start.start <= last.end), None)
        span = Day(first.start, last.end) if first and last else None
        return span if span and span.end - span.start <= LONGEST_UNSAID else None

    return made


def _weeks_settled(one: Found, other: Found, first: Day, last: Day) -> Reading:
    """ "Thứ hai đến thứ sáu" said on a Tuesday, "thứ tư đến thứ sáu tuần sau": from which week on?"""
    week = timedelta(days=7)
    if (
        not one.any_week
        or (first.start <= last.end < first.start + week)
        or (other.any_week and first.start <= last.end)
    ):
        return Day(first.start, last.end) if first.start <= last.end else Refused(Why.BACKWARDS)
    weeks = [(week, timedelta()), (timedelta(), week if other.any_week else timedelta()), (-week, timedelta())]
    spans = (Day(first.start + later, last.end + longer) for later, longer in weeks)
    likely = [span for span in spans if timedelta() <= span.end - span.start]
    return AskBack(Why.UNCLEAR, tuple(likely[:2])) if likely else Refused(Why.BACKWARDS)
