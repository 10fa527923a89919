"""What was reported: versions that are only added, and a state that moves by one table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.report import Figure, Report, State, Step, Version, moved
from storage.report_reading import read_reports
from storage.rows import (
    CampaignRow,
    FigureRow,
    ObligationRow,
    ReportRow,
    VersionPhotoRow,
    VersionRow,
)
from storage.scribe import Scribe


class StaleReport(Exception):
    """The report has changed since it was looked at, or the table of transitions has no such step from its state."""


@dataclass(frozen=True)
class Approved:
    """A figure that was taken in, in ten-thousandths, with the days of its period."""

    item: str
    amount: int
    estimate: bool
    start: date
    end: date


class Reports:
    """Questions about reports."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def of(self, obligation: UUID) -> Report | None:
        """The report on an obligation, if there is one."""
        row = self._session.exec(select(ReportRow).where(ReportRow.obligation_id == obligation)).first()
        return self._report(row) if row else None

    def report(self, report: UUID) -> Report | None:
        """The report of that id, held until the end of this unit of work; none where there is no such."""
        row = self._session.exec(select(ReportRow).where(ReportRow.id == report).with_for_update()).first()
        return self._report(row) if row else None

    def waiting(self, unit: Id) -> list[Report]:
        """A unit's reports that nobody has taken in yet, closed or not, the one due first first."""
        rows = (
            select(ReportRow)
            .join(ObligationRow, col(ObligationRow.id) == col(ReportRow.obligation_id))
            .where(ObligationRow.unit_id == unit, ReportRow.state == State.SUBMITTED)
            .order_by(col(ObligationRow.due_at))
        )
        return [self._report(row) for row in self._session.exec(rows)]

    def obligation_of(self, report: UUID) -> Id | None:
        """What a report is about; none where there is no such report."""
        row = self._session.get(ReportRow, report)
        return Id(row.obligation_id) if row else None

    def confirmed_with(self, token: str) -> Report | None:
        """The report that was submitted by confirming this very screen."""
        rows = select(ReportRow).join(VersionRow, col(VersionRow.report_id) == col(ReportRow.id))
        row = self._session.exec(rows.where(VersionRow.confirmed == token)).first()
        return self._report(row) if row else None

    def submit(self, obligation: Obligation, version: Version) -> Report:
        """Add a version: the first opens the report with the next short number, a later one corrects it.

        Raises StaleReport where the report cannot be corrected from its state.
        """
        row = self._session.exec(select(ReportRow).where(ReportRow.obligation_id == obligation.id)).first()
        step = "submit" if row is None else str(Step.CORRECT)
        before = None if row is None else {"state": row.state, "version": version.number - 1}
        row = self._opened(obligation) if row is None else self._moved(row, Step.CORRECT)
        self._add(row.id, version)
        after = {"state": row.state, "version": version.number}
        self._scribe.note(step, "report", row.id, before=before, after=after, for_person=version.on_behalf_of)
        return self._report(row)

    def step(self, report: Report, step: Step, reason: str | None = None) -> Report:
        """Approve or return the report as it was seen. Raises StaleReport where it has changed since."""
        row = self._session.exec(select(ReportRow).where(ReportRow.id == report.id).with_for_update()).one()
        if row.revision != report.revision:
            raise StaleReport
        before = {"state": row.state}
        self._moved(row, step, reason)
        self._scribe.note(step, "report", row.id, before=before, after={"state": row.state})
        return self._report(row)

    def last_figures(self, obligation: Obligation) -> dict[str, int]:
        """The newest amount of every item that the registration reported for an earlier period, in ten-thousandths."""
        return self._newest(
            ObligationRow.registration_id == obligation.registration, col(ObligationRow.ask_at) < obligation.ask_at
        )

    def newest_figures(self, registration: Id) -> dict[str, int]:
        """The newest amount of every item that a registration ever reported, in ten-thousandths."""
        return self._newest(ObligationRow.registration_id == registration)

    def approved(self, registration: Id, until: date) -> list[Approved]:
        """Every figure that was taken in for periods that end by a day, in order of their ends; none is left out as
        "chưa rõ", because that is no figure."""
        return approved_figures(self._session, [registration], until)[registration]

    def _newest(self, *of: Any) -> dict[str, int]:
        rows = (
            select(FigureRow.item, FigureRow.amount, VersionRow.report_id, VersionRow.number)
            .where(FigureRow.version_id == VersionRow.id, VersionRow.report_id == ReportRow.id)
            .where(ReportRow.obligation_id == ObligationRow.id, *of)
            .order_by(col(ObligationRow.ask_at), col(VersionRow.number))
        )
        newest: dict[tuple[str, UUID], int | None] = {}
        for item, amount, report, _ in self._session.exec(rows):
            newest[item, report] = amount
        return {item: amount for (item, _), amount in newest.items() if amount is not None}

    def _opened(self, obligation: Obligation) -> ReportRow:
        campaign = self._session.exec(
            select(CampaignRow).where(CampaignRow.id == obligation.campaign).with_for_update()
        ).one()
        campaign.receipts += 1
        row = ReportRow(
            id=self._scribe.new_id(),
            obligation_id=obligation.id,
            campaign_id=obligation.campaign,
            receipt=f"{obligation.period.number}-{campaign.receipts:02}",
            state=State.SUBMITTED,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def _moved(self, row: ReportRow, step: Step, reason: str | None = None) -> ReportRow:
        state = moved(State(row.state), step)
        if state is None:
            raise StaleReport
        row.state, row.revision, row.reason = state, row.revision + 1, reason
        self._session.flush()
        return row

    def _add(self, report: UUID, version: Version) -> None:
        row = VersionRow(
            id=self._scribe.new_id(),
            report_id=report,
            number=version.number,
            story=version.story,
            by_id=version.by,
            on_behalf_of_id=version.on_behalf_of,
            source=version.source,
            said_at=version.said_at,
            received_at=version.received_at,
            handled_at=version.handled_at,
            confirmed=version.confirmed,
        )
        self._session.add(row)
        self._session.flush()
        for place, figure in enumerate(version.figures):
            self._session.add(_figure_row(self._scribe.new_id(), row.id, place, figure))
        for place, photo in enumerate(version.photos):
            self._session.add(VersionPhotoRow(version_id=row.id, photo_id=photo, place=place))
        self._session.flush()

    def _report(self, row: ReportRow) -> Report:
        return read_reports(self._session, [row])[0]


def approved_figures(session: Session, registrations: Sequence[UUID], until: date) -> defaultdict[Id, list[Approved]]:
    """Every figure of each registration that was taken in for periods that end by a day, in order of their ends."""
    rows = (
        select(ReportRow, ObligationRow)
        .where(ReportRow.obligation_id == ObligationRow.id, ReportRow.state == State.APPROVED)
        .where(col(ObligationRow.registration_id).in_(registrations), col(ObligationRow.end) <= until)
        .order_by(col(ObligationRow.end), col(ObligationRow.ask_at))
    )
    found = session.exec(rows).all()
    approved: defaultdict[Id, list[Approved]] = defaultdict(list)
    for report, (_, o) in zip(read_reports(session, [row for row, _ in found]), found, strict=True):
        approved[Id(o.registration_id)] += [
            Approved(one.item, one.amount, one.estimate, o.start, o.end)
            for one in report.latest.figures
            if one.amount is not None
        ]
    return approved


def _figure_row(identifier: UUID, version: UUID, place: int, figure: Figure) -> FigureRow:
    return FigureRow(
        id=identifier,
        version_id=version,
        place=place,
        item=figure.item,
        how=figure.how,
        amount=figure.amount,
        measure=figure.measure,
        said=figure.said,
        estimate=figure.estimate,
        odd=figure.odd,
    )
