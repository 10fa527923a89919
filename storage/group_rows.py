"""Rows of groups."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.types import Moment, Table


class GroupRow(Table, table=True):
    """A group for one purpose of a campaign: asked for by an officer, linked by whoever types the code in it, ended.

    Only the digest of the code is kept; ``name`` is the officer's, for telling groups apart.
    """

    __tablename__ = "group"
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    purpose: str
    name: str
    digest: str = Field(unique=True)
    asked_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = Field(sa_type=Moment)
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    linked_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
