"""Requests: taken on with a promised day, answered, and told to who asked."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.report import Report
from campaigns.request import Request
from storage.request_rows import RequestRow
from storage.rows import ReportRow, UnitRow
from storage.scribe import Scribe

Rows = Select[RequestRow, UnitRow, ReportRow]


class Requests:
    """Questions about requests."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def take(self, report: Report, obligation: Obligation, owner: Id, promised: date) -> Request:
        """Take on what a report asks for; a request that was taken before gets this owner and this day."""
        row = self._session.exec(select(RequestRow).where(RequestRow.report_id == report.id)).first()
        if row is None:
            row = RequestRow(
                id=self._scribe.new_id(),
                report_id=report.id,
                unit_id=obligation.unit,
                said=report.latest.story or "",
                owner_id=owner,
                promised=promised,
                taken_at=self._scribe.now,
            )
            self._session.add(row)
        row.owner_id, row.promised, row.reminded_at = owner, promised, None
        self._session.flush()
        self._scribe.note("take", "request", row.id, after={"promised": promised.isoformat()}, for_person=owner)
        return self._one(row.id)

    def of(self, report: UUID) -> Request | None:
        """What was taken on out of a report, if anything was."""
        return next(iter(self._found(_all().where(RequestRow.report_id == report))), None)

    def request(self, request: UUID) -> Request | None:
        """The request of that id, held until the end of this unit of work; none where there is no such."""
        return next(iter(self._found(_all().where(RequestRow.id == request).with_for_update(of=RequestRow))), None)

    def open_below(self, path: str) -> list[Request]:
        """What was taken on below a path and is not answered yet, the earliest promise first."""
        rows = _all().where(col(RequestRow.answered_at).is_(None), col(UnitRow.path).startswith(path))
        return self._found(rows.order_by(col(RequestRow.promised), col(RequestRow.taken_at)))

    def answer(self, request: Request, words: str, *, told: bool) -> Request:
        """Answer it; ``told``: the unit hears of it now, otherwise at the head of its next form."""
        row = self._session.get_one(RequestRow, request.id)
        row.answer, row.answered_at = words, self._scribe.now
        row.told_at, row.told_with = self._scribe.now if told else None, None
        self._scribe.note("answer", "request", request.id)
        return self._one(request.id)

    def tell_with(self, obligation: Obligation) -> None:
        """The form of this obligation opens with every answer that its unit has not heard yet."""
        untold = select(RequestRow).where(
            RequestRow.unit_id == obligation.unit,
            col(RequestRow.answered_at).is_not(None),
            col(RequestRow.told_at).is_(None),
        )
        for row in self._session.exec(untold):
            row.told_at, row.told_with = self._scribe.now, obligation.id

    def told_with(self, obligation: Id) -> list[Request]:
        """The answers at the head of a form."""
        return self._found(_all().where(RequestRow.told_with == obligation).order_by(col(RequestRow.taken_at)))

    def to_remind(self) -> list[Request]:
        """Whose promised day has come without an answer, and whose owner was not reminded of it."""
        rows = _all().where(col(RequestRow.answered_at).is_(None), col(RequestRow.reminded_at).is_(None))
        return self._found(rows.order_by(col(RequestRow.promised)).with_for_update(of=RequestRow, skip_locked=True))

    def to_raise(self) -> list[Request]:
        """What is open and no leader has heard of."""
        rows = _all().where(col(RequestRow.answered_at).is_(None), col(RequestRow.raised_at).is_(None))
        return self._found(rows.order_by(col(RequestRow.taken_at)).with_for_update(of=RequestRow, skip_locked=True))

    def reminded(self, request: Request) -> None:
        """Its owner was reminded of the promise."""
        self._session.get_one(RequestRow, request.id).reminded_at = self._scribe.now

    def raised(self, request: Request) -> None:
        """A leader heard of it."""
        self._session.get_one(RequestRow, request.id).raised_at = self._scribe.now

    def _one(self, request: UUID) -> Request:
        return self._found(_all().where(RequestRow.id == request))[0]

    def _found(self, rows: Rows) -> list[Request]:
        return [_request(row, unit, report) for row, unit, report in self._session.exec(rows)]


def _all() -> Rows:
    return select(RequestRow, UnitRow, ReportRow).where(
        RequestRow.unit_id == UnitRow.id, RequestRow.report_id == ReportRow.id
    )


def _request(row: RequestRow, unit: UnitRow, report: ReportRow) -> Request:
    return Request(
        id=Id(row.id),
        unit=Id(unit.id),
        path=unit.path,
        receipt=report.receipt,
        said=row.said,
        owner=Id(row.owner_id),
        promised=row.promised,
        taken_at=row.taken_at,
        answer=row.answer,
        answered_at=row.answered_at,
    )
