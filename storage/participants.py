"""Who registers in their own name below a unit, and the codes that let them in."""

import hashlib
from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from campaigns.ids import Id
from campaigns.invitation import new_code
from campaigns.participant import Kind, OpenCode, Participant
from campaigns.registration import State, Step, moved
from storage.registration_rows import OpenCodeRow, ParticipantRow
from storage.rows import UnitRow
from storage.scribe import Scribe

Rows = Select[ParticipantRow, UnitRow]


class Participants:
    """Questions about those who register in their own name."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def offer_code(self, campaign: Id, unit: Id, expires_at: datetime, at_most: int) -> str:
        """A new code for anybody in that place; only its digest is kept, so it can be told once."""
        assert self._scribe.by is not None
        code = new_code(self._scribe.chance)
        row = OpenCodeRow(
            id=self._scribe.new_id(),
            campaign_id=campaign,
            unit_id=unit,
            by_id=self._scribe.by,
            digest=_digest(code),
            expires_at=expires_at,
            at_most=at_most,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("offer", "open_code", row.id, after={"at_most": at_most, "until": expires_at.isoformat()})
        return code

    def opened_by(self, code: str) -> OpenCode | None:
        """The code for anybody that these digits are, still open or not; none where they are something else."""
        rows = select(OpenCodeRow, UnitRow).where(OpenCodeRow.unit_id == UnitRow.id)
        found = self._session.exec(rows.where(OpenCodeRow.digest == _digest(code))).first()
        return _code(*found) if found else None

    def code(self, code: UUID) -> OpenCode | None:
        """The code of that id, held until the end of this unit of work."""
        rows = select(OpenCodeRow, UnitRow).where(OpenCodeRow.unit_id == UnitRow.id, OpenCodeRow.id == code)
        found = self._session.exec(rows.with_for_update(of=OpenCodeRow)).first()
        return _code(*found) if found else None

    def open_codes(self, path: str) -> list[OpenCode]:
        """The codes at a path and below that still let somebody in, the oldest first."""
        rows = select(OpenCodeRow, UnitRow).where(OpenCodeRow.unit_id == UnitRow.id, col(UnitRow.path).startswith(path))
        found = [_code(*each) for each in self._session.exec(rows.order_by(col(OpenCodeRow.id)))]
        return [one for one in found if one.opens(self._scribe.now)]

    def end_code(self, code: OpenCode) -> None:
        """The code lets nobody in any more."""
        row = self._session.get_one(OpenCodeRow, code.id)
        row.ended_at = row.ended_at or self._scribe.now
        self._scribe.note("end", "open_code", code.id)

    def register(
        self, code: OpenCode, kind: Kind, person: Id, *, place: Id, shop: Id | None, task: str | None
    ) -> Participant:
        """Somebody takes part, by their own word or one that was heard; it counts at once."""
        assert self._scribe.by is not None
        self._session.get_one(OpenCodeRow, code.id).used += 1
        row = ParticipantRow(
            id=self._scribe.new_id(),
            campaign_id=code.campaign,
            unit_id=place,
            kind=kind,
            person_id=person,
            shop_id=shop,
            by_id=self._scribe.by,
            task=task,
            state=State.CONFIRMED,
            registered_at=self._scribe.now,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("register", "participant", row.id, after={"code": str(code.id)}, for_person=person)
        return self._one(row.id)

    def participant(self, participant: UUID) -> Participant | None:
        """The participant of that id, held until the end of this unit of work; none where there is no such."""
        rows = _all().where(ParticipantRow.id == participant).with_for_update(of=ParticipantRow)
        return next(iter(self._found(rows)), None)

    def of_person(self, person: Id) -> list[Participant]:
        """Whom somebody speaks for: themself and whoever registered on their phone, the newest last."""
        rows = _all().where((ParticipantRow.person_id == person) | (ParticipantRow.by_id == person))
        return self._found(rows.order_by(col(ParticipantRow.id)))

    def in_place(self, campaign: Id, unit: Id) -> list[Participant]:
        """Who takes part in a place; who withdrew is nowhere to be seen."""
        rows = _all().where(ParticipantRow.campaign_id == campaign, ParticipantRow.unit_id == unit)
        return [one for one in self._found(rows.order_by(col(ParticipantRow.id))) if one.takes_part]

    def below(self, path: str) -> list[Participant]:
        """Who takes part at a path and below, in every campaign."""
        rows = _all().where(col(UnitRow.path).startswith(path)).order_by(col(ParticipantRow.id))
        return [one for one in self._found(rows) if one.takes_part]

    def counts(self, campaign: Id, path: str) -> Counter[tuple[Kind, State]]:
        """How many take part at a path and below, by kind and whether they are done; never who does not."""
        rows = (
            select(ParticipantRow.kind, ParticipantRow.state, func.count())
            .where(ParticipantRow.unit_id == UnitRow.id, col(UnitRow.path).startswith(path))
            .where(ParticipantRow.campaign_id == campaign, ParticipantRow.state != State.WITHDRAWN)
            .group_by(ParticipantRow.kind, ParticipantRow.state)
        )
        return Counter({(Kind(kind), State(state)): number for kind, state, number in self._session.exec(rows)})

    def step(self, participant: Participant, step: Step) -> Participant | None:
        """Withdraw, finish, or come back; none where that leads nowhere from where it stands."""
        row = self._session.get_one(ParticipantRow, participant.id)
        after = moved(State(row.state), step)
        if after is None:
            return None
        before, row.state = {"state": row.state}, after
        row.left_at = self._scribe.now if step is Step.WITHDRAW else None
        if step is Step.FINISH:
            row.done_at = row.done_at or self._scribe.now
        self._session.flush()
        for_person = row.person_id
        self._scribe.note(step, "participant", row.id, before=before, after={"state": after}, for_person=for_person)
        return self._one(row.id)

    def tell(self, participant: Participant, words: str | None, photo: Id | None) -> None:
        """What was done, in words of their own and perhaps a photo."""
        row = self._session.get_one(ParticipantRow, participant.id)
        row.done_words, row.done_photo_id = words or row.done_words, photo or row.done_photo_id
        self._scribe.note("tell", "participant", row.id)

    def change_task(self, participant: Participant, task: str | None) -> None:
        """They chose something else to do."""
        self._session.get_one(ParticipantRow, participant.id).task = task
        self._scribe.note("amend", "participant", participant.id)

    def move(self, unit: UUID, after: Id) -> None:
        """Who registered in a unit that ends stands with the one that comes after; its codes go on there."""
        for row in self._session.exec(select(ParticipantRow).where(ParticipantRow.unit_id == unit)):
            row.unit_id = after
        for code in self._session.exec(select(OpenCodeRow).where(OpenCodeRow.unit_id == unit)):
            code.unit_id = after
        self._session.flush()

    def pass_on(self, person: UUID, to: UUID) -> None:
        """Somebody who registered here joins by an invitation as somebody known: what they said stays theirs."""
        for row in self._session.exec(select(ParticipantRow).where(ParticipantRow.person_id == person)):
            row.person_id = to
        for row in self._session.exec(select(ParticipantRow).where(ParticipantRow.by_id == person)):
            row.by_id = to
        self._session.flush()

    def _one(self, participant: UUID) -> Participant:
        self._session.flush()
        return self._found(_all().where(ParticipantRow.id == participant))[0]

    def _found(self, rows: Rows) -> list[Participant]:
        return [_participant(row, unit) for row, unit in self._session.exec(rows)]


def _all() -> Rows:
    return select(ParticipantRow, UnitRow).where(ParticipantRow.unit_id == UnitRow.id)


def _participant(row: ParticipantRow, unit: UnitRow) -> Participant:
    return Participant(
        id=Id(row.id),
        campaign=Id(row.campaign_id),
        unit=Id(row.unit_id),
        path=unit.path,
        kind=Kind(row.kind),
        person=Id(row.person_id),
        by=Id(row.by_id),
        state=State(row.state),
        registered_at=row.registered_at,
        shop=Id(row.shop_id) if row.shop_id else None,
        task=row.task,
        done_at=row.done_at,
        done_words=row.done_words,
        done_photo=Id(row.done_photo_id) if row.done_photo_id else None,
    )


def _code(row: OpenCodeRow, unit: UnitRow) -> OpenCode:
    return OpenCode(
        id=Id(row.id),
        campaign=Id(row.campaign_id),
        unit=Id(row.unit_id),
        path=unit.path,
        by=Id(row.by_id),
        expires_at=row.expires_at,
        at_most=row.at_most,
        used=row.used,
        ended_at=row.ended_at,
    )


def _digest(code: str) -> str:
    return hashlib.sha256(f"thi-dua-open-code:{code}".encode()).hexdigest()
