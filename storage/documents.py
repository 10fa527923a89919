"""Files that are made for people: asked for, made by one job, kept for some days, then taken from the disk."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import and_, col, or_, select, update

from campaigns.document import KEPT_FOR, Document, Kind
from campaigns.ids import Id
from storage.document_rows import DocumentRow
from storage.scribe import Scribe

LEASE = timedelta(minutes=1)  # machine time; the longest takes some seconds


class Documents:
    """Questions about files."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def ask(self, account: Id, kind: Kind, subject: Id) -> bool:
        """Have a file made for an account; false where that very one is being made for it already."""
        waits = select(DocumentRow.id).where(
            DocumentRow.account_id == account,
            DocumentRow.kind == kind,
            DocumentRow.subject_id == subject,
            DocumentRow.state == "to_make",
        )
        if self._session.exec(waits).first():
            return False
        now, new = self._scribe.now, self._scribe.new_id()
        row = DocumentRow(id=new, account_id=account, kind=kind, subject_id=subject, asked_at=now)
        self._session.add(row)
        self._session.flush()
        self._scribe.note("ask", "document", row.id, after={"kind": kind, "subject": str(subject)})
        return True

    def claim(self, machine: datetime) -> Document | None:
        """The file asked for first that nobody is at, for one who makes it within ``LEASE``; none where none waits."""
        free = or_(col(DocumentRow.leased_until).is_(None), col(DocumentRow.leased_until) <= machine)
        rows = select(DocumentRow).where(DocumentRow.state == "to_make", free)
        row = self._session.exec(
            rows.order_by(col(DocumentRow.asked_at), col(DocumentRow.id)).limit(1).with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.leased_until, row.attempt = machine + LEASE, row.attempt + 1
        self._session.flush()
        return _document(row)

    def made(self, document: Document, name: str) -> bool:
        """It lies on the disk now; false for who was too slow, so that another was put at it."""
        return self._settle(document, "good", name)

    def failed(self, document: Document) -> bool:
        """It cannot be made; false for who was too slow."""
        return self._settle(document, "failed")

    def _settle(self, document: Document, state: str, name: str = "") -> bool:
        row = self._session.exec(select(DocumentRow).where(DocumentRow.id == document.id).with_for_update()).one()
        if row.state != "to_make" or row.attempt != document.attempt:
            return False
        row.state, row.name, row.made_at = state, name, self._scribe.now
        self._session.flush()
        return True

    def good(self, document: UUID) -> Document | None:
        """A file that lies on the disk; none where there is none, or none any more."""
        row = self._session.get(DocumentRow, document)
        return _document(row) if row and row.state == "good" else None

    def let_go(self, subject: Id) -> None:
        """What was made about this is not to be kept any longer, and whoever is making some of it was too slow.

        Those first: who is just settling one is waited for, and then it is let go like the others.
        """
        about = update(DocumentRow).where(col(DocumentRow.subject_id) == subject)
        again = {"attempt": col(DocumentRow.attempt) + 1, "leased_until": None}
        self._session.exec(about.where(col(DocumentRow.state) == "to_make").values(**again))
        self._session.exec(about.where(col(DocumentRow.state) == "good").values(state="letting_go"))

    def to_erase(self, now: datetime) -> Id | None:
        """The first that has been kept long enough, or is not to be kept."""
        old = and_(col(DocumentRow.state) == "good", col(DocumentRow.made_at) <= now - KEPT_FOR)
        over = or_(col(DocumentRow.state) == "letting_go", old)
        found = self._session.exec(select(DocumentRow.id).where(over).limit(1)).first()
        return Id(found) if found else None

    def erased(self, document: Id) -> None:
        """It is no longer on the disk."""
        self._session.get_one(DocumentRow, document).state = "erased"


def _document(row: DocumentRow) -> Document:
    return Document(Id(row.id), Kind(row.kind), Id(row.subject_id), Id(row.account_id), row.attempt, row.name)
