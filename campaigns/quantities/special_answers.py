"""Answers that look like figures and are none, or hold one in another shape: "không", dates, phones, "13/19"."""

import re
from dataclasses import replace
from fractions import Fraction

from campaigns.measure import Dimension, Measure
from campaigns.quantities.chatter import AFTER, BEFORE, NONE, OF_NONE, phrase_end, reached
from campaigns.quantities.number_words import is_word
from campaigns.quantities.phrases import Meaning
from campaigns.quantities.reading import AskBack, Nothing, Reading, Why
from campaigns.quantities.spelling import Tokens
from campaigns.quantities.units import phrases_of
from campaigns.quantities.verdicts import judged, refusal

MOST_PARTS = 4  # "3/4" may be three quarters, "13/19" is not nineteenths
_PHONE = re.compile(
    r"""(?<![\d.,])
    (?: \(?(?:\+|00)84\)? | 0 | 84(?=\d{9}(?!\d)|\s) )  # the country or the trunk prefix
    [\s.-]*[1235789](?:[\s.-]*\d){8,9}(?![\d,])""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"""(?<!\d)\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:19|20)\d\d(?!\d)  # 25/4/2022, 25.4.2022
    | (?<![\d/])\d{1,2}/\d{1,2}/\d\d(?!\d)  # 25/4/22
    | (?<![\d/.,])\d{1,2}[/.](?:19|20)\d\d(?!\d)  # 4/2022""",
    re.VERBOSE,
)
_SLASHED = re.compile(r"(?<![\d/.,])(\d{1,9})\s*/\s*(\d{1,9})(?![\d/.,])")
_O_FOR_ZERO = re.compile(r"(?<!\w)(?=[o.,]*\d|o(?!\w))[\do]+(?:[.,][\do]+)*(?!\w)")
_CUT = re.compile(r"(?<![\w.,])[.,](?=\d)|(?<=\d),$")


def without_figure(said: Tokens, measure: Measure) -> Reading | None:
    """ "Không", "không có hộ nào": nothing. "Chưa có" may be none so far or not counted yet, and is asked about."""
    words = (*OF_NONE, *phrases_of(measure))
    for at in reached(said, 0, BEFORE):
        for none in (*NONE, *(() if measure.dimension is Dimension.MASS else ("kg",)), "kps", "chưa", "0"):
            end = phrase_end(said, at, none)
            if not end or not any(len(said) in reached(said, to, AFTER) for to in reached(said, end, words)):
                continue
            arisen = any(phrase_end(said, to, "phát sinh") for to in range(end, len(said)))
            return AskBack(Why.NOT_YET) if none == "chưa" and not arisen else Nothing()
    return None


def not_a_figure(text: str, said: Tokens, measure: Measure) -> Reading | None:
    """The refusal of a telephone number or a date."""
    if _PHONE.search(text):
        return refusal(Why.PHONE, measure)
    dated = _DATE.search(text) or any(_names_time(said, at) for at in range(1, len(said)))
    return refusal(Why.DATE, measure) if dated else None


def _names_time(said: Tokens, at: int) -> bool:
    """Whether a month between two numbers or a year ends at this token."""
    month = at > 1 and said[at - 2].is_number and is_word(said, at - 1, "tháng") and said[at].is_number
    return month or (is_word(said, at - 1, "năm") and bool(re.fullmatch(r"(?:19|20)\d\d", said[at].text)))


def m_of_n(text: str, measure: Measure) -> str:
    """ "13/19" of criteria is 13: the text with the m alone, where criteria are asked for and m is not beyond n."""
    if measure.key != "tiêu chí":
        return text
    return _SLASHED.sub(lambda match: match[1] if int(match[1]) <= int(match[2]) < 100 else match[0], text)


def slashed(text: str, said: str, measure: Measure) -> Reading | None:
    """ "150/300" where m of n is not asked: a question, or a refusal where it is rather a day and a month."""
    match = _SLASHED.search(text)
    if match is None:
        return None
    m, n, rest = int(match[1]), int(match[2]), text.replace(match.group(), "").strip(" .!")
    day = m <= 31 and 0 < n <= 12
    if m > n or not n or (day and not rest and n > MOST_PARTS and measure.dimension is not Dimension.COUNT):
        return refusal(Why.DATE if day else Why.UNREADABLE, measure)
    part = n <= MOST_PARTS and not measure.whole
    useless = rest not in ("", *phrases_of(measure)) if part else measure.dimension is Dimension.SHARE
    if useless:
        return AskBack(Why.OUT_OF)
    found = judged([Meaning(Fraction(m, n) if part else Fraction(m), Why.OUT_OF)], said, measure)
    return replace(found, why=Why.OUT_OF) if isinstance(found, AskBack) else found


def repaired(text: str) -> str:
    """The text with the letter O as zero and without a comma that was cut off: what was meant, never for certain."""
    zeros = _O_FOR_ZERO.sub(lambda match: match.group().replace("o", "0"), text)
    return _CUT.sub(lambda match: "0" + match.group() if match.end() < len(zeros) else "", zeros)
