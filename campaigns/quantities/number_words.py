"""The words that numbers are made of, and the smallest pieces of spoken numbers."""

from fractions import Fraction

from campaigns.quantities.spelling import Tokens, spells

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
    (10**3, ("nghìn", "ngàn", "ngìn", "k")),
)
SMALL_SCALES = {"trăm": 100, "chục": 10, "tá": 12}
SCALE_WORDS = (*SMALL_SCALES, *(word for _, words in SCALES for word in words))
NUMBER_WORDS = (*DIGITS, *LAST_DIGITS, *HALF_MORE, *AND, *TENS, *SCALE_WORDS, "nửa", "phẩy", "phần")


def is_word(said: Tokens, at: int, *words: str) -> bool:
    """Whether one of these words stands at that place."""
    return at < len(said) and any(spells(said[at].text, word) for word in words)


def digit_at(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    """A single digit but 0, in digits or as a word, and the place after it."""
    if at < len(said) and len(said[at].text) == 1 and said[at].is_number:
        return [(Fraction(int(said[at].text)), at + 1)] if said[at].text != "0" else []
    return [(Fraction(value), at + 1) for word, value in DIGITS.items() if is_word(said, at, word)]


def tenth_words(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    """ "Mốt" and "tư" after a bigger word or a unit, in tenths of it."""
    return [(Fraction(value), at + 1) for word, value in TENTH_WORDS.items() if is_word(said, at, word)]


def digit_after_and(said: Tokens, at: int) -> list[tuple[Fraction, int]]:
    """The digit after "linh", where 4 may be "tư"."""
    return digit_at(said, at) + [(digit, end) for digit, end in tenth_words(said, at) if digit == TENTH_WORDS["tư"]]


def may_be_year(said: Tokens, at: int, end: int) -> bool:
    """ "12 triệu năm" is 12,5 million, or 12 million in a year."""
    return end == at + 1 and is_word(said, at, "năm")
