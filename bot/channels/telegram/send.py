"""Sending to Telegram: one call for each part of a message, and what became of it."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageMedia, EditMessageText, SendDocument, SendMediaGroup, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile, FSInputFile, InputFile, InputMediaPhoto, LinkPreviewOptions
from PIL import Image

from bot.channels.channel import File, Outcome, Parcel, Sent
from bot.channels.telegram.outcomes import cannot_be_edited, outcome, takes_no_pictures, unchanged
from bot.channels.telegram.render import PHOTO, calls, entities, inline, keys
from dialogue.capabilities import Capabilities, Pace
from documents.qr import qr_picture

# What Telegram lets pass, less a little for the way there: 30 in any second, one a second in a chat after three, 20 in
# any minute in a group.
PACE = Pace(most=30, within=1.02, burst=3, chat=1.05, group=3.4)
TELEGRAM = Capabilities(
    buttons=True,
    edits=True,
    files=True,
    text_limit=4_096,
    lease=90,
    shares_phone=True,
    pace=PACE,
    at_once=12,
    renews=True,
)
WORDS_TAKE, FILES_TAKE = 20, 60  # seconds at most; a lease outlasts both


class TelegramChannel:
    """Sends for one bot. ``photos`` is where pictures and files lie by their ids."""

    capabilities = TELEGRAM

    def __init__(self, bot: Bot, photos: Path) -> None:
        self._bot = bot
        self._photos = photos

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """Pictures and words in as many calls as their lengths need."""
        return calls(parcel)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Send or edit; never raises for what Telegram answers."""
        pictures = [FSInputFile(path) for photo in parcel.photos if (path := self._photos / f"{photo}.jpg").exists()]
        drawn = [BufferedInputFile(qr_picture(parcel.qr), "qr.png")] if parcel.qr else []
        try:
            if parcel.documents:
                return await self._document(parcel, parcel.documents[0])
            if parcel.edits:
                return await self._edited(parcel, [*pictures, *drawn])
            return await self._sent(parcel, [*pictures, *drawn])
        except AiogramError as error:
            return outcome(error, now)

    async def _document(self, parcel: Parcel, file: File) -> Outcome:
        """A file with its words below it; the words alone where it is not on the disk any more."""
        path = self._photos / f"{file.id}.file"
        if not path.exists():
            return await self._sent(parcel, [])
        said = await self._bot(_file(parcel, FSInputFile(path, file.name)), request_timeout=FILES_TAKE)
        return Sent(f"{PHOTO}{said.message_id}")

    async def _edited(self, parcel: Parcel, pictures: list[InputFile]) -> Outcome:
        """In place of what is shown; below it where that cannot be edited any more."""
        assert parcel.edits is not None
        number = int(parcel.edits.removeprefix(PHOTO))
        try:
            if pictures or parcel.edits.startswith(PHOTO):
                await self._bot(_picture_edited(parcel, number, pictures), request_timeout=FILES_TAKE)
                return Sent(f"{PHOTO}{number}")
            await self._bot(_words_edited(parcel, number), request_timeout=WORDS_TAKE)
            return Sent(str(number))
        except TelegramBadRequest as error:
            if unchanged(error):
                return Sent(parcel.edits)
            if not cannot_be_edited(error):
                raise
        return await self._sent(parcel, pictures)

    async def _shown(self, parcel: Parcel, chat: int, picture: InputFile) -> Outcome:
        """One picture with its words; the words alone in a group that takes no pictures."""
        try:
            shown = await self._bot(_picture(parcel, chat, picture), request_timeout=FILES_TAKE)
            return Sent(f"{PHOTO}{shown.message_id}")
        except TelegramBadRequest as error:
            if not takes_no_pictures(error):
                raise
        return await self._sent(parcel, [])

    async def _sent(self, parcel: Parcel, pictures: list[InputFile]) -> Outcome:
        chat = int(parcel.chat)
        if len(pictures) > 1:
            media = [InputMediaPhoto(media=picture) for picture in pictures]
            album = await self._bot(SendMediaGroup(chat_id=chat, media=list(media)), request_timeout=FILES_TAKE)
            return Sent(f"{PHOTO}{album[0].message_id}")
        if pictures:
            return await self._shown(parcel, chat, pictures[0])
        if not parcel.text:
            return Sent("")  # pictures that are not here, or not any more; the words that follow must not wait for them
        said = await self._bot(_words(parcel, chat), request_timeout=WORDS_TAKE)
        return Sent(str(said.message_id))


def _words(parcel: Parcel, chat: int) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        text=parcel.text,
        entities=entities(parcel.spans),
        parse_mode=None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=keys(parcel),
    )


def _picture(parcel: Parcel, chat: int, picture: InputFile) -> SendPhoto:
    return SendPhoto(
        chat_id=chat,
        photo=picture,
        caption=parcel.text or None,
        caption_entities=entities(parcel.spans),
        parse_mode=None,
        reply_markup=keys(parcel),
    )


def _file(parcel: Parcel, document: InputFile) -> SendDocument:
    return SendDocument(
        chat_id=int(parcel.chat),
        document=document,
        caption=parcel.text or None,
        caption_entities=entities(parcel.spans),
        parse_mode=None,
        disable_content_type_detection=True,
        reply_markup=keys(parcel),
    )


def _words_edited(parcel: Parcel, number: int) -> EditMessageText:
    return EditMessageText(
        chat_id=int(parcel.chat),
        message_id=number,
        text=parcel.text,
        entities=entities(parcel.spans),
        parse_mode=None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=inline(parcel),
    )


def _picture_edited(parcel: Parcel, number: int, pictures: list[InputFile]) -> EditMessageMedia:
    """Telegram has no way from a picture back to words alone: what shows none any more gets a blank one."""
    shown = pictures[0] if pictures else BufferedInputFile(blank_picture(), "blank.png")
    media = InputMediaPhoto(
        media=shown, caption=parcel.text or None, caption_entities=entities(parcel.spans), parse_mode=None
    )
    return EditMessageMedia(chat_id=int(parcel.chat), message_id=number, media=media, reply_markup=inline(parcel))


def blank_picture() -> bytes:
    """A plain light picture."""
    drawn = BytesIO()
    Image.new("RGB", (640, 160), "#f4f4f2").save(drawn, "PNG")
    return drawn.getvalue()
