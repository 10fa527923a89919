"""Two accounts that turn out to be one chat: a group that its vendor moved, and what it wrote from its new address."""

from sqlmodel import Session, SQLModel, col, delete, select, update

from storage.group_rows import GroupRow
from storage.machine_rows import ChatPaceRow, CodeAttemptRow, ConversationRow, InboxRow, OutboxRow
from storage.original_rows import RecordingRow
from storage.rows import AccountRow, InvitationRow, PhotoRow

_HELD: tuple[type[SQLModel], ...] = (InboxRow, OutboxRow, CodeAttemptRow, GroupRow, PhotoRow, RecordingRow)


def merge_into(session: Session, account: AccountRow, chat: str) -> None:
    """Whatever an account at that address of the same bot holds becomes the given account's; the other is no more."""
    at = (AccountRow.bot == account.bot, AccountRow.chat == chat)
    young = session.exec(select(AccountRow).where(*at).with_for_update()).first()
    if young is None:
        return
    for rows in _HELD:
        session.exec(update(rows).where(col(rows.account_id) == young.id).values(account_id=account.id))  # type: ignore[attr-defined]
    session.exec(update(InvitationRow).where(col(InvitationRow.used_by) == young.id).values(used_by=account.id))
    for own in (ConversationRow, ChatPaceRow):
        session.exec(delete(own).where(col(own.account_id) == young.id))
    session.delete(young)
    session.flush()
