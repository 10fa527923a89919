"""What a message looks like in Zalo: words with styles counted in UTF-16, photos one by one, each part one call."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.channels.channel import Parcel
from bot.channels.parts import in_parts, utf16
from dialogue.spans import Span

LIMIT = 2_000
FOR_THE_LINK = 400  # what a link and its words need
RED = "c_db342e"
HEARD = 2  # voice messages of one message: the newest
PARTS = 2  # a message that needs more is read on a page


def parts_of(parcel: Parcel, *, linking: bool) -> tuple[Parcel, ...]:
    """One part for each call: words of at most 2,000, the last of them standing below the first photo.

    With ``linking`` a very long message is its beginning and a link to the whole: every part costs of the month. Links
    to voice messages and files stand below the last words.
    """
    parcel = replace(parcel, recordings=parcel.recordings[-HEARD:] if linking else ())
    links = len(parcel.recordings) + len(parcel.documents)
    parts = in_parts(parcel, LIMIT - FOR_THE_LINK * links)
    if linking and len(parts) > PARTS:
        begin = in_parts(parcel, LIMIT - FOR_THE_LINK * (1 + links))[0]
        parts = (replace(begin, photos=parcel.photos, linked=True),)
    return tuple(_one_photo_each(parts))


def _one_photo_each(parts: tuple[Parcel, ...]) -> Iterator[Parcel]:
    *before, last = parts
    yield from (replace(one, recordings=(), documents=()) for one in before)
    yield replace(last, photos=last.photos[:1])
    alone = replace(last, spans=(), recordings=(), documents=(), linked=False)
    yield from (replace(alone, photos=(photo,)) for photo in last.photos[1:])


def styles_of(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """Zalo's styles of some spans: where each begins and how long it is, in UTF-16 units. What is urgent is red."""
    styles, start = [], 0
    for span in spans:
        length, marks = utf16(span.text), _marks_of(span)
        if marks and length:
            styles.append({"start": start, "len": length, "st": marks})
        start += length
    return styles


def _marks_of(span: Span) -> list[str]:
    meant = (("b", span.bold or span.urgent), ("i", span.italic), (RED, span.urgent))
    return [mark for mark, on in meant if on]
