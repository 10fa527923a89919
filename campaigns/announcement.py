"""Announcements (thông báo): one text to an audience, with exactly one final fate for every recipient."""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.ids import Id

LONGEST = 1_500  # characters; what is said around it still fits into the smallest channel's message


class Fate(StrEnum):
    """What became of one recipient's copy. WAITING is the only one that is not final.

    PHONE: nobody can be reached there by a message. UNKNOWN: it may have arrived; never sent again by itself.
    """

    WAITING = "waiting"
    SENT = "sent"
    PHONE = "phone"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


SURELY_FAILED = (Fate.UNREACHABLE, Fate.REJECTED)


class State(StrEnum):
    """Where an announcement stands; FINISHED once every fate is final."""

    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class Step(StrEnum):
    """What moves an announcement."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    FINISH = "finish"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.SENDING, Step.PAUSE): State.PAUSED,
    (State.SENDING, Step.CANCEL): State.CANCELLED,
    (State.SENDING, Step.FINISH): State.FINISHED,
    (State.PAUSED, Step.RESUME): State.SENDING,
    (State.PAUSED, Step.CANCEL): State.CANCELLED,
    (State.FINISHED, Step.RETRY): State.SENDING,
}


def moved(state: State, step: Step) -> State | None:
    """The state after a step, none where the table has no such move."""
    return TRANSITIONS.get((state, step))


@dataclass(frozen=True)
class Recipient:
    """Somebody, or a group, that an announcement is for; ``unit`` is whom a person speaks for."""

    person: Id | None = None
    unit: Id | None = None
    group: Id | None = None


@dataclass(frozen=True)
class Announcement:
    """One announcement; ``path`` is the unit whose campaign it belongs to."""

    id: Id
    campaign: Id
    path: str
    words: str
    by: Id
    state: State
    attempt: int
