"""What arrived, and whose turn is next. A chat's messages are handled in order, one at a time."""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from campaigns.ids import Id
from storage.machine_rows import InboxRow
from storage.types import Moment

TRIES = 3
KEPT_FOR = timedelta(days=30)
NOTHING: dict[str, Any] = {"text": "", "too_long": False, "photos": [], "recordings": [], "press": "", "label": ""}
EMPTIED = NOTHING | {"emptied": True}


def store(
    session: Session,
    *,
    bot: str,
    event: str,
    account: Id,
    kind: str,
    content: dict[str, Any],
    said_at: datetime,
    received_at: datetime,
    ready_at: datetime | None = None,
) -> int | None:
    """Store what arrived; its number, or none where that event was stored before."""
    insert = insert_on_sqlite if session.get_bind().dialect.name == "sqlite" else insert_on_postgresql
    row = insert(InboxRow).values(
        bot=bot,
        event=event,
        account_id=account,
        kind=kind,
        content=content,
        said_at=said_at,
        received_at=received_at,
        ready_at=ready_at,
        state="new",
        tries=0,
    )
    stored = row.on_conflict_do_nothing(index_elements=["bot", "event"]).returning(col(InboxRow.id))
    return session.execute(stored).scalar_one_or_none()


def known(session: Session, bot: str, event: str) -> bool:
    """Whether that event was stored before."""
    return session.exec(select(InboxRow.id).where(InboxRow.bot == bot, InboxRow.event == event)).first() is not None


def corrected(session: Session, bot: str, event: str, said: dict[str, Any]) -> bool:
    """Whether other words for an event need no turn: they are those it had last, or no turn has seen these yet and the
    new ones stand in their place."""
    of_it = (col(InboxRow.event) == event) | col(InboxRow.event).startswith(f"{event}:", autoescape=True)
    last = select(InboxRow).where(InboxRow.bot == bot, of_it).order_by(col(InboxRow.id).desc()).limit(1)
    row = session.exec(last.with_for_update()).first()
    if row is None:
        return False
    content = {**row.content, **said}
    if content != row.content and row.state != "new":
        return False
    row.content = content
    return True


def words(session: Session, account: Id, number: int) -> str | None:
    """What was said in a message of an account; none where that is not kept any more."""
    row = session.get(InboxRow, number)
    return row.content["text"] or None if row and row.account_id == account else None


class Album(StrEnum):
    """What became of one part of an album. ALONE: its turn was taken already, so the part has a turn of its own."""

    FIRST = "first"
    KNOWN = "known"
    JOINED = "joined"
    ALONE = "alone"


def part_of_album(session: Session, bot: str, album: str, part: str) -> tuple[Album, InboxRow | None]:
    """Where one more part of an album belongs, with the row that holds the album so far."""
    held = select(InboxRow).where(InboxRow.bot == bot, InboxRow.event == album).with_for_update()
    row = session.exec(held).first()
    if row is None:
        return Album.FIRST, None
    if part in row.content.get("parts", ()):
        return Album.KNOWN, row
    return (Album.JOINED if row.state == "new" else Album.ALONE), row


def join_album(row: InboxRow, part: str, photos: list[str], text: str, ready_at: datetime) -> None:
    """One more part; the album's turn waits a little longer for the next."""
    content = row.content
    said = "\n".join(words for words in (content["text"], text) if words)
    row.content = {**content, "photos": content["photos"] + photos, "text": said, "parts": [*content["parts"], part]}
    row.ready_at = ready_at


@cache
def _oldest_of_each_chat() -> SelectOfScalar[InboxRow]:
    """Built once: to put such a question together takes longer than to answer it."""
    earlier = aliased(InboxRow)
    has_earlier = exists().where(
        col(earlier.account_id) == col(InboxRow.account_id),
        col(earlier.state) == "new",
        col(earlier.id) < col(InboxRow.id),
    )
    ready = col(InboxRow.ready_at).is_(None) | (col(InboxRow.ready_at) <= bindparam("machine", type_=Moment))
    oldest = select(InboxRow).where(InboxRow.state == "new", ~has_earlier, ready).order_by(col(InboxRow.id)).limit(1)
    return oldest.with_for_update(skip_locked=True)


def next_turn(session: Session, machine: datetime) -> InboxRow | None:
    """The oldest message whose chat has none before it, held by this unit of work; other workers pass it by."""
    return session.exec(_oldest_of_each_chat(), params={"machine": machine}).first()


def forget_words(row: InboxRow) -> None:
    """What it said is not kept any longer than its turn."""
    row.content = {**row.content, "text": ""}


def is_waiting(session: Session, machine: datetime) -> bool:
    """Whether there is a turn to take, or one that somebody has in hand."""
    ready = (col(InboxRow.ready_at).is_(None)) | (col(InboxRow.ready_at) <= machine)
    return session.exec(select(InboxRow.id).where(InboxRow.state == "new", ready).limit(1)).first() is not None


def settle(row: InboxRow, state: str, now: datetime) -> None:
    """The turn was taken (done) or given up (set_aside)."""
    row.state, row.handled_at = state, now


def forget(session: Session, handled_before: datetime) -> int:
    """Empty what was handled before that moment, so that nobody's words are kept for ever; how many it were."""
    old = (
        update(InboxRow)
        .where(col(InboxRow.handled_at) < handled_before, col(InboxRow.state).in_(("done", "set_aside")))
        .values(content=EMPTIED, state="emptied")
    )
    return session.exec(old).rowcount


def failed(session: Session, inbox_id: int) -> int:
    """Count a try that raised, in a unit of work of its own; how many there were."""
    session.exec(update(InboxRow).where(col(InboxRow.id) == inbox_id).values(tries=InboxRow.tries + 1))
    return session.exec(select(InboxRow.tries).where(InboxRow.id == inbox_id)).one()
