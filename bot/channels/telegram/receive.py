"""What Telegram brings, as arrivals. Pure: an update and who we are give what is to be stored, or nothing.

A message's time is cut to its second; it is taken as said at the end of that second, so that what stood on the screen
before it counts as seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import (
    CallbackQuery,
    ChatMemberRestricted,
    ChatMemberUnion,
    ChatMemberUpdated,
    Contact,
    Message,
    Update,
)

from bot.inbox import Arrival
from dialogue.incoming import Kind

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LARGEST = 20 * 1024 * 1024  # bytes that getFile gives
GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
IMAGES = {f"image/{kind}" for kind in ("jpeg", "png", "webp", "bmp", "gif", "heic", "heif")}  # what photo_check reads
OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}

CODE = re.compile(r"[0-9]{4}[ -]?[0-9]{4}")

_SECOND = timedelta(milliseconds=999)


@dataclass(frozen=True)
class Me:
    """Who we are: the key of the bot, its number, its name as people write it."""

    bot: str
    number: int
    username: str


def arrivals(update: Update, me: Me, now: datetime) -> Sequence[Arrival]:
    """What is to be stored of an update, mostly one arrival."""
    if update.message:
        return _message(update.message, me)
    if update.edited_message:
        return _edited(update.edited_message, me)
    if update.callback_query:
        return _pressed(update.callback_query, me, now)
    if update.my_chat_member:
        return _membership(update.my_chat_member, me, update.update_id)
    return ()


def _message(message: Message, me: Me) -> Sequence[Arrival]:
    if message.migrate_to_chat_id:
        return (_moved(message.chat.id, message.migrate_to_chat_id, message, me),)
    if message.migrate_from_chat_id:
        return (_moved(message.migrate_from_chat_id, message.chat.id, message, me),)
    if _not_somebody(message):
        return ()
    kind, text, sources = _content(message)
    if kind is None:
        return ()
    in_album = message.media_group_id and sources and kind is Kind.PHOTO  # recordings come as one message each
    album = f"album:{message.chat.id}:{message.media_group_id}" if in_album else ""
    return (_arrival(message, me, kind, text, sources=sources, album=album),)


def _edited(message: Message, me: Me) -> Sequence[Arrival]:
    """Changed words; an edit that leaves the words alone (a link's preview, a place that moves) is known by storing."""
    text = message.text or message.caption
    if not text or _not_somebody(message):
        return ()
    said_at = datetime.fromtimestamp(message.edit_date or 0, message.date.tzinfo) + _SECOND
    first = _arrival(message, me, Kind.EDITED, text)
    event = f"{first.event}:{message.edit_date}:{crc32(text.encode()):08x}"  # a second has room for several changes
    return (replace(first, event=event, corrects=first.event, said_at=said_at),)


def _pressed(query: CallbackQuery, me: Me, now: datetime) -> Sequence[Arrival]:
    if query.message is None or not query.data:
        return ()
    chat = query.message.chat
    return (
        Arrival(
            me.bot,
            f"press:{query.id}",
            str(chat.id),
            Kind.PRESS,
            now,
            press=query.data,
            group=chat.type in GROUPS,
        ),
    )


def _membership(changed: ChatMemberUpdated, me: Me, number: int) -> Sequence[Arrival]:
    """Blocked or unblocked by a person; added to a group, made an admin there, or taken out."""
    group = changed.chat.type in GROUPS
    if changed.chat.type == ChatType.CHANNEL:
        return ()
    was_out, is_out = _is_out(changed.old_chat_member), _is_out(changed.new_chat_member)
    kind = Kind.LEFT if is_out else Kind.ADDED if group and was_out else Kind.OPENED
    said_at = changed.date + _SECOND
    return (Arrival(me.bot, f"member:{number}", str(changed.chat.id), kind, said_at, group=group),)


def _is_out(member: ChatMemberUnion) -> bool:
    """A restricted one may be in or out."""
    return not member.is_member if isinstance(member, ChatMemberRestricted) else member.status in OUT


def _moved(old: int, new: int, message: Message, me: Me) -> Arrival:
    """Both messages of a move give one and the same arrival, whichever comes first."""
    return Arrival(me.bot, f"moved:{old}:{new}", str(old), Kind.MOVED, message.date, text=str(new), group=True)


def _not_somebody(message: Message) -> bool:
    """Another bot, or a channel; an admin who writes in the group's name is somebody."""
    a_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return a_bot or message.chat.type == ChatType.CHANNEL


def _content(message: Message) -> tuple[Kind | None, str, tuple[str, ...]]:
    """What it is, its words, and where its photo lies; no kind for what the chat says of itself."""
    caption = message.caption or ""
    if message.text:
        return Kind.TEXT, message.text, ()
    if message.photo:
        fits = [size for size in message.photo if (size.file_size or 0) <= LARGEST]
        largest = max(fits, key=lambda size: size.width * size.height, default=None)
        return (Kind.PHOTO, caption, (largest.file_id,)) if largest else (Kind.OTHER, caption, ())
    if message.document:
        image = message.document.mime_type in IMAGES and (message.document.file_size or 0) <= LARGEST
        return (Kind.PHOTO, caption, (message.document.file_id,)) if image else (Kind.OTHER, caption, ())
    if spoken := message.voice or message.audio or message.video_note:
        return Kind.VOICE, caption, (spoken.file_id,) if (spoken.file_size or 0) <= LARGEST else ()
    return _lesser(message, caption)


def _lesser(message: Message, caption: str) -> tuple[Kind | None, str, tuple[str, ...]]:
    if message.contact:
        kind = Kind.TEXT if _own(message.contact, message) else Kind.CONTACT
        return kind, message.contact.phone_number, ()
    if message.sticker:
        return Kind.TEXT, message.sticker.emoji or "", ()
    shown = message.video or message.animation or message.location or message.venue or message.poll or message.dice
    return (Kind.OTHER, caption, ()) if shown or message.story else (None, "", ())


def _own(contact: Contact, message: Message) -> bool:
    """Whether somebody shared themselves; a neighbour from their address book is never taken for that."""
    return message.from_user is not None and contact.user_id == message.from_user.id


def _arrival(
    message: Message, me: Me, kind: Kind, text: str, *, sources: tuple[str, ...] = (), album: str = ""
) -> Arrival:
    group = message.chat.type in GROUPS
    words, named = _to_us(text, me)
    return Arrival(
        bot=me.bot,
        event=f"{message.chat.id}:{message.message_id}",
        chat=str(message.chat.id),
        kind=kind,
        said_at=message.date + _SECOND,
        text=words,
        sources=sources,
        album=album,
        group=group,
        addressed=not group or named or _answers_us(message, me),
    )


def _answers_us(message: Message, me: Me) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == me.number


def _to_us(text: str, me: Me) -> tuple[str, bool]:
    """The words without our name, and whether they name us or are a command that is not another bot's."""
    command = re.match(r"/(\w+)(?:@(\w+))?\s*", text)
    if command:
        ours = not command[2] or command[2].lower() == me.username.lower()
        rest = text[command.end() :]
        if not ours:
            return text, False
        return (_from_link(rest) if command[1].lower() == "start" else f"/{command[1]} {rest}".strip()), True
    name = re.compile(rf"@{re.escape(me.username)}\b[\s,:]*", re.IGNORECASE)
    return name.sub("", text, count=1), name.search(text) is not None


def _from_link(rest: str) -> str:
    """What a link brings along is a code or nothing: anybody can make a link that would say something else for us."""
    return rest if CODE.fullmatch(rest.strip()) else "/start"
