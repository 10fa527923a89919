"""Reads a figure as people here write it; what could mean two things is asked back, never guessed."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from campaigns.measure import MEASURES, ONLY_SAID, Dimension, Measure, Region
from campaigns.quantities.chatter import COMPARED, KIN, LESS, OF_TIME, RELATIVE, SLANG, TO, VAGUE, holds, phrase_end
from campaigns.quantities.clean_text import even
from campaigns.quantities.number_words import AND, DIGITS, HALF_MORE, NUMBER_WORDS, TENS, is_word
from campaigns.quantities.phrases import Asked
from campaigns.quantities.reading import AskBack, Reading, Refused, Why
from campaigns.quantities.search import MOST_PIECES, Piece, in_doubt, pieces, whole, with_unit_of
from campaigns.quantities.special_answers import m_of_n, not_a_figure, repaired, slashed, without_figure
from campaigns.quantities.spelling import Tokens, spells, tokens
from campaigns.quantities.units import phrases_of
from campaigns.quantities.verdicts import judged, refusal, weighed

LONGEST = 300
LONGEST_CHUNK = 8


def read(said: str, measure: Measure, region: Region | None = None) -> Reading:
    """Read one answer to a question for ``measure``; ``region`` is where the answering unit lies.

    A ``Value`` is given only where there is one meaning. Whatever stands for "as before" or "not known" is the
    dialogue's to read and is refused here. Any text is read in bounded time; beyond 300 characters it is refused.
    """
    if len(said) > LONGEST:
        return refusal(Why.TOO_LONG, measure)
    text = even(said)
    if text is None:
        return refusal(Why.UNREADABLE, measure)
    return _read_even(text, said, Asked(measure, region)) if text else refusal(Why.EMPTY, measure)


def _read_even(text: str, said: str, asked: Asked) -> Reading:
    text = m_of_n(text, asked.measure)
    words = tokens(text)
    early = not_a_figure(text, words, asked.measure) or slashed(text, said, asked.measure)
    if early:
        return early
    meanings = whole(words, asked)
    if meanings:
        return judged(meanings, said, asked.measure)
    return without_figure(words, asked.measure) or _repaired(text, said, asked) or _among_words(words, said, asked)


def _repaired(text: str, said: str, asked: Asked) -> Reading | None:
    """ "1O" and "12," are asked about with what they were meant for."""
    mended = repaired(text)
    meanings = whole(tokens(mended), asked) if mended != text else []
    found = weighed(meanings, said, asked.measure)
    return AskBack(Why.ODD_DIGITS, found.values) if found.values else None


def _among_words(words: Tokens, said: str, asked: Asked) -> Reading:
    """An answer of which only pieces are understood never gives a value, at most a suggestion."""
    found = pieces(words, asked)
    unread = [at for at, token in enumerate(words) if token.is_number and not _inside(at, found)]
    if unread and len(found) < MOST_PIECES:
        return refusal(Why.UNREADABLE, asked.measure)
    if _negative(words, found):
        return refusal(Why.NEGATIVE, asked.measure)
    if len(found) > 1:
        return _several(words, found, said, asked)
    if not found or _only_talk(words, found[0]):
        return refusal(Why.VAGUE if holds(words, VAGUE) else Why.NO_NUMBER, asked.measure)
    return _one_piece(words, found[0], said, asked)


def _inside(at: int, found: Sequence[Piece]) -> bool:
    return any(piece.start <= at < piece.end for piece in found)


def _negative(words: Tokens, found: Sequence[Piece]) -> bool:
    at = found[0].start - 1 if found else -1
    if at < 0:
        return False
    minus = words[at].text == "-" and words[at + 1].glued and not (at and words[at].glued)
    return minus or is_word(words, at, "âm", "trừ")


def _only_talk(words: Tokens, piece: Piece) -> bool:
    """A number word alone in a sentence is as likely a name or another word ("chị Năm chưa báo")."""
    inside, others = words[piece.start : piece.end], len(words) - (piece.end - piece.start)
    named = others > 1 or (piece.start > 0 and is_word(words, piece.start - 1, *KIN))
    return named and len(inside) == 1 and not inside[0].is_number


def _several(words: Tokens, found: Sequence[Piece], said: str, asked: Asked) -> Reading:
    if len(found) >= MOST_PIECES:
        return AskBack(Why.SEVERAL)
    if len(found) == 2 and any(phrase_end(words, found[0].end, to) == found[1].start for to in TO):
        found, why = [with_unit_of(words, found[0], found[1], asked), found[1]], Why.RANGE
    else:
        why = Why.SEVERAL
    each = [weighed(piece.meanings, said, asked.measure).values for piece in found]
    values = tuple({value.amount: value for values in each for value in values}.values())
    return AskBack(why, values if all(each) else ())


def _one_piece(words: Tokens, piece: Piece, said: str, asked: Asked) -> Reading:
    reading = judged(piece.meanings, said, asked.measure)
    if isinstance(reading, Refused):
        return reading
    others = words[: piece.start] + words[piece.end :]
    if holds(others, VAGUE) and not holds(others, RELATIVE):
        return refusal(Why.VAGUE, asked.measure)
    if piece.start and is_word(words, piece.start - 1, *OF_TIME):
        return refusal(Why.DATE, asked.measure)
    slang = next((size for word, size in SLANG.items() if is_word(words, piece.end, word)), 0)
    if slang and asked.measure.dimension is Dimension.MONEY:
        return _slang(piece, slang / asked.measure.size, said, asked)
    if holds(others, LESS):
        return AskBack(Why.RELATIVE)
    why = Why.RELATIVE if holds(others, (*RELATIVE, *COMPARED)) else Why.EXTRA
    return AskBack(why, weighed(piece.meanings, said, asked.measure).values)


def _slang(piece: Piece, size: Fraction, said: str, asked: Asked) -> AskBack:
    """What "củ" and the like come to, for a question only."""
    meanings = [replace(meaning, amount=meaning.amount and meaning.amount * size) for meaning in piece.meanings]
    return AskBack(Why.SLANG, weighed(meanings, said, asked.measure).values)


def starts_quantity(token: str) -> bool:
    """Whether a word can begin a quantity: it begins with a digit or is a number word, with or without marks."""
    words = tokens(even(token[:LONGEST]) or "")
    first = words[1:] if words[:1] and words[0].text in "-~≈" else words
    return bool(first) and (first[0].is_number or is_word(first, 0, *_STARTS))


def continues_quantity(token: str) -> bool:
    """Whether a word can go on a quantity that has begun: a unit, a number word, "rưỡi". A number in digits cannot."""
    words = tokens(even(token[:LONGEST]) or "")
    return bool(words) and not words[0].is_number and any(spells(words[0].text, word) for word in _CONTINUES)


def quantity_end(words: Sequence[str], at: int, measure: Measure, region: Region | None = None) -> int:
    """Where the longest quantity that begins at word ``at`` ends, with friendly words after it; 0 if none begins.

    More exact than the two above, as it knows the measure: "43 150" is cut, "2 tấn 3 tạ" and "khoảng 150" are not.
    """
    for end in range(min(len(words), at + LONGEST_CHUNK), at, -1):
        text = even(" ".join(words[at:end])[:LONGEST])
        meanings = whole(tokens(text), Asked(measure, region)) if text else []
        if meanings and (end == at + 1 or not in_doubt(meanings, Why.SPACED, Why.UNCLEAR)):
            return end
    return 0


_STARTS = (*DIGITS, *TENS, "trăm", "chục", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "nửa")
_UNIT_WORDS = {
    token.text
    for measure in (*MEASURES.values(), *ONLY_SAID)
    for words in phrases_of(measure)
    for token in tokens(words)
    if token.text == "%" or not (token.is_number or token.is_sign)
}
_CONTINUES = (*NUMBER_WORDS, *HALF_MORE, *AND, *sorted(_UNIT_WORDS))
