"""What somebody told by voice or on a photographed page, until an officer has written it down (bản gốc).

It counts as a report from its arrival. It is kept until it was written down and the figures of its period were closed,
then ``KEPT_FOR`` longer, because it may speak of third persons; then it is erased.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from campaigns.ids import Id

KEPT_FOR = timedelta(days=30)
TOLD_AFTER = timedelta(minutes=10)  # an officer hears of several at once, not of each


class Medium(StrEnum):
    """How it was told."""

    VOICE = "voice"
    PAGE = "page"


@dataclass(frozen=True)
class Original:
    """One recording or one photographed page, of a report or, where nothing was owed, for the officer.

    ``attached`` is the recording's or the photo's id, ``state`` where its bytes stand (to_fetch, waiting, good,
    refused, erased), ``seconds`` how long a recording is, where that is known. Until it is settled an officer still
    has to listen or look.
    """

    id: Id
    medium: Medium
    attached: Id
    unit: Id
    path: str
    by: Id
    report: Id | None
    said_at: datetime
    state: str
    seconds: int | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What arrived to be told: by whom, for which unit, when, as which recordings or photos."""

    unit: Id
    by: Id
    medium: Medium
    attached: tuple[Id, ...]
    said_at: datetime
