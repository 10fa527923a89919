"""Rows of registering: units that take part, what they undertook, and who registers below them in their own name.

Whoever stands in ``participant`` said so themself, or somebody heard their yes; nobody is listed for not registering.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.types import Moment, Table

_NOW = text("ended_at is null")


class RegistrationRow(Table, table=True):
    """A unit in a campaign: invited, taking part, or no more. ``cluster`` is the name under which the choices speak of
    it; ``counted`` of ``counted_of`` households register there without names."""

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"),)
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    registered_at: datetime = Field(sa_type=Moment)
    cluster: str = ""
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    state: str = "confirmed"
    tasks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    counted: int | None = None
    counted_of: int | None = None
    reason: str | None = None
    revision: int = 0


class PledgeRow(Table, table=True):
    """A pledge (giao ước) that was signed on paper: the day, and a photo of the paper if there is one."""

    __tablename__ = "pledge"
    registration_id: UUID = Field(foreign_key="registration.id", primary_key=True)
    signed_on: date
    photo_id: UUID | None = Field(default=None, foreign_key="photo.id")


class UndertakingRow(Table, table=True):
    """A work or task that was registered, with its goal in ten-thousandths of its measure.

    It is asked about in what is asked for from ``since`` until ``ended_at``: a change never alters an open form.
    """

    __tablename__ = "undertaking"
    __table_args__ = (
        Index("uq_undertaking_now", "registration_id", "key", unique=True, sqlite_where=_NOW, postgresql_where=_NOW),
    )
    id: UUID = Field(primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    key: str
    label: str
    asked: str
    measure: str
    goal: int | None = Field(default=None, sa_type=BigInteger)
    words: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    rank: int = 0
    since: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class BaselineRow(Table, table=True):
    """Where a figure of a registration stood before the first report, with the unit's own goal, in ten-thousandths."""

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("registration_id", "item"),)
    id: UUID = Field(primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    item: str
    amount: int | None = Field(default=None, sa_type=BigInteger)
    goal: int | None = Field(default=None, sa_type=BigInteger)


class OpenCodeRow(Table, table=True):
    """A code by which anybody registers in their own name, in one campaign and place; only its digest is kept."""

    __tablename__ = "open_code"
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    by_id: UUID = Field(foreign_key="person.id")
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    at_most: int
    used: int = 0
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class ParticipantRow(Table, table=True):
    """A household, a shop or firm, or a person who takes part; they owe one word when done. ``unit_id`` is where they
    are, ``shop_id`` the unit that holds a shop's name, ``by_id`` on whose phone it was said."""

    __tablename__ = "participant"
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    kind: str
    person_id: UUID = Field(foreign_key="person.id", index=True)
    shop_id: UUID | None = Field(default=None, foreign_key="unit.id")
    by_id: UUID = Field(foreign_key="person.id", index=True)
    task: str | None = None
    state: str
    registered_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_words: str | None = None
    done_photo_id: UUID | None = Field(default=None, foreign_key="photo.id")
    left_at: datetime | None = Field(default=None, sa_type=Moment)
