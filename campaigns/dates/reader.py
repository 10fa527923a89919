"""Putting together what a text says about days: how a day is meant, what makes a span, what is left over."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from campaigns.dates.calendar_forms import Found
from campaigns.dates.forms import found_in
from campaigns.dates.reading import AskBack, Day, Limit, Nothing, Reading, Refused, Why, days_of
from campaigns.dates.spans import JOINT, span
from campaigns.dates.wording import clean, words

LONGEST = 4_000
LONG_AGO = timedelta(days=45)  # a deadline without a year that is past for longer is asked about


def read_date(said: str, today: date) -> Reading:
    """The day that is meant; a year that was left out is the one nearest to ``today``."""
    if len(said) > LONGEST:
        return Refused(Why.TOO_LONG)
    text = clean(said)
    if _NOTHING.fullmatch(text):
        return Nothing()
    if _LUNAR.search(text):
        return Refused(Why.LUNAR)
    text = _without_weekdays(text, list(found_in(text, today)))
    found = list(found_in(text, today))
    if not found:
        return Refused(Why.NO_DAY)
    refused = next((one.reading for one in found if isinstance(one.reading, Refused)), None)
    return refused or _as_said(_together(text, found, today), said)


def _as_said(reading: Reading, said: str) -> Reading:
    if isinstance(reading, Day):
        return replace(reading, said=said)
    if isinstance(reading, AskBack):
        days = dict.fromkeys(reading.suggestions)
        return AskBack(reading.why, tuple(replace(day, said=said) for day in days))
    return reading


def _without_weekdays(text: str, found: list[Found]) -> str:
    """Without a weekday that agrees with the day beside it: "thứ Hai ngày 9/5/2022"."""
    days = [one for one in found if not one.any_week and isinstance(one.reading, Day)]
    if len(found) != 2 or len(days) != 1 or _weekday(found[0]) != _weekday(found[1]):
        return text
    named = found[0] if found[1] is days[0] else found[1]
    return " ".join((text[: named.start] + text[named.end :]).split()) if named.any_week else text


def _weekday(one: Found) -> int:
    days = days_of(one.reading)
    return days[0].start.weekday() if days and days[0].start == days[0].end else -1


def _together(text: str, found: list[Found], today: date) -> Reading:
    """One day with how it is meant, two that make a span, or a question about the rest."""
    before, after = text[: found[0].start], text[found[-1].end :]
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    limit, before = _limit(before)
    joint = JOINT.fullmatch(between[0].strip()) if len(found) == 2 and not any(one.joined for one in found) else None
    if joint and limit in (None, Limit.FROM):
        reading = span(found[0], found[1], today, before=bool(joint["before"]))
    elif any(one.reading != found[0].reading for one in found):
        return AskBack(Why.SEVERAL, tuple(day for one in found for day in days_of(one.reading)))
    else:
        onward = _ONWARD.match(after)
        limit, after = (Limit.FROM, after[onward.end() :]) if onward and limit in (None, Limit.FROM) else (limit, after)
        reading = _limited(found[0], limit, today)
    rest = [before, after] if joint else [before, *between, after]
    filled = all(map(_FILLER.fullmatch, rest))
    return reading if filled or not isinstance(reading, Day) else AskBack(Why.EXTRA, (reading,))


def _limit(before: str) -> tuple[Limit | None, str]:
    """What the last words before a day make of it, and the words before these."""
    for limit, pattern in _LIMITS.items():
        if match := pattern.search(before):
            return limit, before[: match.start()]
    return None, before


def _limited(one: Found, limit: Limit | None, today: date) -> Reading:
    if one.joined and limit is Limit.FROM:
        return one.reading  # the "từ" of "từ 7 đến 9/3"
    ends = one.joined or any(day.limit is Limit.BY for day in days_of(one.reading))
    days = tuple(replace(day, limit=limit or day.limit) for day in days_of(one.reading))
    if isinstance(one.reading, AskBack):
        return AskBack(one.reading.why, days)
    if ends and (limit in (Limit.BEFORE, Limit.FROM) or (one.joined and limit is Limit.BY)):
        return AskBack(Why.VAGUE, days)  # which day is "trước cuối tháng 6", "hạn 7-9/3"?
    if one.in_year and limit in (Limit.BY, Limit.BEFORE) and days[0].end < today - LONG_AGO:
        later = one.in_year(days[0].start.year + 1)
        return AskBack(Why.YEAR, (*((replace(later, limit=limit),) if later else ()), *days))
    return days[0]


_SOLAR_NEW_YEAR = words("tết tây", "tết dương")
_OF_THE_MOON = ("tết", "âm", "âl", "a.l", "nông lịch", "rằm", "giao thừa", "tháng giêng", "tháng chạp", "giỗ tổ")
_LUNAR = re.compile(rf"(?<!\w)(?!{_SOLAR_NEW_YEAR}){words(*_OF_THE_MOON)}(?!\w)")
_NONE = words("không", "ko", "không có", "không biết", "chưa", "chưa có", "chưa biết", "?")
_NOTHING = re.compile(rf"[\s.!?]*(?:{words('dạ', 'vâng')} )?{_NONE}(?: {words('ạ', 'nhé', 'gì', 'ngày nào')})*[\s.!?]*")
_AT_LATEST = ("chậm nhất", "muộn nhất", "trễ nhất")
_AT_MOST = words(*_AT_LATEST, "hạn chót", "hạn cuối", "hạn nộp", "hạn", "không quá", "không muộn hơn", "đến", "hết")
_TOI = f"(?!toi){words('tới')}"  # without its mark it is rather the evening
_LA, _NGAY = words("là", "vào"), words("ngày")
_SAID_FOR = {
    Limit.BEFORE: f"(?:(?:{words(*_AT_LATEST, 'xong', 'đến')}|{_TOI})(?: {_LA})? )?{words('trước')}(?: {_NGAY})?",
    Limit.BY: rf"(?:(?:{_AT_MOST}|{_TOI})(?: {_LA})?[ :]{{0,2}}){{1,4}}(?:{_NGAY})?",
    Limit.FROM: f"(?:{words('bắt đầu', 'kể')} )?{words('từ')}(?: {_NGAY})?",
}
_LIMITS = {limit: re.compile(rf"(?<!\w)(?:{said}) ?$") for limit, said in _SAID_FOR.items()}
_ONWARD = re.compile(rf" {words('trở đi', 'trở lên')}(?!\w)")
_KIND = (
    "dạ",
    "ạ",
    "nhé",
    "nha",
    "nhen",
    "bác",
    "anh",
    "chị",
    "em",
    "cô",
    "chú",
    "xã",
    "rồi",
    "thôi",
    "ơi",
    "vâng",
    "ok",
)
_ABOUT_DAYS = ("vào", "là", "ngày", "trong", "hôm", "lúc", "sáng", "trưa", "chiều", "tối", "gửi", "báo cáo", "sẽ")
_FILLER = re.compile(rf"(?:[\s.,;:!|()]|(?<!\w){words(*_KIND, *_ABOUT_DAYS)}(?!\w))*")
