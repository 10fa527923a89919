"""One update as it came, read into what is to be stored and what may be hinted at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from aiogram.types import Update
from pydantic import ValidationError

from bot.channels.telegram.receive import Me, arrivals
from bot.inbox import Arrival
from dialogue.incoming import Kind

log = structlog.get_logger()

SLOW = {Kind.PHOTO, Kind.VOICE, Kind.OTHER}


@dataclass(frozen=True)
class Took:
    """What an update holds for us. ``query`` is a press to be answered at once, ``typing`` a chat that waits longer."""

    arrivals: Sequence[Arrival] = ()
    query: str | None = None
    typing: str | None = None


def took(raw: dict[str, Any], me: Me, now: datetime) -> Took:
    """Read one update. One that cannot be read holds nothing: it would come again and again otherwise."""
    try:
        update = Update.model_validate(raw)
        found = arrivals(update, me, now)
    except (ValidationError, ValueError):
        log.warning("an update cannot be read", bot=me.bot, update=raw.get("update_id"))
        return Took()
    slow = next((one.chat for one in found if one.kind in SLOW and one.addressed), None)
    return Took(found, update.callback_query.id if update.callback_query else None, slow)
