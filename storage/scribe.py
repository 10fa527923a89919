"""The unit of work that all questions share: the session, the moment, whose hand it is, and where ids come from."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session

from campaigns.ids import Id, identifier
from storage.rows import JournalRow


@dataclass
class Scribe:
    """Writes for one actor at one moment through one bot. ``by`` is set once it is known who acts."""

    session: Session
    now: datetime
    chance: Random
    bot: str = ""
    by: Id | None = None

    def new_id(self) -> Id:
        """A new identifier of this moment."""
        return identifier(self.now, self.chance)

    def note(
        self,
        action: str,
        kind: str,
        object_id: UUID,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        for_person: UUID | None = None,
    ) -> None:
        """Write into the journal what was done; kept or lost together with the change itself."""
        row = JournalRow(at=self.now, bot=self.bot, action=action, kind=kind, object_id=object_id)
        row.person_id, row.for_person_id, row.before, row.after = self.by, for_person, before, after
        self.session.add(row)
