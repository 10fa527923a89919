"""Who is invited to register what (đăng ký): which lines of a plan speak to a unit, and how many works it may name.

Taking part is voluntary (Luật Thi đua, khen thưởng 06/2022/QH15, article 3): a rule here limits what the program asks
and takes, never what somebody has to do.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.campaign import EntryKind, EntryRule
from campaigns.dates import AskBack, Day, Why, read_date
from campaigns.dates.reading import days_of
from campaigns.quantities.spelling import plain

PLACES = frozenset(
    {"xã", "phường", "thị trấn", "đặc khu", "làng", "thôn", "xóm", "ấp", "bản", "buôn", "khu", "khu phố", "khóm"}
    | {"tổ dân phố", "tiểu khu", "khối phố", "phum", "sóc"}
)
FIRMS = frozenset({"công ty", "doanh nghiệp", "hợp tác xã", "cơ sở"})
# How a plan speaks of all of a sort. What is neither a place nor a firm is an office, a school, a force.
_ALL_PLACES = ("địa phương",)
_ALL_FIRMS = ("doanh nghiệp",)
_ALL_OFFICES = ("cơ quan", "đơn vị", "tập thể")
_ASKED_AT_MOST = 3


@dataclass(frozen=True)
class Quota:
    """How many works a unit is invited to name: never more than ``at_most``; the plan hopes for ``at_least``."""

    at_least: int = 0
    at_most: int = _ASKED_AT_MOST

    def has_room(self, named: int) -> bool:
        """Whether one more may be named."""
        return named < self.at_most

    def missing(self, named: int) -> int:
        """How many more the plan hopes for."""
        return max(0, self.at_least - named)


@dataclass(frozen=True)
class Invited:
    """What a plan invites one unit to register, in the plan's own words; none where it does not speak of it."""

    tasks: str | None
    works: str | None
    pledge: str | None
    quota: Quota


def invited(rules: Iterable[EntryRule], kind: str, figures_at_most: int) -> Invited:
    """What the plan invites a unit of that kind to. A form asks at most ``figures_at_most`` figures, so where the plan
    gives no number nobody is let name more works than will be asked about."""
    mine = [rule for rule in rules if speaks_to(rule.who, kind)]
    of = {each: [rule for rule in mine if rule.kind is each] for each in EntryKind}
    what = {each: "; ".join(rule.what for rule in found) if found else None for each, found in of.items()}
    return Invited(
        tasks=what[EntryKind.PARTICIPATION],
        works=what[EntryKind.UNDERTAKING],
        pledge=what[EntryKind.PLEDGE],
        quota=_quota(of[EntryKind.UNDERTAKING], figures_at_most),
    )


def _quota(rules: list[EntryRule], figures_at_most: int) -> Quota:
    least = max((rule.at_least or 0 for rule in rules), default=0)
    most = max((rule.at_most or 0 for rule in rules), default=0) or max(figures_at_most, least)
    return Quota(min(least, most), most)


def speaks_to(who: str, kind: str) -> bool:
    """Whether a plan's "who" means units of that kind: by name ("mỗi xã, phường"), or with all of its sort."""
    if _stands(kind, who):
        return True
    every = _ALL_PLACES if kind in PLACES else _ALL_FIRMS if kind in FIRMS else _ALL_OFFICES
    return any(_stands(word, who) for word in every)


def _stands(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


LONGEST_TASK = 200
_ALL = frozenset({"tat ca", "ca", "het"})


def chosen_tasks(words: str, areas: Sequence[str]) -> tuple[str, ...]:
    """The headings chosen by number ("1, 3"), all of them ("tất cả"), or what is said in words of one's own."""
    said = " ".join(words.split()).strip(" .")
    if plain(said.lower()) in _ALL and areas:
        return tuple(areas)
    numbers = re.findall(r"\d+", said)
    if numbers and not re.sub(r"[\d\s,;.]|\bva\b", "", plain(said)):
        known = dict.fromkeys(int(one) for one in numbers)
        if all(0 < one <= len(areas) for one in known):
            return tuple(areas[one - 1] for one in known)
    return (said[:LONGEST_TASK],)


def signed_on(words: str, today: date) -> date | None:
    """The day on which a paper was signed: named among the words, not after ``today``; none where there is no such.

    Of a day without a year the last one that has been is meant.
    """
    said = words.lower().split()
    for start in range(len(said)):
        read = read_date(" ".join(said[start:]), today)
        unsure = isinstance(read, AskBack) and read.why not in (Why.DAY_ONLY, Why.VAGUE)
        found = days_of(read) if isinstance(read, Day) or unsure else ()
        days = sorted(one.start for one in found if one.start == one.end and one.start <= today)
        if days:
            return days[-1]
    return None
