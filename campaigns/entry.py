"""Who is invited to register what (đăng ký): which lines of a plan speak to a unit, and how many works it may name.

Taking part is voluntary (Luật Thi đua, khen thưởng 06/2022/QH15, article 3): a rule here limits what the program asks
and takes, never what somebody has to do.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.campaign import Campaign, EntryKind, EntryRule
from campaigns.dates import AskBack, Day, Why, read_date
from campaigns.dates.reading import days_of
from campaigns.edition import Choices
from campaigns.proposal import asked_of
from campaigns.quantities.spelling import plain
from campaigns.registration import Undertaking
from campaigns.target import Names, Target

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
    """What a plan invites one unit to register, in the plan's own words; none where it does not speak of it.

    ``limited``: whether the plan itself says how many works at most.
    """

    tasks: str | None
    works: str | None
    pledge: str | None
    quota: Quota
    limited: bool = False


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
        limited=any(rule.at_most for rule in of[EntryKind.UNDERTAKING]),
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
LINES_AT_MOST = 14  # of a list to choose from: what a phone shows without scrolling far
_ALL = frozenset({"tat ca", "ca", "het"})


@dataclass(frozen=True)
class Offered:
    """What a unit may choose among, numbered through: headings of the plan, then single targets."""

    areas: tuple[str, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The headings or words of one's own, and the targets, that a unit chose."""

    tasks: tuple[str, ...]
    targets: tuple[Undertaking, ...] = ()


def offered(campaign: Campaign, choices: Choices, names: Names) -> Offered:
    """The headings, the targets that units of these names are asked about, and others while they fit on a screen."""
    asked = [campaign.target(key) for key in asked_of(choices, names)]
    others = [one for one in campaign.targets if one not in asked]
    room = max(LINES_AT_MOST - len(campaign.areas) - len(asked), 0)
    return Offered(campaign.areas, (*asked, *others[:room]))


def chosen(words: str, among: Offered) -> Chosen | None:
    """What is chosen by number ("1, 3"), all of it ("tất cả"), or said in words of one's own.

    None where a number is not among what is offered.
    """
    said = " ".join(words.split()).strip(" .")
    lines: list[str | Target] = [*among.areas, *among.targets]
    if plain(said.lower()) in _ALL and lines:
        return _chosen(lines)
    numbers = re.findall(r"\d+", said)
    if not numbers or re.sub(r"[\d\s,;.]|\bva\b", "", plain(said.lower())):
        return Chosen((said[:LONGEST_TASK],))
    places = dict.fromkeys(int(one) for one in numbers)
    return _chosen([lines[at - 1] for at in places]) if all(0 < at <= len(lines) for at in places) else None


def _chosen(lines: Sequence[str | Target]) -> Chosen:
    targets = (Undertaking(one.key, one.name, "", "") for one in lines if isinstance(one, Target))
    return Chosen(tuple(one for one in lines if isinstance(one, str)), tuple(targets))


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
