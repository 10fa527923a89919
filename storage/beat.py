"""The program's heartbeat: when it was last seen at work."""

from datetime import datetime

from sqlmodel import Session

from storage.machine_rows import BeatRow


def beat(session: Session, machine: datetime, campaign: datetime) -> tuple[datetime, datetime] | None:
    """Note that the program is at work; the beat before (machine, campaign), none where this is the first."""
    row = session.get(BeatRow, 1, with_for_update=True)
    if row is None:
        session.add(BeatRow(machine=machine, campaign=campaign))
        return None
    before = row.machine, row.campaign
    row.machine, row.campaign = machine, campaign
    return before
