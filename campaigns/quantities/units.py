"""Finding the unit that is said after a number."""

from functools import lru_cache

from campaigns.measure import MEASURES, ONLY_SAID, Dimension, Measure
from campaigns.quantities.chatter import AFTER, phrase, phrase_end
from campaigns.quantities.spelling import Tokens, plain

Phrases = dict[str, list[tuple[str, Measure]]]


def phrases_of(measure: Measure) -> tuple[str, ...]:
    """All ways of writing a measure."""
    return (measure.name, *measure.words)


@lru_cache(maxsize=256)
def _known(asked: Measure) -> Phrases:
    """Every unit phrase under its first token, and under each phrase one measure: the asked one before its kin."""
    chosen: dict[str, Measure] = {}
    ranked = sorted((*MEASURES.values(), *ONLY_SAID), key=lambda measure: measure.dimension is not asked.dimension)
    for measure in (asked, *ranked):
        for words in phrases_of(measure):
            chosen.setdefault(words.casefold(), measure)
    known: Phrases = {}
    for words, measure in chosen.items():
        known.setdefault(plain(phrase(words)[0]), []).append((words, measure))
    return known


def units_at(said: Tokens, at: int, asked: Measure) -> list[tuple[Measure, int]]:
    """The units that the tokens from ``at`` on may name, with the place after them.

    The longest phrase counts; of several as long the asked measure, then those that convert to it ("lang" without marks
    is làng where villages are counted and lạng where rice is weighed).
    """
    if at >= len(said):
        return []
    found = [
        (end, measure)
        for words, measure in _known(asked).get(plain(said[at].text), [])
        if (end := phrase_end(said, at, words)) and _fits(said, at, end, measure, asked)
    ]
    longest = max((end for end, _ in found), default=0)
    units = dict.fromkeys(measure for end, measure in found if end == longest)
    kin = [measure for measure in units if measure.dimension is asked.dimension is not Dimension.COUNT]
    return [(measure, longest) for measure in ([asked] if asked in units else kin or units)]


def _fits(said: Tokens, at: int, end: int, measure: Measure, asked: Measure) -> bool:
    """ "m 2" is not m2, and "nha" after a number of hectares is a friendly word, not a house."""
    apart = any(token.is_number and not token.glued for token in said[at:end])
    friendly = measure.dimension is Dimension.COUNT and measure != asked and said[at].text in AFTER
    return not apart and not friendly
