"""An answer as it is kept: what was meant, in which words, and under which meaning of the question it was given."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

TEXT = "text"
CHOICE = "choice"
PHOTOS = "photos"


@dataclass(frozen=True)
class Answer:
    """``how`` is one of ``campaigns.report.How``, TEXT, CHOICE, PHOTOS; ``value`` an amount, a text, an option or ids.

    It counts only for a question of the same ``meaning``. ``plain`` answers were given to the whole form and need no
    preview; ``odd`` ones were asked back and confirmed.
    """

    how: str
    value: Any
    said: str
    meaning: str
    said_at: str
    estimate: bool = False
    odd: bool = False
    plain: bool = False

    @property
    def words(self) -> str:
        """An open answer as it was given, "không" as well."""
        return str(self.said if self.value is None else self.value)


Kept = dict[str, Answer]


def packed(kept: Kept) -> dict[str, Any]:
    """Answers as plain data for the database."""
    return {key: asdict(answer) for key, answer in kept.items()}


def unpacked(data: dict[str, Any]) -> Kept:
    """Answers from the database."""
    return {key: Answer(**answer) for key, answer in data.items()}


def meaning(*parts: object) -> str:
    """A short digest of what a question means; another kind, measure, choice or preview gives another digest."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()
