"""Text at the door: one normal form, no control characters, a limit; and folding for comparison without marks."""

import re
import unicodedata

LONGEST = 4_000

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_SPACES = re.compile(r"[^\S\n]+")


def cleaned(text: str) -> str:
    """The text in NFC without control, direction and zero-width characters or lone surrogates; newlines stay."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()))
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in visible)
    return _SPACES.sub(" ", kept).strip()


def folded(text: str) -> str:
    """The text in lower case without marks and doubled spaces: ``folded("Báo  CÁO") == "bao cao"``."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def has_words(text: str) -> bool:
    """Whether there is any letter or digit at all; false for only emoji, signs or nothing."""
    return any(c.isalnum() for c in text) or "?" in text
