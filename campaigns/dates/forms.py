"""The ways in which people write a day, a month, a quarter, a year; each with who reads it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from campaigns.dates import calendar_forms as calendar
from campaigns.dates.calendar_forms import Found, Parts
from campaigns.dates.reading import AskBack, Day, Why
from campaigns.dates.wording import words
from campaigns.quantities.spelling import plain

_WEEK = timedelta(days=7)


def found_in(text: str, today: date) -> Iterator[Found]:
    """Everything in a text that says a day, in order."""
    for match in _ANY.finditer(text):
        name = match.lastgroup or ""
        part = _PARTS[name].fullmatch(text, *match.span())
        assert part is not None
        groups = {key: plain(value) for key, value in part.groupdict().items() if value}
        found = _READERS[name](groups | {"typed": match.group()}, today)
        yield replace(found, start=match.start(), end=match.end())


def _relative(parts: Parts, today: date) -> Found:
    day = today + timedelta(days=_RELATIVE[parts["words"]])
    return Found(Day(day, day))


def _weekday(parts: Parts, today: date) -> Found:
    """ "Thứ Sáu" is the next one, today included; "tuần sau" and "tuần trước" count from this week's Monday."""
    weekday = 6 if "sunday" in parts else _WEEKDAYS[parts["weekday"]]
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    if "week" in parts:
        day = today + timedelta(days=weekday - today.weekday(), weeks=calendar.shift(parts["week"]))
        return Found(Day(day, day))
    if "near" in parts:
        return _near_weekday(parts["near"], ahead, today)
    return Found(Day(ahead, ahead), any_week=True)


def _near_weekday(near: str, ahead: date, today: date) -> Found:
    """ "Thứ Sáu tới" is ahead, "thứ Sáu vừa rồi" is past; "thứ Sáu sau", "thứ Sáu rồi" may each be two days."""
    after = ahead + _WEEK if ahead == today else ahead
    past = ahead - _WEEK
    if near in ("sau", "roi"):
        days = (after, after + _WEEK) if near == "sau" else (past, ahead)
        return Found(AskBack(Why.UNCLEAR, tuple(Day(day, day) for day in days)))
    day = {"nay": ahead, "toi": after}.get(near, past)
    return Found(Day(day, day))


_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_END = r"(?![\d%]|,\d|[/\-.]\d)"
_NAM, _THANG, _TUAN, _QUY = words("năm"), words("tháng"), words("tuần"), words("quý", "qúy", "quí", "qúi")
_NGAY = words("ngày", "mùng", "mồng")
_OF_YEAR = rf"(?:(?: ?[/\-.] ?|,? ?{_NAM} ?| ){_YEAR}|(?:(?P<mark>[/\-.])|,? {_NAM} )(?P<short>\d\d))?{_END}"
_PARTS_OF_TIME = words("đầu", "giữa", "cuối", "hết")
_PART = f"(?:(?P<part>{_PARTS_OF_TIME}) )?"
_DAY = f"(?:(?P<word>{_NGAY}) )?"
_TO = f" ?(?:-|~|{words('đến', 'tới')})(?: {words('hết', 'cuối')})?"
_PAST = ("trước", "vừa rồi", "vừa qua", "rồi", "qua", "ngoái")
_WHICH = f"(?P<which>{words('này', 'nay', 'sau', 'tới', *_PAST)})"
_HALF = f"(?P<half>{words('đầu', 'cuối')})"
_PART_OF_YEAR = (
    rf"(?:(?P<count>\d{{1,2}}|{words('sáu')}) {_THANG}|{words('nửa')}(?= {words('đầu', 'cuối')} {_NAM})) {_HALF}"
    rf"(?: {_NAM}(?: {_WHICH}|(?:/| ){_YEAR})?)?(?!\w){_END}"
)
_NOT_COUNTED = "".join(f"(?<!{words(counted)} )" for counted in ("tuần", "thứ", "đợt", "lần"))
_NO_NAME = "".join(f"(?<!{words(kin)} )" for kin in ("chị", "cô", "bà", "em", "cháu"))  # "chị Mai"
_NAY = "|".join(f"(?<={words(to)} )" for to in ("từ", "đến", "tới")) + ")nay"
_HOURS_OF_TODAY = f"{words('sáng', 'trưa', 'chiều', 'tối')} nay"
_NEAR_DAYS = words("hôm nay", "hôm qua", "hôm kia", "ngày mai", "ngày kia", "ngày mốt", "bữa nay")
_WEEKDAY_NAME = words("hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy")
_OF_WEEK = words("này", "nay", "sau", "tới", "kế", *_PAST)
_WEEKDAY = (
    rf"(?:{words('thứ')} ?(?P<weekday>{_WEEKDAY_NAME}|[2-7])|(?P<sunday>{words('chủ nhật', 'chúa nhật')}|cn))(?!\w)"
    rf"(?: {_TUAN} (?P<week>{_OF_WEEK})(?!\w)| (?P<near>{words('này', 'sau', 'tới', *_PAST)})(?!\w))?{_END}"
)
_UNIT = f"{_THANG}|{_QUY}|{_TUAN}|{_NAM}"
_FORMS: dict[str, tuple[str, Callable[[Parts, date], Found]]] = {
    "iso": (rf"{_YEAR}(?P<sign>[/\-.])(?P<month>\d{{1,2}})[/\-.](?P<day>\d{{1,2}}){_END}", calendar.one_day),
    "days": (
        rf"{_DAY}(?P<first>\d{{1,2}}){_TO}(?: {_NGAY})? ?(?P<day>\d{{1,2}}) ?(?:/|\.|{_THANG}) ?{_MONTH}{_OF_YEAR}",
        calendar.some_days,
    ),
    "numeric": (rf"{_DAY}(?P<day>\d{{1,2}}) ?(?P<sign>[/\-.]) ?(?P<month>\d{{1,2}}){_OF_YEAR}", calendar.one_day),
    "long": (
        rf"{_NOT_COUNTED}{_DAY}(?P<day>\d{{1,2}}) ?(?P<sign>{_THANG}) ?(?P<month>\d{{1,2}}){_OF_YEAR}",
        calendar.one_day,
    ),
    "month_year": (rf"{_MONTH} ?[/\-] ?{_YEAR}{_END}", calendar.months),
    "part_of_year": (_PART_OF_YEAR, calendar.part_of_year),
    "months": (
        rf"{_THANG} (?P<first>\d{{1,2}}){_TO}(?: {_THANG})? ?(?P<month>\d{{1,2}}){_OF_YEAR}",
        calendar.months,
    ),
    "month": (rf"{_PART}{_THANG} ?(?P<month>\d{{1,2}}){_OF_YEAR}", calendar.months),
    "quarter": (rf"{_PART}{_QUY} ?(?P<quarter>iv|i{{1,3}}|[1-4])(?!\w){_OF_YEAR}", calendar.quarter),
    "year": (rf"{_PART}{_NAM} {_YEAR}{_END}", calendar.whole_year),
    "around_now": (rf"{_PART}(?P<unit>{_UNIT}) {_WHICH}(?!\w)", calendar.around_now),
    "next_year": (rf"(?P<which>sang) (?P<unit>{_NAM})(?!\w)", calendar.around_now),
    "part_of_now": (rf"(?P<part>{_PARTS_OF_TIME}) (?P<unit>{_UNIT})(?! ?\d)(?!\w)", calendar.around_now),
    "relative": (rf"(?P<words>{_NEAR_DAYS}|{_HOURS_OF_TODAY}|(?:{_NAY}|{_NO_NAME}mai)(?!\w)", _relative),
    "weekday": (_WEEKDAY, _weekday),
    "day_only": (
        rf"{_NGAY} (?P<day>\d{{1,2}})(?: {_THANG} {_WHICH}(?!\w))?{_END}|^(?P<alone>\d{{1,2}})$",
        calendar.day_of_month,
    ),
}
_READERS = {name: reader for name, (_, reader) in _FORMS.items()}
_PARTS = {name: re.compile(form) for name, (form, _) in _FORMS.items()}
_NAMED = re.compile(r"\(\?P<\w+>")
_ANY = re.compile(
    r"(?<![\w./,\-])(?:" + "|".join(rf"(?P<{n}>{_NAMED.sub('(?:', f)})" for n, (f, _) in _FORMS.items()) + ")"
)
_RELATIVE = {
    "hom nay": 0,
    "bua nay": 0,
    "sang nay": 0,
    "trua nay": 0,
    "chieu nay": 0,
    "toi nay": 0,
    "nay": 0,
    "hom qua": -1,
    "hom kia": -2,
    "ngay mai": 1,
    "mai": 1,
    "ngay kia": 2,
    "ngay mot": 2,
}
_WEEKDAYS = {
    **dict(zip(("hai", "ba", "tu", "nam", "sau", "bay"), range(6), strict=True)),
    **{str(number): number - 2 for number in range(2, 8)},
}
