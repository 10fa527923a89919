"""Rows of requests: what units asked for in their reports."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.types import Moment, Table

_OPEN = text("answered_at is null")


class RequestRow(Table, table=True):
    """A request out of a report: who owns it, by when an answer is promised, and the answer.

    The owner hears of the promise on its day (``reminded_at``), a leader after a week (``raised_at``); the answer is
    told alone or at the head of ``told_with``, the unit's next form.
    """

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_open", "promised", sqlite_where=_OPEN, postgresql_where=_OPEN),)
    id: UUID = Field(primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", unique=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    said: str
    owner_id: UUID = Field(foreign_key="person.id")
    promised: date
    taken_at: datetime = Field(sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    raised_at: datetime | None = Field(default=None, sa_type=Moment)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    told_with: UUID | None = Field(default=None, foreign_key="obligation.id", index=True)
