"""Launching a campaign from its files: the units, their people, who takes part, and everything that will be owed."""

from dataclasses import dataclass
from datetime import datetime, time
from random import Random

from sqlmodel import Session

from campaigns.authority import Role
from campaigns.calendar import LOCAL
from campaigns.campaign import Campaign
from campaigns.ids import Id
from campaigns.people import Unit
from campaigns.rehearsal import Rehearsal, RehearsalPerson
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
    """Load the units and launch the campaign over it, all in one unit of work. An invitation for everybody."""
    store = Store(session, now, chance)
    issuer = store.roster.add_unit(rehearsal.issuer.kind, rehearsal.issuer.name)
    launched = store.campaigns.launch(campaign, rehearsal.choices, issuer.id)
    invitations = [
        _join(store, rehearsal.officer, Role.OFFICER, issuer),
        _join(store, rehearsal.chairman, Role.LEADER, issuer),
    ]
    places: dict[str | None, Unit] = {None: issuer}
    first_moment = datetime.combine(rehearsal.choices.start, time(), LOCAL)
    for roster, unit in enumerate(rehearsal.units, 1):
        above = places[unit.within]
        place = store.roster.add_unit(unit.kind, unit.name, above=above, roster=roster, allied=unit.allied)
        places[unit.key] = place
        invitations.append(_join(store, unit.head, Role.REPORTER, place))
        store.campaigns.register(
            launched, place.id, unit.undertakings, unit.baselines, cluster=unit.cluster, since=first_moment
        )
    for registration in store.campaigns.registrations(launched):
        store.obligations.plan(launched, 1, registration, rehearsal.choices)
    return invitations


def _join(store: Store, somebody: RehearsalPerson, role: Role, unit: Unit) -> Invitation:
    person = store.roster.add_person(somebody.name, somebody.called, somebody.address, somebody.phone)
    store.roster.give_role(person.id, role, unit.id)
    return Invitation(person.id, person.name, unit.name, role, store.invitations.invite(person.id))
