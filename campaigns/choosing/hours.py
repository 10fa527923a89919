"""The moments of a period in an officer's words: "đợi 16:00 thứ Sáu, chốt 10:00 thứ Hai", "gửi lên 16:00 thứ Sáu"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from campaigns.campaign import CadenceKind
from campaigns.choosing.naming import known_names, names_said
from campaigns.choosing.paces import read_pace
from campaigns.choosing.wording import WEEKDAY, WEEKDAYS, bare, clock_in
from campaigns.edition import Cadence, Moment
from campaigns.target import Sort
from campaigns.wrong import Wrong

FARTHEST = 60  # days after a period that its figures may still be waited for
DUE_BEFORE, CLOSE_BEFORE = timedelta(hours=6), timedelta(hours=2)  # of the hour by which it goes further up
_PART = re.compile(r"(?:(\d) )?(hoi|doi|han|chot|gui len|tuan)\b(.*)")
_WEEK = re.compile(rf"(?: bat dau| tinh)?(?: tu)? ({WEEKDAY})")
_NUMBERED = re.compile(r"(?:sau (\d{1,2}) ngay|(\d{1,2}) ngay sau|ngay (\d{1,2}))")
_NAMED = {"ngay cuoi": 0, "hom cuoi": 0, "cung ngay": 0, "hom sau": 1}
_FILLING = re.compile(r"\b(?:den|tin|so|luc|vao|hoi|toi|sang|chieu)\b")


def read_hours(words: str, cadences: Sequence[Cadence], sorts: Iterable[Sort] = ()) -> tuple[Cadence, ...] | Wrong:
    """The cadences with these moments changed. Where there are several, each change begins with a number.

    Where there are several ``sorts`` of units some of them may report more or less often than others.
    """
    there, changed = tuple(sorts), list(cadences)
    for part in _parts(words, there):
        paced = read_pace(part, changed, there)
        if isinstance(paced, Wrong):
            return paced
        changed = list(paced or changed)
        if paced:
            continue
        found = _PART.fullmatch(part)
        if found is None:
            return Wrong("hours_not_read")
        which, what, rest = found.groups()
        place = int(which or 1) - 1
        if (len(changed) > 1 and which is None) or not 0 <= place < len(changed):
            return Wrong("which_cadence")
        one = _changed(changed[place], what, rest.strip())
        if isinstance(one, Wrong):
            return one
        changed[place] = one
    wrong = any(not _key(one.ask) < _key(one.due) < _key(one.close) for one in changed)
    return Wrong("out_of_order") if wrong else tuple(changed)


def _parts(words: str, sorts: tuple[Sort, ...]) -> Iterator[str]:
    """Changes stand apart; kinds of units that are listed before one belong to it."""
    listed: list[str] = []
    for part in filter(None, re.split(r"\s*[,;\n]\s*", bare(words.replace("\n", ";")))):
        listed.append(part)
        if names_said(part, known_names(sorts)) is None:
            yield ", ".join(listed)
            listed = []
    if listed:
        yield ", ".join(listed)


def _changed(cadence: Cadence, what: str, rest: str) -> Cadence | Wrong:
    if what == "tuan":
        found = _WEEK.fullmatch(f" {rest}")
        begins = WEEKDAYS[found.group(1)] if found else None
        fits = begins is not None and cadence.kind is CadenceKind.WEEK
        return replace(cadence, begins=begins or 0) if fits else Wrong("hours_not_read")
    old = {"hoi": cadence.ask, "chot": cadence.close}.get(what, cadence.due)
    moment = _moment(rest, old, cadence, what)
    if moment is None or moment.days > FARTHEST:
        return Wrong("hours_not_read")
    if what == "gui len":
        return replace(cadence, due=_before(moment, DUE_BEFORE), close=_before(moment, CLOSE_BEFORE))
    if what == "hoi":
        return replace(cadence, ask=moment)
    return replace(cadence, close=moment) if what == "chot" else replace(cadence, due=moment)


def _moment(words: str, old: Moment, cadence: Cadence, what: str) -> Moment | None:
    """The moment that is named; its day or its hour stays where only the other is."""
    at, rest = clock_in(words)
    day = " ".join(_FILLING.sub(" ", rest).split())
    if not day:
        return Moment(old.days, at) if at else None
    days = _days(day, cadence, what)
    return None if days is None else Moment(days, at or old.at)


def _days(day: str, cadence: Cadence, what: str) -> int | None:
    """How many days after the period's last one it is."""
    if day in _NAMED:
        return _NAMED[day]
    if day in WEEKDAYS and cadence.kind is CadenceKind.WEEK:
        return _after_the_week(WEEKDAYS[day], cadence, what)
    found = _NUMBERED.fullmatch(day)
    return int(next(filter(None, found.groups()))) if found else None


def _after_the_week(weekday: int, cadence: Cadence, what: str) -> int:
    """The weekday next to the week's end: for asking on either side of it, for closing not before the due day."""
    days = (weekday - (cadence.begins - 1)) % 7
    if what == "hoi":
        return days if days <= 3 else days - 7
    return days + 7 if what == "chot" and days < cadence.due.days else days


def _key(moment: Moment) -> tuple[int, time]:
    return moment.days, moment.at


def _before(moment: Moment, by: timedelta) -> Moment:
    start = date(2000, 1, 1)
    earlier = datetime.combine(start + timedelta(days=moment.days), moment.at) - by
    return Moment((earlier.date() - start).days, earlier.time())
