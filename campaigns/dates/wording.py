"""The words of a day as people type them: marks may be missing but not wrong; small numbers may be in words."""

import re
import unicodedata
from functools import lru_cache
from itertools import combinations

from campaigns.quantities.clean_text import even
from campaigns.quantities.spelling import plain


def words(*phrases: str) -> str:
    """A regular expression for any of these phrases, each mark of which may be missing: "den" is "đến" as well.

    A wrong mark is another word: "tối" is no "tới", and "thứ tự" no "thứ tư".
    """
    letters = ("".join(map(_with_or_without_marks, phrase)) for phrase in phrases)
    return f"(?:{'|'.join(letters)})"


@lru_cache(maxsize=256)
def _with_or_without_marks(letter: str) -> str:
    if letter.isascii():
        return re.escape(letter) if letter != " " else letter
    apart = unicodedata.normalize("NFD", letter)
    kept = (marks for size in range(len(apart)) for marks in combinations(apart[1:], size))
    typed = {unicodedata.normalize("NFC", apart[0] + "".join(marks)) for marks in kept}
    return f"[{''.join(sorted({letter, plain(letter), *typed}))}]"


def clean(said: str) -> str:
    """The text made even, small numbers in digits, spans with space round their dash; empty if it cannot be read."""
    text = even(said) or ""
    for numbers in (_NUMBERED, _BEFORE_MONTH):
        text = numbers.sub(_in_digits, text)
    return _TIGHT_SPAN.sub(r"\1 - ", text)


def _in_digits(match: re.Match[str]) -> str:
    """ "Tháng năm" also ends "ngày, tháng, năm", and "sau" is "after" as well as "six": these stay words."""
    head, number = match["head"], match["number"]
    if number == "sau" or (plain(head) == "thang " and plain(number) == "nam"):
        return match.group()
    return f"{head}{_NUMBERS[plain(number)]}"


def _number_words() -> dict[str, int]:
    ones = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    known = {word: number for number, word in enumerate(ones, 1)} | {"bẩy": 7, "tư": 4, "mười": 10}
    after_ten = {word: number for number, word in enumerate(ones, 1)} | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
    for tens, ten in (("mười", 10), ("hai mươi", 20), ("hăm", 20), ("ba mươi", 30)):
        known |= {f"{tens} {word}": ten + one for word, one in after_ten.items() if ten + one <= 31}
    return known | {"hai mươi": 20, "ba mươi": 30}


_WORDS = sorted(_number_words().items(), key=lambda pair: -len(pair[0]))
_NUMBERS = {plain(word): number for word, number in _WORDS}
_NUMBER = words(*(word for word, _ in _WORDS))
_COUNTED = words("ngày", "mùng", "mồng", "tháng", "quý", "qúy")
_NUMBERED = re.compile(rf"(?<!\w)(?P<head>{_COUNTED} )(?P<number>{_NUMBER})(?!\w)")
_BEFORE_MONTH = re.compile(rf"(?<!\w)(?P<head>)(?P<number>{_NUMBER})(?= {words('tháng')} \d)")
_TIGHT_SPAN = re.compile(r"(?<![\d/.])(\d{1,2}([/.])(?:\d{1,2}(?:\2\d{2,4})?|\d{4}))-(?=\d{1,2}\2\d)")
