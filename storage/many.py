"""Questions about many units at once: as many statements for a thousand of them as for ten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.original import Original
from campaigns.people import Person, Unit
from campaigns.registration import Baseline, Registration, Undertaking
from campaigns.report import Report
from storage.campaigns import undertaking_value
from storage.originals import originals_of
from storage.people import person_value, taken_away, unit_value
from storage.registration_rows import BaselineRow, UndertakingRow
from storage.reminder_rows import ReminderRow
from storage.reminders import NUDGE
from storage.report_reading import read_reports
from storage.reports import Approved, approved_figures
from storage.rows import AccountRow, ObligationRow, PersonRow, ReportRow, RoleRow, UnitRow
from storage.scribe import Scribe

T = TypeVar("T")


class Many:
    """What other questions ask of one, asked of many together. Who is not named in an answer has nothing."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def units(self, units: Iterable[UUID]) -> dict[Id, Unit]:
        """These units."""
        rows = select(UnitRow).where(col(UnitRow.id).in_(set(units)))
        return {Id(row.id): unit_value(row) for row in self._session.exec(rows)}

    def holders(self, units: Iterable[UUID], role: Role) -> defaultdict[Id, list[Person]]:
        """Who holds a role over exactly these units, longest first."""
        held = (
            select(RoleRow.unit_id, PersonRow)
            .join(PersonRow, col(RoleRow.person_id) == col(PersonRow.id))
            .where(col(RoleRow.unit_id).in_(set(units)), RoleRow.role == role)
            .where(col(RoleRow.until).is_(None) | (col(RoleRow.until) > self._scribe.now))
            .order_by(col(RoleRow.since), col(RoleRow.id))
        )
        return _by((Id(unit), person_value(row)) for unit, row in self._session.exec(held))

    def nearest_above(self, paths: Iterable[str], role: Role) -> dict[str, list[Person]]:
        """Who holds a role over the unit at each path, or over the nearest unit above it where anybody does."""
        ways = {path: [Id(UUID(part)) for part in reversed(path.strip("/").split("/"))] for path in paths}
        held = self.holders((unit for way in ways.values() for unit in way), role)
        return {path: next((held[unit] for unit in way if unit in held), []) for path, way in ways.items()}

    def reachable(self, people: Iterable[UUID]) -> set[Id]:
        """Whom of these a message reaches anywhere."""
        return self._with_account(people, col(AccountRow.gone_at).is_(None))

    def with_account(self, people: Iterable[UUID]) -> set[Id]:
        """Who of these has an account with any bot that is served, reached by it or not."""
        return self._with_account(people)

    def _with_account(self, people: Iterable[UUID], *which: Any) -> set[Id]:
        there = select(AccountRow.person_id).where(col(AccountRow.person_id).in_(set(people)), *which)
        return {Id(one) for one in self._session.exec(there.where(col(AccountRow.bot).not_in(taken_away()))) if one}

    def reports(self, obligations: Iterable[Obligation]) -> dict[Id, Report]:
        """The reports on these obligations, by obligation."""
        rows = select(ReportRow).where(col(ReportRow.obligation_id).in_([one.id for one in obligations]))
        return {one.obligation: one for one in read_reports(self._session, self._session.exec(rows).all())}

    def approved(self, registrations: Iterable[Registration], until: date) -> defaultdict[Id, list[Approved]]:
        """Every figure of these that was taken in for periods that end by a day, in order of their ends."""
        return approved_figures(self._session, [one.id for one in registrations], until)

    def baselines(self, registrations: Iterable[Registration]) -> defaultdict[Id, dict[str, Baseline]]:
        """Where figures of these stood before the first report, and their own goals, by item."""
        rows = select(BaselineRow).where(col(BaselineRow.registration_id).in_([one.id for one in registrations]))
        found: defaultdict[Id, dict[str, Baseline]] = defaultdict(dict)
        for row in self._session.exec(rows):
            found[Id(row.registration_id)][row.item] = Baseline(row.item, row.amount, row.goal)
        return found

    def undertakings(self, registrations: Iterable[Registration]) -> defaultdict[Id, list[Undertaking]]:
        """What these undertake now, in the order of registering."""
        ids = [one.id for one in registrations]
        rows = select(UndertakingRow).where(
            col(UndertakingRow.registration_id).in_(ids), col(UndertakingRow.ended_at).is_(None)
        )
        in_order = self._session.exec(rows.order_by(col(UndertakingRow.rank)))
        return _by((Id(row.registration_id), undertaking_value(row)) for row in in_order)

    def undertakings_asked(self, obligations: Sequence[Obligation]) -> defaultdict[Id, list[Undertaking]]:
        """What was undertaken when each of these was asked for (now, where it was not yet), by obligation."""
        rows = select(UndertakingRow).where(
            col(UndertakingRow.registration_id).in_({one.registration for one in obligations})
        )
        of = _by((Id(row.registration_id), row) for row in self._session.exec(rows.order_by(col(UndertakingRow.rank))))
        asked = ((one, row) for one in obligations for row in of[one.registration] if _stood(row, one.asked_at))
        return _by((one.id, undertaking_value(row)) for one, row in asked)

    def waiting(self, reports: Iterable[Report]) -> defaultdict[Id, list[Original]]:
        """What of these reports nobody has listened to or looked at yet, the oldest first."""
        found = originals_of(self._session, [one.id for one in reports])
        return _by((one.report, one) for one in found if one.report and one.settled_at is None)

    def missed_before(self, obligations: Iterable[Obligation]) -> dict[Id, int]:
        """In how many periods in a row, up to that of each, nothing came though it was due."""
        asked = list(obligations)
        rows = select(ObligationRow.registration_id, ObligationRow.due_at, ObligationRow.first_said_at).where(
            col(ObligationRow.registration_id).in_({one.registration for one in asked}),
            ObligationRow.due_at < self._scribe.now,
            col(ObligationRow.excused_at).is_(None),
        )
        in_order = self._session.exec(rows.order_by(col(ObligationRow.due_at).desc()))
        due = _by((Id(registration), (due_at, said)) for registration, due_at, said in in_order)
        return {one.id: _in_a_row(one, due[one.registration]) for one in asked}

    def reported_since(self, obligations: Iterable[Obligation]) -> set[Id]:
        """Those of them since whose due moment the unit has said anything."""
        asked = list(obligations)
        last = select(ObligationRow.unit_id, func.max(ObligationRow.first_said_at)).group_by(col(ObligationRow.unit_id))
        rows = last.where(col(ObligationRow.unit_id).in_({one.unit for one in asked}))
        said = dict(self._session.exec(rows).all())
        return {one.id for one in asked if (at := said.get(one.unit)) is not None and at > one.due_at}

    def nudged_at(self, obligations: Iterable[Obligation]) -> dict[Id, datetime]:
        """When an officer last asked for a reminder of each."""
        rows = (
            select(ReminderRow.obligation_id, func.max(ReminderRow.at))
            .where(col(ReminderRow.obligation_id).in_([one.id for one in obligations]), ReminderRow.step == NUDGE)
            .group_by(col(ReminderRow.obligation_id))
        )
        return {Id(obligation): at for obligation, at in self._session.exec(rows)}


def _stood(row: UndertakingRow, at: datetime | None) -> bool:
    """Whether a work was undertaken right before a moment, or is now."""
    if at is None:
        return row.ended_at is None
    return row.since < at and (row.ended_at is None or row.ended_at >= at)


def _in_a_row(obligation: Obligation, due: Iterable[tuple[datetime, datetime | None]]) -> int:
    up_to = ((due_at, said) for due_at, said in due if due_at <= obligation.due_at)
    return sum(1 for _ in takewhile(lambda one: one[1] is None, up_to))


def _by(pairs: Iterable[tuple[Id, T]]) -> defaultdict[Id, list[T]]:
    found: defaultdict[Id, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
