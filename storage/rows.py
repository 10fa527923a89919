"""Rows of the business: who, which campaign, who owes what, what was reported, who did what. Ids are UUIDv7.

Names of people and places live in PersonRow and UnitRow alone, so that somebody can be erased.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, UniqueConstraint
from sqlmodel import Field

from storage.types import Moment, Serial, Table


class UnitRow(Table, table=True):
    """A unit of the forest. ``path`` is the ids from the root down, so "this unit and below" is a prefix."""

    __tablename__ = "unit"
    id: UUID = Field(primary_key=True)
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id")
    path: str = Field(unique=True)
    kind: str
    name: str
    roster: int = 0
    allied: bool = False
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class UnitNameRow(Table, table=True):
    """A name that a unit had until some moment."""

    __tablename__ = "unit_name"
    id: UUID = Field(primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    kind: str
    name: str
    until: datetime = Field(sa_type=Moment)


class SuccessionRow(Table, table=True):
    """A unit that was merged or split, and one that came after it."""

    __tablename__ = "succession"
    before_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    after_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    at: datetime = Field(sa_type=Moment)


class PersonRow(Table, table=True):
    """Somebody. ``called`` is what they are greeted by, ``address`` how (bác, chị, …)."""

    __tablename__ = "person"
    id: UUID = Field(primary_key=True)
    name: str
    called: str
    address: str
    phone: str | None = None


class RoleRow(Table, table=True):
    """A role of a person over a unit, from when until when."""

    __tablename__ = "role"
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    role: str
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


class AccountRow(Table, table=True):
    """A person's address with one bot, a group's, or a stranger's. Locked while one of its messages is handled.

    ``gone_at``: it cannot be reached since then, until something comes from it again. ``menu`` is which menu of
    commands the vendor shows there. ``place`` counts the people (or the groups) that were with the bot when it came.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("bot", "chat"),)
    id: UUID = Field(primary_key=True)
    bot: str
    chat: str
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    stepwise: bool | None = None
    group: bool = False
    place: int = 0
    seen_at: datetime = Field(sa_type=Moment)
    gone_at: datetime | None = Field(default=None, sa_type=Moment)
    menu: str = ""


class InvitationRow(Table, table=True):
    """An invitation for one person; only the digest of its code is kept, and it opens once."""

    __tablename__ = "invitation"
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: UUID | None = Field(default=None, foreign_key="account.id")


class ConsentRow(Table, table=True):
    """What somebody agreed to, to which wording, and when."""

    __tablename__ = "consent"
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    purpose: str
    wording: str
    given_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class CampaignRow(Table, table=True):
    """A campaign, launched over a unit and all below it. ``receipts`` counts the numbers given."""

    __tablename__ = "campaign"
    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    receipts: int = 0


class OfferRow(Table, table=True):
    """A campaign that can be launched, with what is proposed for it, as configuration had it when the program began."""

    __tablename__ = "offer"
    slug: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class EditionRow(Table, table=True):
    """One edition of a campaign, as it was launched or changed, and by whom (nobody: from files); never changed."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)
    id: UUID = Field(primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    number: int
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    launched_at: datetime = Field(sa_type=Moment)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")


class ObligationRow(Table, table=True):
    """A registration owes a report on a period, with every moment as it was planned; extended, ``planned_due_at`` says
    when it was due before. Reminders are planned for the due moment in ``steps_for``."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("registration_id", "kind", "number", "start"),)
    id: UUID = Field(primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    edition: int
    kind: str
    number: int
    start: date
    end: date
    ask_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    close_at: datetime = Field(sa_type=Moment)
    asked_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    first_said_at: datetime | None = Field(default=None, sa_type=Moment)
    excused_at: datetime | None = Field(default=None, sa_type=Moment)
    excuse: str | None = None
    planned_due_at: datetime | None = Field(default=None, sa_type=Moment)
    extension: str | None = None
    steps_for: datetime | None = Field(default=None, sa_type=Moment)


class ReportRow(Table, table=True):
    """The one report on an obligation. ``revision`` moves with every change, so a stale act is noticed."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("campaign_id", "receipt"),)
    id: UUID = Field(primary_key=True)
    obligation_id: UUID = Field(foreign_key="obligation.id", unique=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    receipt: str
    state: str
    revision: int = 0
    reason: str | None = None


class VersionRow(Table, table=True):
    """What was submitted at one moment; only ever added."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("report_id", "number"), UniqueConstraint("report_id", "confirmed"))
    id: UUID = Field(primary_key=True)
    report_id: UUID = Field(foreign_key="report.id")
    number: int
    story: str | None = None
    by_id: UUID = Field(foreign_key="person.id")
    on_behalf_of_id: UUID | None = Field(default=None, foreign_key="person.id")
    source: str
    said_at: datetime = Field(sa_type=Moment)
    received_at: datetime = Field(sa_type=Moment)
    handled_at: datetime = Field(sa_type=Moment)
    confirmed: str


class FigureRow(Table, table=True):
    """One figure of a version: an integer of ten-thousandths, its measure and the words as typed."""

    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("version_id", "item"),)
    id: UUID = Field(primary_key=True)
    version_id: UUID = Field(foreign_key="version.id")
    place: int
    item: str
    how: str
    amount: int | None = Field(default=None, sa_type=BigInteger)
    measure: str
    said: str
    estimate: bool = False
    odd: bool = False


class PhotoRow(Table, table=True):
    """A photo as it arrived: kept aside until it was checked, then good or refused with a reason.

    ``source`` is where the channel keeps it, until it was fetched from there.
    """

    __tablename__ = "photo"
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    state: str = Field(default="waiting", index=True)
    why: str | None = None
    arrived_at: datetime = Field(sa_type=Moment)
    source: str | None = None
    tries: int = 0
    due_at: datetime | None = Field(default=None, sa_type=Moment)


class VersionPhotoRow(Table, table=True):
    """A photo belongs to a version."""

    __tablename__ = "version_photo"
    version_id: UUID = Field(foreign_key="version.id", primary_key=True)
    photo_id: UUID = Field(foreign_key="photo.id", primary_key=True)
    place: int


class JournalRow(Table, table=True):
    """Who did what to what, for whom, when, through which bot; ids only."""

    __tablename__ = "journal"
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    at: datetime = Field(sa_type=Moment)
    bot: str
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    for_person_id: UUID | None = Field(default=None, foreign_key="person.id")
    action: str
    kind: str
    object_id: UUID
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
