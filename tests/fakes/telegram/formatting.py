"""Texts as Telegram takes them: trimmed, their marks parsed, counted in UTF-16 after that."""

import json
import re
from html import unescape
from typing import Any

from tests.fakes.telegram.refused import bad

Entities = list[dict[str, Any]]
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
}
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)[^>]*>")


def utf16(text: str) -> int:
    """A length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, mode: str | None, entities: str | None, limit: int, what: str) -> tuple[str, Entities]:
    """The text and its marks; raises Refused for what is too long, empty of words, or badly marked."""
    if mode and mode.upper() != "HTML":
        raise bad(f"unsupported parse_mode {mode}")
    plain, marks = _html(text) if mode else (text, _given(entities, text))
    lead = len(plain) - len(plain.lstrip())
    plain = plain.strip()
    shift = utf16(text[:lead])
    marks = [{**mark, "offset": mark["offset"] - shift} for mark in marks]
    if utf16(plain) > limit:
        raise bad(f"{what} is too long")
    if len(marks) > 100:
        marks = marks[:100]
    return plain, [mark for mark in marks if 0 <= mark["offset"] < utf16(plain)]


def _given(entities: str | None, text: str) -> Entities:
    marks: Entities = json.loads(entities) if entities else []
    for mark in marks:
        if mark["length"] <= 0 or mark["offset"] < 0 or mark["offset"] + mark["length"] > utf16(text):
            raise bad("can't parse entities: entity is out of the text")
    return [{key: mark[key] for key in ("type", "offset", "length")} for mark in marks]


def _html(text: str) -> tuple[str, Entities]:
    plain, marks, open_tags, at = "", [], [], 0
    for found in _TAG.finditer(text):
        plain += _plain(text[at : found.start()], at)
        at = found.end()
        name = found[2].lower()
        if name not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {_bytes(text, found)}')
        if not found[1]:
            open_tags.append((name, utf16(plain)))
            continue
        if not open_tags or open_tags[-1][0] != name:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {_bytes(text, found)}")
        _, begun = open_tags.pop()
        marks.append({"type": TAGS[name], "offset": begun, "length": utf16(plain) - begun})
    plain += _plain(text[at:], at)
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    return plain, sorted(marks, key=lambda mark: int(mark["offset"]))


def _plain(piece: str, at: int) -> str:
    if "<" in piece:
        raise bad(f"can't parse entities: Unclosed start tag at byte offset {at + piece.index('<')}")
    return unescape(piece)


def _bytes(text: str, found: re.Match[str]) -> int:
    return len(text[: found.start()].encode())
