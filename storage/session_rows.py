"""Rows of the browsers that may open a chat. All their moments are machine time."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.types import Moment, Serial, Table


class SessionRow(Table, table=True):
    """A browser that may open an account of the web chat; only the digest of its cookie is kept.

    One that ended stays, so that its cookie opens nothing ever again; ``renewed``: its browser holds another now.
    """

    __tablename__ = "session"
    digest: str = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    device: str = ""
    linked: bool = False
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    renewed: bool = False


class DeviceCodeRow(Table, table=True):
    """A code that opens an account on one more device, once."""

    __tablename__ = "device_code"
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class DeviceAttemptRow(Table, table=True):
    """A browser of nobody typed a code that opened nothing; counted before the next is looked at."""

    __tablename__ = "device_attempt"
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    at: datetime = Field(sa_type=Moment, index=True)


class SigningKeyRow(Table, table=True):
    """What the program marks the secrets with that it gives to browsers. It opens no chat by itself."""

    __tablename__ = "signing_key"
    id: int = Field(default=1, primary_key=True)
    key: str
