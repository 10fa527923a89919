"""Codes with which somebody becomes known on another channel too: asked for on one, typed on the other, once."""

import hashlib
from datetime import timedelta

from sqlmodel import col, select, update

from campaigns.ids import Id
from campaigns.invitation import new_code
from campaigns.people import Account
from storage.quota_rows import PairingRow
from storage.rows import AccountRow
from storage.scribe import Scribe

VALID_FOR = timedelta(minutes=10)


class Pairings:
    """Questions about such codes."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def ask(self, account: Account) -> str:
        """A new code for who writes in this account; an older one of theirs opens nothing any more."""
        assert account.person is not None
        older = update(PairingRow).where(col(PairingRow.person_id) == account.person, col(PairingRow.used_at).is_(None))
        self._session.exec(older.values(expires_at=self._scribe.now))
        code = new_code(self._scribe.chance)
        row = PairingRow(
            id=self._scribe.new_id(),
            account_id=account.id,
            person_id=account.person,
            digest=_digest(code),
            expires_at=self._scribe.now + VALID_FOR,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("ask_pairing", "pairing", row.id)
        return code

    def opened_by(self, code: str) -> bool:
        """Whether a code would join who types it now."""
        return self._open(code) is not None

    def _open(self, code: str) -> PairingRow | None:
        rows = select(PairingRow).where(PairingRow.digest == _digest(code), col(PairingRow.used_at).is_(None))
        return self._session.exec(rows.where(PairingRow.expires_at > self._scribe.now).with_for_update()).first()

    def use(self, code: str, account: Account) -> tuple[Id, Id] | None:
        """Join the account to who asked for the code: who that is, and the account they asked in; none for another."""
        row = self._open(code)
        if row is None or row.account_id == account.id:
            return None
        row.used_at = self._scribe.now
        self.join(account, Id(row.person_id))
        return Id(row.person_id), Id(row.account_id)

    def join(self, account: Account, person: Id) -> None:
        """From now on the account is that person's as well."""
        self._session.get_one(AccountRow, account.id).person_id = person
        self._scribe.by = person
        self._scribe.note("pair", "account", account.id)


def _digest(code: str) -> str:
    return hashlib.sha256(f"thi-dua-pairing:{code}".encode()).hexdigest()
