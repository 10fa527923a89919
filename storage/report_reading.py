"""Reports from their rows: as many statements for a thousand reports as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from campaigns.ids import Id
from campaigns.report import Figure, How, Report, Source, State, Version
from storage.rows import FigureRow, PhotoRow, ReportRow, VersionPhotoRow, VersionRow

NOT_SHOWN = ("refused", "letting_go", "erased")


def read_reports(session: Session, rows: Sequence[ReportRow]) -> list[Report]:
    """The reports of these rows, in the same order, each with all its versions."""
    if not rows:
        return []
    in_order = col(VersionRow.report_id).in_([row.id for row in rows])
    versions = session.exec(select(VersionRow).where(in_order).order_by(col(VersionRow.number))).all()
    parts = _figures(session, versions), _photos(session, versions)
    found: defaultdict[UUID, list[Version]] = defaultdict(list)
    for version in versions:
        found[version.report_id].append(_version(version, *(of[version.id] for of in parts)))
    return [_report(row, found[row.id]) for row in rows]


def _figures(session: Session, versions: Iterable[VersionRow]) -> defaultdict[UUID, list[Any]]:
    rows = select(FigureRow).where(col(FigureRow.version_id).in_([one.id for one in versions]))
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for figure in session.exec(rows.order_by(col(FigureRow.place))):
        found[figure.version_id].append(figure)
    return found


def _photos(session: Session, versions: Iterable[VersionRow]) -> defaultdict[UUID, list[Any]]:
    rows = (
        select(VersionPhotoRow)
        .join(PhotoRow, col(PhotoRow.id) == col(VersionPhotoRow.photo_id))
        .where(col(VersionPhotoRow.version_id).in_([one.id for one in versions]))
        .where(col(PhotoRow.state).not_in(NOT_SHOWN))
    )
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for photo in session.exec(rows.order_by(col(VersionPhotoRow.place))):
        found[photo.version_id].append(photo)
    return found


def _report(row: ReportRow, versions: Iterable[Version]) -> Report:
    state = State(row.state)
    return Report(Id(row.id), Id(row.obligation_id), row.receipt, state, tuple(versions), row.reason, row.revision)


def _version(row: VersionRow, figures: Sequence[FigureRow], photos: Sequence[VersionPhotoRow]) -> Version:
    said: dict[str, Any] = {"said_at": row.said_at, "received_at": row.received_at, "handled_at": row.handled_at}
    return Version(
        number=row.number,
        figures=tuple(Figure(f.item, How(f.how), f.amount, f.measure, f.said, f.estimate, f.odd) for f in figures),
        story=row.story,
        photos=tuple(Id(photo.photo_id) for photo in photos),
        by=Id(row.by_id),
        on_behalf_of=Id(row.on_behalf_of_id) if row.on_behalf_of_id else None,
        source=Source(row.source),
        confirmed=row.confirmed,
        **said,
    )
