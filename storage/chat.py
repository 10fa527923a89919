"""The web chat's memory: what each chat has shown, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select

from campaigns.ids import Id
from storage.machine_rows import EntryRow, InboxRow, OutboxRow


@dataclass(frozen=True)
class Entry:
    """Something a chat shows: what the person wrote (``said``) or what was answered (``text`` with ``content``)."""

    id: int
    at: datetime
    replaces: int | None
    said: dict[str, Any] | None
    event: str | None
    text: str
    content: dict[str, Any]
    choices: list[dict[str, Any]]
    photos: list[str]
    recordings: list[str]
    documents: list[dict[str, str]]
    repeated: bool


def show_said(session: Session, account: Id, inbox_id: int, at: datetime) -> None:
    """Show in the chat what the person wrote."""
    session.add(EntryRow(account_id=account, inbox_id=inbox_id, at=at))
    session.flush()


def show_sent(session: Session, account: Id, outbox_id: int, at: datetime, edits: str | None) -> str:
    """Show a message in the chat, in place of the entry ``edits`` if given; showing it twice shows it once.

    What renews itself leaves its first and its newest state, so that it never fills a chat's memory.
    """
    row = session.exec(select(EntryRow).where(EntryRow.outbox_id == outbox_id)).first()
    if row is None:
        if edits:
            older = (col(EntryRow.account_id) == account, col(EntryRow.replaces) == int(edits))
            session.exec(delete(EntryRow).where(*older))
        row = EntryRow(account_id=account, outbox_id=outbox_id, at=at, replaces=int(edits) if edits else None)
        session.add(row)
        session.flush()
    return str(row.replaces or row.id)


def entries_after(session: Session, account: Id, after: int, at_most: int = 200) -> list[Entry]:
    """What the chat has shown since, oldest first, ``at_most`` at a time; from the start (0) only the newest."""
    rows = (
        select(EntryRow, InboxRow, OutboxRow)
        .outerjoin(InboxRow, col(EntryRow.inbox_id) == col(InboxRow.id))
        .outerjoin(OutboxRow, col(EntryRow.outbox_id) == col(OutboxRow.id))
        .where(EntryRow.account_id == account, col(EntryRow.id) > after)
        .order_by(col(EntryRow.id) if after else col(EntryRow.id).desc())
        .limit(at_most)
    )
    found = session.exec(rows).all()
    return [_entry(*one) for one in (found if after else reversed(found))]


def entries_of_all(session: Session, after: int, at_most: int = 200) -> list[tuple[Id, Entry]]:
    """What all chats have shown since, oldest first, with whose it is. For a rehearsal, which is watched."""
    rows = (
        select(EntryRow, InboxRow, OutboxRow)
        .outerjoin(InboxRow, col(EntryRow.inbox_id) == col(InboxRow.id))
        .outerjoin(OutboxRow, col(EntryRow.outbox_id) == col(OutboxRow.id))
        .where(col(EntryRow.id) > after)
        .order_by(col(EntryRow.id))
        .limit(at_most)
    )
    return [(Id(row.account_id), _entry(row, inbox, outbox)) for row, inbox, outbox in session.exec(rows)]


def newest_entry(session: Session) -> int:
    """The number of the newest thing that any chat shows, 0 where none shows anything."""
    return session.exec(select(func.max(EntryRow.id))).one() or 0


def unread(session: Session, account: Id, after: int) -> int:
    """How many messages a chat has got since: not what the person wrote, nor what renewed itself."""
    sent = col(EntryRow.outbox_id).is_not(None) & col(EntryRow.replaces).is_(None)
    got = (EntryRow.account_id == account, col(EntryRow.id) > after, sent)
    return session.exec(select(func.count()).select_from(EntryRow).where(*got)).one()


def _entry(row: EntryRow, inbox: InboxRow | None, outbox: OutboxRow | None) -> Entry:
    return Entry(
        id=row.id or 0,
        at=row.at,
        replaces=row.replaces,
        said=inbox.content | {"kind": inbox.kind} if inbox else None,
        event=inbox.event if inbox else None,
        text=outbox.text if outbox else "",
        content=outbox.content if outbox else {},
        choices=outbox.choices if outbox else [],
        photos=outbox.photos if outbox else [],
        recordings=outbox.recordings if outbox else [],
        documents=outbox.documents if outbox else [],
        repeated=bool(outbox and outbox.repeated),
    )
