"""Taking part: a registration, the works and tasks it names, and where its figures stood at the start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from campaigns.ids import Id
from campaigns.target import Names, Sort


class State(StrEnum):
    """Where a registration stands. It counts while it is CONFIRMED or DONE; every state but INVITED is somebody's word.

    INVITED is asked and has not answered: nobody is listed for it. PENDING waits for the officer, where the campaign
    asks for one; ASKED_BACK waits for the unit.
    """

    INVITED = "invited"
    PENDING = "pending"
    ASKED_BACK = "asked_back"
    CONFIRMED = "confirmed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a registration: its own people REGISTER, AMEND, FINISH (xong) and WITHDRAW (rút); the officer
    CONFIRMs, ASKs BACK about one place or DECLINEs."""

    REGISTER = "register"
    AMEND = "amend"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    ASK_BACK = "ask_back"
    DECLINE = "decline"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.INVITED, Step.REGISTER): State.PENDING,
    (State.WITHDRAWN, Step.REGISTER): State.PENDING,
    (State.DECLINED, Step.REGISTER): State.PENDING,
    (State.PENDING, Step.AMEND): State.PENDING,
    (State.PENDING, Step.CONFIRM): State.CONFIRMED,
    (State.PENDING, Step.ASK_BACK): State.ASKED_BACK,
    (State.PENDING, Step.DECLINE): State.DECLINED,
    (State.PENDING, Step.WITHDRAW): State.WITHDRAWN,
    (State.ASKED_BACK, Step.AMEND): State.PENDING,
    (State.ASKED_BACK, Step.CONFIRM): State.CONFIRMED,
    (State.ASKED_BACK, Step.DECLINE): State.DECLINED,
    (State.ASKED_BACK, Step.WITHDRAW): State.WITHDRAWN,
    (State.CONFIRMED, Step.AMEND): State.CONFIRMED,
    (State.CONFIRMED, Step.FINISH): State.DONE,
    (State.CONFIRMED, Step.WITHDRAW): State.WITHDRAWN,
    (State.DONE, Step.FINISH): State.DONE,
    (State.DONE, Step.WITHDRAW): State.WITHDRAWN,
}


def moved(state: State, step: Step, *, officer_confirms: bool = False) -> State | None:
    """The state after a step, none where the table has no such move.

    Where the campaign asks for no officer's yes, registering counts at once.
    """
    after = TRANSITIONS.get((state, step))
    if step is Step.REGISTER and after is State.PENDING and not officer_confirms:
        return State.CONFIRMED
    return after


@dataclass(frozen=True)
class Registration:
    """A unit takes part in a campaign, from a moment on and perhaps until one.

    The officer's choices speak of it by its ``cluster`` or its unit's ``kind``; ``allied`` bodies owe nothing.
    ``tasks`` are what it chose in words or headings of the plan; ``counted`` of ``counted_of`` households register
    there without names. A pledge is signed on paper: ``pledge_signed_on`` records the day, ``pledge_photo`` shows it.
    """

    id: Id
    unit: Id
    path: str
    registered_at: datetime
    left_at: datetime | None = None
    cluster: str = ""
    allied: bool = False
    campaign: Id | None = None
    state: State = State.CONFIRMED
    tasks: tuple[str, ...] = ()
    pledge_signed_on: date | None = None
    pledge_photo: Id | None = None
    counted: int | None = None
    counted_of: int | None = None
    reason: str | None = None
    revision: int = 0
    kind: str = ""

    @property
    def sort(self) -> Sort:
        """How the officer's choices tell it from others."""
        return Sort(self.kind, self.cluster)

    @property
    def names(self) -> Names:
        """What the officer's choices may call it by."""
        return self.sort.names

    @property
    def takes_part(self) -> bool:
        """Whether it counts now: confirmed and not withdrawn."""
        return self.state in (State.CONFIRMED, State.DONE) and self.left_at is None


@dataclass(frozen=True)
class Undertaking:
    """A work or task registered in honour of a campaign (công trình, phần việc), reported as a running total.

    ``goal`` is in ten-thousandths of ``measure``; ``words`` are the names it goes by in an answer. Without a measure it
    is a target of the plan that the unit chose for itself: of those its form asks first.
    """

    key: str
    label: str
    asked: str
    measure: str
    goal: int | None = None
    words: tuple[str, ...] = ()

    @property
    def of_the_plan(self) -> bool:
        """Whether it is a target of the plan, measured and asked about as for everybody."""
        return not self.measure


@dataclass(frozen=True)
class Baseline:
    """Where a figure stood before the first report, and the unit's own goal for it, in ten-thousandths."""

    item: str
    amount: int | None = None
    goal: int | None = None


@dataclass(frozen=True)
class Entry:
    """What a unit says on registering, all of it shown to it before: works, tasks, targets, the day of its pledge."""

    works: tuple[Undertaking, ...] = ()
    tasks: tuple[str, ...] = ()
    targets: tuple[Undertaking, ...] = ()
    pledge_signed_on: date | None = None
    pledge_photo: Id | None = None


def together(registrations: Sequence[Registration]) -> Registration:
    """What a unit made of several says of itself: it takes part where any of them did, and counts their households.

    A pledge is kept where all have signed, with the last day.
    """
    first = registrations[0]
    order = (State.CONFIRMED, State.DONE, State.PENDING, State.ASKED_BACK)
    states = [one.state for one in registrations]
    signed = [one.pledge_signed_on for one in registrations if one.pledge_signed_on]
    return replace(
        first,
        state=next(state for state in (*order, first.state) if state in states),
        tasks=tuple(dict.fromkeys(task for one in registrations for task in one.tasks)),
        pledge_signed_on=max(signed) if len(signed) == len(registrations) else None,
        pledge_photo=None,
        counted=_sum([one.counted for one in registrations]),
        counted_of=_sum([one.counted_of for one in registrations]),
    )


def joined(
    works: Sequence[Iterable[Undertaking]], stood: Sequence[dict[str, Baseline]]
) -> tuple[list[Undertaking], list[Baseline]]:
    """What a unit made of several goes on with: all their works, and what their figures and goals come to together.

    Works of one key and measure are one work. A figure that one of them does not know is known of none.
    """
    undertakings: dict[str, Undertaking] = {}
    for work in (work for each in works for work in each):
        known = undertakings.get(work.key)
        undertakings[work.key] = replace(work, goal=_sum([known.goal, work.goal])) if known else work
    items = dict.fromkeys(item for each in stood for item in each)
    return list(undertakings.values()), [_together(item, [e[item] for e in stood if item in e]) for item in items]


def _together(item: str, parts: list[Baseline]) -> Baseline:
    return Baseline(item, _sum([part.amount for part in parts]), _sum([part.goal for part in parts]))


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
