"""Launching a campaign from its files: the commune, its people, who takes part, and everything that will be owed."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlmodel import Session

from campaigns.authority import Role
from campaigns.calendar import periods
from campaigns.campaign import Campaign
from campaigns.ids import Id
from campaigns.people import Unit
from campaigns.rehearsal import Rehearsal, RehearsalPerson, Village
from storage.store import Store


@dataclass(frozen=True)
class Invitation:
    """A code for somebody, told once."""

    person: Id
    name: str
    unit: str
    role: Role
    code: str


def launch(
    session: Session, campaign: Campaign, rehearsal: Rehearsal, now: datetime, chance: Random
) -> list[Invitation]:
    """Load the commune and launch the campaign over it, all in one unit of work. An invitation for everybody."""
    store = Store(session, now, chance)
    commune = store.roster.add_unit(rehearsal.commune.kind, rehearsal.commune.name)
    launched = store.campaigns.launch(campaign, rehearsal.choices, commune.id)
    invitations = [
        _join(store, rehearsal.officer, Role.OFFICER, commune),
        _join(store, rehearsal.chairman, Role.LEADER, commune),
    ]
    for roster, village in enumerate(rehearsal.villages, 1):
        place = store.roster.add_unit(village.kind, village.name, above=commune, roster=roster)
        invitations.append(_join(store, village.head, Role.REPORTER, place))
        _register(store, launched, place, village)
    _plan(store, launched, rehearsal)
    return invitations


def _join(store: Store, somebody: RehearsalPerson, role: Role, unit: Unit) -> Invitation:
    person = store.roster.add_person(somebody.name, somebody.called, somebody.address, somebody.phone)
    store.roster.give_role(person.id, role, unit.id)
    return Invitation(person.id, person.name, unit.name, role, store.invitations.invite(person.id))


def _register(store: Store, campaign: Id, place: Unit, village: Village) -> None:
    store.campaigns.register(campaign, place.id, list(village.undertakings), list(village.baselines))


def _plan(store: Store, campaign: Id, rehearsal: Rehearsal) -> None:
    weeks = periods(rehearsal.choices)
    for registration in store.campaigns.registrations(campaign):
        store.obligations.plan(campaign, 1, registration, weeks, rehearsal.choices.cadence)
