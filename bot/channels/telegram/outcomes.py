"""What Telegram's failures mean, each as its own outcome. The only place that knows its words and codes."""

from datetime import datetime, timedelta

from aiogram.exceptions import (
    AiogramError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.channels.channel import Moved, Outcome, Paused, Rejected, Retry, Unknown, Unreachable

NO_NETWORK = timedelta(seconds=5)
NO_TOKEN = timedelta(minutes=5)
ITS_FAULT = 10.0  # seconds after which a 5xx is tried again

FORBIDDEN = {
    "blocked": "blocked",
    "deactivated": "deactivated",
    "kicked": "kicked",
    "not a member": "kicked",
    "initiate conversation": "never wrote",
}
OUT_OF_REACH = {
    "chat not found": "chat not found",
    "user not found": "chat not found",
    "peer_id_invalid": "chat not found",
    "not enough rights": "no right to write",
    "no rights to send": "no right to write",
    "chat_write_forbidden": "no right to write",
    "topic_closed": "no right to write",
    "chat_restricted": "no right to write",
}
NEVER = {
    "too long": "too long",
    "message_too_long": "too long",
    "caption_too_long": "too long",
    "can't parse entities": "cannot parse",
    "text is empty": "empty",
    "button_data_invalid": "button data",
}
UNCHANGED = "message is not modified"
NO_PICTURES = "not enough rights to send photos"
CANNOT_BE_EDITED = ("message to edit not found", "message can't be edited", "message_id_invalid")


def outcome(error: AiogramError, now: datetime) -> Outcome:
    """What is to be done about a failed call."""
    match error:
        case TelegramRetryAfter():
            return Paused(now + timedelta(seconds=error.retry_after), "too many")
        case TelegramMigrateToChat():
            return Moved(str(error.migrate_to_chat_id))
        case TelegramForbiddenError():
            return Unreachable(_first(FORBIDDEN, error.message) or "forbidden")
        case TelegramBadRequest():
            return _bad_request(error.message)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Paused(now + NO_TOKEN, "token")
        case TelegramEntityTooLarge():  # aiogram's name for 413
            return Rejected("too large")
        case TelegramNetworkError():
            return _network(error, now)
    return _server(error)


def _bad_request(said: str) -> Outcome:
    gone = _first(OUT_OF_REACH, said)
    return Unreachable(gone) if gone else Rejected(_first(NEVER, said) or said)


def _network(error: TelegramNetworkError, now: datetime) -> Outcome:
    """Who never got through has surely sent nothing; who got no answer does not know."""
    never_left = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
    return Paused(now + NO_NETWORK, "no network") if never_left else Unknown()


def _server(error: AiogramError) -> Outcome:
    """Telegram's own 5xx was not taken; a gateway's time-out, or an answer that cannot be read, says nothing."""
    return Retry(ITS_FAULT) if isinstance(error, TelegramServerError | RestartingTelegram) else Unknown()


def unchanged(error: TelegramBadRequest) -> bool:
    """The message shows that already."""
    return UNCHANGED in error.message.lower()


def cannot_be_edited(error: TelegramBadRequest) -> bool:
    """What was to be edited is not there any more, or too old: it is said anew."""
    return any(words in error.message.lower() for words in CANNOT_BE_EDITED)


def takes_no_pictures(error: TelegramBadRequest) -> bool:
    """Words may be written there, pictures not."""
    return NO_PICTURES in error.message.lower()


def _first(table: dict[str, str], said: str) -> str | None:
    return next((why for words, why in table.items() if words in said.lower()), None)
