"""Finding quantities in an answer: one that fills it but for words that change nothing, or pieces among other words."""

from dataclasses import dataclass, replace

from campaigns.quantities.chatter import ABOUT, AFTER, BEFORE, VAGUE, ends_of, reached
from campaigns.quantities.phrases import Asked, Meaning, phrases_at
from campaigns.quantities.reading import Why
from campaigns.quantities.spelling import Tokens, runs_on
from campaigns.quantities.units import units_at

MOST_PIECES = 4


@dataclass(frozen=True)
class Piece:
    """A quantity that stands from token ``start`` up to token ``end``, with all it may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


def whole(said: Tokens, asked: Asked) -> list[Meaning]:
    """What the answer may mean if all of it is one quantity and words that change nothing; empty if it is not."""
    plainly = dict.fromkeys(reached(said, 0, BEFORE), False)
    starts = dict.fromkeys((end for at in plainly for end in _about_ends(said, at)), True) | plainly
    return [
        replace(meaning, estimate=True) if guess else meaning
        for at, guess in sorted(starts.items())
        if not runs_on(said, at)
        for meaning, end in phrases_at(said, at, asked)
        if _closes(said, end)
    ]


def _about_ends(said: Tokens, at: int) -> set[int]:
    """After one or two words for "about" ("ước khoảng")."""
    once = ends_of(said, at, ABOUT)
    twice = once.union(*(ends_of(said, end, ABOUT) for end in once))
    return twice.union(*(ends_of(said, end, ("được", "là", "có")) for end in twice))


def _closes(said: Tokens, end: int) -> bool:
    """Whether only friendly words follow. A comma at the very end may be half a number."""
    cut = runs_on(said, end) or (said[-1].text == "," and said[-2:-1] and said[-2].is_number)
    return not cut and len(said) in reached(said, end, AFTER)


def pieces(said: Tokens, asked: Asked) -> list[Piece]:
    """The quantities in an answer from left to right, each as long as can be; a few suffice."""
    found: list[Piece] = []
    at = 0
    while at < len(said) and len(found) < MOST_PIECES:
        piece = _piece_at(said, at, asked)
        found += [piece] if piece else []
        at = piece.end if piece else at + 1
    return found


def _piece_at(said: Tokens, at: int, asked: Asked) -> Piece | None:
    if runs_on(said, at) or ends_of(said, at, VAGUE):
        return None
    phrases = [(meaning, end) for meaning, end in phrases_at(said, at, asked) if not runs_on(said, end)]
    end = max((end for _, end in phrases), default=0)
    guess = any(at in ends_of(said, before, ABOUT) for before in range(max(0, at - 2), at))
    meanings = (replace(meaning, estimate=meaning.estimate or guess) for meaning, last in phrases if last == end)
    return Piece(at, end, tuple(meanings)) if end else None


def with_unit_of(said: Tokens, first: Piece, second: Piece, asked: Asked) -> Piece:
    """The first of a range with the unit that only the second one names: "5 đến 7 tạ"."""
    if any(end == first.end for at in range(first.start, first.end) for _, end in units_at(said, at, asked.measure)):
        return first
    for at in range(second.start, second.end):
        if any(end == second.end for _, end in units_at(said, at, asked.measure)):
            joined = said[first.start : first.end] + said[at : second.end]
            meanings = tuple(meaning for meaning, end in phrases_at(joined, 0, asked) if end == len(joined))
            return replace(first, meanings=meanings)
    return first


def in_doubt(meanings: list[Meaning], *whys: Why) -> bool:
    """Whether any of the meanings is doubtful for one of these reasons."""
    return any(meaning.why in whys for meaning in meanings)
