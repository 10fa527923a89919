"""Who takes part in their own name below a unit: a household, a shop or firm, a person. They owe one word when done."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from campaigns.dates import Day, read_date
from campaigns.ids import Id
from campaigns.phones import Phone, read_phone
from campaigns.quantities.spelling import plain
from campaigns.registration import State

WORDING = "registration-1"  # what people agree to; a changed text is a new wording
LONGEST_TASK = 200
CODE_VALID_FOR = timedelta(days=30)
CODE_FOR_AT_MOST = 200
MOST_BY_ONE_CODE = 5_000


class Kind(StrEnum):
    """Who somebody registers: their household (hộ), a shop, firm or cooperative (cơ sở), themself (cá nhân)."""

    HOUSEHOLD = "household"
    SHOP = "shop"
    PERSON = "person"


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part, and where. ``by`` is whose phone said so, ``shop`` the unit that holds a shop's name."""

    id: Id
    campaign: Id
    unit: Id
    path: str
    kind: Kind
    person: Id
    by: Id
    state: State
    registered_at: datetime
    shop: Id | None = None
    task: str | None = None
    done_at: datetime | None = None
    done_words: str | None = None
    done_photo: Id | None = None

    @property
    def takes_part(self) -> bool:
        """Whether it is counted: taking part or done."""
        return self.state in (State.CONFIRMED, State.DONE)

    def is_of(self, person: Id | None) -> bool:
        """Whether this person may speak for it: themself, or on whose phone it was said."""
        return person is not None and person in (self.person, self.by)


@dataclass(frozen=True)
class OpenCode:
    """A code for anybody in one campaign and place, until a moment and for so many; ``by`` asked for it."""

    id: Id
    campaign: Id
    unit: Id
    path: str
    by: Id
    expires_at: datetime
    at_most: int
    used: int
    ended_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Whether it lets another one in."""
        return self.ended_at is None and now < self.expires_at and self.used < self.at_most


@dataclass(frozen=True)
class Limits:
    """Up to which day (included) and for how many a code is asked for; none where nothing is said."""

    until: date | None
    at_most: int | None


_HOW_MANY = re.compile(r"(?<![\d/.\-])(\d{1,4})(?![\d/.\-])\s*(?:ho|nguoi|luot|co so)?\s*$")
_JOINT = re.compile(r"(?:^|\s)(?:cho|dung)$")


def read_limits(words: str, today: date) -> Limits | None:
    """ "đến 30/6 cho 50 hộ": a day to come and a number. None where what is said is neither."""
    said = plain(" ".join(words.lower().split()))
    counted = _HOW_MANY.search(said)
    number = int(counted.group(1)) if counted else None
    if number is not None and not 0 < number <= MOST_BY_ONE_CODE:
        return None
    rest = _JOINT.sub("", (said[: counted.start()] if counted else said).strip(" ,;")).strip()
    if not rest:
        return Limits(None, number)
    day = read_date(rest, today)
    return Limits(day.last, number) if isinstance(day, Day) and day.last >= today else None


def name_and_phone(words: str) -> tuple[str, str]:
    """What is said before a telephone number, and the words of the number; no number: an empty second part."""
    said = " ".join(words.split())
    found = re.search(r"[+(]?\d[\d .()\-]{7,}$", said)
    if found is None or not isinstance(read_phone(found.group()), Phone):
        return said, ""
    return said[: found.start()].strip(" ,;:-"), found.group().strip()


_OF = re.compile(r"(?<!\d)(\d{1,4})\s*(?:/|trong so|trong|tren)\s*(\d{1,4})\s*(?:ho)?(?: .*)?$")
_MONTHS = 12
_ALONE = re.compile(r"^(\d{1,4})\s*ho\b")


@dataclass(frozen=True)
class Count:
    """So many households, of how many there are if that was said."""

    households: int
    of: int | None = None


def read_count(words: str) -> Count | None:
    """ "62 trong 84 hộ", "62/84 hộ", "62 hộ". None where it is something else, or more than there are."""
    said = plain(" ".join(words.lower().split()))
    both = _OF.search(said)
    if both:
        households, of = int(both.group(1)), int(both.group(2))
        if "/" in both.group() and "ho" not in both.group() and of <= _MONTHS:
            return None  # a day
        return Count(households, of) if households <= of and of else None
    alone = _ALONE.match(said)
    return Count(int(alone.group(1))) if alone else None
