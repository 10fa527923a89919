"""Numbers in words from a thousand on, also mixed with digits: "hai nghìn năm trăm", "2 triệu rưỡi", "12tr5"."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from campaigns.quantities.digits import Found, Number
from campaigns.quantities.number_words import AND, HALF_MORE, SCALES, digit_after_and, is_word, may_be_year, tenth_words
from campaigns.quantities.reading import Why
from campaigns.quantities.small_numbers import SPELLED_OUT, below_thousand
from campaigns.quantities.spelling import Tokens

_PLACES = (1, 2, 3, SPELLED_OUT)


def numbers_at(said: Tokens, at: int, level: int = 0) -> list[Found]:
    """All numbers that begin at a token. ``level`` is the first of the scales (10⁹, 10⁶, 10⁴, 10³) that may occur."""
    if level == len(SCALES):
        return list(below_thousand(said, at))
    found = numbers_at(said, at, level + 1)
    words = SCALES[level][1]
    for number, end in [*found, (Number(Fraction(1)), at)]:
        if is_word(said, end, *words) and not (said[end].text == "k" and not said[end].glued):
            found = found + list(_scaled(said, number, end, level, omitted=end == at))
    return found


def _scaled(said: Tokens, number: Number, at: int, level: int, *, omitted: bool) -> Iterator[Found]:
    """A number with its scale word at ``at``, and what may follow: "rưỡi", "linh năm", a smaller number."""
    scale, after = SCALES[level][0], at + 1
    whole = replace(number, value=number.value * scale, scaled=True, places=0, half=False)
    if not omitted:
        yield whole, after
    if number.why or number.value.denominator != 1:
        return
    yield from _with_words(said, whole, scale, after)
    glued = said[at].glued and after < len(said) and said[after].glued
    for rest, end in numbers_at(said, after, level + 1):
        year = may_be_year(said, after, end)
        if rest.value.denominator == 1 and 0 < rest.value < scale and (rest.scaled or rest.places in _PLACES):
            rest = replace(rest, why=Why.UNCLEAR) if year else rest
            yield from ((meant, end) for meant in _with_rest(whole, scale, rest, glued=glued))
        if year:
            yield replace(whole, why=Why.UNCLEAR), end


def _with_words(said: Tokens, whole: Number, scale: int, at: int) -> Iterator[Found]:
    if is_word(said, at, *HALF_MORE):
        yield _plus(whole, Fraction(scale, 2)), at + 1
    for tenths, end in tenth_words(said, at):
        yield _plus(whole, tenths * scale / 10), end
    if is_word(said, at, *AND) and scale <= 10**4:
        yield from ((_plus(whole, digit), end) for digit, end in digit_after_and(said, at + 1))


def _with_rest(whole: Number, scale: int, rest: Number, *, glued: bool) -> list[Number]:
    """ "2 triệu 5" is 2,5 million; but "1tr234" and "hai nghìn năm" have two readings."""
    as_said, as_decimals = rest.value, rest.value * scale / 10**rest.places
    if rest.scaled or rest.places == SPELLED_OUT or (rest.places == 3 and scale == 10**3):
        return [_plus(whole, as_said, rest.why)]
    if rest.places == 1 and (scale >= 10**6 or glued):
        return [_plus(whole, as_decimals, rest.why)]
    likely = (as_decimals, rest.value * scale / 1000, as_said)
    ordered = reversed(likely) if scale == 10**3 and rest.places == 2 and not glued else likely
    return [_plus(whole, more, Why.UNCLEAR) for more in dict.fromkeys(ordered)]


def _plus(number: Number, more: Fraction, why: Why | None = None) -> Number:
    return replace(number, value=number.value + more, why=number.why or why)
