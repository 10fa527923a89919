"""What is owed in the editions of a campaign: what was planned, and planning anew what was not asked for yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.registration import Registration
from campaigns.replanning import Due, fixed
from storage.obligations import Rows, natural_key, obligation_value, planned_row
from storage.rows import ObligationRow, UnitRow
from storage.scribe import Scribe


class Replanned(NamedTuple):
    """How many obligations a new edition added, moved and dropped."""

    added: int
    moved: int
    dropped: int


class Replanning:
    """Questions about what is planned, and the one act that plans it anew."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def planned(self, campaign: UUID) -> list[Obligation]:
        """All that was ever planned in a campaign, by registration and the day its periods end."""
        rows = _all().where(ObligationRow.campaign_id == campaign)
        found = self._session.exec(rows.order_by(col(ObligationRow.registration_id), col(ObligationRow.end)))
        return [obligation_value(row, unit) for row, unit in found]

    def to_come(self, path: str, *, but: UUID | None = None) -> dict[Id, tuple[datetime, ...]]:
        """When units below a path will be asked for something, over all campaigns ``but`` one."""
        rows = _all().where(col(UnitRow.path).startswith(path), ObligationRow.ask_at > self._scribe.now)
        found: dict[Id, tuple[datetime, ...]] = {}
        for row, unit in self._session.exec(rows.order_by(col(ObligationRow.ask_at))):
            if row.campaign_id != but:
                found[Id(unit.id)] = (*found.get(Id(unit.id), ()), row.ask_at)
        return found

    def replan(self, campaign: Id, edition: int, registration: Registration, wanted: Iterable[Due]) -> Replanned:
        """Plan anew what a registration was not asked for yet; whatever is fixed stays untouched.

        Obligations of the same period are moved and keep their identity, others are added or taken away.
        """
        free = {natural_key(one.period): row for row, one in self._free(registration)}
        moved = added = 0
        for due in wanted:
            row = free.pop(natural_key(due.period), None)
            if row is None:
                self._session.add(planned_row(self._scribe, campaign, edition, registration, due))
                added += 1
            else:
                moved += _move(row, edition, due)
        for row in free.values():
            self._session.delete(row)
        self._session.flush()
        return Replanned(added, moved, len(free))

    def _free(self, registration: Registration) -> list[tuple[ObligationRow, Obligation]]:
        """What may be planned anew, held by this unit of work so that nobody asks for it meanwhile."""
        rows = _all().where(ObligationRow.registration_id == registration.id)
        rows = rows.where(col(ObligationRow.asked_at).is_(None)).with_for_update(of=ObligationRow)
        found = [(row, obligation_value(row, unit)) for row, unit in self._session.exec(rows)]
        return [(row, one) for row, one in found if not fixed(one, self._scribe.now)]


def _all() -> Rows:
    return select(ObligationRow, UnitRow).where(ObligationRow.unit_id == UnitRow.id)


def _move(row: ObligationRow, edition: int, due: Due) -> bool:
    """Whether any of its days or moments changed."""
    before = row.end, row.ask_at, row.due_at, row.close_at
    after = due.period.end, due.ask_at, due.due_at, due.close_at
    row.edition = edition
    row.end, row.ask_at, row.due_at, row.close_at = after
    return before != after
