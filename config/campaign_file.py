"""Loads a campaign from ``config/campaigns/*.yaml``: what the plan says, checked field by field."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from campaigns.campaign import (
    Award,
    CadenceKind,
    Campaign,
    Deadline,
    Duty,
    DutyKind,
    EntryKind,
    EntryRule,
    Limit,
    Open,
    Plan,
    ReportLine,
    Signer,
    StoryDuty,
    UnitCount,
    Wave,
)
from campaigns.figures import SCALE
from campaigns.measure import MEASURES, Dimension
from campaigns.month import first_day, last_day
from campaigns.target import Comparator, Direction, Kind, Target
from config.fields import Amount, Count, Day, DayOrMonth, Fields, Key, read_fields
from config.written import CampaignFileError, Code, Fault, FieldPath

__all__ = ["CampaignFileError", "load_campaign"]


class _Signer(Fields):
    name: str
    position: str
    authority: str | None = None


class _Plan(Fields):
    document: str | None = None
    form: str | None = None
    issuer: str
    number: str | None = None
    date: DayOrMonth | None = None
    place: str | None = None
    title: str
    theme: str | None = None
    motto: str | None = None
    level: str
    parent: str | None = None
    province: str | None = None
    signer: _Signer | None = None
    recipients: tuple[str, ...] = ()


class _Wave(Fields):
    name: str
    start: DayOrMonth
    end: DayOrMonth


class _Deadline(Fields):
    key: Key
    when: DayOrMonth
    what: str
    limit: Limit = Limit.BY


class _ReportLine(Fields):
    cadence: CadenceKind
    what: str
    who: str
    to: str | None = None


class _EntryRule(Fields):
    kind: EntryKind
    who: str
    what: str
    at_least: Count | None = None
    at_most: Count | None = None


class _Duty(Fields):
    who: str
    kinds: tuple[DutyKind, ...]


class _StoryDuty(Fields):
    what: str
    who: str | None = None


class _Award(Fields):
    form: str | None = None
    by: str | None = None
    to: tuple[str, ...]


class _UnitCount(Fields):
    kind: str
    count: Count


class _Target(Fields):
    key: Key
    name: str
    parent: str | None = None
    goal: Amount | None = None
    goal_to: Amount | None = None
    out_of: Count | None = None
    criteria: tuple[Count, ...] = ()
    measure: str | None = None
    comparator: Comparator = Comparator.EQUAL
    comparator_stated: bool = False
    direction: Direction = Direction.UP
    kind: Kind
    due: Day | None = None
    each: str | None = None
    area: str | None = None


class _Campaign(Fields):
    slug: Key
    plan: _Plan
    year: Count | None = None
    start: DayOrMonth | None = None
    end: DayOrMonth | None = None
    waves: tuple[_Wave, ...] = ()
    deadlines: tuple[_Deadline, ...] = ()
    report_lines: tuple[_ReportLine, ...] = ()
    entry_rules: tuple[_EntryRule, ...] = ()
    unit_counts: tuple[_UnitCount, ...] = ()
    areas: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    duties: tuple[_Duty, ...] = ()
    story_duties: tuple[_StoryDuty, ...] = ()
    awards: tuple[_Award, ...] = ()
    targets: tuple[_Target, ...] = ()
    to_confirm: tuple[Open, ...] = ()


def load_campaign(path: Path) -> Campaign:
    """The campaign in a file. Raises CampaignFileError for the first thing in it that is wrong.

    Goals of parts that do not add up to their whole are no error: see ``campaigns.sums``.
    """
    fields, written = read_fields(path, _Campaign)
    if faults := [*_target_faults(fields), *_open_faults(fields), *_date_faults(fields)]:
        raise written.first(faults)
    return _campaign(fields)


def _campaign(fields: _Campaign) -> Campaign:
    made: dict[str, Any] = {"plan": _plan(fields.plan)}
    for name, of in _LISTS.items():
        made[name] = tuple(of(**dict(one)) for one in getattr(fields, name))
    return Campaign(**{**dict(fields), **made})


_LISTS: dict[str, Callable[..., Any]] = {
    "waves": Wave,
    "deadlines": Deadline,
    "report_lines": ReportLine,
    "entry_rules": EntryRule,
    "unit_counts": UnitCount,
    "duties": Duty,
    "story_duties": StoryDuty,
    "awards": Award,
    "targets": Target,
}


def _plan(fields: _Plan) -> Plan:
    signer = Signer(**fields.signer.model_dump()) if fields.signer else None
    return Plan(**{**dict(fields), "signer": signer})


def _open_faults(fields: _Campaign) -> Iterator[Fault]:
    """What the plan does not say is asked: it has to stand under ``to_confirm``."""
    said: tuple[tuple[Open, object], ...] = (
        (Open.START, fields.start),
        (Open.END, fields.end),
        (Open.CADENCE, fields.report_lines),
        (Open.TARGETS, fields.targets),
    )
    for open_, value in said:
        if not value and open_ not in fields.to_confirm:
            field = "report_lines" if open_ is Open.CADENCE else open_.value
            yield Fault((field,), "not_to_confirm")


def _date_faults(fields: _Campaign) -> Iterator[Fault]:
    spans: list[tuple[FieldPath, Any]] = [((), fields), *((("waves", n), w) for n, w in enumerate(fields.waves))]
    for at, span in spans:
        if span.start and span.end and last_day(span.end) < first_day(span.start):
            yield Fault((*at, "end"), "ends_before_start", str(span.end))
    seen: set[str] = set()
    for place, deadline in enumerate(fields.deadlines):
        if deadline.key in seen:
            yield Fault(("deadlines", place, "key"), "twice", deadline.key)
        seen.add(deadline.key)


def _target_faults(fields: _Campaign) -> Iterator[Fault]:
    above: set[str] = set()
    for place, target in enumerate(fields.targets):
        at = ("targets", place)
        if target.key in above:
            yield Fault((*at, "key"), "twice", target.key)
        if target.parent is not None and target.parent not in above:
            yield Fault((*at, "parent"), "unknown_parent", target.parent)
        if target.area is not None and target.area not in fields.areas:
            yield Fault((*at, "area"), "unknown_area", target.area)
        for field, code, found in (*_goal_faults(target), *_range_faults(target)):
            yield Fault((*at, field), code, found)
        above.add(target.key)


def _goal_faults(target: _Target) -> Iterator[tuple[str, Code, str]]:
    if target.measure is not None and target.measure not in MEASURES:
        yield "measure", "unknown_measure", target.measure
    if (target.kind is Kind.DONE) != (target.comparator is Comparator.DONE):
        yield "comparator", "done_or_not", target.comparator.value
    for field in ("goal", "measure"):
        given = getattr(target, field) is not None
        if given == (target.kind is Kind.DONE):
            yield field, "not_wanted" if given else "missing", ""
    if target.kind is Kind.M_OF_N and target.out_of is None:
        yield "out_of", "missing", ""
    if target.goal is not None and target.goal > _most(target):
        yield "goal", "more_than_all", str(target.goal // SCALE)


def _most(target: _Target) -> float:
    """The most that the goal can be: all there are, or a hundred per cent of them."""
    if target.out_of is not None:
        return target.out_of * SCALE
    share = target.measure in MEASURES and MEASURES[target.measure].dimension is Dimension.SHARE
    return 100 * SCALE if share and target.kind is Kind.RATIO else float("inf")


def _range_faults(target: _Target) -> Iterator[tuple[str, Code, str]]:
    if (target.comparator is Comparator.RANGE) != (target.goal_to is not None):
        yield "goal_to", "missing" if target.goal_to is None else "not_wanted_here", ""
    if target.goal is not None and target.goal_to is not None and target.goal_to < target.goal:
        yield "goal_to", "less_than_goal", str(target.goal_to // SCALE)
