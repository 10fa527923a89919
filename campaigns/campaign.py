"""A campaign as its plan launched it, and the officer's choices that make it run."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from campaigns.target import Asking, Target


@dataclass(frozen=True)
class Signer:
    """Who signed the plan, in which office and with which authority (TM., KT., TL.)."""

    name: str
    position: str
    authority: str


@dataclass(frozen=True)
class Plan:
    """The document that a campaign was read from; what it leaves open is none.

    ``document`` is its type as written (Kế hoạch), ``form`` the form of emulation it names.
    """

    issuer: str
    number: str | None
    date: date | None
    place: str | None
    title: str
    theme: str | None
    level: str
    parent: str | None
    signer: Signer | None
    recipients: tuple[str, ...] = ()
    document: str | None = None
    form: str | None = None


class DutyKind(StrEnum):
    """What a plan orders or invites somebody to do, beside reaching the targets."""

    PLEDGE = "pledge"
    LAUNCH = "launch"
    PUBLICITY = "publicity"
    STORIES = "stories"
    COUNCIL_OFFICE = "council_office"


@dataclass(frozen=True)
class Duty:
    """One duty and who has it, named as in the plan."""

    kind: DutyKind
    who: str


class Open(StrEnum):
    """What a plan may leave open, so that an officer is asked about it.

    ``COMPARATORS``: goals without a sign. ``HOLDERS``: who reports what. ``MET_AT_LAUNCH``: targets that may have been
    met before the plan was signed.
    """

    START = "start"
    END = "end"
    CADENCE = "cadence"
    HOLDERS = "holders"
    COMPARATORS = "comparators"
    WAVES = "waves"
    DEADLINES = "deadlines"
    AWARD_FORMS = "award_forms"
    MET_AT_LAUNCH = "met_at_launch"
    PROVINCE = "province"


@dataclass(frozen=True)
class Campaign:
    """What a plan launches. ``to_confirm`` names what the plan leaves open: the program asks, it never invents.

    ``villages`` is the number of villages that the plan speaks of; ``awards_to`` whom it would have praised.
    """

    slug: str
    plan: Plan
    year: int | None
    start: date | None
    end: date | None
    areas: tuple[str, ...]
    targets: tuple[Target, ...]
    to_confirm: tuple[Open, ...]
    participants: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    awards_to: tuple[str, ...] = ()
    villages: int | None = None

    def target(self, key: str) -> Target:
        """The target of that key; raises KeyError where the campaign has none."""
        return {target.key: target for target in self.targets}[key]


class CadenceKind(StrEnum):
    """What a reporting period is. Only what runs stands here; further kinds come with their rules."""

    WEEK = "week"


@dataclass(frozen=True)
class Moment:
    """A moment counted from a period's last day: ``Moment(1, time(16))`` is 16:00 on the day after it."""

    days: int
    at: time


@dataclass(frozen=True)
class Cadence:
    """How often reports are due. ``begins`` is the weekday a week starts on, Monday = 0."""

    kind: CadenceKind
    begins: int
    ask: Moment
    due: Moment
    close: Moment


@dataclass(frozen=True)
class Choices:
    """What the officer chose where the plan says nothing: dates, cadence, and what is asked of whom."""

    start: date
    end: date
    cadence: Cadence
    askings: tuple[Asking, ...]
    figures_at_most: int = 3


@dataclass(frozen=True)
class Edition:
    """A launched campaign changes only by a new edition; an obligation keeps the edition it was planned with."""

    number: int
    campaign: Campaign
    choices: Choices
