"""Spoken numbers below a thousand, and parts: "hai mốt", "trăm rưỡi", "mười hai phẩy năm", "một phần ba".

Every function gives all that the tokens from a place on may mean; it is the reader who asks when that is more than one.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from campaigns.quantities.digits import Found, Number, digits_at
from campaigns.quantities.number_words import (
    AND,
    DIGITS,
    HALF_MORE,
    LAST_DIGITS,
    digit_after_and,
    digit_at,
    is_word,
    tenth_words,
)
from campaigns.quantities.reading import Why
from campaigns.quantities.spelling import Tokens

SPELLED_OUT = 9  # places of "không trăm linh năm": it says them all, so nothing is left out after it
_A_FEW = {(5, 7), (3, 7), (5, 3), (1, 2)}  # said for "a few", not for a number of two digits


def below_thousand(said: Tokens, at: int) -> Iterator[Found]:
    for number, end in [*digits_at(said, at), *_below_hundred(said, at), *_hundreds(said, at)]:
        yield number, end
        yield from _spoken_decimals(said, number, end)
    if is_word(said, at, "không"):
        yield from _spoken_decimals(said, Number(Fraction(0)), at + 1)
    yield from _by_tens_and_dozens(said, at)
    yield from _parts(said, at)


def _below_hundred(said: Tokens, at: int) -> Iterator[Found]:
    if is_word(said, at, "mười"):
        yield Number(Fraction(10), places=2, estimate=said[at].text == "mươi"), at + 1
        yield from _tens(said, 10, at + 1)
    if is_word(said, at, "hăm"):
        yield from _tens(said, 20, at + 1)
    for digit, end in digit_at(said, at):
        if not said[at].is_number:
            yield Number(digit, places=1), end
            yield from _without_tens(said, int(digit), end)
        if digit > 1 and is_word(said, end, "mươi"):
            yield Number(digit * 10, places=2), end + 1
            yield from _tens(said, int(digit) * 10, end + 1)


def _tens(said: Tokens, tens: int, at: int) -> Iterator[Found]:
    """The digit after tens. "Năm" there should be "lăm", or it says "years"."""
    for word, digit in (DIGITS | LAST_DIGITS).items():
        if is_word(said, at, word) and not (word == "mốt" and tens == 10):
            yield Number(Fraction(tens + digit), Why.UNCLEAR if word == "năm" else None, places=2), at + 1


def _without_tens(said: Tokens, first: int, at: int) -> Iterator[Found]:
    """ "Hai mốt" is 21 and "bốn ba" 43, but "hai ba" is also "two or three"."""
    if first == 1:
        return
    for word, digit in LAST_DIGITS.items():
        if is_word(said, at, word):
            yield Number(Fraction(first * 10 + digit), places=2), at + 1
    for word, digit in DIGITS.items():
        if is_word(said, at, word):
            doubt = word in ("một", "năm") or digit == first + 1 or (first, digit) in _A_FEW
            yield Number(Fraction(first * 10 + digit), Why.UNCLEAR if doubt else None, places=2), at + 1


def _hundreds(said: Tokens, at: int) -> Iterator[Found]:
    if is_word(said, at, "không") and is_word(said, at + 1, "trăm"):
        yield from ((replace(n, places=SPELLED_OUT), end) for n, end in _after_hundred(said, Fraction(0), at + 2))
    for digit, end in digit_at(said, at):
        if is_word(said, end, "trăm"):
            yield Number(digit * 100, places=3), end + 1
            yield from _after_hundred(said, digit * 100, end + 1)
    if is_word(said, at, "trăm"):
        yield Number(Fraction(100), places=3, estimate=True), at + 1
        yield from _after_hundred(said, Fraction(100), at + 1)


def _after_hundred(said: Tokens, hundreds: Fraction, at: int) -> Iterator[Found]:
    if is_word(said, at, *HALF_MORE) and hundreds:
        yield Number(hundreds + 50, places=3), at + 1
    for tenths, end in tenth_words(said, at):
        yield Number(hundreds + tenths * 10, places=3), end
    if is_word(said, at, *AND):
        yield from ((Number(hundreds + digit, places=3), end) for digit, end in digit_after_and(said, at + 1))
    for rest, end in [*_below_hundred(said, at), *digits_at(said, at), *_by_tens_and_dozens(said, at)]:
        if rest.places == 2 and rest.value >= 10 and not rest.estimate and not rest.dozens:
            yield replace(rest, value=hundreds + rest.value, places=3), end
        elif rest.places == 1 and rest.value:
            for meant in (rest.value * 10, rest.value):
                yield Number(hundreds + meant, Why.UNCLEAR, places=3), end


def _by_tens_and_dozens(said: Tokens, at: int) -> Iterator[Found]:
    """ "Hai chục", "ba chục rưỡi", "chục", "2 tá"; without a number before it, it is a guess."""
    counted = [(n, end, False) for n, end in [*digits_at(said, at), *_below_hundred(said, at)]]
    for number, end, bare in [*counted, (Number(Fraction(1)), at, True)]:
        for word, size in (("chục", 10), ("tá", 12)):
            if is_word(said, end, word) and number.value < 100:
                some = Number(number.value * size, number.why, 2, estimate=bare and size == 10, dozens=size == 12)
                yield some, end + 1
                if is_word(said, end + 1, *HALF_MORE) and number.value.denominator == 1:
                    yield replace(some, value=some.value + Fraction(size, 2), estimate=False), end + 2


def _spoken_decimals(said: Tokens, number: Number, at: int) -> Iterator[Found]:
    """ "Mười hai phẩy năm". A spoken dot is as doubtful as a written one."""
    if number.value.denominator != 1 or number.why or not is_word(said, at, "phẩy", "chấm"):
        return
    digits, end = _run(said, at + 1)
    if digits:
        why = Why.DOT_DECIMAL if is_word(said, at, "chấm") else None
        yield Number(number.value + Fraction(int(digits), 10 ** len(digits)), why), end


def _run(said: Tokens, at: int) -> tuple[str, int]:
    """Digits one after the other ("không năm" is "05"), or a number below a hundred ("hai mươi lăm" is "25")."""
    if at < len(said) and said[at].text.isdigit():
        return said[at].text, at + 1
    tens = [(n, end) for n, end in _below_hundred(said, at) if n.places == 2 and not n.why]
    if tens:
        number, end = max(tens, key=lambda found: found[1])
        return str(number.value), end
    digits = ""
    while found := [d for word, d in ({"không": 0} | DIGITS).items() if is_word(said, at, word)]:
        digits, at = digits + str(found[0]), at + 1
    return digits, at


def _parts(said: Tokens, at: int) -> Iterator[Found]:
    """ "Nửa", "một nửa", "một phần ba"."""
    start = at + 1 if is_word(said, at, "một") else at
    if is_word(said, start, "nửa"):
        yield Number(Fraction(1, 2), half=True), start + 1
    for above, end in digit_at(said, at):
        if is_word(said, end, "phần"):
            below = [*digit_at(said, end + 1), *([(Fraction(4), end + 2)] if is_word(said, end + 1, "tư") else [])]
            yield from ((Number(above / part, half=True), after) for part, after in below if part > above)
