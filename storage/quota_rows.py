"""Rows of a bot's month, and of codes that join a second account to somebody."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from storage.types import Moment, Table


class SpentRow(Table, table=True):
    """How many messages a bot sent in a month (by its first day), by the story that said them and by lane."""

    __tablename__ = "spent"
    bot: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    story: str = Field(primary_key=True)
    lane: str = Field(primary_key=True)
    messages: int = 0


class QuotaToldRow(Table, table=True):
    """At so many percent of a bot's month the officers were told, so that they are told once."""

    __tablename__ = "quota_told"
    bot: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    percent: int = Field(primary_key=True)


class PairingRow(Table, table=True):
    """A code that somebody asked for to be known on another channel too; only its digest is kept."""

    __tablename__ = "pairing"
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
