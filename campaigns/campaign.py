"""A campaign as its plan launched it: everything the document says, and a list of what it leaves open."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campaigns.month import When, last_day
from campaigns.target import Target


@dataclass(frozen=True)
class Signer:
    """Who signed the plan, in which office and with which authority (TM., KT., TL.), where it is written."""

    name: str
    position: str
    authority: str | None


@dataclass(frozen=True)
class Plan:
    """The document that a campaign was read from; what it leaves open is none.

    ``document`` is its type as written (Kế hoạch), ``form`` the form of emulation it names, ``date`` a month where the
    day was left blank, ``motto`` its phương châm hành động.
    """

    issuer: str
    number: str | None
    date: When | None
    place: str | None
    title: str
    theme: str | None
    level: str
    parent: str | None
    signer: Signer | None
    recipients: tuple[str, ...] = ()
    document: str | None = None
    form: str | None = None
    province: str | None = None
    motto: str | None = None


class CadenceKind(StrEnum):
    """What a reporting period is. ONGOING has no periods: somebody follows a campaign all the time."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    WAVE = "wave"
    CAMPAIGN = "campaign"
    MILESTONE = "milestone"
    ON_DEMAND = "on_demand"
    ONGOING = "ongoing"


@dataclass(frozen=True)
class ReportLine:
    """One line of the plan's reporting regime (chế độ báo cáo): how often, what, from whom, to whom.

    Without ``to`` it stays within each unit, or the plan does not say.
    """

    cadence: CadenceKind
    what: str
    who: str
    to: str | None = None


@dataclass(frozen=True)
class Wave:
    """A part of a campaign (đợt, giai đoạn) with its own dates."""

    name: str
    start: When
    end: When


class Limit(StrEnum):
    """How a deadline counts its day: BY it (đến hết ngày, chậm nhất: ≤) or BEFORE it (trước ngày: <)."""

    BY = "by"
    BEFORE = "before"


@dataclass(frozen=True)
class Deadline:
    """A day by which something is to be done."""

    key: str
    when: When
    what: str
    limit: Limit = Limit.BY

    @property
    def last(self) -> date:
        """The last day that still counts."""
        day = last_day(self.when)
        return day - timedelta(days=1) if self.limit is Limit.BEFORE else day


class EntryKind(StrEnum):
    """The three things that are called registering (đăng ký), and they differ."""

    PARTICIPATION = "participation"
    PLEDGE = "pledge"
    UNDERTAKING = "undertaking"


@dataclass(frozen=True)
class EntryRule:
    """Who registers what: takes part, signs a pledge, or names undertakings, ``at_least`` to ``at_most`` of them."""

    kind: EntryKind
    who: str
    what: str
    at_least: int | None = None
    at_most: int | None = None


class DutyKind(StrEnum):
    """What a plan orders or invites somebody to do, beside reaching the targets and reporting."""

    LAUNCH = "launch"
    PUBLICITY = "publicity"
    STORIES = "stories"
    COUNCIL_OFFICE = "council_office"
    CONSOLIDATE = "consolidate"
    REVIEW = "review"
    AWARDS = "awards"
    ALLIED = "allied"


@dataclass(frozen=True)
class Duty:
    """What one body of the plan has to do, named as in the plan; ALLIED bodies are asked to help, never overdue."""

    who: str
    kinds: tuple[DutyKind, ...]


@dataclass(frozen=True)
class StoryDuty:
    """Who finds and shows good people and good deeds; nobody in particular where the plan names nobody."""

    what: str
    who: str | None = None


@dataclass(frozen=True)
class Award:
    """A form of praise (hình thức khen), by whom and for whom; without a name where the plan gives none."""

    form: str | None
    by: str | None
    to: tuple[str, ...]


@dataclass(frozen=True)
class UnitCount:
    """How many units of a kind the plan speaks of."""

    kind: str
    count: int


class Open(StrEnum):
    """What a plan may leave open, so that an officer is asked about it.

    ``COMPARATORS``: goals without a sign. ``HOLDERS``: who reports what. ``MET_AT_LAUNCH``: targets that may have been
    met before the plan was signed. ``DUE_HOURS``: a cadence is named, its days and hours are not.
    """

    START = "start"
    END = "end"
    CADENCE = "cadence"
    DUE_HOURS = "due_hours"
    HOLDERS = "holders"
    COMPARATORS = "comparators"
    TARGETS = "targets"
    WAVES = "waves"
    DEADLINES = "deadlines"
    REGISTRATION = "registration"
    QUOTA = "quota"
    AWARD_FORMS = "award_forms"
    MET_AT_LAUNCH = "met_at_launch"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    THEME = "theme"
    PROVINCE = "province"


@dataclass(frozen=True)
class Campaign:
    """What a plan launches. ``to_confirm`` names what the plan leaves open: the program asks, it never invents."""

    slug: str
    plan: Plan
    year: int | None
    start: When | None
    end: When | None
    areas: tuple[str, ...]
    targets: tuple[Target, ...]
    to_confirm: tuple[Open, ...]
    participants: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    waves: tuple[Wave, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    report_lines: tuple[ReportLine, ...] = ()
    entry_rules: tuple[EntryRule, ...] = ()
    story_duties: tuple[StoryDuty, ...] = ()
    awards: tuple[Award, ...] = ()
    unit_counts: tuple[UnitCount, ...] = ()

    def target(self, key: str) -> Target:
        """The target of that key; raises KeyError where the campaign has none."""
        return {target.key: target for target in self.targets}[key]
