"""Reading what is to change in a registration: "thêm trồng 50 cây", "1: làm 400 m đường", "bỏ 2", "đã ký 5/3"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogue.text import folded


class Sort(StrEnum):
    """What kind of change is meant."""

    DROP = "drop"
    REPLACE = "replace"
    ADD = "add"
    CHOOSE = "choose"
    SIGNED = "signed"


@dataclass(frozen=True)
class Change:
    """One change: of which number, if any, and the words that say what to."""

    sort: Sort
    number: int = 0
    words: str = ""


_NUMBERED = re.compile(r"(?<!\S)(\d)\s*[:).]\s*")
_NOUNS = frozenset({"viec", "so", ":"})
_FIRST = {
    **dict.fromkeys(("bo", "xoa"), Sort.DROP),
    **dict.fromkeys(("them",), Sort.ADD),
    **dict.fromkeys(("chon",), Sort.CHOOSE),
    **dict.fromkeys(("ky", "ki"), Sort.SIGNED),
}


def read_change(text: str) -> Change | None:
    """The change that is meant; none where the words say none."""
    words = _NUMBERED.sub(r" \1 : ", text, count=1).split()
    bare = [folded(word).rstrip(":") or ":" for word in words]
    if bare[:2] in (["da", "ky"], ["da", "ki"]):
        return Change(Sort.SIGNED, words=" ".join(words[2:]))
    if bare[:2] == ["noi", "dung"]:
        return Change(Sort.CHOOSE, words=" ".join(words[2:]).lstrip(": ")) if words[2:] else None
    numbered = _numbered(words, bare)
    if numbered:
        return numbered
    sort = _FIRST.get(bare[0]) if bare else None
    return _said(sort, words, bare) if sort else None


def _numbered(words: list[str], bare: list[str]) -> Change | None:
    """ "1: …", "sửa 1: …", "sửa việc 1: …"."""
    at = next((i for i, word in enumerate(bare) if word not in {"sua", *_NOUNS}), len(bare))
    if at > 2 or bare[at + 1 : at + 2] != [":"] or not bare[at].isdecimal() or not words[at + 2 :]:
        return None
    return Change(Sort.REPLACE, int(bare[at]), " ".join(words[at + 2 :]))


def _said(sort: Sort, words: list[str], bare: list[str]) -> Change | None:
    at = 2 if bare[1:2] and bare[1] in _NOUNS else 1
    rest = " ".join(words[at:])
    if sort is Sort.DROP:
        return Change(sort, int(rest)) if rest.isascii() and rest.isdigit() and len(rest) == 1 else None
    return Change(sort, words=rest) if rest or sort is Sort.CHOOSE else None
