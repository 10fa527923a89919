"""Announcements: kept with every recipient, handed over in batches, settled one by one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert
from sqlmodel import col, delete, select, update
from sqlmodel.sql.expression import Select

from campaigns.announcement import SURELY_FAILED, Announcement, Fate, Recipient, State, Step, moved
from campaigns.ids import Id
from storage.announcement_rows import AnnouncementRow, DeliveryRow
from storage.machine_rows import OutboxRow
from storage.rows import CampaignRow, UnitRow
from storage.scribe import Scribe

Rows = Select[AnnouncementRow, UnitRow]

FINAL = {"sent": Fate.SENT, "unreachable": Fate.UNREACHABLE, "rejected": Fate.REJECTED, "unknown": Fate.UNKNOWN}


class StaleAnnouncement(Exception):
    """The table has no such step from where the announcement stands now."""


class Announcements:
    """Questions about announcements."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def send(
        self, campaign: Id, words: str, audience: str, recipients: Sequence[Recipient], confirmed: str
    ) -> Announcement:
        """Keep an announcement with all its recipients; from now on it is being sent."""
        assert self._scribe.by is not None
        row = AnnouncementRow(
            id=self._scribe.new_id(),
            campaign_id=campaign,
            words=words,
            audience=audience,
            by_id=self._scribe.by,
            state=State.SENDING,
            confirmed=confirmed,
            sent_at=self._scribe.now,
        )
        self._session.add(row)
        self._session.flush()
        copies = [
            {
                "announcement_id": row.id,
                "person_id": r.person,
                "unit_id": r.unit,
                "group_id": r.group,
                "fate": "waiting",
            }
            for r in recipients
        ]
        self._session.execute(insert(DeliveryRow), copies)
        self._scribe.note("send", "announcement", row.id, after={"recipients": len(copies)})
        return self._one(row.id)

    def confirmed_with(self, token: str) -> Announcement | None:
        """The announcement that was sent by confirming this very preview."""
        return next(iter(self._found(_all().where(AnnouncementRow.confirmed == token))), None)

    def announcement(self, announcement: UUID) -> Announcement | None:
        """The announcement of that id, held until the end of this unit of work."""
        rows = _all().where(AnnouncementRow.id == announcement)
        return next(iter(self._found(rows.with_for_update(of=AnnouncementRow))), None)

    def newest(self, path: str, at_most: int = 5) -> list[Announcement]:
        """The newest announcements of campaigns below a path."""
        rows = _all().where(col(UnitRow.path).startswith(path)).order_by(col(AnnouncementRow.id).desc())
        return self._found(rows.limit(at_most))

    def fates(self, announcement: Id) -> Counter[str]:
        """How many copies have which fate."""
        rows = select(DeliveryRow.fate, func.count()).where(DeliveryRow.announcement_id == announcement)
        return Counter(dict(self._session.exec(rows.group_by(DeliveryRow.fate)).all()))

    def recipients(self, announcement: Id, fate: Fate, at_most: int = 20) -> list[Recipient]:
        """Whose copies have that fate, in the order of the audience."""
        rows = select(DeliveryRow).where(DeliveryRow.announcement_id == announcement, DeliveryRow.fate == fate)
        found = self._session.exec(rows.order_by(col(DeliveryRow.id)).limit(at_most))
        return [_recipient(row) for row in found]

    def copies(self, announcement: Id, at_most: int, after: int) -> list[tuple[Recipient, Fate]]:
        """So many copies with their fates, in the order of the audience, after so many that are passed over."""
        rows = select(DeliveryRow).where(DeliveryRow.announcement_id == announcement).order_by(col(DeliveryRow.id))
        return [(_recipient(row), Fate(row.fate)) for row in self._session.exec(rows.offset(after).limit(at_most))]

    def step(self, announcement: Announcement, step: Step, *, also_unknown: bool = False) -> Announcement:
        """Pause, resume, cancel, or try again what surely failed (and what nobody knows about, if told so).

        What was not handed over to a channel yet is taken back: it has surely not been sent. Raises StaleAnnouncement.
        """
        state = moved(announcement.state, step)
        if state is None:
            raise StaleAnnouncement
        row = self._session.get_one(AnnouncementRow, announcement.id)
        row.state = state
        if step in (Step.PAUSE, Step.CANCEL):
            self._take_back(announcement.id)
        if step is Step.CANCEL:
            self._mark(announcement.id, (Fate.WAITING,), Fate.CANCELLED, handed_over=False)
        if step is Step.RETRY:
            row.attempt += 1
            failed = (*SURELY_FAILED, Fate.UNKNOWN) if also_unknown else SURELY_FAILED
            self._mark(announcement.id, failed, Fate.WAITING, handed_over=None)
        self._scribe.note(step, "announcement", announcement.id)
        return self._one(announcement.id)

    def _take_back(self, announcement: Id) -> None:
        handed = select(DeliveryRow.outbox_id).where(
            DeliveryRow.announcement_id == announcement, DeliveryRow.fate == Fate.WAITING
        )
        unsent = select(OutboxRow.id).where(col(OutboxRow.id).in_(handed), OutboxRow.state == "new")
        numbers = list(self._session.exec(unsent.with_for_update(skip_locked=True)))
        freed = update(DeliveryRow).where(col(DeliveryRow.outbox_id).in_(numbers)).values(outbox_id=None)
        self._session.exec(freed)
        self._session.exec(delete(OutboxRow).where(col(OutboxRow.id).in_(numbers)))

    def _mark(self, announcement: Id, fates: Sequence[Fate], fate: Fate, *, handed_over: bool | None) -> None:
        copies = update(DeliveryRow).where(
            col(DeliveryRow.announcement_id) == announcement, col(DeliveryRow.fate).in_(fates)
        )
        if handed_over is False:
            copies = copies.where(col(DeliveryRow.outbox_id).is_(None))
        self._session.exec(copies.values(fate=fate, outbox_id=None))

    def under_way(self) -> list[Announcement]:
        """What is not finished: being sent, or held or cancelled with copies that were already under way."""
        gone_out = select(DeliveryRow.announcement_id).where(
            DeliveryRow.fate == Fate.WAITING, col(DeliveryRow.outbox_id).is_not(None)
        )
        halted = col(AnnouncementRow.state).in_((State.PAUSED, State.CANCELLED)) & col(AnnouncementRow.id).in_(gone_out)
        rows = _all().where((col(AnnouncementRow.state) == State.SENDING) | halted)
        return self._found(rows.order_by(col(AnnouncementRow.id)).with_for_update(of=AnnouncementRow, skip_locked=True))

    def to_hand_over(self, announcement: Id, at_most: int) -> list[tuple[int, Recipient]]:
        """The next copies that were not handed over, at most so many under way at once; what is held back is not."""
        waiting = (DeliveryRow.announcement_id == announcement, DeliveryRow.fate == Fate.WAITING)
        under_way = (
            select(func.count()).select_from(DeliveryRow).join(OutboxRow, col(OutboxRow.id) == DeliveryRow.outbox_id)
        )
        free = at_most - self._session.exec(under_way.where(*waiting, col(OutboxRow.held_until).is_(None))).one()
        rows = select(DeliveryRow).where(*waiting, col(DeliveryRow.outbox_id).is_(None)).order_by(col(DeliveryRow.id))
        found = self._session.exec(rows.limit(max(free, 0)))
        return [(row.id or 0, _recipient(row)) for row in found]

    def handed_over(self, copy: int, message: int) -> None:
        """This copy lies in the outbox as this message."""
        self._session.get_one(DeliveryRow, copy).outbox_id = message

    def settle_one(self, copy: int, fate: Fate) -> None:
        """This copy's fate is known without sending."""
        self._session.get_one(DeliveryRow, copy).fate = fate

    def settle(self, announcement: Id) -> int:
        """Take over what became of the messages; how many fates became final."""
        settled = (
            select(DeliveryRow, OutboxRow.state)
            .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.outbox_id))
            .where(DeliveryRow.announcement_id == announcement, DeliveryRow.fate == Fate.WAITING)
            .where(col(OutboxRow.state).in_(FINAL))
        )
        found = self._session.exec(settled).all()
        for row, state in found:
            row.fate = FINAL[state]
        self._session.flush()
        return len(found)

    def finish(self, announcement: Announcement) -> bool:
        """Finish it if every fate is final; whether it was finished by this."""
        if self.fates(announcement.id)[Fate.WAITING] or announcement.state is not State.SENDING:
            return False
        row = self._session.get_one(AnnouncementRow, announcement.id)
        row.state, row.finished_at = State.FINISHED, self._scribe.now
        self._scribe.note("finish", "announcement", announcement.id)
        return True

    def sent_at(self, announcement: Id) -> datetime:
        """When it was begun."""
        return self._session.get_one(AnnouncementRow, announcement).sent_at

    def _one(self, announcement: UUID) -> Announcement:
        self._session.flush()
        return self._found(_all().where(AnnouncementRow.id == announcement))[0]

    def _found(self, rows: Rows) -> list[Announcement]:
        return [_announcement(row, unit) for row, unit in self._session.exec(rows)]


def _all() -> Rows:
    return select(AnnouncementRow, UnitRow).where(
        AnnouncementRow.campaign_id == CampaignRow.id, CampaignRow.unit_id == UnitRow.id
    )


def _announcement(row: AnnouncementRow, unit: UnitRow) -> Announcement:
    return Announcement(
        Id(row.id), Id(row.campaign_id), unit.path, row.words, Id(row.by_id), State(row.state), row.attempt
    )


def _recipient(row: DeliveryRow) -> Recipient:
    ids = (row.person_id, row.unit_id, row.group_id)
    return Recipient(*(Id(one) if one else None for one in ids))
