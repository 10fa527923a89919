"""Reminders and digests: planned when a form goes out, composed when their moment comes, never sent once it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam, func
from sqlmodel import col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.reminder import Cleared, Reminder
from storage.machine_rows import OutboxRow
from storage.reminder_rows import DigestRow, ReminderRow
from storage.rows import AccountRow, ObligationRow
from storage.scribe import Scribe
from storage.types import Moment

NUDGE, FORM = "nudge", "form"


@dataclass(frozen=True)
class Waiting:
    """A reminder whose moment has come, held by this unit of work."""

    number: int
    obligation: Id
    step: str
    at: datetime

    @property
    def is_nudge(self) -> bool:
        """Whether an officer asked for it."""
        return self.step == NUDGE

    @property
    def is_form(self) -> bool:
        """Whether it is the form itself, which was put off."""
        return self.step == FORM


@dataclass(frozen=True)
class Digest:
    """The period that is to be told about; ``up``: one level up."""

    number: int
    campaign: Id
    period: tuple[str, int, date]
    up: bool
    at: datetime


class Reminders:
    """Questions about reminders."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def to_plan(self) -> Id | None:
        """An obligation that was asked for, is not answered, and whose steps were not planned for its due moment."""
        row = self._session.exec(_first_to_plan()).first()
        return Id(row.id) if row else None

    def plan(
        self, obligation: Obligation, reminders: Iterable[Reminder], digest: datetime, escalation: datetime
    ) -> None:
        """Plan the steps of an obligation anew; what was settled already stays as it is, and is not planned again."""
        self._session.get_one(ObligationRow, obligation.id).steps_for = obligation.due_at
        waiting = delete(ReminderRow).where(col(ReminderRow.settled_at).is_(None), col(ReminderRow.step) != FORM)
        self._session.exec(waiting.where(col(ReminderRow.obligation_id) == obligation.id))
        there = self._steps_of(obligation)
        for one in reminders:
            if one.step not in there:
                self._add(obligation, one.step, one.at)
        self._plan_digest(obligation, digest, up=False)
        self._plan_digest(obligation, escalation, up=True)

    def _steps_of(self, obligation: Obligation) -> set[str]:
        """The steps that are on record for its due moment."""
        rows = select(ReminderRow.step).where(ReminderRow.obligation_id == obligation.id)
        return set(self._session.exec(rows.where(ReminderRow.due_at == obligation.due_at)))

    def _add(self, obligation: Obligation, step: str, at: datetime) -> None:
        row = ReminderRow(obligation_id=obligation.id, step=step, due_at=obligation.due_at, at=at)
        self._session.add(row)
        self._session.flush()

    def _plan_digest(self, obligation: Obligation, at: datetime, *, up: bool) -> None:
        period = (obligation.period.kind, obligation.period.number, obligation.period.start)
        same = select(DigestRow).where(
            *_same(obligation.campaign, period, up=up), DigestRow.due_at == obligation.due_at
        )
        if self._session.exec(same).first() is None:
            kind, number, start = period
            row = DigestRow(
                campaign_id=obligation.campaign,
                kind=kind,
                number=number,
                start=start,
                up=up,
                due_at=obligation.due_at,
                at=at,
            )
            self._session.add(row)
            self._session.flush()

    def due(self) -> Waiting | None:
        """The first reminder whose moment has come, held by this unit of work."""
        row = self._session.exec(_first_due(), params={"now": self._scribe.now}).first()
        return _waiting(row) if row else None

    def due_for(self, units: Sequence[Id]) -> list[Waiting]:
        """All reminders for these units whose moment has come, in order."""
        rows = (
            select(ReminderRow)
            .join(ObligationRow, col(ObligationRow.id) == col(ReminderRow.obligation_id))
            .where(col(ObligationRow.unit_id).in_(units), col(ReminderRow.settled_at).is_(None))
            .where(ReminderRow.at <= self._scribe.now)
            .order_by(col(ObligationRow.due_at), col(ReminderRow.id))
        )
        return [_waiting(row) for row in self._session.exec(rows)]

    def sent(self, reminders: Iterable[Waiting], message: str) -> None:
        """These went out together in one message."""
        for row in self._rows(reminders):
            row.settled_at, row.message = self._scribe.now, message

    def clear(self, reminders: Iterable[Waiting], why: Cleared) -> None:
        """These are not sent, and this is why."""
        for row in self._rows(reminders):
            row.settled_at, row.cleared = self._scribe.now, why

    def wait(self, reminder: Waiting, until: datetime) -> None:
        """Nobody may be written to now: try again then."""
        for row in self._rows([reminder]):
            row.at = until

    def _rows(self, reminders: Iterable[Waiting]) -> list[ReminderRow]:
        return [self._session.get_one(ReminderRow, one.number) for one in reminders]

    def nudge(self, obligations: Sequence[Obligation]) -> None:
        """An officer asks for a reminder of each of these, as soon as people may be written to."""
        self._again(obligations, NUDGE, self._scribe.now)
        for one in obligations:
            self._scribe.note(NUDGE, "obligation", one.id)

    def put_off(self, obligation: Obligation, until: datetime) -> None:
        """Its form goes out then, if it is still wanted."""
        self._again([obligation], FORM, until)

    def _again(self, obligations: Sequence[Obligation], step: str, at: datetime) -> None:
        rows = select(ReminderRow).where(
            col(ReminderRow.obligation_id).in_([one.id for one in obligations]), ReminderRow.step == step
        )
        there = {(row.obligation_id, row.due_at): row for row in self._session.exec(rows)}
        for one in obligations:
            row = there.get((one.id, one.due_at))
            if row is None:
                self._session.add(ReminderRow(obligation_id=one.id, step=step, due_at=one.due_at, at=at))
            else:
                row.at, row.settled_at, row.message, row.cleared = at, None, None, None
        self._session.flush()

    def came(self, obligation: Id) -> None:
        """Its report came: what was composed and not handed over yet is taken back, with the others in it to be
        composed anew without it."""
        about = select(ReminderRow.message).where(
            ReminderRow.obligation_id == obligation, col(ReminderRow.message).is_not(None)
        )
        for message in set(self._session.exec(about)):
            unsent = delete(OutboxRow).where(col(OutboxRow.key) == message, col(OutboxRow.state) == "new")
            if self._session.exec(unsent).rowcount:
                again = update(ReminderRow).where(col(ReminderRow.message) == message)
                self._session.exec(again.values(settled_at=None, message=None))

    def pushed(self, person: Id, since: datetime) -> list[datetime]:
        """The moments since then at which a person was sent forms or reminders, through any bot, in order."""
        pushed = col(OutboxRow.key).startswith("ask:") | col(OutboxRow.key).startswith("remind:")
        rows = (
            select(OutboxRow.created_at)
            .join(AccountRow, col(AccountRow.id) == col(OutboxRow.account_id))
            .where(AccountRow.person_id == person, OutboxRow.created_at > since, pushed)
            .where(OutboxRow.state != "superseded")
        )
        return sorted(set(self._session.exec(rows)))

    def forms_to_come(self, units: Sequence[Id], until: datetime) -> list[datetime]:
        """The moments up to then at which forms of these units are to go out, those that were put off among them."""
        unanswered = (
            col(ObligationRow.unit_id).in_(units),
            col(ObligationRow.first_said_at).is_(None),
            col(ObligationRow.excused_at).is_(None),
        )
        planned = select(ObligationRow.ask_at).where(
            *unanswered, col(ObligationRow.asked_at).is_(None), ObligationRow.ask_at <= until
        )
        put_off = (
            select(ReminderRow.at)
            .join(ObligationRow, col(ObligationRow.id) == col(ReminderRow.obligation_id))
            .where(*unanswered, ReminderRow.step == FORM, col(ReminderRow.settled_at).is_(None))
        )
        return [*self._session.exec(planned), *self._session.exec(put_off)]

    def digest_due(self) -> Digest | None:
        """The first digest whose moment has come, held by this unit of work."""
        row = self._session.exec(_first_digest(), params={"now": self._scribe.now}).first()
        if row is None:
            return None
        assert row.id is not None
        return Digest(row.id, Id(row.campaign_id), (row.kind, row.number, row.start), row.up, row.at)

    def told(self, digest: Digest) -> None:
        """It was told, or there was nothing to tell; with it every other of its period whose moment has come."""
        waiting = (col(DigestRow.settled_at).is_(None), col(DigestRow.at) <= self._scribe.now)
        settled = update(DigestRow).where(*_same(digest.campaign, digest.period, up=digest.up), *waiting)
        self._session.exec(settled.values(settled_at=self._scribe.now))

    def wait_with(self, digest: Digest, until: datetime) -> None:
        """Nobody may be written to now: try again then."""
        self._session.get_one(DigestRow, digest.number).at = until

    def next_moment(self) -> datetime | None:
        """The next moment at which a reminder or a digest is to be composed."""
        now = self._scribe.now
        reminder = select(func.min(ReminderRow.at)).where(col(ReminderRow.settled_at).is_(None), ReminderRow.at > now)
        digest = select(func.min(DigestRow.at)).where(col(DigestRow.settled_at).is_(None), DigestRow.at > now)
        moments: list[datetime | None] = [self._session.exec(reminder).one(), self._session.exec(digest).one()]
        return min((moment for moment in moments if moment is not None), default=None)


def _same(campaign: Id, period: tuple[str, int, date], *, up: bool) -> tuple[ColumnElement[bool], ...]:
    """The digests of one period."""
    kind, number, start = period
    return (
        col(DigestRow.campaign_id) == campaign,
        col(DigestRow.kind) == kind,
        col(DigestRow.number) == number,
        col(DigestRow.start) == start,
        col(DigestRow.up) == up,
    )


def _waiting(row: ReminderRow) -> Waiting:
    assert row.id is not None
    return Waiting(row.id, Id(row.obligation_id), row.step, row.at)


@cache
def _first_to_plan() -> SelectOfScalar[ObligationRow]:
    """Asked at every tick, so built once, as are those below."""
    asked = select(ObligationRow).where(
        col(ObligationRow.asked_at).is_not(None),
        col(ObligationRow.closed_at).is_(None),
        col(ObligationRow.first_said_at).is_(None),
        col(ObligationRow.steps_for).is_(None) | (col(ObligationRow.steps_for) != col(ObligationRow.due_at)),
    )
    return asked.order_by(col(ObligationRow.id)).limit(1).with_for_update(skip_locked=True)


@cache
def _first_due() -> SelectOfScalar[ReminderRow]:
    waiting = select(ReminderRow).where(
        col(ReminderRow.settled_at).is_(None), col(ReminderRow.at) <= bindparam("now", type_=Moment)
    )
    return waiting.order_by(col(ReminderRow.at), col(ReminderRow.id)).limit(1).with_for_update(skip_locked=True)


@cache
def _first_digest() -> SelectOfScalar[DigestRow]:
    waiting = select(DigestRow).where(
        col(DigestRow.settled_at).is_(None), col(DigestRow.at) <= bindparam("now", type_=Moment)
    )
    return waiting.order_by(col(DigestRow.at), col(DigestRow.id)).limit(1).with_for_update(skip_locked=True)
