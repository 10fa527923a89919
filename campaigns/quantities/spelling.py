"""Words as people spell them: with all their marks, without the tones, or with no marks at all."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\S")


@dataclass(frozen=True)
class Token:
    """A number, a word or a sign in lower case; ``glued`` means that no space stands before it."""

    text: str
    glued: bool

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()

    @property
    def is_sign(self) -> bool:
        """Whether it is neither a number nor a word."""
        return not self.text[0].isalnum()


Tokens = tuple[Token, ...]


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """The word without any marks: ``plain("mười") == "muoi"``."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


@lru_cache(maxsize=32768)
def spells(typed: str, word: str) -> bool:
    """Whether ``typed`` may stand for ``word``: the same letters, where every mark may be missing but none be wrong.

    A tone counts wherever in the word it stands ("tỷ" typed on another vowel is the same word).
    """
    letters, tone = _split(typed)
    meant, meant_tone = _split(word)
    if len(letters) != len(meant) or tone not in ("", meant_tone):
        return False
    return all(a in (b, plain(b)) for a, b in zip(letters, meant, strict=True))


@lru_cache(maxsize=4096)
def _split(word: str) -> tuple[str, str]:
    """The letters without the tone, and the tone."""
    apart = unicodedata.normalize("NFD", word)
    letters = "".join(c for c in apart if c not in _TONES)
    return unicodedata.normalize("NFC", letters), "".join(c for c in apart if c in _TONES)


def tokens(text: str) -> Tokens:
    """Cut a text into numbers ("1.250,5"), words and signs."""
    found = list(_TOKEN.finditer(text.casefold()))
    ends = [0, *(match.end() for match in found)]
    return tuple(
        Token(unicodedata.normalize("NFC", match.group()), at > 0 and match.start() == ends[at])
        for at, match in enumerate(found)
    )


def runs_on(said: Tokens, at: int) -> bool:
    """Whether a cut before token ``at`` would tear apart what was typed in one piece ("1e5")."""
    return 0 < at < len(said) and said[at].glued and not said[at].is_sign and not said[at - 1].is_sign
