"""Units that change in the middle of campaigns: they are renamed, merged and split, and keep their history.

Obligations that were asked for stay with the unit that lived through their period, and its reporter keeps the right to
answer them until they close; what would have been asked later falls to the units that came after.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from campaigns.ids import Id
from campaigns.people import Unit
from campaigns.registration import Baseline, Registration, Undertaking, joined, together
from storage.campaigns import Campaigns
from storage.obligations import Obligations
from storage.participants import Participants
from storage.registrations import Registrations
from storage.reports import Reports
from storage.roster import Roster
from storage.rows import RoleRow, SuccessionRow, UnitNameRow, UnitRow
from storage.scribe import Scribe


class Changes:
    """Changes of units, each in the unit of work of whoever orders it."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session
        self._campaigns = Campaigns(scribe)
        self._obligations = Obligations(scribe)
        self._registrations = Registrations(scribe)
        self._participants = Participants(scribe)
        self._reports = Reports(scribe)
        self._roster = Roster(scribe)

    def rename(self, unit: Id, kind: str, name: str) -> None:
        """Give a unit another name; what it is called from now on, everywhere."""
        row = self._session.get_one(UnitRow, unit)
        old = UnitNameRow(id=self._scribe.new_id(), unit_id=unit, kind=row.kind, name=row.name, until=self._scribe.now)
        self._session.add(old)
        row.kind, row.name = kind, name
        self._scribe.note("rename", "unit", unit)

    def name_at(self, unit: Id, moment: datetime) -> tuple[str, str]:
        """The kind and name that a unit had at a moment."""
        rows = select(UnitNameRow).where(UnitNameRow.unit_id == unit, col(UnitNameRow.until) > moment)
        then = self._session.exec(rows.order_by(col(UnitNameRow.until))).first()
        row = self._session.get_one(UnitRow, unit)
        return (then.kind, then.name) if then else (row.kind, row.name)

    def merge(self, units: Sequence[Id], kind: str, name: str) -> Unit:
        """Make one unit of several. It goes on with their works, and with what their figures come to together."""
        merged = self._founded(units[0], kind, name)
        taking_part = [dict(self._campaigns.not_left(unit)) for unit in units]
        for campaign in dict.fromkeys(campaign for each in taking_part for campaign in each):
            registrations = [each[campaign] for each in taking_part if campaign in each]
            works = [self._campaigns.undertakings(one.id) for one in registrations]
            stood = [self._stands(one.id) for one in registrations]
            self._register(campaign, merged, *joined(works, stood), like=together(registrations))
        for unit in units:
            self._participants.move(unit, merged.id)
            self._end(unit, [merged])
        return merged

    def split(self, unit: Id, parts: Sequence[tuple[str, str]]) -> list[Unit]:
        """Make several units of one, each by kind and name. Nobody knows their shares, so their figures begin anew.

        Nor does anybody know in which part a household lives: those who registered there stand with the unit above.
        """
        founded = [self._founded(unit, kind, name) for kind, name in parts]
        for campaign, registration in self._campaigns.not_left(unit):
            for part in founded:
                self._register(campaign, part, (), (), like=replace(registration, counted=None, counted_of=None))
        above = self._session.get_one(UnitRow, unit).parent_id
        if above is not None:
            self._participants.move(unit, Id(above))
        self._end(unit, founded)
        return founded

    def join(self, campaign: Id, unit: Id, *, cluster: str = "") -> int:
        """A unit begins to take part in mid-campaign; how much it owes from now on."""
        registration = self._campaigns.register(campaign, unit, cluster=cluster)
        return self._plan(campaign, registration)

    def leave(self, registration: Id) -> None:
        """A registration ends; what was asked for already stays to be answered."""
        self._campaigns.leave(registration)
        self._obligations.forget_unasked(registration)

    def after(self, unit: Id) -> list[Id]:
        """The units that came after one that was merged or split."""
        rows = select(SuccessionRow).where(SuccessionRow.before_id == unit).order_by(col(SuccessionRow.after_id))
        return [Id(row.after_id) for row in self._session.exec(rows)]

    def _founded(self, beside: Id, kind: str, name: str) -> Unit:
        old = self._session.get_one(UnitRow, beside)
        above = self._unit(Id(old.parent_id)) if old.parent_id else None
        return self._roster.add_unit(kind, name, above=above, roster=old.roster, allied=old.allied)

    def _unit(self, unit: Id) -> Unit:
        row = self._session.get_one(UnitRow, unit)
        return Unit(Id(row.id), row.path, row.kind, row.name, row.allied)

    def _register(
        self, campaign: Id, unit: Unit, works: Sequence[Undertaking], stood: Sequence[Baseline], *, like: Registration
    ) -> None:
        """Register what came of other units like one of them, or all of them together."""
        cluster, state = like.cluster, like.state
        registration = self._campaigns.register(campaign, unit.id, works, stood, cluster=cluster, state=state)
        self._registrations.carry(registration, like)
        self._plan(campaign, registration)

    def _plan(self, campaign: Id, registration: Id) -> int:
        edition = self._campaigns.edition(campaign)
        found = self._campaigns.registration(registration)
        return self._obligations.plan(campaign, edition.number, found, edition.choices)

    def _stands(self, registration: Id) -> dict[str, Baseline]:
        """Where the figures of a registration stand now."""
        newest = self._reports.newest_figures(registration)
        base = self._campaigns.baselines(registration)
        items = dict.fromkeys((*base, *newest))
        none = Baseline("")
        return {i: Baseline(i, newest.get(i, base.get(i, none).amount), base.get(i, none).goal) for i in items}

    def _end(self, unit: Id, successors: Sequence[Unit]) -> None:
        for _, registration in self._campaigns.not_left(unit):
            self.leave(registration.id)
        self._session.flush()
        row = self._session.get_one(UnitRow, unit)
        row.ended_at = self._scribe.now
        for successor in successors:
            self._session.add(SuccessionRow(before_id=unit, after_id=successor.id, at=self._scribe.now))
        self._end_roles(unit, self._obligations.last_close(unit) or self._scribe.now)
        self._scribe.note("end", "unit", unit, after={"into": [str(successor.id) for successor in successors]})

    def _end_roles(self, unit: Id, at: datetime) -> None:
        rows = select(RoleRow).where(RoleRow.unit_id == unit, col(RoleRow.until).is_(None))
        for role in self._session.exec(rows):
            role.until = at
