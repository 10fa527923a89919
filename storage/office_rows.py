"""Rows of how offices begin: the claim on an empty program, and roles that wait for a second yes."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.types import Moment, Table


class ClaimRow(Table, table=True):
    """The one-time code by which the first officer claims an empty program; only its digest is kept."""

    __tablename__ = "claim"
    id: UUID = Field(primary_key=True)
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class PendingRoleRow(Table, table=True):
    """A role that was offered, and counts only once an officer has confirmed who took it."""

    __tablename__ = "pending_role"
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    role: str
    asked_by_id: UUID = Field(foreign_key="person.id")
    joined_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_by_id: UUID | None = Field(default=None, foreign_key="person.id")
