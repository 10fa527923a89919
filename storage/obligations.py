"""Who owes what: obligations as planned, asked, fulfilled, excused, closed."""

from datetime import date, datetime
from functools import cache
from itertools import takewhile
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from campaigns.calendar import Period, close_at, periods
from campaigns.campaign import CadenceKind
from campaigns.edition import Choices
from campaigns.ids import Id
from campaigns.obligation import Obligation, extended, owes, reopened
from campaigns.registration import Registration
from campaigns.replanning import Due
from storage.rows import ObligationRow, UnitRow
from storage.scribe import Scribe
from storage.types import Moment

Rows = Select[ObligationRow, UnitRow]


class Obligations:
    """Questions about obligations."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def plan(self, campaign: Id, edition: int, registration: Registration, choices: Choices) -> int:
        """Plan all that a registration will owe; planning twice adds nothing. How many were new.

        What was closed before it registered is not owed.
        """
        known = select(ObligationRow).where(ObligationRow.registration_id == registration.id)
        there = {(row.kind, row.number, row.start) for row in self._session.exec(known)}
        new = 0
        for cadence in choices.cadences:
            for period in periods(choices, cadence):
                late = close_at(period, cadence) <= self._scribe.now
                if not late and owes(registration, period, cadence) and natural_key(period) not in there:
                    self._session.add(planned_row(self._scribe, campaign, edition, registration, Due(period, cadence)))
                    new += 1
        return new

    def obligation(self, obligation: UUID) -> Obligation | None:
        """The obligation of that id, held until the end of this unit of work; none where there is no such."""
        found = self._found(_all().where(ObligationRow.id == obligation).with_for_update(of=ObligationRow))
        return found[0] if found else None

    def all_of(self, unit: Id) -> list[Obligation]:
        """All that a unit ever owed and will owe as it was planned, by the day its periods end."""
        rows = _all().where(ObligationRow.unit_id == unit)
        return self._found(rows.order_by(col(ObligationRow.end), col(ObligationRow.kind)))

    def open_for(self, unit: Id) -> list[Obligation]:
        """What a unit has been asked for and may still answer, the oldest first."""
        now = self._scribe.now
        rows = _all().where(
            ObligationRow.unit_id == unit, ObligationRow.ask_at <= now, col(ObligationRow.closed_at).is_(None)
        )
        return self._found(rows.order_by(col(ObligationRow.due_at)))

    def newest_for(self, unit: Id) -> Obligation | None:
        """What a unit was asked for last, closed or not."""
        rows = _all().where(ObligationRow.unit_id == unit, ObligationRow.ask_at <= self._scribe.now)
        return next(iter(self._found(rows.order_by(col(ObligationRow.ask_at).desc()).limit(1))), None)

    def next_for(self, unit: Id) -> Obligation | None:
        """What a unit will be asked for next."""
        rows = _all().where(ObligationRow.unit_id == unit, ObligationRow.ask_at > self._scribe.now)
        return next(iter(self._found(rows.order_by(col(ObligationRow.ask_at)).limit(1))), None)

    def on_the_board(self, campaign: Id, path: str) -> list[Obligation]:
        """The obligations below a path in the newest period of each kind that was asked for.

        Period by period, the one asked for last first, each in roster order. A kind whose newest period is closed is
        left out where that of another is still open.
        """
        period = (col(ObligationRow.kind), col(ObligationRow.number), col(ObligationRow.start))
        asked = select(*period).where(ObligationRow.campaign_id == campaign, ObligationRow.ask_at <= self._scribe.now)
        newest: dict[str, tuple[int, date]] = {}
        for kind, number, start in self._session.exec(
            asked.group_by(*period).order_by(func.max(ObligationRow.ask_at).desc())
        ):
            newest.setdefault(kind, (number, start))
        found = [self.of_period(campaign, path, kind, *period) for kind, period in newest.items()]
        still = [one for one in found if any(not each.closed(self._scribe.now) for each in one)]
        return [obligation for one in still or found[:1] for obligation in one]

    def of_period(self, campaign: Id, path: str, kind: str, number: int, start: date) -> list[Obligation]:
        """The obligations below a path in one period, in roster order."""
        rows = _all().where(ObligationRow.campaign_id == campaign, col(UnitRow.path).startswith(path))
        rows = rows.where(ObligationRow.kind == kind, ObligationRow.number == number, ObligationRow.start == start)
        return self._found(rows.order_by(col(UnitRow.roster), col(UnitRow.name)))

    def to_ask(self) -> Obligation | None:
        """The first that is to be asked for by now and was not, and is not closed; claimed by this unit of work."""
        return next(iter(self._found(_first_to_ask(), now=self._scribe.now)), None)

    def to_close(self) -> Obligation | None:
        """The first that is to be closed by now and was not; claimed by this unit of work."""
        return next(iter(self._found(_first_to_close(), now=self._scribe.now)), None)

    def next_moment(self) -> datetime | None:
        """The next moment that a period is asked for, due or closed; where a rehearsal may jump to."""
        now = self._scribe.now
        columns = (col(ObligationRow.ask_at), col(ObligationRow.due_at), col(ObligationRow.close_at))
        moments: list[datetime | None] = [
            self._session.exec(select(func.min(column)).where(column > now)).one() for column in columns
        ]
        return min((moment for moment in moments if moment is not None), default=None)

    def missed_before(self, obligation: Obligation) -> int:
        """In how many periods in a row, up to that obligation's, nothing came though it was due."""
        rows = _all().where(
            ObligationRow.registration_id == obligation.registration,
            ObligationRow.due_at <= obligation.due_at,
            ObligationRow.due_at < self._scribe.now,
            col(ObligationRow.excused_at).is_(None),
        )
        found = self._found(rows.order_by(col(ObligationRow.due_at).desc()))
        return sum(1 for _ in takewhile(lambda one: one.first_said_at is None, found))

    def asked(self, obligation: Id) -> None:
        """Remember that it was asked for."""
        self._session.get_one(ObligationRow, obligation).asked_at = self._scribe.now

    def close(self, obligation: Id) -> None:
        """Close it: nothing is taken any more."""
        self._session.get_one(ObligationRow, obligation).closed_at = self._scribe.now
        self._scribe.note("close", "obligation", obligation)

    def fulfil(self, obligation: Id, said_at: datetime) -> None:
        """Keep when the first valid report was said; later ones never move it."""
        row = self._session.get_one(ObligationRow, obligation)
        row.first_said_at = row.first_said_at or said_at

    def excuse(self, obligation: Id, reason: str) -> None:
        """Excuse it (khất): never counted as late or missing."""
        row = self._session.get_one(ObligationRow, obligation)
        row.excused_at, row.excuse = self._scribe.now, reason
        self._scribe.note("excuse", "obligation", obligation)

    def extend(self, obligation: Obligation, until: datetime, reason: str) -> Obligation:
        """Give one unit more time, with a reason. Raises ValueError where that is no extension."""
        given = extended(obligation, until)
        row = self._session.get_one(ObligationRow, obligation.id)
        row.due_at, row.close_at, row.planned_due_at = given.due_at, given.close_at, given.planned_due_at
        row.extension = reason
        before, after = {"due_at": obligation.due_at.isoformat()}, {"due_at": until.isoformat()}
        self._scribe.note("extend", "obligation", obligation.id, before=before, after=after)
        return given

    def reopen(self, obligation: Obligation) -> Obligation:
        """Let a report that is asked back about be answered, also where its figures were closed."""
        given = reopened(obligation, self._scribe.now)
        if given.close_at != obligation.close_at:
            row = self._session.get_one(ObligationRow, obligation.id)
            row.close_at, row.closed_at = given.close_at, None
            before, after = {"close_at": obligation.close_at.isoformat()}, {"close_at": given.close_at.isoformat()}
            self._scribe.note("reopen", "obligation", obligation.id, before=before, after=after)
        return given

    def open_within(self, since: datetime, until: datetime) -> list[Obligation]:
        """What could be answered in some of that time and is neither answered nor excused nor closed.

        Held by this unit of work.
        """
        rows = _all().where(
            ObligationRow.due_at > since,
            ObligationRow.ask_at <= until,
            col(ObligationRow.first_said_at).is_(None),
            col(ObligationRow.excused_at).is_(None),
            col(ObligationRow.closed_at).is_(None),
        )
        return self._found(rows.order_by(col(ObligationRow.due_at)).with_for_update(of=ObligationRow))

    def forget_unasked(self, registration: UUID) -> int:
        """Who takes part no more does not owe what has not been asked for yet; how many were taken back."""
        rows = select(ObligationRow).where(
            ObligationRow.registration_id == registration,
            ObligationRow.ask_at > self._scribe.now,
            col(ObligationRow.first_said_at).is_(None),
        )
        found = self._session.exec(rows).all()
        for row in found:
            self._session.delete(row)
        return len(found)

    def last_close(self, unit: UUID) -> datetime | None:
        """When the last of a unit's obligations that are still open closes."""
        closes = select(func.max(ObligationRow.close_at)).where(
            ObligationRow.unit_id == unit, col(ObligationRow.closed_at).is_(None)
        )
        return self._session.exec(closes).one()

    def _found(self, rows: Rows, **values: object) -> list[Obligation]:
        return [obligation_value(row, unit) for row, unit in self._session.exec(rows, params=values)]


@cache
def _first_to_ask() -> Rows:
    """Asked at every tick, so built once."""
    now = bindparam("now", type_=Moment)
    rows = _all().where(col(ObligationRow.asked_at).is_(None), col(ObligationRow.ask_at) <= now)
    in_order = rows.where(col(ObligationRow.close_at) > now).order_by(col(ObligationRow.ask_at), col(UnitRow.roster))
    return in_order.limit(1).with_for_update(of=ObligationRow, skip_locked=True)


@cache
def _first_to_close() -> Rows:
    """Asked at every tick, so built once."""
    rows = _all().where(
        col(ObligationRow.closed_at).is_(None), col(ObligationRow.close_at) <= bindparam("now", type_=Moment)
    )
    in_order = rows.order_by(col(ObligationRow.close_at), col(UnitRow.roster))
    return in_order.limit(1).with_for_update(of=ObligationRow, skip_locked=True)


def _all() -> Rows:
    return select(ObligationRow, UnitRow).where(ObligationRow.unit_id == UnitRow.id)


def obligation_value(row: ObligationRow, unit: UnitRow) -> Obligation:
    """The row as a value."""
    return Obligation(
        id=Id(row.id),
        campaign=Id(row.campaign_id),
        edition=row.edition,
        registration=Id(row.registration_id),
        unit=Id(row.unit_id),
        path=unit.path,
        period=Period(CadenceKind(row.kind), row.number, row.start, row.end),
        ask_at=row.ask_at,
        due_at=row.due_at,
        close_at=row.close_at,
        first_said_at=row.first_said_at,
        excused_at=row.excused_at,
        planned_due_at=row.planned_due_at,
        asked_at=row.asked_at,
    )


def natural_key(period: Period) -> tuple[str, int, date]:
    """What a period is known by among a registration's."""
    return str(period.kind), period.number, period.start


def planned_row(scribe: Scribe, campaign: UUID, edition: int, registration: Registration, due: Due) -> ObligationRow:
    """A new obligation, with every moment as its cadence says."""
    period = due.period
    return ObligationRow(
        id=scribe.new_id(),
        registration_id=registration.id,
        campaign_id=campaign,
        unit_id=registration.unit,
        edition=edition,
        kind=period.kind,
        number=period.number,
        start=period.start,
        end=period.end,
        ask_at=due.ask_at,
        due_at=due.due_at,
        close_at=due.close_at,
    )
