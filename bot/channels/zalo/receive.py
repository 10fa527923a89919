"""What Zalo brings: one event, flat in its calls, wrapped in its answers; read into what arrived."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.inbox import Arrival
from dialogue.incoming import Kind

KINDS = {
    "message.text.received": Kind.TEXT,
    "message.image.received": Kind.PHOTO,
    "message.sticker.received": Kind.OTHER,
    "message.voice.received": Kind.VOICE,
}
IN_GROUPS = (Kind.TEXT, Kind.PHOTO)  # silence about the rest: others are listening
SECONDS_AT_MOST = 100_000_000_000  # beyond it a date is in milliseconds


def arrivals(bot: str, names: tuple[str, ...], body: Any, now: datetime) -> Iterator[Arrival]:
    """What one event of Zalo's is, in the order in which it was said; nothing where it is no message of a person's.

    ``names`` are what the bot may be called in groups: Zalo leaves "@name" in front of the words and marks it nowhere.
    """
    event = _event(body)
    message = event.get("message")
    if not isinstance(message, dict) or not _of_a_person(message):
        return
    kind = KINDS.get(str(event.get("event_name")), Kind.OTHER)
    group = message["chat"].get("chat_type") == "GROUP"
    if group and kind not in IN_GROUPS:
        return
    said_at, number = _moment(message.get("date"), now), str(message["message_id"])
    words = _words(message.get("text" if kind is Kind.TEXT else "caption"))
    words = _without_mention(words, names) if group else words
    chat = str(message["chat"]["id"])
    source = _source(kind, message)
    if source:
        yield Arrival(bot, number, chat, kind, said_at, sources=(source,), group=group)
        if words:
            yield Arrival(bot, f"{number}:caption", chat, Kind.TEXT, said_at, words, group=group)
    else:
        kind = Kind.OTHER if kind in (Kind.PHOTO, Kind.VOICE) else kind
        yield Arrival(bot, number, chat, kind, said_at, words, group=group)


def _source(kind: Kind, message: dict[str, Any]) -> str:
    """Where the photo or the voice lies, for a while; empty for whatever has none."""
    fields = {Kind.PHOTO: ("photo_url", "photo"), Kind.VOICE: ("voice_url",)}.get(kind, ())
    return next((found for field in fields if isinstance(found := message.get(field), str) and found), "")


def _event(body: Any) -> dict[str, Any]:
    """The event, however it is wrapped."""
    if not isinstance(body, dict):
        return {}
    inner = body.get("result")
    return inner if body.get("ok") and isinstance(inner, dict) else body


def _of_a_person(message: dict[str, Any]) -> bool:
    chat, sender = message.get("chat"), message.get("from")
    known = isinstance(chat, dict) and bool(chat.get("id")) and bool(message.get("message_id"))
    return known and not (isinstance(sender, dict) and sender.get("is_bot"))


def _words(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _moment(date: Any, now: datetime) -> datetime:
    """When it was said; Zalo tells milliseconds."""
    if not isinstance(date, int) or date <= 0:
        return now
    try:
        return datetime.fromtimestamp(date / 1000 if date > SECONDS_AT_MOST else date, UTC)
    except (ValueError, OverflowError, OSError):
        return now


def _without_mention(words: str, names: tuple[str, ...]) -> str:
    """The words after the bot's name; where that is not known, after the first word that is a name."""
    for name in sorted(names, key=len, reverse=True):
        if words.lower().startswith(f"@{name}".lower()):
            return words[len(name) + 1 :].lstrip(" ,:")
    return re.sub(r"^@\S+\s*", "", words)
