"""Rows of files that were asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.types import Moment, Table

_TO_MAKE = text("state = 'to_make'")


class DocumentRow(Table, table=True):
    """A file to be made, then good, or failed; letting_go where it is not to be kept; erased in the end.

    ``leased_until``, in machine time: somebody is at it. ``attempt`` fences who was at it before.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index(
            "uq_document_to_make",
            "account_id",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=_TO_MAKE,
            postgresql_where=_TO_MAKE,
        ),
    )
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    kind: str
    subject_id: UUID
    state: str = Field(default="to_make", index=True)
    name: str = ""
    attempt: int = 0
    asked_at: datetime = Field(sa_type=Moment)
    made_at: datetime | None = Field(default=None, sa_type=Moment)
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
