"""What a rehearsal remembers of itself: its clock, how far its played week is, whether the others play along."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from campaigns.ids import Id
from storage.machine_rows import ClockRow, EntryRow
from storage.session_rows import SessionRow
from storage.types import Table

KEPT = frozenset({"offer", "signing_key"})


def start_at(session: Session, campaign: datetime) -> None:
    """Remember where the campaign's clock stands; it runs from when the program is first opened."""
    session.add(ClockRow(stands_at=campaign))


def stand_at(session: Session, campaign: datetime) -> None:
    """Remember that the clock stands there."""
    session.get_one(ClockRow, 1).stands_at = campaign


def keep_ahead(session: Session, ahead: timedelta) -> None:
    """Remember how far the clock is ahead of the machine's (behind it for a campaign of the past)."""
    row = session.get_one(ClockRow, 1)
    row.stands_at, row.ahead = None, int(ahead.total_seconds())


def ahead(session: Session, machine: datetime) -> timedelta | None:
    """How far the campaign's clock is ahead; none where no rehearsal was started here."""
    row = session.get(ClockRow, 1)
    if row is None:
        return None
    if row.stands_at is not None:
        keep_ahead(session, row.stands_at - machine)
    return timedelta(seconds=row.ahead)


def week(session: Session) -> str | None:
    """How far the played week is, in the words of whoever plays it; none where it was not begun."""
    return session.get_one(ClockRow, 1).week


def keep_week(session: Session, week: str) -> None:
    """Remember how far the played week is."""
    session.get_one(ClockRow, 1).week = week


def others_play(session: Session) -> bool:
    """Whether everybody who is nobody's plays by themselves when the clock is turned."""
    return session.get_one(ClockRow, 1).others


def let_others_play(session: Session, others: bool) -> None:
    """Let them, or let them be silent."""
    session.get_one(ClockRow, 1).others = others


def anybody_wrote(session: Session) -> bool:
    """Whether any chat shows something that a person wrote."""
    return session.exec(select(EntryRow.id).where(col(EntryRow.inbox_id).is_not(None)).limit(1)).first() is not None


def is_open(session: Session, account: Id) -> bool:
    """Whether a browser has this account open."""
    rows = select(SessionRow.digest).where(SessionRow.account_id == account, col(SessionRow.ended_at).is_(None))
    return session.exec(rows.limit(1)).first() is not None


def forget_everything(session: Session) -> None:
    """Empty the database, for a rehearsal that begins again, but for what the program put there when it started."""
    for table in reversed(Table.metadata.sorted_tables):
        if table.name not in KEPT:
            session.execute(delete(table))
