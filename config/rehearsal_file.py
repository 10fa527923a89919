"""Loads a rehearsal from ``config/rehearsal/*.yaml``: an officer's choices and an invented commune."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from campaigns.campaign import Cadence, CadenceKind, Campaign, Choices, Moment
from campaigns.measure import MEASURES, Dimension, Region
from campaigns.registration import Baseline, Undertaking
from campaigns.rehearsal import Address, Commune, Rehearsal, RehearsalPerson, Village, Way
from campaigns.target import Asking, Holder, Kind, Rhythm
from config.fields import Amount, Clock, Count, Day, Fields, Key, Phone, read_fields
from config.written import CampaignFileError, Code, Fault, FieldPath

__all__ = ["CampaignFileError", "load_rehearsal"]


class _Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class _Moment(Fields):
    days: Count
    at: Clock


class _Cadence(Fields):
    kind: CadenceKind
    begins: _Weekday
    ask: _Moment
    due: _Moment
    close: _Moment


class _Asking(Fields):
    target: str
    holder: Holder
    rhythm: Rhythm
    season: tuple[Day, Day] | None = None
    asked: str | None = None
    label: str
    words: tuple[str, ...] = ()
    measure: str | None = None
    kind: Kind | None = None
    rank: Count = 0


class _Choices(Fields):
    start: Day
    end: Day
    figures_at_most: Annotated[Count, Field(ge=1, le=3)] = 3
    cadence: _Cadence
    askings: tuple[_Asking, ...]


class _Person(Fields):
    name: str
    called: str
    address: Address
    phone: Phone
    way: Way = Way.ONLINE
    position: str | None = None


class _Undertaking(Fields):
    key: Key
    label: str
    asked: str
    words: tuple[str, ...] = ()
    measure: str
    goal: Amount | None = None


class _Village(Fields):
    key: Key
    name: str
    kind: str
    head: _Person
    undertakings: tuple[_Undertaking, ...] = ()
    previous: dict[str, Amount] = Field({})
    allocations: dict[str, Amount] = Field({})


class _Commune(Fields):
    name: str
    kind: str
    within: str
    region: Region | None = None


class _Rehearsal(Fields):
    campaign: str
    choices: _Choices
    commune: _Commune
    officer: _Person
    chairman: _Person
    villages: tuple[_Village, ...]


def load_rehearsal(path: Path, campaign: Campaign) -> Rehearsal:
    """The rehearsal of a campaign in a file. Raises CampaignFileError for the first thing in it that is wrong.

    Allocations that do not add up to a target's goal are no error: see ``campaigns.sums``.
    """
    fields, written = read_fields(path, _Rehearsal)
    targets = {target.key for target in campaign.targets}
    faults = [*_choice_faults(fields.choices), *_asking_faults(fields.choices.askings, targets)]
    faults += _village_faults(fields, targets)
    if fields.campaign != campaign.slug:
        faults.append(Fault(("campaign",), "other_campaign", fields.campaign))
    if faults:
        raise written.first(faults)
    return _rehearsal(fields)


def _rehearsal(fields: _Rehearsal) -> Rehearsal:
    return Rehearsal(
        campaign=fields.campaign,
        choices=_choices(fields.choices),
        commune=Commune(**fields.commune.model_dump()),
        officer=_person(fields.officer),
        chairman=_person(fields.chairman),
        villages=tuple(map(_village, fields.villages)),
    )


def _choices(fields: _Choices) -> Choices:
    cadence = fields.cadence
    moments = (Moment(moment.days, moment.at) for moment in (cadence.ask, cadence.due, cadence.close))
    return Choices(
        start=fields.start,
        end=fields.end,
        cadence=Cadence(cadence.kind, list(_Weekday).index(cadence.begins), *moments),
        askings=tuple(Asking(**asking.model_dump() | {"asked": asking.asked or ""}) for asking in fields.askings),
        figures_at_most=fields.figures_at_most,
    )


def _person(fields: _Person) -> RehearsalPerson:
    return RehearsalPerson(**fields.model_dump() | {"position": fields.position or ""})


def _village(fields: _Village) -> Village:
    undertakings = tuple(Undertaking(**undertaking.model_dump()) for undertaking in fields.undertakings)
    goals = {item.key: item.goal for item in undertakings} | fields.allocations
    items = dict.fromkeys((*(item.key for item in undertakings), *fields.previous, *fields.allocations))
    baselines = tuple(Baseline(item, fields.previous.get(item), goals.get(item)) for item in items)
    return Village(fields.key, fields.name, fields.kind, _person(fields.head), undertakings, baselines)


def _choice_faults(choices: _Choices) -> Iterator[Fault]:
    if choices.end < choices.start:
        yield Fault(("choices", "end"), "ends_before_start", str(choices.end))
    cadence = choices.cadence
    moments = [(moment.days, moment.at) for moment in (cadence.ask, cadence.due, cadence.close)]
    if not moments[0] < moments[1] < moments[2]:
        yield Fault(("choices", "cadence"), "moments_out_of_order")


def _asking_faults(askings: Iterable[_Asking], targets: set[str]) -> Iterator[Fault]:
    asked: set[str] = set()
    for place, asking in enumerate(askings):
        at: FieldPath = ("choices", "askings", place)
        if asking.target not in targets:
            yield Fault((*at, "target"), "unknown_target", asking.target)
        if asking.target in asked:
            yield Fault((*at, "target"), "twice", asking.target)
        for field, code, found in _question_faults(asking):
            yield Fault((*at, field), code, found)
        asked.add(asking.target)
    for target in sorted(targets - asked):
        yield Fault(("choices", "askings"), "not_asked", target)


def _question_faults(asking: _Asking) -> Iterator[tuple[str, Code, str]]:
    village = asking.holder is Holder.VILLAGE
    if village and asking.rhythm is Rhythm.NEVER:
        yield "rhythm", "never_asked", asking.target
    if village and asking.asked is None:
        yield "asked", "missing", ""
    if asking.season and asking.season[1] < asking.season[0]:
        yield "season", "ends_before_start", str(asking.season[1])
    if asking.measure is not None and asking.measure not in MEASURES:
        yield "measure", "unknown_measure", asking.measure
    elif village and asking.measure is not None and MEASURES[asking.measure].dimension is Dimension.SHARE:
        yield "measure", "asks_percentage", asking.measure


def _village_faults(fields: _Rehearsal, targets: set[str]) -> Iterator[Fault]:
    weekly = sum(map(_is_weekly_figure, fields.choices.askings))
    seen: set[str] = set()
    for place, village in enumerate(fields.villages):
        at: FieldPath = ("villages", place)
        if village.key in seen:
            yield Fault((*at, "key"), "twice", village.key)
        if len(village.undertakings) + weekly > fields.choices.figures_at_most:
            yield Fault((*at, "undertakings"), "too_many_figures", str(len(village.undertakings) + weekly))
        for inner, code, found in _item_faults(village, targets):
            yield Fault((*at, *inner), code, found)
        seen.add(village.key)


def _is_weekly_figure(asking: _Asking) -> bool:
    return asking.holder is Holder.VILLAGE and asking.rhythm is Rhythm.WEEK and asking.measure is not None


def _item_faults(village: _Village, targets: set[str]) -> Iterator[tuple[FieldPath, Code, str]]:
    known = set(targets)
    for place, item in enumerate(village.undertakings):
        at: FieldPath = ("undertakings", place)
        if item.key in known:
            yield (*at, "key"), "twice", item.key
        if item.measure not in MEASURES:
            yield (*at, "measure"), "unknown_measure", item.measure
        known.add(item.key)
    for key in village.previous.keys() - known:
        yield ("previous", key), "unknown_target", key
    for key in village.allocations.keys() - targets:
        yield ("allocations", key), "unknown_target", key
