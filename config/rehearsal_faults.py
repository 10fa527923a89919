"""What does not fit together in a rehearsal's file."""

from collections.abc import Iterable, Iterator

from campaigns.campaign import CadenceKind, Campaign
from campaigns.edition import Choices, figures_asked
from campaigns.measure import MEASURES, Dimension
from campaigns.target import Holder, Rhythm, Sort
from config.rehearsal_fields import AskingFields, ChoicesFields, RehearsalFields, UnitFields
from config.written import Code, Fault, FieldPath


def faults_in(fields: RehearsalFields, choices: Choices, campaign: Campaign) -> list[Fault]:
    """Everything that is wrong in a file of which each field by itself is right; ``choices`` are what it comes to."""
    targets = {target.key for target in campaign.targets}
    faults = [*_choice_faults(fields, campaign), *_asking_faults(fields.choices.askings, targets)]
    faults += _unit_faults(fields, choices, targets)
    if fields.campaign != campaign.slug:
        faults.append(Fault(("campaign",), "other_campaign", fields.campaign))
    return faults


def _choice_faults(fields: RehearsalFields, campaign: Campaign) -> Iterator[Fault]:
    choices = fields.choices
    if choices.end < choices.start:
        yield Fault(("choices", "end"), "ends_before_start", str(choices.end))
    clusters = {unit.cluster for unit in fields.units}
    named = [("cadences", place, one.who) for place, one in enumerate(choices.cadences)]
    named += [("askings", place, one.who) for place, one in enumerate(choices.askings)]
    for name, place, who in named:
        for cluster in sorted(set(who or ()) - clusters):
            yield Fault(("choices", name, place, "who"), "unknown_cluster", cluster)
    for cluster in choices.clusters.keys() - clusters:
        yield Fault(("choices", "clusters", cluster), "unknown_cluster", cluster)
    yield from _cadence_faults(choices, campaign)
    yield from _step_faults(choices)


def _step_faults(choices: ChoicesFields) -> Iterator[Fault]:
    """A step is counted in hours or in days with an hour, and its name stands once."""
    named: set[str] = set()
    for place, step in enumerate(choices.reminders):
        at: FieldPath = ("choices", "reminders", place)
        if (step.at is None) == (step.hours == 0):
            yield Fault((*at, "at"), "missing")
        if step.key in named:
            yield Fault((*at, "key"), "twice", step.key)
        named.add(step.key)


def _cadence_faults(choices: ChoicesFields, campaign: Campaign) -> Iterator[Fault]:
    deadlines = {deadline.key for deadline in campaign.deadlines}
    for place, cadence in enumerate(choices.cadences):
        at: FieldPath = ("choices", "cadences", place)
        moments = [(moment.days, moment.at) for moment in (cadence.ask, cadence.due, cadence.close)]
        if not moments[0] < moments[1] < moments[2]:
            yield Fault(at, "moments_out_of_order")
        if cadence.kind is CadenceKind.MILESTONE and cadence.deadline not in deadlines:
            yield Fault((*at, "deadline"), "unknown_deadline", cadence.deadline or "")
        if cadence.kind is CadenceKind.WAVE and not (campaign.waves or choices.waves):
            yield Fault(at, "no_waves")
        if cadence.kind is CadenceKind.ON_DEMAND and not cadence.on:
            yield Fault((*at, "on"), "missing")
    for key in sorted(deadlines - {cadence.deadline for cadence in choices.cadences}):
        yield Fault(("choices", "cadences"), "deadline_not_planned", key)


def _asking_faults(askings: Iterable[AskingFields], targets: set[str]) -> Iterator[Fault]:
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


def _question_faults(asking: AskingFields) -> Iterator[tuple[str, Code, str]]:
    of_unit = asking.holder is Holder.UNIT
    if of_unit and asking.rhythm is Rhythm.NEVER:
        yield "rhythm", "never_asked", asking.target
    if of_unit and asking.asked is None:
        yield "asked", "missing", ""
    if asking.season and asking.season[1] < asking.season[0]:
        yield "season", "ends_before_start", str(asking.season[1])
    if asking.measure is not None and asking.measure not in MEASURES:
        yield "measure", "unknown_measure", asking.measure
    elif of_unit and asking.measure is not None and MEASURES[asking.measure].dimension is Dimension.SHARE:
        yield "measure", "asks_percentage", asking.measure


def _unit_faults(fields: RehearsalFields, choices: Choices, targets: set[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, unit in enumerate(fields.units):
        at: FieldPath = ("units", place)
        if unit.key in seen:
            yield Fault((*at, "key"), "twice", unit.key)
        if unit.within is not None and unit.within not in seen:
            yield Fault((*at, "within"), "unknown_unit", unit.within)
        figures = len(unit.undertakings) + _always_asked(unit, choices)
        if figures > choices.figures_at_most:
            yield Fault((*at, "undertakings"), "too_many_figures", str(figures))
        for inner, code, found in _item_faults(unit, targets):
            yield Fault((*at, *inner), code, found)
        seen.add(unit.key)


def _always_asked(unit: UnitFields, choices: Choices) -> int:
    """How many figures it is asked for in the shortest of its periods, and so in every one."""
    names = Sort(unit.kind, unit.cluster or "").names
    kinds = [cadence.kind for cadence in choices.cadences if cadence.concerns(names)]
    shortest = min(kinds, key=list(CadenceKind).index, default=CadenceKind.ONGOING)
    return len(figures_asked(choices, shortest, names)) if kinds else 0


def _item_faults(unit: UnitFields, targets: set[str]) -> Iterator[tuple[FieldPath, Code, str]]:
    known = set(targets)
    for place, item in enumerate(unit.undertakings):
        at: FieldPath = ("undertakings", place)
        if item.key in known:
            yield (*at, "key"), "twice", item.key
        if item.measure not in MEASURES:
            yield (*at, "measure"), "unknown_measure", item.measure
        known.add(item.key)
    for key in unit.previous.keys() - known:
        yield ("previous", key), "unknown_target", key
    for key in unit.allocations.keys() - targets:
        yield ("allocations", key), "unknown_target", key
