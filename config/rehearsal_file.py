"""Loads a rehearsal from ``config/rehearsal/*.yaml``: an officer's choices and an invented commune."""

from pathlib import Path

from campaigns.campaign import Campaign
from campaigns.edition import Cadence, Choices, Cluster, Moment, Registering, Stage, Step
from campaigns.proposal import milestones_of, waves_of
from campaigns.registration import Baseline, Undertaking
from campaigns.rehearsal import Issuer, Rehearsal, RehearsalPerson, RehearsalUnit
from campaigns.target import Asking
from config.fields import read_fields
from config.rehearsal_faults import faults_in
from config.rehearsal_fields import (
    CadenceFields,
    ChoicesFields,
    PersonFields,
    RehearsalFields,
    UnitFields,
    Weekday,
)
from config.written import CampaignFileError

__all__ = ["CampaignFileError", "load_rehearsal"]


def load_rehearsal(path: Path, campaign: Campaign) -> Rehearsal:
    """The rehearsal of a campaign in a file. Raises CampaignFileError for the first thing in it that is wrong.

    Allocations that do not add up to a target's goal are no error: see ``campaigns.sums``.
    """
    fields, written = read_fields(path, RehearsalFields)
    if faults := faults_in(fields, _choices(fields.choices, campaign), campaign):
        raise written.first(faults)
    return _rehearsal(fields, campaign)


def _rehearsal(fields: RehearsalFields, campaign: Campaign) -> Rehearsal:
    return Rehearsal(
        campaign=fields.campaign,
        choices=_choices(fields.choices, campaign),
        issuer=Issuer(**fields.issuer.model_dump()),
        officer=_person(fields.officer),
        chairman=_person(fields.chairman),
        units=tuple(map(_unit, fields.units)),
    )


def _choices(fields: ChoicesFields, campaign: Campaign) -> Choices:
    return Choices(
        start=fields.start,
        end=fields.end,
        cadences=tuple(map(_cadence, fields.cadences)),
        askings=tuple(Asking(**asking.model_dump() | {"asked": asking.asked or ""}) for asking in fields.askings),
        figures_at_most=fields.figures_at_most,
        waves=_waves(fields, campaign),
        milestones=milestones_of(campaign, fields.start),
        reminders=tuple(Step(**step.model_dump()) for step in fields.reminders),
        registering=Registering(**fields.registering.model_dump()),
        clusters=tuple(Cluster(key, name) for key, name in fields.clusters.items()),
    )


def _waves(fields: ChoicesFields, campaign: Campaign) -> tuple[Stage, ...]:
    """The plan's own waves; the officer's where it names none."""
    return waves_of(campaign) or tuple(Stage(wave.name, wave.start, wave.end) for wave in fields.waves)


def _cadence(fields: CadenceFields) -> Cadence:
    ask, due, close = (Moment(**moment.model_dump()) for moment in (fields.ask, fields.due, fields.close))
    begins = list(Weekday).index(fields.begins)
    return Cadence(fields.kind, ask, due, close, begins=begins, who=fields.who, deadline=fields.deadline, on=fields.on)


def _person(fields: PersonFields) -> RehearsalPerson:
    return RehearsalPerson(**fields.model_dump() | {"position": fields.position or ""})


def _unit(fields: UnitFields) -> RehearsalUnit:
    undertakings = tuple(Undertaking(**undertaking.model_dump()) for undertaking in fields.undertakings)
    goals = {item.key: item.goal for item in undertakings} | fields.allocations
    items = dict.fromkeys((*(item.key for item in undertakings), *fields.previous, *fields.allocations))
    return RehearsalUnit(
        key=fields.key,
        name=fields.name,
        kind=fields.kind,
        head=_person(fields.head),
        undertakings=undertakings,
        baselines=tuple(Baseline(item, fields.previous.get(item), goals.get(item)) for item in items),
        cluster=fields.cluster or "",
        within=fields.within,
        allied=fields.allied,
    )
