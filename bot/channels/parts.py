"""Cutting a message that is too long for one call, where a reader would pause: at a line, a sentence, a word."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.channels.channel import Parcel
from dialogue.spans import Span

_PAUSES = (re.compile(r"\n+"), re.compile(r"(?<=[.!?;:…])\s+"), re.compile(r"\s+"))


def in_parts(parcel: Parcel, limit: int) -> tuple[Parcel, ...]:
    """The parcel in parts of at most ``limit`` UTF-16 units; buttons and photos stand with the last of them.

    A message that replaces another replaces it with its first part.
    """
    texts = list(_cut(parcel.spans, limit)) or [()]
    last = len(texts) - 1
    return tuple(
        replace(
            parcel,
            spans=spans,
            buttons=parcel.buttons if at == last else (),
            photos=parcel.photos if at == last else (),
            edits=parcel.edits if at == 0 else None,
        )
        for at, spans in enumerate(texts)
    )


def utf16(text: str) -> int:
    """How long a text is for those who count in UTF-16: a character beyond the first plane is two."""
    return len(text) + sum(c > "\uffff" for c in text)


def _cut(spans: tuple[Span, ...], limit: int) -> Iterator[tuple[Span, ...]]:
    text = "".join(span.text for span in spans)
    while utf16(text) > limit:
        at = _pause(text, _fits(text, limit))
        head, spans = _divided(spans, at)
        if any(span.text.strip() for span in head):
            yield head
        text = "".join(span.text for span in spans)
    if text:
        yield spans


def _fits(text: str, limit: int) -> int:
    """How many characters of the text have room."""
    room, at = limit, 0
    while at < len(text) and (room := room - utf16(text[at])) >= 0:
        at += 1
    return at


def _pause(text: str, most: int) -> int:
    """Where to cut within the first ``most`` characters: the last pause of the best kind in their second half."""
    for pause in _PAUSES:
        ends = [found.end() for found in pause.finditer(text, 0, most) if found.end() > most // 2]
        if ends:
            return ends[-1]
    return most


def _divided(spans: tuple[Span, ...], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The first ``at`` characters and the rest, without the white space between them."""
    head: list[Span] = []
    rest: list[Span] = []
    for span in spans:
        head.append(replace(span, text=span.text[: max(at, 0)]))
        rest.append(replace(span, text=span.text[max(at, 0) :]))
        at -= len(span.text)
    return _stripped(head), tuple(span for span in rest if span.text)


def _stripped(spans: list[Span]) -> tuple[Span, ...]:
    while spans and not spans[-1].text.rstrip():
        spans.pop()
    if spans:
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return tuple(span for span in spans if span.text)
