"""What people attach, photos and recordings alike: announced by a channel, then fetched from it, or never had."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlmodel import col, select

from campaigns.ids import Id
from storage.original_rows import RecordingRow
from storage.rows import AccountRow, PhotoRow
from storage.scribe import Scribe

Row = TypeVar("Row", PhotoRow, RecordingRow)


@dataclass(frozen=True)
class ToFetch:
    """What lies with a channel: whose, on which bot, where, and since when it may be fetched."""

    id: Id
    account: Id
    bot: str
    source: str
    due_at: datetime
    recording: bool


class Attachments(Generic[Row]):
    """Questions about one kind of attachment, kept in rows of that kind."""

    def __init__(self, scribe: Scribe, rows: type[Row]) -> None:
        self._scribe = scribe
        self._session = scribe.session
        self._rows: type[Row] = rows

    def announced(self, account: Id, source: str) -> Id:
        """A new one of an account that has to be fetched from ``source``, where its channel keeps it for a while."""
        attached, now = self._scribe.new_id(), self._scribe.now
        row = self._rows(id=attached, account_id=account, state="to_fetch", arrived_at=now)
        row.source, row.due_at = source, now
        self._session.add(row)
        self._session.flush()
        return attached

    def to_fetch(self) -> ToFetch | None:
        """What has waited longest to be fetched by now; none where none is to be."""
        row = self._rows
        rows = (
            select(row, AccountRow)
            .where(row.account_id == AccountRow.id, row.state == "to_fetch")
            .where(col(row.due_at) <= self._scribe.now)
            .order_by(col(row.due_at), col(row.id))
        )
        found = self._session.exec(rows.limit(1)).first()
        if found is None:
            return None
        one, account = found
        assert one.source is not None
        assert one.due_at is not None
        return ToFetch(Id(one.id), Id(account.id), account.bot, one.source, one.due_at, self._rows is RecordingRow)

    def tries(self, attached: Id) -> int:
        """How often fetching it has failed."""
        return self._row(attached).tries

    def fetch_again(self, attached: Id, at: datetime) -> None:
        """Fetching it failed; it is tried again at that moment."""
        row = self._row(attached)
        row.tries, row.due_at = row.tries + 1, at

    def refused(self, attached: Id, why: str) -> None:
        """It will never be had: it was not fetched, or it is not what it should be."""
        row = self._row(attached)
        row.state, row.why, row.source = "refused", why, None

    def let_go_of(self, attached: UUID) -> None:
        """It is not to be kept: a job takes it from the disk."""
        self._row(attached).state = "letting_go"
        self._scribe.note("let_go", str(self._rows.__tablename__), attached)

    def to_erase(self) -> Id | None:
        """The first that is to be taken from the disk."""
        rows = select(self._rows.id).where(self._rows.state == "letting_go").order_by(col(self._rows.id)).limit(1)
        found = self._session.exec(rows).first()
        return Id(found) if found else None

    def erased(self, attached: Id) -> None:
        """It is no longer on the disk; who sent it and when is all that is left."""
        self._row(attached).state = "erased"

    def state(self, attached: UUID) -> str | None:
        """Whether it is to_fetch, waiting (to be checked), good, refused, letting_go, erased; none for no such one."""
        row = self._session.get(self._rows, attached)
        return row.state if row else None

    def owner(self, attached: UUID) -> Id | None:
        """The account that sent it."""
        row = self._session.get(self._rows, attached)
        return Id(row.account_id) if row else None

    def _row(self, attached: UUID) -> Row:
        row: Row = self._session.get_one(self._rows, attached)
        return row
