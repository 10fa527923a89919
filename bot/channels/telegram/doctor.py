"""Whether a Telegram bot is well: its token, how messages come in, our clock, and its place in each linked group."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
)
from aiogram.methods import GetChat, GetChatMember, GetMe, GetWebhookInfo
from aiogram.types import ChatFullInfo, ChatMemberRestricted, ResultChatMemberUnion, User, WebhookInfo
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.line import VENDORS
from bot.channels.telegram.session import bot_at
from bot.doctor import Finding
from config.settings import Settings

SKEW = timedelta(seconds=30)
PATIENCE = 10
RECENT = timedelta(hours=1)
WELL_IN_GROUP = ("doctor.telegram_group", "doctor.telegram_no_photos_in_group")


async def looked(settings: Settings, groups: Sequence[tuple[str, str]], now: datetime) -> AsyncIterator[Finding]:
    """What is found, the token first: without it nothing else can be asked. ``groups`` are names with their chats."""
    if settings.telegram_token is None:
        yield Finding("doctor.telegram_no_token", fine=False)
        return
    telegram = bot_at(settings.telegram_token.get_secret_value(), settings.telegram_api)
    try:
        me, first = await _token(telegram)
        yield first
        for finding in await _clock(settings.telegram_api, now):
            yield finding
        if settings.public_url and settings.telegram_secret is None:
            yield Finding("doctor.telegram_no_secret", fine=False)
        elif me is not None:
            yield await _way_in(telegram, settings.public_url, now)
        if me is not None:
            for name, chat in groups:
                yield await _group(telegram, me, name, int(chat))
    finally:
        await telegram.session.close()


async def _token(telegram: Bot) -> tuple[User | None, Finding]:
    try:
        me = await telegram(GetMe(), request_timeout=PATIENCE)
    except TelegramNetworkError:
        return None, Finding("doctor.telegram_out_of_reach", fine=False)
    except AiogramError:
        return None, Finding("doctor.telegram_token_refused", fine=False)
    return me, Finding("doctor.telegram_token", fine=True, values={"username": me.username or ""})


async def _clock(api: str, now: datetime) -> list[Finding]:
    """How far our clock is from Telegram's, by the date of an answer; nothing where none comes."""
    try:
        async with ClientSession(timeout=ClientTimeout(PATIENCE)) as session, session.get(api) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (ClientError, TimeoutError, KeyError, ValueError):
        return []
    apart = abs(now - theirs)
    return [Finding("doctor.telegram_clock", fine=apart <= SKEW, values={"seconds": round(apart.total_seconds())})]


async def _way_in(telegram: Bot, public_url: str, now: datetime) -> Finding:
    """By webhook or by asking: what is set there must be what is meant here."""
    try:
        info = await telegram(GetWebhookInfo(), request_timeout=PATIENCE)
    except AiogramError as error:
        return Finding("doctor.telegram_says", fine=False, values={"said": _said(error)})
    meant = f"{public_url.rstrip('/')}{VENDORS}telegram-{telegram.id}" if public_url else ""
    if info.url != meant:
        return Finding("doctor.telegram_other_webhook", fine=False, values={"set": info.url, "meant": meant})
    if _failed_lately(info, now):
        return Finding("doctor.telegram_webhook_fails", fine=False, values={"said": info.last_error_message or ""})
    values = {"webhook": meant, "waiting": info.pending_update_count}
    return Finding("doctor.telegram_way_in", fine=True, values=values)


def _failed_lately(info: WebhookInfo, now: datetime) -> bool:
    return info.last_error_date is not None and now - info.last_error_date < RECENT


async def _group(telegram: Bot, me: User, name: str, number: int) -> Finding:
    """Whether the bot may write there; a group that has grown is looked at where it is now."""
    try:
        chat = await telegram(GetChat(chat_id=number), request_timeout=PATIENCE)
        member = await telegram(GetChatMember(chat_id=number, user_id=me.id), request_timeout=PATIENCE)
    except TelegramMigrateToChat as moved:
        return await _group(telegram, me, name, moved.migrate_to_chat_id)
    except (TelegramForbiddenError, TelegramBadRequest):
        return Finding("doctor.telegram_not_in_group", fine=False, values={"name": name})
    except AiogramError as error:
        values = {"name": name, "said": _said(error)}
        return Finding("doctor.telegram_group_not_asked", fine=False, values=values)
    text = _standing(chat, member)
    return Finding(text, fine=text in WELL_IN_GROUP, values={"name": name})


def _standing(chat: ChatFullInfo, member: ResultChatMemberUnion) -> str:
    """What the bot may do in a group, by its own standing there and by what everybody may."""
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED):
        return "doctor.telegram_not_in_group"
    if isinstance(member, ChatMemberRestricted):
        return _restricted(member)
    if member.status == ChatMemberStatus.ADMINISTRATOR or chat.permissions is None:
        return "doctor.telegram_group"
    if not chat.permissions.can_send_messages:
        return "doctor.telegram_silent_in_group"
    return "doctor.telegram_group" if chat.permissions.can_send_photos else "doctor.telegram_no_photos_in_group"


def _restricted(member: ChatMemberRestricted) -> str:
    if not member.is_member:
        return "doctor.telegram_not_in_group"
    if not member.can_send_messages:
        return "doctor.telegram_restricted_in_group"
    return "doctor.telegram_group" if member.can_send_photos else "doctor.telegram_no_photos_in_group"


def _said(error: AiogramError) -> str:
    return error.message if isinstance(error, TelegramAPIError) else type(error).__name__
