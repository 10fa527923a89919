"""What was told by voice or on a page: attached to a report, told of once, settled, erased in the end."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from campaigns.ids import Id
from campaigns.original import KEPT_FOR, TOLD_AFTER, Medium, Original, Told
from campaigns.report import Report
from storage.original_rows import OriginalRow, RecordingRow
from storage.rows import ObligationRow, PhotoRow, ReportRow, UnitRow
from storage.scribe import Scribe

Rows = Select[OriginalRow, UnitRow, RecordingRow | None, PhotoRow | None]


class Originals:
    """Questions about originals."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def attach(self, report: Report, told: Told) -> None:
        """A report was told, or is to be corrected, by these recordings or pages; whoever saw it before saw less."""
        self._session.get_one(ReportRow, report.id).revision += 1
        self._add(told, report.id)
        self._scribe.note("tell", "report", report.id, after={str(told.medium): len(told.attached)})

    def leave(self, told: Told) -> None:
        """Recordings for the officer of a unit that answer nothing."""
        self._add(told, None)
        self._scribe.note("leave", "recording", told.attached[0])

    def _add(self, told: Told, report: Id | None) -> None:
        for one in told.attached:
            row = OriginalRow(id=self._scribe.new_id(), unit_id=told.unit, by_id=told.by, said_at=told.said_at)
            row.report_id = report
            row.recording_id, row.photo_id = (one, None) if told.medium is Medium.VOICE else (None, one)
            self._session.add(row)
        self._session.flush()

    def original(self, original: UUID) -> Original | None:
        """The original of that id, held until the end of this unit of work; none where there is no such."""
        return next(iter(self._found(_all().where(OriginalRow.id == original).with_for_update(of=OriginalRow))), None)

    def of_recording(self, recording: UUID) -> Original | None:
        """What a recording was told for; none for one that nobody may hear but who sent it."""
        return next(iter(self._found(_all().where(OriginalRow.recording_id == recording))), None)

    def of(self, report: Id) -> list[Original]:
        """All originals of a report, the oldest first."""
        return self._found(_all().where(OriginalRow.report_id == report))

    def waiting(self, report: Id) -> list[Original]:
        """Those of a report that nobody has settled yet, the oldest first."""
        return [one for one in self.of(report) if one.settled_at is None]

    def waiting_below(self, path: str) -> list[Original]:
        """All that wait at a path or below it, the oldest first."""
        return self._found(_all().where(col(OriginalRow.settled_at).is_(None), col(UnitRow.path).startswith(path)))

    def untold(self) -> list[Original]:
        """What no officer has heard of and still waits, once the first of it has waited for the others."""
        untold = _all().where(col(OriginalRow.told_at).is_(None), col(OriginalRow.settled_at).is_(None))
        found = self._found(untold.with_for_update(of=OriginalRow, skip_locked=True))
        return found if found and found[0].said_at + TOLD_AFTER <= self._scribe.now else []

    def told(self, originals: Sequence[Original]) -> None:
        """An officer has heard that they are there."""
        for one in originals:
            self._session.get_one(OriginalRow, one.id).told_at = self._scribe.now

    def settle(self, originals: Sequence[Original]) -> None:
        """They were listened to or looked at; settling twice settles once."""
        for one in originals:
            row = self._session.get_one(OriginalRow, one.id)
            if row.settled_at is None:
                row.settled_at = self._scribe.now
                self._scribe.note("settle", "original", row.id, for_person=row.by_id)
        self._session.flush()

    def had_their_time(self) -> list[Original]:
        """Those whose bytes have been kept long enough: settled, their period closed, both ``KEPT_FOR`` ago."""
        before = self._scribe.now - KEPT_FOR
        closed = (
            select(ReportRow.id)
            .join(ObligationRow, col(ObligationRow.id) == col(ReportRow.obligation_id))
            .where(col(ObligationRow.closed_at) <= before)
        )
        rows = _all().where(
            col(OriginalRow.settled_at) <= before,
            or_(col(OriginalRow.report_id).is_(None), col(OriginalRow.report_id).in_(closed)),
            or_(col(RecordingRow.state) == "good", col(PhotoRow.state) == "good"),
        )
        return self._found(rows)

    def left_over(self) -> list[Id]:
        """Recordings that belong to nothing and have been kept long enough."""
        used = select(OriginalRow.recording_id).where(col(OriginalRow.recording_id).is_not(None))
        rows = select(RecordingRow.id).where(
            RecordingRow.state == "good",
            col(RecordingRow.arrived_at) <= self._scribe.now - KEPT_FOR,
            col(RecordingRow.id).not_in(used),
        )
        return [Id(found) for found in self._session.exec(rows)]

    def _found(self, rows: Rows) -> list[Original]:
        return _read(self._session, rows)


def originals_of(session: Session, reports: Sequence[UUID]) -> list[Original]:
    """All originals of these reports, the oldest first."""
    return _read(session, _all().where(col(OriginalRow.report_id).in_(reports)))


def _read(session: Session, rows: Rows) -> list[Original]:
    in_order = rows.order_by(col(OriginalRow.said_at), col(OriginalRow.id))
    return [_original(*row) for row in session.exec(in_order)]


def _all() -> Rows:
    return (
        select(OriginalRow, UnitRow, RecordingRow, PhotoRow)
        .join(UnitRow, col(UnitRow.id) == col(OriginalRow.unit_id))
        .outerjoin(RecordingRow, col(RecordingRow.id) == col(OriginalRow.recording_id))
        .outerjoin(PhotoRow, col(PhotoRow.id) == col(OriginalRow.photo_id))
    )


def _original(row: OriginalRow, unit: UnitRow, recording: RecordingRow | None, photo: PhotoRow | None) -> Original:
    attached = recording or photo
    assert attached is not None
    return Original(
        id=Id(row.id),
        medium=Medium.VOICE if recording else Medium.PAGE,
        attached=Id(attached.id),
        unit=Id(unit.id),
        path=unit.path,
        by=Id(row.by_id),
        report=Id(row.report_id) if row.report_id else None,
        said_at=row.said_at,
        state=attached.state,
        seconds=recording.seconds if recording else None,
        settled_at=row.settled_at,
    )
