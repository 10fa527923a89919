"""Browsers that may open a chat: by a secret of which only the digest is kept, until they are ended."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, func, or_, select

from campaigns.device import CODE_VALID_FOR, Device
from campaigns.ids import Id
from campaigns.invitation import ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_BOT, ATTEMPTS_WITHIN, new_code
from storage.database import Database
from storage.rows import AccountRow
from storage.scribe import Scribe
from storage.session_rows import DeviceAttemptRow, DeviceCodeRow, SessionRow, SigningKeyRow

SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Held:
    """What a secret is to the program: the account that it opens, or opened until it was ended, or renewed."""

    id: str
    account: Id
    ended: bool = False
    renewed: bool = False

    @property
    def opens(self) -> bool:
        """Whether it opens its account."""
        return not (self.ended or self.renewed)


def signing_key(database: Database, fresh: str) -> str:
    """The key of this database, ``fresh`` where it had none; the same for every process on it."""
    try:
        with database.transaction() as session:
            row = session.get(SigningKeyRow, 1)
            if row is None:
                session.add(SigningKeyRow(key=fresh))
            return row.key if row else fresh
    except IntegrityError:  # another process was first
        return signing_key(database, fresh)


class Sessions:
    """Questions about browsers, at a moment of the machine."""

    def __init__(self, scribe: Scribe, now: datetime) -> None:
        self._scribe = scribe
        self._session = scribe.session
        self._now = now

    def find(self, secret: str) -> Held | None:
        """What a secret opens or opened; none where it never opened anything."""
        return self.by_id(_digest("session", secret))

    def by_id(self, session: str) -> Held | None:
        """The session of that id."""
        row = self._session.get(SessionRow, session)
        if row is None:
            return None
        over = row.ended_at is not None
        return Held(row.digest, Id(row.account_id), ended=over and not row.renewed, renewed=over and row.renewed)

    def open(self, secret: str, account: Id, device: str) -> Held:
        """A browser that holds ``secret`` may open this account; only the digest is kept."""
        row = SessionRow(digest=_digest("session", secret), account_id=account, created_at=self._now, device=device)
        row.seen_at = self._now
        self._session.add(row)
        self._session.flush()
        return Held(row.digest, account)

    def move(self, session: str, account: Id) -> None:
        """From now on this browser opens another account."""
        self._session.get_one(SessionRow, session).account_id = account

    def renew(self, session: str, secret: str) -> None:
        """The browser holds ``secret`` from now on, and whoever else knows the one before holds nothing."""
        before = self._session.get_one(SessionRow, session)
        self.open(secret, Id(before.account_id), before.device)
        before.ended_at, before.renewed = self._now, True

    def link(self, session: str, secret: str, account: Id) -> None:
        """A browser of nobody comes to ``account`` by its code; what it held before opens nothing."""
        before = self._session.get_one(SessionRow, session)
        opened = self.open(secret, account, before.device)
        self._session.get_one(SessionRow, opened.id).linked = True
        before.ended_at, before.renewed = self._now, True
        self._scribe.note("link_device", "account", account)

    def seen(self, session: str, device: str | None = None) -> None:
        """Remember that the browser is there, and what it is; kept to the minute."""
        row = self._session.get_one(SessionRow, session)
        if row.seen_at is None or self._now - row.seen_at >= SEEN_EVERY or row.device != (device or row.device):
            row.seen_at, row.device = self._now, device or row.device

    def devices(self, account: Id) -> list[Device]:
        """The browsers that have open what this one has, in any account of the same person; longest first."""
        own = self._session.get_one(AccountRow, account)
        theirs = select(AccountRow.id).where(AccountRow.person_id == own.person_id, AccountRow.bot == own.bot)
        whose = col(SessionRow.account_id) == account
        if own.person_id is not None:
            whose = or_(whose, col(SessionRow.account_id).in_(theirs))
        rows = select(SessionRow).where(whose, col(SessionRow.ended_at).is_(None))
        found = self._session.exec(rows.order_by(col(SessionRow.created_at), col(SessionRow.digest)))
        return [_device(row) for row in found]

    def end(self, session: str) -> None:
        """Sign a browser out, for good."""
        row = self._session.get_one(SessionRow, session)
        row.ended_at = self._now
        self._scribe.note("end_session", "account", row.account_id)

    def ask_code(self, account: Id) -> str:
        """A new code that opens this account on one more device; every earlier one of it is void."""
        self._session.exec(delete(DeviceCodeRow).where(col(DeviceCodeRow.account_id) == account))
        code, row_id = new_code(self._scribe.chance), self._scribe.new_id()
        row = DeviceCodeRow(id=row_id, account_id=account, digest=_code_digest(code), expires_at=self._until())
        self._session.add(row)
        self._session.flush()
        self._scribe.note("ask_device_code", "account", account)
        return code

    def _until(self) -> datetime:
        return self._now + CODE_VALID_FOR

    def take_code(self, code: str) -> Id | None:
        """The account that a code opens, once and in time; it is used up. None where it opens nothing."""
        rows = select(DeviceCodeRow).where(DeviceCodeRow.digest == _code_digest(code)).with_for_update()
        row = self._session.exec(rows).first()
        if row is None or row.used_at is not None or row.expires_at <= self._now:
            return None
        row.used_at = self._now
        return Id(row.account_id)

    def may_try(self, account: Id) -> bool:
        """Whether another code may be tried here: few for an account, not many for all, as with invitations."""
        recent = select(func.count()).where(col(DeviceAttemptRow.at) > self._now - ATTEMPTS_WITHIN)
        own = self._session.exec(recent.where(DeviceAttemptRow.account_id == account)).one()
        return own < ATTEMPTS_PER_ACCOUNT and self._session.exec(recent).one() < ATTEMPTS_PER_BOT

    def tried(self, account: Id) -> None:
        """Count a code that opened nothing."""
        self._session.add(DeviceAttemptRow(account_id=account, at=self._now))


def _device(row: SessionRow) -> Device:
    return Device(row.digest, Id(row.account_id), row.device, row.created_at, row.seen_at or row.created_at, row.linked)


def _digest(kind: str, secret: str) -> str:
    return hashlib.sha256(f"thi-dua-{kind}:{secret}".encode()).hexdigest()


def _code_digest(code: str) -> str:
    return _digest("device-code", code)
