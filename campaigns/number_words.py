"""Numbers in words and in words mixed with digits: "hai mươi mốt", "trăm rưỡi", "12tr5", "một phần ba".

Every function gives all that the tokens from a place on may mean; it is the reader who asks when that is more than one.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from campaigns.digits import Found, Number, digits_at
from campaigns.reading import Why
from campaigns.spelling import Tokens, spells

DIGITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
LAST_DIGITS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}  # only after tens
TENTH_WORDS = {"mốt": 1, "tư": 4}  # "triệu mốt", "trăm tư", "tấn tư": a tenth of what stands before
HALF_MORE = ("rưỡi", "rưởi")
AND = ("linh", "lẻ")
TENS = ("mười", "mươi", "hăm")
SCALES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (10**9, ("tỷ", "tỉ")),
    (10**6, ("triệu", "tr")),
    (10**4, ("vạn",)),
    (10**3, ("nghìn", "ngàn", "k")),
)
SMALL_SCALES = {"trăm": 100, "chục": 10, "tá": 12}
SCALE_WORDS = (*SMALL_SCALES, *(word for _, words in SCALES for word in words))
NUMBER_WORDS = (*DIGITS, *LAST_DIGITS, *HALF_MORE, *AND, *TENS, *SCALE_WORDS, "nửa", "phẩy", "phần")

_A_FEW = {(5, 7), (3, 7), (5, 3), (1, 2)}  # said for "a few", not for a number of two digits


def is_word(said: Tokens, at: int, *words: str) -> bool:
    """Whether one of these words stands at that place."""
    return at < len(said) and any(spells(said[at].text, word) for word in words)


def numbers_at(said: Tokens, at: int, level: int = 0) -> list[Found]:
    """All numbers that begin at a token. ``level`` is the first of the scales (10⁹, 10⁶, 10⁴, 10³) that may occur."""
    if level == len(SCALES):
        return list(_below_thousand(said, at))
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
    if is_word(said, after, *HALF_MORE):
        yield replace(whole, value=whole.value + Fraction(scale, 2)), after + 1
    for tenths, end in tenth_words(said, after):
        yield _plus(whole, tenths * scale / 10), end
    if is_word(said, after, *AND) and scale <= 10**4:
        yield from ((_plus(whole, digit), end) for digit, end in _after_and(said, after + 1))
    glued = said[at].glued and after < len(said) and said[after].glued
    for rest, end in numbers_at(said, after, level + 1):
        if may_be_year(said, after, end):
            yield replace(whole, why=Why.UNCLEAR), end
            rest = replace(rest, why=Why.UNCLEAR)
        if rest.value.denominator == 1 and 0 < rest.value < scale and (rest.scaled or 1 <= rest.places <= 3):
            yield from ((meant, end) for meant in _with_rest(whole, scale, rest, glued=glued))


def _with_rest(whole: Number, scale: int, rest: Number, *, glued: bool) -> list[Number]:
    """ "2 triệu 5" is 2,5 million; but "1tr234" and "hai nghìn năm" have two readings."""
    as_said, as_decimals = rest.value, rest.value * scale / 10**rest.places
    if rest.places == 1 and rest.why and scale >= 10**6:
        return [_plus(whole, as_decimals, rest.why)]
    if rest.scaled or rest.why or (rest.places == 3 and scale == 10**3):
        return [_plus(whole, rest.value, rest.why)]
    if rest.places == 1 and (scale >= 10**6 or glued):
        return [_plus(whole, as_decimals)]
    likely = (as_decimals, rest.value * scale / 1000, as_said)
    ordered = reversed(likely) if scale == 10**3 and rest.places == 2 else likely
    return [_plus(whole, more, Why.UNCLEAR) for more in dict.fromkeys(ordered)]


def _plus(number: Number, more: Fraction, why: Why | None = None) -> Number:
    return replace(number, value=number.value + more, why=number.why or why)


def _digit(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    """A single digit, in digits or as a word."""
    if at < len(said) and len(said[at].text) == 1 and said[at].is_number:
        return [(Fraction(int(said[at].text)), at + 1)] if said[at].text != "0" else []
    return [(Fraction(value), at + 1) for word, value in DIGITS.items() if is_word(said, at, word)]


def may_be_year(said: Tokens, at: int, end: int) -> bool:
    """ "12 triệu năm" is 12,5 million, or 12 million in a year."""
    return end == at + 1 and is_word(said, at, "năm")


def tenth_words(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    """ "Mốt" and "tư" after a bigger word or a unit, in tenths of it."""
    return [(Fraction(value), at + 1) for word, value in TENTH_WORDS.items() if is_word(said, at, word)]


def _after_and(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    return _digit(said, at) + [(digit, end) for digit, end in tenth_words(said, at) if digit == TENTH_WORDS["tư"]]


def _below_thousand(said: Tokens, at: int) -> Iterator[Found]:
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
    for digit, end in _digit(said, at):
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
        yield from _after_hundred(said, Fraction(0), at + 2)
    for digit, end in _digit(said, at):
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
        yield from ((Number(hundreds + digit, places=3), end) for digit, end in _after_and(said, at + 1))
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
    for above, end in _digit(said, at):
        if is_word(said, end, "phần"):
            below = [*_digit(said, end + 1), *([(Fraction(4), end + 2)] if is_word(said, end + 1, "tư") else [])]
            yield from ((Number(above / part, half=True), after) for part, after in below if part > above)
