"""Cutting one message into the answers it holds: "43 150 không", "1: 12,5  2: 780", "lúa 12,5 ha, heo 780"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.quantities import Value, read, starts_quantity
from dialogue.forms import Figure
from dialogue.text import folded
from dialogue.words import ANSWERS_OF_ONE, ANSWERS_OF_TWO, GREETING, NOTHING, PLAIN_UNITS

_MARK = re.compile(r"(?<![\d.,/])([1-9])\s*(?:[:)=]|\.(?=\s))\s*")
_LONGEST_CHUNK = 6
_HARD = re.compile(r"\s*(?:[;\n]|,\s|\s/\s|\s-\s)\s*")


@dataclass(frozen=True)
class Parts:
    """The words for each figure by key, and what is left for the open question (empty where nothing is)."""

    figures: dict[str, str]
    rest: str = ""
    counted: bool = False


def split(text: str, numbered: Sequence[Figure], pending: Sequence[Figure]) -> Parts:
    """Cut a message. ``numbered`` are the form's figures as numbered on the screen, ``pending`` those still asked for.

    Numbers before a colon or bracket win, then numbers in step ("1 12,5 2 ko"), then names, then the order asked.
    """
    return (
        _by_marks(text, numbered) or _by_steps(text, numbered) or _by_names(text, numbered) or _by_order(text, pending)
    )


def _by_marks(text: str, numbered: Sequence[Figure]) -> Parts | None:
    marks = [m for m in _MARK.finditer(text) if int(m.group(1)) <= len(numbered) + 1]
    if not marks or any(word not in GREETING for word in folded(text[: marks[0].start()]).split()):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    said = {int(m.group(1)): text[m.end() : end].strip(" ,;\n") for m, end in zip(marks, ends, strict=True)}
    if len(said) < len(marks):
        return None
    figures = {figure.key: said[i] for i, figure in enumerate(numbered, 1) if said.get(i)}
    return _with_tail(numbered, figures, said.get(len(numbered) + 1, ""))


def _with_tail(numbered: Sequence[Figure], figures: dict[str, str], rest: str) -> Parts:
    """The last figure's words end where its quantity ends; what follows on is the open answer."""
    if rest or not figures:
        return Parts(figures, rest, counted=True)
    last = next(reversed(figures))
    words = figures[last].split()
    end = _chunk_end(words, 0, next(figure for figure in numbered if figure.key == last))
    if not end or end == len(words) or not _is_story(words[end:]):
        return Parts(figures, counted=True)
    figures[last] = " ".join(words[:end]).rstrip(".;,")
    return Parts(figures, " ".join(words[end:]), counted=True)


def _is_story(words: list[str]) -> bool:
    return len(words) > 2 and not any(starts_quantity(word) for word in words[:2])


def _by_steps(text: str, numbered: Sequence[Figure]) -> Parts | None:
    """ "1 12,5 2 ko 3 4 hộ": the numbers 1, 2, … n each stand before an answer and nothing is left between."""
    words = text.split()
    figures: dict[str, str] = {}
    at = 0
    for number, figure in enumerate(numbered, 1):
        if len(numbered) < 2 or at >= len(words) or words[at] != str(number):
            return None
        end = _chunk_end(words, at + 1, figure)
        if not end:
            return None
        figures[figure.key] = " ".join(words[at + 1 : end]).rstrip(".;,")
        at = end
    rest = " ".join(words[at:])
    return Parts(figures, re.sub(rf"^{len(numbered) + 1}\b[ .:)]*", "", rest), counted=True)


def _by_names(text: str, numbered: Sequence[Figure]) -> Parts | None:
    figures: dict[str, str] = {}
    rest: list[str] = []
    for segment in filter(None, _HARD.split(text)):
        named = _named_in(segment, numbered)
        if named and named[0].key not in figures and _has_answer(named[1]):
            figures[named[0].key] = named[1]
        else:
            rest.append(segment)
    return Parts(figures, "; ".join(rest), counted=True) if figures else None


def _named_in(segment: str, numbered: Sequence[Figure]) -> tuple[Figure, str] | None:
    """The one figure that a segment names, with what stands beside its name; a longer name wins over one within it."""
    found = [(figure, words) for figure in numbered if (words := _name_in(segment, figure)) is not None]
    shortest = min((len(words) for _, words in found), default=0)
    named = [one for one in found if len(one[1]) == shortest]
    return named[0] if len(named) == 1 else None


def _name_in(segment: str, figure: Figure) -> str | None:
    """What stands beside the figure's name in this segment, none where the name does not stand there."""
    words = segment.split()
    bare = [folded(word) for word in words]
    for name in sorted(map(folded, (figure.label, *figure.words)), key=len, reverse=True):
        parts = name.split()
        for at in range(len(bare) - len(parts) + 1):
            if parts and bare[at : at + len(parts)] == parts and _names_figure(words, at, figure):
                return " ".join(words[:at] + words[at + len(parts) :]).strip(" :=")
    return None


def _names_figure(words: list[str], at: int, figure: Figure) -> bool:
    """A name counts first in its segment or right behind its number; further on it is only a word of a story."""
    return at <= 1 or _chunk_end(words, 0, figure) == at


def _has_answer(words: str) -> bool:
    return folded(words) in ANSWERS_OF_ONE | ANSWERS_OF_TWO or any(map(starts_quantity, words.split()))


def _by_order(text: str, pending: Sequence[Figure]) -> Parts:
    if len(pending) == 1:
        return _alone(text, pending[0])
    words = _words(text)
    at = next((i for i, word in enumerate(words) if folded(word) not in GREETING), len(words))
    figures: dict[str, str] = {}
    for figure in pending:
        end = _chunk_end(words, at, figure)
        if not end:
            break
        figures[figure.key] = " ".join(words[at:end]).strip("; ")
        at = end
        at += at < len(words) and words[at] == ";"
    return Parts(figures, _as_typed(text, at))


def _alone(text: str, figure: Figure) -> Parts:
    """A single figure takes the whole message, unless a story follows on the next line or plainly behind it."""
    first, _, after = text.partition("\n")
    if after.strip():
        return Parts({figure.key: first}, after.strip())
    words = text.split()
    end = _chunk_end(words, 0, figure)
    if end and (folded(" ".join(words[end:])).rstrip(". !") in NOTHING or _tells_no_number(words[end:])):
        return Parts({figure.key: " ".join(words[:end]).strip(" ,;")}, " ".join(words[end:]))
    return Parts({figure.key: text})


def _tells_no_number(words: list[str]) -> bool:
    """A story of some length without any number: nothing of it could belong to the figure before it."""
    return _is_story(words) and not any(starts_quantity(word) for word in words)


def _words(text: str) -> list[str]:
    """Words, with hard separators as words of their own."""
    return _HARD.sub(" ; ", text).split()


def _as_typed(text: str, at: int) -> str:
    """The words from ``at`` on, with the separators that the person typed."""
    words = _HARD.sub(lambda found: f" {found.group().strip() or ';'} ", text).split()
    return re.sub(r" ([,;])", r"\1", " ".join(words[at:]))


def _chunk_end(words: list[str], at: int, figure: Figure) -> int:
    """Where the answer that starts at ``at`` ends, 0 where none starts there."""
    for length in (4, 3, 2):
        if folded(" ".join(words[at : at + length])) in ANSWERS_OF_TWO and at + length <= len(words):
            return at + length
    if at >= len(words):
        return 0
    if folded(words[at]).rstrip(".,") in ANSWERS_OF_ONE:
        return at + 1
    for end in range(min(len(words), at + _LONGEST_CHUNK), at, -1):
        if isinstance(read(" ".join(words[at:end]), figure.measure, figure.region), Value):
            return _with_unit(words, end)
    return _with_unit(words, at + 1) if starts_quantity(words[at]) else 0


def _with_unit(words: list[str], end: int) -> int:
    """A unit behind a number stays with it, so that a wrong one is refused and not left out."""
    return end + 1 if end < len(words) and words[end].lower().rstrip(".,;") in PLAIN_UNITS else end
