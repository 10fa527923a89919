"""Loads a campaign from ``config/campaigns/*.yaml``: what the plan says, checked field by field."""

from collections.abc import Iterator
from pathlib import Path

from campaigns.campaign import Campaign, Duty, DutyKind, Open, Plan, Signer
from campaigns.figures import SCALE
from campaigns.measure import MEASURES, Dimension
from campaigns.target import Comparator, Direction, Kind, Target
from config.fields import Amount, Count, Day, Fields, Key, read_fields
from config.written import CampaignFileError, Code, Fault

__all__ = ["CampaignFileError", "load_campaign"]


class _Signer(Fields):
    name: str
    position: str
    authority: str


class _Plan(Fields):
    document: str | None = None
    form: str | None = None
    issuer: str
    number: str | None = None
    date: Day | None = None
    place: str | None = None
    title: str
    theme: str | None = None
    level: str
    parent: str | None = None
    signer: _Signer | None = None
    recipients: tuple[str, ...] = ()


class _Duty(Fields):
    kind: DutyKind
    who: str


class _Target(Fields):
    key: Key
    name: str
    parent: str | None = None
    goal: Amount | None = None
    out_of: Count | None = None
    criteria: tuple[Count, ...] = ()
    measure: str | None = None
    comparator: Comparator = Comparator.EQUAL
    comparator_stated: bool = False
    direction: Direction = Direction.UP
    kind: Kind
    area: str | None = None


class _Campaign(Fields):
    slug: Key
    plan: _Plan
    year: Count | None = None
    start: Day | None = None
    end: Day | None = None
    villages: Count | None = None
    areas: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    duties: tuple[_Duty, ...] = ()
    awards_to: tuple[str, ...] = ()
    targets: tuple[_Target, ...] = ()
    to_confirm: tuple[Open, ...] = ()


def load_campaign(path: Path) -> Campaign:
    """The campaign in a file. Raises CampaignFileError for the first thing in it that is wrong.

    Goals of parts that do not add up to their whole are no error: see ``campaigns.sums``.
    """
    fields, written = read_fields(path, _Campaign)
    if faults := [*_target_faults(fields), *_date_faults(fields)]:
        raise written.first(faults)
    return _campaign(fields)


def _campaign(fields: _Campaign) -> Campaign:
    plain = fields.model_dump(exclude={"plan", "duties", "targets"})
    return Campaign(
        plan=_plan(fields.plan),
        duties=tuple(Duty(duty.kind, duty.who) for duty in fields.duties),
        targets=tuple(Target(**target.model_dump()) for target in fields.targets),
        **plain,
    )


def _plan(fields: _Plan) -> Plan:
    signer = Signer(**fields.signer.model_dump()) if fields.signer else None
    return Plan(signer=signer, **fields.model_dump(exclude={"signer"}))


def _date_faults(fields: _Campaign) -> Iterator[Fault]:
    for open_, value in ((Open.START, fields.start), (Open.END, fields.end)):
        if value is None and open_ not in fields.to_confirm:
            yield Fault((open_.value,), "not_to_confirm")
    if fields.start and fields.end and fields.end < fields.start:
        yield Fault(("end",), "ends_before_start", str(fields.end))


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
        for field, code, found in _goal_faults(target):
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
