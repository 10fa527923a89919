"""Rows of the machine: what arrived, what is to be sent, where a conversation stands. Ids are counted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.types import Moment, Serial, Table

_NEW = text("state = 'new'")
_OPEN = text("open")
_TO_SEND = text("state in ('new', 'in_flight')")


class InboxRow(Table, table=True):
    """What arrived, stored before it was acknowledged. One event of a bot is stored once, however often it comes.

    ``ready_at``, in machine time, lets the parts of an album come together before their turn.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "event"),
        Index("ix_inbox_new", "account_id", "id", sqlite_where=_NEW, postgresql_where=_NEW),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    bot: str
    event: str
    account_id: UUID = Field(foreign_key="account.id")
    kind: str
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    said_at: datetime = Field(sa_type=Moment)
    received_at: datetime = Field(sa_type=Moment)
    ready_at: datetime | None = Field(default=None, sa_type=Moment)
    state: str = "new"
    tries: int = 0
    handled_at: datetime | None = Field(default=None, sa_type=Moment)


class OutboxRow(Table, table=True):
    """One message to one account: planned with the decision, sent later, settled once by whoever holds the lease.

    ``part`` counts the parts that have arrived, where the channel takes it in several. ``held_until``: the month's
    messages are kept for what is more urgent; by machine time.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        Index("ix_outbox_to_send", "lane", "due_at", "id", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
        Index("ix_outbox_account_slot", "account_id", "slot"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    bot: str
    account_id: UUID = Field(foreign_key="account.id")
    text: str
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    choices: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    photos: list[str] = Field(sa_column=Column(JSON, nullable=False))
    recordings: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    documents: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    lane: str
    slot: str | None = None
    in_place: bool = False
    key: str | None = None
    answers: int | None = Field(default=None, sa_type=Serial)
    state: str = "new"
    why: str | None = None
    tries: int = 0
    repeated: bool = False
    created_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    lease_by: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    external: str | None = None
    edits: str | None = None
    part: int = 0
    held_until: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class BotRow(Table, table=True):
    """An addressable line. ``paused_until`` stops all its sending, for every process. Machine time.

    ``recent`` is when its newest messages left, in seconds since 1970, as many as its pace looks back at. ``messages``
    in a month, ``users`` and ``groups`` are what its vendor allows, where it counts. ``served``: it has not been taken
    away.
    """

    __tablename__ = "bot"
    key: str = Field(primary_key=True)
    paused_until: datetime | None = Field(default=None, sa_type=Moment)
    recent: list[float] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    paused_why: str | None = None
    messages: int | None = None
    users: int | None = None
    groups: int | None = None
    served: bool = True


class ChatPaceRow(Table, table=True):
    """From when on a chat takes one more message. Machine time; shared by all processes."""

    __tablename__ = "chat_pace"
    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    ready_at: datetime = Field(sa_type=Moment)


class BeatRow(Table, table=True):
    """When the program was last seen at work, by both clocks; a long gap is an outage."""

    __tablename__ = "beat"
    id: int = Field(default=1, primary_key=True)
    machine: datetime = Field(sa_type=Moment)
    campaign: datetime = Field(sa_type=Moment)


class ConversationRow(Table, table=True):
    """Where somebody's conversation stands: the answers so far by question, the doubts, the version of the screen."""

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("account_id", "story", "subject_id"),
        Index(
            "uq_conversation_open", "account_id", unique=True, sqlite_where=text("open"), postgresql_where=text("open")
        ),
    )
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    story: str
    subject_id: UUID
    open: bool = True
    stepwise: bool = False
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    doubts: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    context: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    updated_at: datetime = Field(sa_type=Moment)


class CodeAttemptRow(Table, table=True):
    """Somebody typed a code that opened nothing; counted so that guessing is hopeless."""

    __tablename__ = "code_attempt"
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    bot: str = Field(index=True)
    at: datetime = Field(sa_type=Moment)


class EntryRow(Table, table=True):
    """What a browser has been shown, in order, so that it can be replayed after a lost connection."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("outbox_id"), UniqueConstraint("inbox_id"))
    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id", sa_type=Serial)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", sa_type=Serial)
    replaces: int | None = Field(default=None, sa_type=Serial)
    at: datetime = Field(sa_type=Moment)


class ClockRow(Table, table=True):
    """A rehearsal's clock: where it stands while it does not run, otherwise how many seconds it is ahead.

    ``week`` says how far the week is that is played for whoever watches; ``others``: who is nobody's plays by itself.
    """

    __tablename__ = "clock"
    id: int = Field(default=1, primary_key=True)
    stands_at: datetime | None = Field(default=None, sa_type=Moment)
    ahead: int = Field(default=0, sa_type=Serial)
    week: str | None = None
    others: bool = True
