"""Logs that hold no secrets: whatever looks like a bot's token is covered before any handler sees it.

Libraries log addresses, and a bot's address holds its token (httpx does so at INFO). So the cover is put where all log
records and all events are made, not where some of them are written.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from io import StringIO
from traceback import print_exception
from types import TracebackType
from typing import Any

import structlog

# Digits, a colon (as it is or as addresses write it), and the secret half, which every vendor makes long.
_TOKEN = re.compile(r"(?<!\d)(\d{4,})(?::|%3A)[\w-]{20,}", re.IGNORECASE)
_COVERED = r"\1:…"


def covered(text: str) -> str:
    """The text with the secret half of every token left out."""
    return _TOKEN.sub(_COVERED, text)


def keep_secrets() -> None:
    """From now on nothing that is logged in this process, or printed of an exception, shows a token. Harmless twice."""
    if not isinstance(logging.getLogRecordFactory(), _Covering):
        logging.setLogRecordFactory(_Covering(logging.getLogRecordFactory()))
        logging.getLogger("httpx").setLevel(logging.WARNING)
        logging.getLogger("httpcore").setLevel(logging.WARNING)
    if _cover not in structlog.get_config()["processors"]:
        structlog.configure(processors=_processors())
    sys.excepthook = _covered_hook


class _Covering:
    """Makes log records whose words, values and exceptions are covered."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __call__(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        record: logging.LogRecord = self._make(*arguments, **named)
        try:
            record.msg, record.args = covered(record.getMessage()), None
        except (TypeError, ValueError, KeyError):  # logging itself says what is wrong with it
            record.msg, record.args = covered(str(record.msg)), None
        if record.exc_info and record.exc_info[0]:
            record.exc_text = covered(logging.Formatter().formatException(record.exc_info))
        return record


def _processors() -> list[Any]:
    """structlog's own, with the cover last but one: after exceptions have become text, before anything is written."""
    own = structlog.get_config()["processors"][:-1]
    written = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return [*own, structlog.processors.format_exc_info, _cover, written]


def _cover(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: covered(value if isinstance(value, str) else repr(value)) for key, value in event.items()}


def _covered_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    told = StringIO()
    print_exception(kind, error, trace, file=told)
    sys.stderr.write(covered(told.getvalue()))
