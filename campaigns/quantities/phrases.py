"""A number with its unit, and what it comes to in the measure that was asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from campaigns.measure import Dimension, Measure, Region, ratios
from campaigns.quantities.big_numbers import numbers_at
from campaigns.quantities.digits import Number
from campaigns.quantities.number_words import HALF_MORE, SCALE_WORDS, is_word, may_be_year, tenth_words
from campaigns.quantities.reading import Why
from campaigns.quantities.spelling import Tokens
from campaigns.quantities.units import units_at

TENTHS = ("tấn", "tạ", "yến", "kg", "mẫu", "m")  # "2 tấn 3" is 2,3 because its tenth has a name of its own

NOT_BY_TENTHS = ("sào", "công", "thước")


@dataclass(frozen=True)
class Asked:
    """What the figure was asked in, and where."""

    measure: Measure
    region: Region | None


@dataclass(frozen=True)
class Meaning:
    """What a phrase may come to in the asked measure. No amount: it does not convert, or to what is not known."""

    amount: Fraction | None
    why: Why | None = None
    estimate: bool = False


Phrase = tuple[Meaning, int]
"""A meaning and the place of the token after its phrase."""


def phrases_at(said: Tokens, at: int, asked: Asked) -> list[Phrase]:
    """All that a quantity which begins at a token may mean."""
    found: list[Phrase] = []
    for number, end in numbers_at(said, at):
        if number.dozens and asked.measure.dimension is Dimension.MASS:
            continue  # "4 ta" is then 4 tạ
        number = _slangy(said, at, end, number, asked)
        found += [(meaning, end) for meaning in _bare(number, asked)]
        found += _and_half(said, number, end, asked)
        found += _with_unit(said, number, end, asked)
    found += _half_of_unit(said, at, asked)
    return [(each, end) for meaning, end in found for each in _dozen_wise(said, at, end, meaning, asked)]


def _slangy(said: Tokens, at: int, end: int, number: Number, asked: Asked) -> Number:
    """ "5k" and "12tr" are ways of writing money, dozens of counting; of anything else they are doubtful."""
    short = any(token.text in ("k", "tr") for token in said[at:end]) and asked.measure.dimension is not Dimension.MONEY
    doubtful = short or (number.dozens and asked.measure.dimension is not Dimension.COUNT)
    return replace(number, why=number.why or Why.UNCLEAR) if doubtful else number


def _bare(number: Number, asked: Asked) -> list[Meaning]:
    """A number without a unit is in the asked measure, unless it is money and names its thousands or millions."""
    why = number.why or (Why.HALF if number.half else None)
    meant = Meaning(number.value, why, number.estimate)
    if not number.scaled or asked.measure.dimension is not Dimension.MONEY:
        return [meant]
    in_dong = replace(meant, amount=number.value / asked.measure.size)
    if asked.measure.size == 1 or in_dong.amount >= Fraction(1, 100):  # type: ignore[operator]
        return [in_dong]
    return [replace(meant, why=Why.UNCLEAR), replace(in_dong, why=Why.UNCLEAR)]


def _and_half(said: Tokens, number: Number, end: int, asked: Asked) -> Iterator[Phrase]:
    """ "3 rưỡi"; after a scale word the half belongs to that word, and the number has it already."""
    if is_word(said, end, *HALF_MORE) and number.value.denominator == 1 and not is_word(said, end - 1, *SCALE_WORDS):
        more = replace(number, value=number.value + Fraction(1, 2))
        yield from ((meaning, end + 1) for meaning in _bare(more, asked))


def _half_of_unit(said: Tokens, at: int, asked: Asked) -> Iterator[Phrase]:
    """ "Tấn rưỡi"."""
    for unit, end in units_at(said, at, asked.measure):
        if is_word(said, end, *HALF_MORE):
            yield from _converted(Number(Fraction(3, 2)), unit, end + 1, asked)


def _with_unit(said: Tokens, number: Number, at: int, asked: Asked) -> Iterator[Phrase]:
    for unit, end in units_at(said, at, asked.measure):
        if number.scaled and is_word(said, at, *SCALE_WORDS):
            continue  # "một triệu hai trăm" + "nghìn đồng" is not how it is said
        yield from _converted(number, unit, end, asked)
        if number.value.denominator != 1:
            continue
        if is_word(said, end, *HALF_MORE):
            yield from _converted(replace(number, value=number.value + Fraction(1, 2)), unit, end + 1, asked)
        yield from _with_tenths(said, number, unit, end, asked)
        yield from _with_smaller(said, number, unit, end, asked)


def _converted(number: Number, unit: Measure, end: int, asked: Asked) -> Iterator[Phrase]:
    sizes = ratios(unit, asked.measure, asked.region)
    if not sizes:
        yield Meaning(None, Why.OTHER_MEASURE), end
    for size in sizes:
        why = number.why or (Why.REGION if len(sizes) > 1 else None)
        yield Meaning(number.value * size, why, number.estimate), end


def _with_tenths(said: Tokens, number: Number, unit: Measure, at: int, asked: Asked) -> Iterator[Phrase]:
    """ "2 tấn 3", "1m65"; of other units the digit may as well be an answer of its own."""
    if unit.dimension not in (Dimension.AREA, Dimension.LENGTH, Dimension.MASS) or unit.key in NOT_BY_TENTHS:
        return
    for tenths, end in tenth_words(said, at):
        yield from _converted(replace(number, value=number.value + tenths / 10), unit, end, asked)
    glued = at < len(said) and said[at].glued
    for rest, end in numbers_at(said, at):
        counted = bool(units_at(said, end, asked.measure))  # "12 ha 3 con": the 3 is of something else
        if (rest.places == 1 or (glued and 0 < rest.places <= 3)) and rest.value and not rest.why and not counted:
            sure = unit.key in TENTHS if rest.places == 1 else unit.key == "m" and rest.places == 2
            why = None if sure and not may_be_year(said, at, end) else Why.UNCLEAR
            more = number.value + rest.value / 10**rest.places
            yield from _converted(replace(number, value=more, why=number.why or why), unit, end, asked)


def _with_smaller(said: Tokens, number: Number, unit: Measure, at: int, asked: Asked) -> Iterator[Phrase]:
    """ "2 tấn 3 tạ", "5 sào 7 thước": a smaller unit of the same dimension, less than one of the bigger."""
    bigger = ratios(unit, asked.measure, asked.region)
    for rest, end in numbers_at(said, at):
        for small, after in units_at(said, end, asked.measure):
            smaller = ratios(small, asked.measure, asked.region)
            sizes = _side_by_side(bigger, smaller)
            why = number.why or rest.why or (Why.REGION if len(sizes) > 1 else None)
            for one, other in sizes:
                if rest.value * other < one:
                    yield Meaning(number.value * one + rest.value * other, why, rest.estimate), after


def _side_by_side(bigger: Sequence[Fraction], smaller: Sequence[Fraction]) -> list[tuple[Fraction, Fraction]]:
    """The sizes of two units region by region, as far as both are known; a fixed size goes with each."""
    if len(bigger) == 1 or len(smaller) == 1:
        return [(one, other) for one in bigger for other in smaller]
    return list(zip(bigger, smaller, strict=False))


def _dozen_wise(said: Tokens, at: int, end: int, meaning: Meaning, asked: Asked) -> list[Meaning]:
    """In the south a "chục" of things may be twelve."""
    south = asked.region is Region.SOUTH and asked.measure.dimension is Dimension.COUNT
    if not south or meaning.amount is None or not any(is_word(said, i, "chục") for i in range(at, end)):
        return [meaning]
    doubtful = replace(meaning, why=meaning.why or Why.UNCLEAR)
    return [doubtful, replace(doubtful, amount=meaning.amount * Fraction(6, 5))]
