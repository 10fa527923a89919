"""Rows of what is told by voice or on a photographed page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.types import Moment, Table

_WAITS = text("settled_at is null")


class RecordingRow(Table, table=True):
    """A voice message as it arrived: to be fetched, then good, or refused with a reason; erased in the end.

    ``source`` is where the channel keeps it, until it was fetched from there. ``kind`` is its container.
    """

    __tablename__ = "recording"
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    state: str = Field(index=True)
    why: str | None = None
    arrived_at: datetime = Field(sa_type=Moment)
    source: str | None = None
    tries: int = 0
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    kind: str | None = None
    seconds: int | None = None


class OriginalRow(Table, table=True):
    """What a recording or a photo is told for: a report, or without one a word to the officer of the unit.

    An officer hears of it once (``told_at``) and has it until it is settled: written down, or listened to.
    """

    __tablename__ = "original"
    __table_args__ = (Index("ix_original_waits", "unit_id", sqlite_where=_WAITS, postgresql_where=_WAITS),)
    id: UUID = Field(primary_key=True)
    recording_id: UUID | None = Field(default=None, foreign_key="recording.id", unique=True)
    photo_id: UUID | None = Field(default=None, foreign_key="photo.id", unique=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    by_id: UUID = Field(foreign_key="person.id")
    report_id: UUID | None = Field(default=None, foreign_key="report.id", index=True)
    said_at: datetime = Field(sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
