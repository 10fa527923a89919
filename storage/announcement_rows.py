"""Rows of announcements and of each recipient's copy."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.types import Moment, Serial, Table

_WAITING = text("fate = 'waiting'")


class AnnouncementRow(Table, table=True):
    """What is announced, by whom, and where it stands. ``attempt`` counts how often what failed is tried."""

    __tablename__ = "announcement"
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    words: str
    audience: str
    by_id: UUID = Field(foreign_key="person.id")
    state: str = Field(index=True)
    attempt: int = 1
    confirmed: str = Field(unique=True)
    sent_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class DeliveryRow(Table, table=True):
    """One recipient's copy: its message once it was handed over, and its fate."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("announcement_id", "person_id"),
        UniqueConstraint("announcement_id", "group_id"),
        Index("ix_delivery_waiting", "announcement_id", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    announcement_id: UUID = Field(foreign_key="announcement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    group_id: UUID | None = Field(default=None, foreign_key="group.id")
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", sa_type=Serial, index=True)
    fate: str = "waiting"
