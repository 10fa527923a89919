"""What the program said of its own accord and never handed to a channel, because it was gone: taken back, so that it is
composed anew at an hour that suits people, if anybody still needs it then."""

from uuid import UUID

from sqlmodel import col, or_, select, update

from campaigns.ids import Id
from storage.machine_rows import OutboxRow
from storage.reminder_rows import DigestRow, ReminderRow
from storage.scribe import Scribe

FORM, REMINDER, DIGESTS = "ask", "remind", ("digest", "escalation")


class Unsent:
    """Questions about what lies unsent."""

    def __init__(self, scribe: Scribe) -> None:
        self._session = scribe.session

    def take_back(self) -> list[Id]:
        """Take back forms, reminders and digests; the obligations whose forms are to go out anew.

        A reminder that one of two people has got already is not composed again for the other.
        """
        forms = set()
        for row in self._waiting():
            kind, _, about = (row.key or "").partition(":")
            if kind == FORM:
                forms.add(Id(UUID(about)))
            elif kind in DIGESTS:
                self._session.get_one(DigestRow, int(about)).settled_at = None
            self._session.delete(row)
            self._session.flush()
            if kind == REMINDER and not self._told_anybody(row.key):
                again = update(ReminderRow).where(col(ReminderRow.message) == row.key)
                self._session.exec(again.values(settled_at=None, message=None))
        return sorted(forms)

    def _waiting(self) -> list[OutboxRow]:
        of_its_own = or_(*(col(OutboxRow.key).startswith(f"{kind}:") for kind in (FORM, REMINDER, *DIGESTS)))
        surely_not_there = (OutboxRow.state == "new", ~col(OutboxRow.repeated), OutboxRow.part == 0)
        rows = select(OutboxRow).where(of_its_own, *surely_not_there).order_by(col(OutboxRow.id))
        return list(self._session.exec(rows.with_for_update()))

    def _told_anybody(self, key: str | None) -> bool:
        return self._session.exec(select(OutboxRow.id).where(OutboxRow.key == key).limit(1)).first() is not None
