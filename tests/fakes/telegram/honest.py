"""Whether what goes in and out is what Telegram's two great clients know: parameters and answers, name by name."""

import inspect
import re
from functools import cache
from typing import Any

import telegram
from aiogram import methods
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

ANSWERS: dict[str, Any] = {
    "sendMessage": telegram.Message,
    "sendPhoto": telegram.Message,
    "sendDocument": telegram.Message,
    "sendMediaGroup": telegram.Message,
    "editMessageText": telegram.Message,
    "editMessageCaption": telegram.Message,
    "editMessageMedia": telegram.Message,
    "editMessageReplyMarkup": telegram.Message,
    "getMe": telegram.User,
    "getFile": telegram.File,
    "getChat": telegram.ChatFullInfo,
    "getChatMember": telegram.ChatMember,
    "getMyCommands": telegram.BotCommand,
    "getWebhookInfo": telegram.WebhookInfo,
}
NEWER = {"can_send_welcome_messages"}  # aiogram insists on it; python-telegram-bot is of an earlier Bot API
OF_CLIENT = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}


def call_faults(method: str, given: dict[str, Any], result: Any) -> list[str]:
    """What either client would not know of a call and its answer."""
    strange = given.keys() - _parameters(method) - _attached(given)
    unknown = [f"{method}: nobody knows the parameter {name}" for name in sorted(strange)]
    return unknown + _by_aiogram(method, result) + _by_telegram(method, result)


def update_faults(update: dict[str, Any]) -> list[str]:
    """What either client would not know of an update."""
    try:
        extra = _extra(Update.model_validate(update))
    except ValidationError as wrong:
        return [f"aiogram: {wrong}"]
    read = telegram.Update.de_json(update, None)
    return [f"aiogram: {name}" for name in extra] + [f"python-telegram-bot: {name}" for name in _kept(read)]


def _attached(given: dict[str, Any]) -> set[str]:
    """The files among the parameters that another parameter points to."""
    named = {name for one in given.values() if isinstance(one, str) for name in re.findall(r"attach://([\w-]+)", one)}
    return {name for name in named if isinstance(given.get(name), bytes)}


@cache
def _parameters(method: str) -> frozenset[str]:
    """What both know; where python-telegram-bot has no such method, what aiogram knows."""
    known = set(_method(method).model_fields)
    theirs = getattr(telegram.Bot, re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower(), None)
    if theirs is None or method == "getUpdates":
        return frozenset(known)
    return frozenset(known & (set(inspect.signature(theirs).parameters) - OF_CLIENT))


def _method(method: str) -> Any:
    return getattr(methods, method[0].upper() + method[1:])


def _by_aiogram(method: str, result: Any) -> list[str]:
    try:
        read = TypeAdapter(_method(method).__returning__).validate_python(result)
    except ValidationError as wrong:
        return [f"aiogram: {method}: {wrong}"]
    return [f"aiogram: {method}: {name}" for name in _extra(read)]


def _by_telegram(method: str, result: Any) -> list[str]:
    kind = ANSWERS.get(method)
    if kind is None or isinstance(result, bool):
        return []
    several = result if isinstance(result, list) else [result]
    return [f"python-telegram-bot: {method}: {name}" for one in several for name in _kept(kind.de_json(one, None))]


def _extra(read: Any) -> list[str]:
    """What was given beyond the fields of a model, however deep."""
    if isinstance(read, list):
        return [name for one in read for name in _extra(one)]
    if not isinstance(read, BaseModel):
        return []
    own = [f"{type(read).__name__}.{name}" for name in read.model_extra or {}]
    return own + [name for field in type(read).model_fields for name in _extra(getattr(read, field))]


def _kept(read: Any) -> list[str]:
    """What python-telegram-bot did not know and kept aside, however deep."""
    if isinstance(read, list | tuple):
        return [name for one in read for name in _kept(one)]
    if not isinstance(read, telegram.TelegramObject):
        return []
    own = [f"{type(read).__name__}.{name}" for name in read.api_kwargs if name not in NEWER]
    fields = (getattr(read, name, None) for name in read._get_attrs_names(include_private=False))
    return own + [name for one in fields for name in _kept(one)]
