"""How far a rehearsal's clock is from the machine's."""

from datetime import datetime, timedelta

from sqlmodel import Session

from storage.machine_rows import ClockRow


def start_at(session: Session, campaign: datetime) -> None:
    """Remember where the campaign's clock stands; it runs from when the program is first opened."""
    session.add(ClockRow(stands_at=campaign))


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
