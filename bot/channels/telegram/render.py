"""Parcels as Telegram shows them: spans as entities, choices as keys, and what must go in calls of its own."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.channel import Button, Parcel
from bot.channels.parts import in_parts, utf16
from dialogue.say import SHARE_PHONE
from dialogue.spans import Span

TEXT, CAPTION = 4_096, 1_024  # UTF-16 units, after entities
ALBUM = 10
MOST_BUTTONS = 100
NARROW, ROW = 12, 26  # characters: as wide as keys of one row may be on a small phone

PHOTO = "photo:"  # before the number of a message that shows a picture, which is edited in another way

STYLES = {
    "buttons.send": "success",
    "buttons.agree": "success",
    "buttons.approve": "success",
    "buttons.report_now": "primary",
    "buttons.highlight_post": "success",
    "buttons.end_yes": "danger",
    "buttons.cancel": "danger",
    "buttons.highlight_withdraw": "danger",
    "buttons.end_group": "danger",
    "buttons.end_role": "danger",
}

Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def calls(parcel: Parcel) -> tuple[Parcel, ...]:
    """The parcel as calls: pictures with their words where these fit a caption, otherwise before them."""
    if parcel.documents:
        return _with_documents(parcel)
    pictures = len(parcel.photos) + bool(parcel.qr)
    had_picture = (parcel.edits or "").startswith(PHOTO)
    if not pictures and not had_picture:
        return in_parts(parcel, TEXT)
    if pictures <= 1 and utf16(parcel.text) <= CAPTION:
        return (parcel,)
    if not pictures:
        return in_parts(parcel, CAPTION)
    words = in_parts(replace(parcel, photos=(), qr="", edits=None), TEXT)
    albums = [parcel.photos[at : at + ALBUM] for at in range(0, len(parcel.photos), ALBUM)] or [()]
    shown = [replace(parcel, spans=(), buttons=(), photos=album, edits=None) for album in albums]
    shown[0] = replace(shown[0], edits=parcel.edits if pictures == 1 else None)
    return (*shown, *words) if parcel.text.strip() else tuple(shown)


def _with_documents(parcel: Parcel) -> tuple[Parcel, ...]:
    """The first document with the words below it where they fit a caption; whatever else there is goes before."""
    alone = replace(parcel, documents=())
    bare = replace(parcel, spans=(), buttons=(), photos=(), qr="", edits=None)
    shown = [replace(bare, documents=(one,)) for one in parcel.documents]
    if parcel.photos or parcel.qr or parcel.edits or utf16(parcel.text) > CAPTION:
        return (*calls(alone), *shown)
    return (replace(shown[0], spans=parcel.spans, buttons=parcel.buttons), *shown[1:])


def entities(spans: Sequence[Span]) -> list[MessageEntity]:
    """Bold and italic runs, counted in UTF-16; nothing that is said can be taken for a mark."""
    found, at = [], 0
    for span in spans:
        length = utf16(span.text)
        if length:
            kinds = [kind for kind, meant in (("bold", span.bold or span.urgent), ("italic", span.italic)) if meant]
            found += [MessageEntity(type=kind, offset=at, length=length) for kind in kinds]
        at += length
    return found


def keys(parcel: Parcel) -> Keys | None:
    """The keys below a message. Asking for a phone number is the one thing the keyboard itself is changed for."""
    if any(button.data == SHARE_PHONE for button in parcel.buttons):
        rows = [[KeyboardButton(text=b.label, request_contact=b.data == SHARE_PHONE or None)] for b in parcel.buttons]
        return ReplyKeyboardMarkup(keyboard=rows, one_time_keyboard=True, resize_keyboard=True)
    if parcel.buttons:
        return InlineKeyboardMarkup(inline_keyboard=_rows(parcel.buttons[:MOST_BUTTONS]))
    alone = not parcel.replaceable and not parcel.more and not parcel.edits
    return ReplyKeyboardRemove(remove_keyboard=True) if alone and not parcel.chat.startswith("-") else None


def inline(parcel: Parcel) -> InlineKeyboardMarkup | None:
    """The keys of a message that is edited: only those inside it can change."""
    found = keys(parcel)
    return found if isinstance(found, InlineKeyboardMarkup) else None


def _rows(buttons: Sequence[Button]) -> list[list[InlineKeyboardButton]]:
    """Short keys share a row, long ones have their own."""
    rows: list[list[Button]] = []
    for button in buttons:
        last = rows[-1] if rows else []
        fits = len(button.label) <= NARROW and sum(len(b.label) for b in last) + len(button.label) <= ROW
        if last and fits and all(len(b.label) <= NARROW for b in last):
            last.append(button)
        else:
            rows.append([button])
    return [[_key(button) for button in row] for row in rows]


def _key(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.label, callback_data=button.data, style=STYLES.get(button.name))
