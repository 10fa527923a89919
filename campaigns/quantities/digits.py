"""Numbers in digits: "1.250,5" is how they are written here, the rest is asked about or not a number."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from campaigns.quantities.reading import Why
from campaigns.quantities.spelling import Tokens


@dataclass(frozen=True)
class Number:
    """One thing a number may mean; with ``why`` there is another meaning, or something odd about it.

    ``places`` is how many digits it takes up after a bigger word ("tám" 1, "tám mươi" 2, "tám trăm" 3).
    ``scaled``: it has a word from thousand on; ``half``: it is a part of something; ``dozens``: it counts by twelve.
    """

    value: Fraction
    why: Why | None = None
    places: int = 0
    estimate: bool = False
    scaled: bool = False
    half: bool = False
    dozens: bool = False


Found = tuple[Number, int]
"""A number and the place of the token after it."""

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")


def written_numbers(text: str) -> tuple[Number, ...]:
    """What a piece of digits, dots and commas may mean; empty where it is no number ("1.25.3").

    A dot groups thousands and a comma starts decimals, so "1.500" is 1500. "1,500" and "3.5" are in doubt.
    """
    if text.isdigit():
        return (_plain(text),)
    if re.match(r"0\d", text):
        return tuple(replace(number, why=Why.ODD_DIGITS) for number in written_numbers(text.lstrip("0")))
    if not text[:1].isdigit():
        return ()
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        return (Number(_fraction(text.replace(".", ""))),)
    if _ENGLISH.fullmatch(text):
        return (Number(_fraction(text.replace(",", "").replace(".", ",")), Why.COMMA_THOUSANDS),)
    return _decimal(text)


def _plain(text: str) -> Number:
    """Offices write 05 for 5; any other zero in front is a slip of the thumb or a telephone number."""
    odd = text != "0" and text.startswith("0") and not re.fullmatch("0[1-9]", text)
    return Number(Fraction(int(text)), Why.ODD_DIGITS if odd else None, places=len(text))


def _decimal(text: str) -> tuple[Number, ...]:
    match = re.fullmatch(r"(\d+)([.,])(\d+)", text)
    if match is None:
        return ()
    whole, sign, rest = match.groups()
    value = _fraction(f"{whole},{rest}")
    if sign == ".":
        return (Number(value, Why.DOT_DECIMAL),)
    if len(rest) == 3 and len(whole) <= 3 and whole != "0":
        thousands = Number(Fraction(int(whole + rest)), Why.COMMA_THOUSANDS)
        return (Number(value, Why.COMMA_THOUSANDS), thousands)
    return (Number(value),)


def _fraction(text: str) -> Fraction:
    whole, _, rest = text.partition(",")
    return Fraction(int(whole)) + Fraction(int(rest or "0"), 10 ** len(rest))


def digits_at(said: Tokens, at: int) -> list[Found]:
    """The numbers in digits that begin at a token, also such with a space between thousands."""
    if at >= len(said) or not said[at].is_number:
        return []
    return [(number, at + 1) for number in written_numbers(said[at].text)] + _spaced(said, at)


def _spaced(said: Tokens, at: int) -> list[Found]:
    """ "1 250" may be two answers or an item and its answer; "1 050" can only be one number."""
    end = at + 1
    while end < len(said) and re.fullmatch(r"\d{3}(?:,\d+)?", said[end].text) and not said[end].glued:
        end += 1
        if "," in said[end - 1].text:
            break
    if end == at + 1 or not re.fullmatch(r"[1-9]\d{0,2}", said[at].text):
        return []
    groups = [token.text for token in said[at:end]]
    sure = any(group.startswith("0") for group in groups[1:])
    return [(Number(_fraction("".join(groups)), None if sure else Why.SPACED), end)]
