"""How offices begin and end: the claim on an empty program, roles offered and confirmed, roles that end."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, delete, func, select

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.invitation import new_code
from campaigns.people import Account
from storage.office_rows import ClaimRow, PendingRoleRow
from storage.rows import AccountRow, ConsentRow, InvitationRow, RoleRow, UnitRow
from storage.scribe import Scribe

CLAIM_VALID_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Pending:
    """A role that somebody was offered and an officer has to confirm."""

    id: Id
    person: Id
    unit: Id
    path: str
    role: Role
    joined: bool


@dataclass(frozen=True)
class Held:
    """A role that somebody holds."""

    id: Id
    person: Id
    unit: Id
    path: str
    role: Role


class Offices:
    """Questions about offices."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def unclaimed(self) -> bool:
        """Whether nobody is an officer yet."""
        return self._session.exec(select(RoleRow.id).where(RoleRow.role == Role.OFFICER).limit(1)).first() is None

    def offer_claim(self) -> str:
        """A new code for the first officer; every earlier one is void."""
        self._session.exec(delete(ClaimRow))
        code = new_code(self._scribe.chance)
        expires = self._scribe.now + CLAIM_VALID_FOR
        self._session.add(ClaimRow(id=self._scribe.new_id(), digest=_digest(code), expires_at=expires))
        self._session.flush()
        return code

    def claim_opened_by(self, code: str) -> Id | None:
        """The open claim that a code belongs to."""
        row = self._session.exec(select(ClaimRow).where(ClaimRow.digest == _digest(code))).first()
        return Id(row.id) if row and self._is_open(row) else None

    def claim(self, claim: UUID) -> Id | None:
        """The claim while it is open, held until the end of this unit of work."""
        row = self._session.exec(select(ClaimRow).where(ClaimRow.id == claim).with_for_update()).first()
        return Id(row.id) if row and self._is_open(row) else None

    def _is_open(self, row: ClaimRow) -> bool:
        return row.used_at is None and row.expires_at > self._scribe.now and self.unclaimed()

    def claimed(self, claim: UUID, account: Account, person: Id, wording: str) -> None:
        """Use the claim up: the account is that person's, who agreed to ``wording``."""
        self._session.get_one(ClaimRow, claim).used_at = self._scribe.now
        self._session.get_one(AccountRow, account.id).person_id = person
        self._scribe.by = person
        self._session.add(
            ConsentRow(
                id=self._scribe.new_id(),
                person_id=person,
                purpose="reporting",
                wording=wording,
                given_at=self._scribe.now,
            )
        )
        self._session.flush()
        self._scribe.note("claim", "account", account.id)

    def offer(self, person: Id, role: Role, unit: Id) -> None:
        """Offer a role over a unit; it counts for nothing before it is confirmed."""
        assert self._scribe.by is not None
        row = PendingRoleRow(
            id=self._scribe.new_id(), person_id=person, unit_id=unit, role=role, asked_by_id=self._scribe.by
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("offer", "role", row.id, after={"role": role}, for_person=person)

    def joined(self, person: Id) -> list[Pending]:
        """Somebody who was offered roles has joined; those are to be confirmed now."""
        rows = select(PendingRoleRow).where(
            PendingRoleRow.person_id == person, col(PendingRoleRow.settled_at).is_(None)
        )
        found = list(self._session.exec(rows))
        for row in found:
            row.joined_at = self._scribe.now
        self._session.flush()
        return [self._pending(row) for row in found]

    def pending(self, pending: UUID) -> Pending | None:
        """The offered role of that id, held until the end of this unit of work."""
        row = self._session.exec(select(PendingRoleRow).where(PendingRoleRow.id == pending).with_for_update()).first()
        return self._pending(row) if row and row.settled_at is None else None

    def waiting(self, path: str) -> list[Pending]:
        """The offered roles below a path that nobody has settled."""
        rows = select(PendingRoleRow).where(col(PendingRoleRow.settled_at).is_(None))
        found = [self._pending(row) for row in self._session.exec(rows.order_by(col(PendingRoleRow.id)))]
        return [one for one in found if one.path.startswith(path)]

    def turn_away(self, person: Id) -> None:
        """Whoever came in under somebody's name is a stranger again, in every chat."""
        for row in self._session.exec(select(AccountRow).where(AccountRow.person_id == person)):
            row.person_id = None
        self._scribe.note("turn_away", "person", person)

    def settle(self, pending: Pending, *, confirmed: bool) -> None:
        """Confirm who took the role, or take the offer back."""
        row = self._session.get_one(PendingRoleRow, pending.id)
        row.settled_at, row.confirmed_by_id = self._scribe.now, self._scribe.by if confirmed else None
        self._scribe.note("confirm" if confirmed else "take_back", "role", row.id, for_person=pending.person)

    def held_below(self, path: str) -> list[Held]:
        """Who holds which role below a path, in roster order."""
        rows = (
            select(RoleRow, UnitRow)
            .where(RoleRow.unit_id == UnitRow.id, col(UnitRow.path).startswith(path))
            .where(col(RoleRow.until).is_(None) | (col(RoleRow.until) > self._scribe.now))
            .order_by(func.length(UnitRow.path), col(UnitRow.roster), col(UnitRow.name), col(RoleRow.id))
        )
        return [_held(row, unit) for row, unit in self._session.exec(rows)]

    def held(self, role: UUID) -> Held | None:
        """The role of that id while it is held."""
        row = self._session.exec(select(RoleRow).where(RoleRow.id == role).with_for_update()).first()
        over = row is None or (row.until is not None and row.until <= self._scribe.now)
        return None if row is None or over else _held(row, self._session.get_one(UnitRow, row.unit_id))

    def end(self, held: Held) -> None:
        """The role ends now; whoever held it alone may nothing more there."""
        self._session.get_one(RoleRow, held.id).until = self._scribe.now
        self._scribe.note("end", "role", held.id, for_person=held.person)

    def void_codes(self, person: Id) -> None:
        """Codes that were handed out to somebody and not used open nothing any more."""
        unused = select(InvitationRow).where(InvitationRow.person_id == person, col(InvitationRow.used_at).is_(None))
        for row in self._session.exec(unused):
            row.expires_at = self._scribe.now

    def last_place(self, above: UUID) -> int:
        """How far the roster of the units below one goes."""
        return self._session.exec(select(func.max(UnitRow.roster)).where(UnitRow.parent_id == above)).one() or 0

    def _pending(self, row: PendingRoleRow) -> Pending:
        unit = self._session.get_one(UnitRow, row.unit_id)
        joined = row.joined_at is not None
        return Pending(Id(row.id), Id(row.person_id), Id(row.unit_id), unit.path, Role(row.role), joined)


def _held(row: RoleRow, unit: UnitRow) -> Held:
    return Held(Id(row.id), Id(row.person_id), Id(row.unit_id), unit.path, Role(row.role))


def _digest(code: str) -> str:
    return hashlib.sha256(f"thi-dua-claim:{code}".encode()).hexdigest()
