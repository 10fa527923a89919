"""Where conversations stand. One is open per account; the others are parked on what they are about."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from campaigns.ids import Id
from storage import inbox
from storage.machine_rows import ConversationRow
from storage.scribe import Scribe


@dataclass(frozen=True)
class Conversation:
    """A guided conversation about a subject: the answers so far, what is asked back, and what it was begun with."""

    id: Id
    account: Id
    story: str
    subject: Id
    stepwise: bool
    answers: dict[str, Any] = field(default_factory=dict)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)


class Conversations:
    """Questions about conversations."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def words(self, account: Id, number: int) -> str | None:
        """What was said in a message of an account, by the number it is kept under; none where it is not kept."""
        return inbox.words(self._session, account, number)

    def open_of(self, account: Id) -> Conversation | None:
        """The open conversation of an account."""
        row = self._open_row(account)
        return _value(row) if row else None

    def begin(
        self, account: Id, story: str, subject: Id, *, stepwise: bool, context: dict[str, Any] | None = None
    ) -> Conversation:
        """Open a conversation about a subject: a parked one goes on with what was answered, otherwise a new one."""
        self.park(account)
        row = self._session.exec(
            select(ConversationRow).where(
                ConversationRow.account_id == account,
                ConversationRow.story == story,
                ConversationRow.subject_id == subject,
            )
        ).first()
        row = row or self._new(account, story, subject)
        row.open, row.stepwise, row.context, row.updated_at = True, stepwise, context or {}, self._scribe.now
        self._session.flush()
        return _value(row)

    def of(self, account: Id, story: str, subject: Id) -> Conversation | None:
        """The conversation of an account in a story about a subject, open or parked."""
        rows = select(ConversationRow).where(
            ConversationRow.account_id == account,
            ConversationRow.story == story,
            ConversationRow.subject_id == subject,
        )
        row = self._session.exec(rows).first()
        return _value(row) if row else None

    def keep(self, conversation: Conversation) -> Conversation:
        """Keep a conversation as it is now."""
        row = self._session.get_one(ConversationRow, conversation.id)
        row.answers, row.doubts, row.context = conversation.answers, conversation.doubts, conversation.context
        row.updated_at = self._scribe.now
        self._session.flush()
        return conversation

    def park(self, account: Id) -> str | None:
        """Park the open conversation, if any; its answers are kept. Whose story it was."""
        row = self._open_row(account)
        if row is None:
            return None
        row.open = False
        self._session.flush()
        return row.story

    def about(self, subject: Id) -> list[Conversation]:
        """Everybody's conversations about a subject that have something in them."""
        rows = select(ConversationRow).where(ConversationRow.subject_id == subject).order_by(col(ConversationRow.id))
        return [_value(row) for row in self._session.exec(rows) if row.answers or row.doubts]

    def end(self, conversation: Conversation) -> None:
        """Forget a conversation that came to its end."""
        self._session.delete(self._session.get_one(ConversationRow, conversation.id))
        self._session.flush()

    def forget(self, account: Id, story: str, subject: Id) -> None:
        """Forget what an account has parked of a story, so that it begins anew."""
        parked = select(ConversationRow).where(
            ConversationRow.account_id == account,
            ConversationRow.story == story,
            ConversationRow.subject_id == subject,
        )
        for row in self._session.exec(parked):
            self._session.delete(row)
        self._session.flush()

    def end_all_about(self, subject: Id) -> None:
        """Forget all conversations about a subject that is closed."""
        for row in self._session.exec(select(ConversationRow).where(ConversationRow.subject_id == subject)):
            self._session.delete(row)
        self._session.flush()

    def _open_row(self, account: Id) -> ConversationRow | None:
        rows = select(ConversationRow).where(ConversationRow.account_id == account, col(ConversationRow.open))
        return self._session.exec(rows).first()

    def _new(self, account: Id, story: str, subject: UUID) -> ConversationRow:
        row = ConversationRow(
            id=self._scribe.new_id(),
            account_id=account,
            story=story,
            subject_id=subject,
            answers={},
            doubts=[],
            context={},
            updated_at=self._scribe.now,
        )
        self._session.add(row)
        return row


def _value(row: ConversationRow) -> Conversation:
    return Conversation(
        Id(row.id),
        Id(row.account_id),
        row.story,
        Id(row.subject_id),
        row.stepwise,
        row.answers,
        row.doubts,
        row.context,
    )
