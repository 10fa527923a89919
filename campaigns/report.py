"""A report: figures and a story, kept in versions, moving through one table of transitions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.ids import Id


class How(StrEnum):
    """The five different things an answer to a figure may be; not answered is the absence of any."""

    NUMBER = "number"
    NOTHING = "nothing"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Figure:
    """One answered figure. ``amount`` is in ten-thousandths of ``measure``; ``said`` are the words as typed."""

    item: str
    how: How
    amount: int | None
    measure: str
    said: str
    estimate: bool = False
    odd: bool = False


class State(StrEnum):
    """Where a report stands. A returned report is the same report reopened."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Step(StrEnum):
    """What moves a report."""

    CORRECT = "correct"
    APPROVE = "approve"
    RETURN = "return"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.SUBMITTED, Step.CORRECT): State.SUBMITTED,
    (State.SUBMITTED, Step.APPROVE): State.APPROVED,
    (State.SUBMITTED, Step.RETURN): State.RETURNED,
    (State.RETURNED, Step.CORRECT): State.SUBMITTED,
    (State.APPROVED, Step.CORRECT): State.SUBMITTED,
    (State.APPROVED, Step.RETURN): State.RETURNED,
}


def moved(state: State, step: Step) -> State | None:
    """The state after a step, none where the table has no such move. Who may step is asked of ``may``."""
    return TRANSITIONS.get((state, step))


class Source(StrEnum):
    """How the words reached the program. VOICE and PAGE are told as they are, and later written down from there."""

    OWN = "own"
    PHONE = "phone"
    VOICE = "voice"
    PAGE = "page"


@dataclass(frozen=True)
class Version:
    """What was submitted at one moment; never changed, only followed by another."""

    number: int
    figures: tuple[Figure, ...]
    story: str | None
    photos: tuple[Id, ...]
    by: Id
    on_behalf_of: Id | None
    source: Source
    said_at: datetime
    received_at: datetime
    handled_at: datetime
    confirmed: str

    @property
    def written_down(self) -> bool:
        """Whether somebody else put it down (ghi giúp): what was said by phone, on a recording, on a page."""
        return self.source is Source.PHONE or self.on_behalf_of is not None

    @property
    def complete(self) -> bool:
        """Whether every figure is known."""
        return all(figure.how is not How.UNKNOWN for figure in self.figures)


@dataclass(frozen=True)
class Report:
    """A unit's report on one obligation. ``receipt`` is its short number, unique in the campaign: ``"18-07"``."""

    id: Id
    obligation: Id
    receipt: str
    state: State
    versions: tuple[Version, ...]
    reason: str | None = None
    revision: int = 0

    @property
    def latest(self) -> Version:
        """The version that counts."""
        return self.versions[-1]
