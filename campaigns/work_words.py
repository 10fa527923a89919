"""Reading a work or task as people name it: "làm 300 m đường làng" is a road of 300 metres; never a guess."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.measure import MEASURES, Dimension, Measure
from campaigns.quantities import AskBack, Value, read, starts_quantity
from campaigns.quantities.spelling import plain
from campaigns.registration import Undertaking

LONGEST = 80
_LONGEST_QUANTITY = 7  # words
# Money, shares and blood are nobody's to be counted in: what households give is never asked for, never shown by name.
_NOT_COUNTED = frozenset({"đơn vị máu"})
_UNCOUNTED_WORDS = ("%", "đồng", "triệu", "tỷ", "nghìn", "máu")
# A work is called by its name with or without the verb it begins with.
_VERBS = frozenset(
    {"làm", "trồng", "xây", "sửa", "đào", "diễn", "cất", "mở", "treo", "thay", "dựng", "rải", "đổ", "lát", "vận động"}
)
# Of measures that share a word, the one that a work means.
_MEANT = {"nhà": "căn nhà", "công": "ngày công", "khối": "m3"}


class Why(StrEnum):
    """Why no work was read."""

    NO_NUMBER = "no_number"
    NO_NAME = "no_name"
    UNCLEAR = "unclear"
    NOT_COUNTED = "not_counted"
    TOO_LONG = "too_long"
    TWICE = "twice"


@dataclass(frozen=True)
class Unread:
    """No work, and why."""

    why: Why


@dataclass(frozen=True)
class _Found:
    """A quantity among the words, from ``start`` to ``end``, in a measure that its last ``unit`` words name."""

    start: int
    end: int
    unit: int
    measure: Measure
    amount: int | None


def read_work(said: str, named: Sequence[Undertaking] = ()) -> Undertaking | Unread:
    """The work that is named, beside those ``named`` before. Its goal is in ten-thousandths of its measure."""
    words = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", " ".join(said.split())).split()
    if len(said) > LONGEST:
        return Unread(Why.TOO_LONG)
    found = next(_quantities(words), None)
    if found is None:
        counted = any(plain(word.lower()) in map(plain, _UNCOUNTED_WORDS) for word in words)
        return Unread(Why.NOT_COUNTED if counted and any(map(starts_quantity, words)) else Why.NO_NUMBER)
    if not found.amount:
        return Unread(Why.UNCLEAR)
    return _named(words, found, named)


def _named(words: list[str], found: _Found, named: Sequence[Undertaking]) -> Undertaking | Unread:
    beside = [*words[: found.start], *words[found.end :]]
    if not any(any(c.isalpha() for c in word) for word in beside):
        return Unread(Why.NO_NAME)
    counted = words[found.end - found.unit : found.end] if found.measure.dimension is Dimension.COUNT else []
    label = " ".join([*words[: found.start], *counted, *words[found.end :]]).strip(" .,;:")
    key = _key(label)
    if any(one.key == key and one.measure == found.measure.key for one in named):
        return Unread(Why.TWICE)
    return Undertaking(key, label, "", found.measure.key, found.amount, _short(label))


def _short(label: str) -> tuple[str, ...]:
    """The name without its verb, for answers: "đường làng 150"."""
    for length in (2, 1):
        verb, rest = " ".join(label.split()[:length]).lower(), " ".join(label.split()[length:])
        if rest and any(plain(verb) == plain(known) for known in _VERBS):
            return (rest,)
    return ()


def _key(label: str) -> str:
    """The same name is the same work, however its marks were typed."""
    return "viec-" + re.sub(r"[^a-z0-9]+", "-", plain(label.lower())).strip("-")


def _quantities(words: list[str]) -> Iterator[_Found]:
    for start, word in enumerate(words):
        if starts_quantity(word):
            ends = range(min(len(words), start + _LONGEST_QUANTITY), start + 1, -1)
            yield from (found for end in ends for found in _ending(words, start, end))


def _ending(words: list[str], start: int, end: int) -> Iterator[_Found]:
    """The quantity from ``start`` to ``end``, where its last words name a measure."""
    for length in range(min(3, end - start - 1), 0, -1):
        unit = " ".join(words[end - length : end]).lower().rstrip(".,;")
        for measure in _measures(unit):
            reading = read(" ".join(words[start : end - length]) + f" {measure.name}", measure)
            if isinstance(reading, Value):
                yield _Found(start, end, length, measure, reading.amount)
            elif isinstance(reading, AskBack):
                yield _Found(start, end, length, measure, None)


def _measures(unit: str) -> list[Measure]:
    """The measure that these words name: as spelled before without marks, by its own name before other words."""
    meant = MEASURES.get(_MEANT.get(unit, ""))
    if meant:
        return [meant]
    known = [one for one in MEASURES.values() if _countable(one)]
    own = [one for one in known if unit == one.name.lower()]
    spelled = [one for one in known if unit in one.words]
    bare = [one for one in known if unit in {plain(words.lower()) for words in (one.name, *one.words)}]
    return (own or spelled or bare)[:1]


def _countable(measure: Measure) -> bool:
    uncounted = (Dimension.MONEY, Dimension.SHARE)
    return measure.dimension not in uncounted and measure.key not in _NOT_COUNTED and "/" not in measure.key
