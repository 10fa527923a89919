"""Invitations: codes that open once, attempts that are counted, and what somebody agreed to on joining."""

import hashlib
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from campaigns.ids import Id
from campaigns.invitation import ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_BOT, ATTEMPTS_WITHIN, VALID_FOR, new_code
from campaigns.people import Account, Person
from storage.machine_rows import CodeAttemptRow
from storage.people import person_value
from storage.rows import AccountRow, ConsentRow, InvitationRow, PersonRow
from storage.scribe import Scribe


class Invitations:
    """Questions about invitations."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def invite(self, person: Id) -> str:
        """A new code for this person. Only its digest is kept, so it can be told once."""
        code = new_code(self._scribe.chance)
        row = InvitationRow(
            id=self._scribe.new_id(),
            person_id=person,
            digest=_digest(code),
            expires_at=self._scribe.now + VALID_FOR,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("invite", "invitation", row.id, for_person=person)
        return code

    def opened_by(self, code: str) -> Id | None:
        """The invitation that a code opens: unused and not expired; none where there is no such."""
        row = self._session.exec(select(InvitationRow).where(InvitationRow.digest == _digest(code))).first()
        return Id(row.id) if row and self._is_open(row) else None

    def invited(self, invitation: UUID) -> Person | None:
        """Whom an invitation is for while it is open, held until the end of this unit of work."""
        row = self._session.exec(
            select(InvitationRow).where(InvitationRow.id == invitation).with_for_update()
        ).one_or_none()
        return self._person(row.person_id) if row and self._is_open(row) else None

    def _is_open(self, row: InvitationRow) -> bool:
        return row.used_at is None and row.expires_at > self._scribe.now

    def _person(self, person: UUID) -> Person:
        return person_value(self._session.get_one(PersonRow, person))

    def attempt_failed(self, account: Account) -> int:
        """Count a wrong code; how many more this account may try within the hour."""
        self._session.add(CodeAttemptRow(account_id=account.id, bot=account.bot, at=self._scribe.now))
        self._session.flush()
        return max(0, ATTEMPTS_PER_ACCOUNT - self._attempts(account)[0])

    def may_attempt(self, account: Account) -> bool:
        """Whether another code may be tried: few for an account, not many for the whole bot."""
        own, all_of_bot = self._attempts(account)
        return own < ATTEMPTS_PER_ACCOUNT and all_of_bot < ATTEMPTS_PER_BOT

    def _attempts(self, account: Account) -> tuple[int, int]:
        recent = select(func.count()).where(col(CodeAttemptRow.at) > self._scribe.now - ATTEMPTS_WITHIN)
        own = self._session.exec(recent.where(CodeAttemptRow.account_id == account.id)).one()
        return own, self._session.exec(recent.where(CodeAttemptRow.bot == account.bot)).one()

    def join(self, account: Account, invitation: UUID, wording: str) -> Person:
        """Use up the invitation: the account is that person's from now on, who agreed to ``wording``."""
        row = self._session.get_one(InvitationRow, invitation)
        row.used_at, row.used_by = self._scribe.now, account.id
        self._session.get_one(AccountRow, account.id).person_id = row.person_id
        self.agree(Id(row.person_id), "reporting", wording)
        self._scribe.by = Id(row.person_id)
        self._scribe.note("join", "account", account.id, after={"invitation": str(invitation)})
        return self._person(row.person_id)

    def agree(self, person: Id, purpose: str, wording: str) -> None:
        """Somebody agreed to a wording, for one purpose."""
        row = ConsentRow(
            id=self._scribe.new_id(), person_id=person, purpose=purpose, wording=wording, given_at=self._scribe.now
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("consent", "consent", row.id, after={"purpose": purpose, "wording": wording})


def _digest(code: str) -> str:
    return hashlib.sha256(f"thi-dua-invitation:{code}".encode()).hexdigest()
