"""Rows of reminders and of what officers and leaders are told about who is missing."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.types import Moment, Serial, Table

_WAITING = text("settled_at is null")


class ReminderRow(Table, table=True):
    """One step for one obligation, to be composed ``at`` a moment: sent in a ``message`` (its key in the outbox), or
    ``cleared`` with the reason."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("obligation_id", "step", "due_at"),
        Index("ix_reminder_waiting", "at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    obligation_id: UUID = Field(foreign_key="obligation.id")
    step: str
    due_at: datetime = Field(sa_type=Moment)
    at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    message: str | None = Field(default=None, index=True)
    cleared: str | None = None


class DigestRow(Table, table=True):
    """Who is missing in a period that was due, to be told once ``at`` a moment: to officers, or one level up."""

    __tablename__ = "digest"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "number", "start", "up", "due_at"),
        Index("ix_digest_waiting", "at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    kind: str
    number: int
    start: date
    up: bool = False
    due_at: datetime = Field(sa_type=Moment)
    at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
