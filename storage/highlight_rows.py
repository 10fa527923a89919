"""Rows of highlights. The name of whoever is praised lives in PersonRow alone."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.types import Moment, Table


class HighlightRow(Table, table=True):
    """A deed, who did it, who told of it, and who agreed to what, how and to which wording."""

    __tablename__ = "highlight"
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    by_id: UUID = Field(foreign_key="person.id")
    deed: str
    when: str
    child: bool = False
    photo_id: UUID | None = Field(default=None, foreign_key="photo.id")
    photo_agreed: bool = False
    heard: str | None = None
    heard_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    paper_id: UUID | None = Field(default=None, foreign_key="photo.id", index=True)
    guardian_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    relation: str | None = None
    wording: str | None = None
    agreed_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    state: str = Field(index=True)
    revision: int = 0
    approved_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    card_id: UUID | None = Field(default=None, foreign_key="photo.id", unique=True)
    nominated_at: datetime = Field(sa_type=Moment)


class PostingRow(Table, table=True):
    """A highlight was posted in a group."""

    __tablename__ = "posting"
    highlight_id: UUID = Field(foreign_key="highlight.id", primary_key=True)
    group_id: UUID = Field(foreign_key="group.id", primary_key=True)
    at: datetime = Field(sa_type=Moment)
