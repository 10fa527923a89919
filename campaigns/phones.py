"""Reading telephone numbers as people here write them; old numbers are asked back with what they have become."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaigns.dates.wording import words
from campaigns.quantities.clean_text import even

LONGEST = 4_000


class Why(StrEnum):
    """Why something is asked back or refused."""

    OLD = "old"  # eleven digits, changed in 2018
    NO_ZERO = "no_zero"  # "912345678", as a spreadsheet leaves it
    SEVERAL = "several"
    EXTRA = "extra"  # a number beside other digits, or among words that doubt it
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNKNOWN_PREFIX = "unknown_prefix"
    NO_NUMBER = "no_number"


@dataclass(frozen=True)
class Phone:
    """A number from its leading 0 on: ten digits for a mobile, eleven for a landline (02x)."""

    number: str

    @property
    def shown(self) -> str:
        """As people read it: "0912 345 678", "024 3825 1234"."""
        cuts = (4, 7) if len(self.number) == 10 else (3, 7)
        return " ".join((self.number[: cuts[0]], self.number[cuts[0] : cuts[1]], self.number[cuts[1] :]))


@dataclass(frozen=True)
class AskBack:
    """More than one number is possible, or one that has changed; the likeliest first."""

    why: Why
    suggestions: tuple[Phone, ...] = ()


@dataclass(frozen=True)
class Refused:
    """No number. ``example`` is one as it may be written."""

    why: Why
    example: str = "0912 345 678"


@dataclass(frozen=True)
class Nothing:
    """Said to have none."""


Reading = Phone | AskBack | Refused | Nothing


def read_phone(said: str) -> Reading:
    """The number that is meant."""
    if len(said) > LONGEST:
        return Refused(Why.TOO_LONG)
    text = even(said) or ""
    if _NOTHING.fullmatch(text):
        return Nothing()
    runs = list(_RUN.finditer(text))
    read = [one for run in runs for one in _numbers_in(run.group())]
    if not read:
        return Refused(Why.NO_NUMBER)
    doubted = bool(_DOUBTED.search(text)) or any(_in_a_word(text, run) for run in runs)
    return _judged(read, doubted=doubted)


def _judged(read: list[Reading], *, doubted: bool) -> Reading:
    """The only number, or a question where there are two or where something else is said as well."""
    known = [one for one in read if isinstance(one, Phone | AskBack)]
    phones = tuple(dict.fromkeys(phone for one in known for phone in _phones_of(one)))
    if len(phones) > 1:
        return AskBack(Why.SEVERAL, phones)
    taken = next((one for one in known if isinstance(one, Phone)), None)
    if taken and (doubted or len(known) < len(read)):
        return AskBack(Why.EXTRA, phones)
    return taken or next(iter(known), read[0])


def _phones_of(reading: Phone | AskBack) -> tuple[Phone, ...]:
    return (reading,) if isinstance(reading, Phone) else reading.suggestions


def hidden(phone: Phone) -> str:
    """What groups and logs may see of it: "0912 xxx 678"."""
    return f"{phone.number[:4]} xxx {phone.number[-3:]}"


def _numbers_in(run: str) -> Iterator[Reading]:
    """One number in any grouping, or several with no more than a space or a dash between them."""
    groups = re.findall(r"\d+", run)
    whole = _one("".join(groups))
    if not isinstance(whole, Refused):
        yield whole
        return
    parts = list(_parted(groups))
    yield from parts if any(map(_is_whole, parts)) else [whole]


def _parted(groups: list[str]) -> Iterator[Reading]:
    """Whole numbers out of groups of digits, and what is left between them."""
    at = 0
    while at < len(groups):
        ends = range(at + 1, min(at + MOST_GROUPS, len(groups)) + 1)
        sizes = ((end, _one("".join(groups[at:end]))) for end in ends)
        end, found = next((found for found in sizes if _is_whole(found[1])), (at + 1, Refused(Why.TOO_SHORT)))
        yield from (_one(half) for half in _halves(groups[at])) if isinstance(found, Refused) else [found]
        at = end


def _is_whole(reading: Reading) -> bool:
    return isinstance(reading, Phone) or (isinstance(reading, AskBack) and reading.why is Why.OLD)


def _halves(digits: str) -> tuple[str, ...]:
    """Two mobile numbers with not even a space between them are two."""
    halves = digits[:10], digits[10:]
    return halves if all(_VALID.fullmatch(half) for half in halves) else (digits,)


def _one(digits: str) -> Reading:
    number = _national(digits)
    if _VALID.fullmatch(number):
        return Phone(number)
    if len(number) == 11 and (now := _OLD.get(number[:4])):
        return AskBack(Why.OLD, (Phone(now + number[4:]),))
    if _VALID.fullmatch(f"0{digits}") and not digits.startswith("84"):
        return AskBack(Why.NO_ZERO, (Phone(f"0{digits}"),))
    if len(number) < 10:
        return Refused(Why.TOO_SHORT)
    return Refused(Why.TOO_LONG if len(number) > 11 or _MOBILE.match(number) else Why.UNKNOWN_PREFIX)


def _national(digits: str) -> str:
    """From the leading 0 on; 84 stands for it only where the length fits."""
    bare = digits.removeprefix("00")
    if bare.startswith("84") and len(bare) in (11, 12) and not digits.startswith("084"):
        return "0" + bare[2:].removeprefix("0")
    if bare.startswith("840") and len(bare) in (12, 13):
        return bare[2:]
    return digits


def _in_a_word(text: str, run: re.Match[str]) -> bool:
    """Whether letters touch the number that do not announce it: "sđt0912345678" does, "mã0912345678x" not."""
    before = re.search(r"[^\W\d_]{1,9}\Z", text[max(0, run.start() - 9) : run.start()])
    return bool(before and not _LABEL.fullmatch(before.group())) or text[run.end() : run.end() + 1].isalpha()


MOST_GROUPS = 14  # "0084 9 1 2 …" with every digit on its own
_RUN = re.compile(r"(?:\(?\+\s*)?\(?\d(?:[\d)]|\((?=\d)|[ .\-]{1,3}(?=\(?\d))*")
_MOBILE = re.compile(r"0[35789]\d{9}")
_VALID = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}|02\d{9}")
_LABEL = re.compile(words("sđt", "đt", "số", "tel", "alo", "phone", "ok"))
_DOUBTED = re.compile(rf"(?<!\w){words('không', 'ko', 'sai', 'cũ', 'bỏ', 'ngừng')}(?!\w)")
_NONE = words("không", "ko", "không có", "ko có", "không dùng", "chưa", "chưa có", "chưa dùng")
_OF_NONE = words("số", "điện thoại", "số điện thoại", "máy", "ạ", "đâu")
_NOTHING = re.compile(rf"[\s.!]*(?:{words('dạ', 'vâng')} )?{_NONE}(?: {_OF_NONE})*[\s.!]*")
_OLD = {
    **{f"016{digit}": f"03{digit}" for digit in range(2, 10)},
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
