"""What is to be sent: planned with the decision, claimed under a lease, settled once by whoever holds it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from campaigns.document import Document
from campaigns.ids import Id
from storage import pace as pacing
from storage.machine_rows import BotRow, ChatPaceRow, OutboxRow
from storage.pace import Pace
from storage.types import Moment


def plan(
    session: Session,
    *,
    bot: str,
    account: Id,
    text: str,
    content: dict[str, Any],
    choices: list[dict[str, Any]],
    lane: str,
    now: datetime,
    photos: Sequence[Id] = (),
    recordings: Sequence[Id] = (),
    documents: Sequence[Document] = (),
    slot: str | None = None,
    in_place: bool = False,
    key: str | None = None,
    answers: int | None = None,
) -> int | None:
    """Plan a message; its number, or none where that key was planned before. A newer one of a slot wins.

    ``in_place``: it replaces what the slot shows, where the channel can edit.
    """
    if key and session.exec(select(OutboxRow.id).where(OutboxRow.account_id == account, OutboxRow.key == key)).first():
        return None
    if slot:
        _supersede(session, account, slot, now)
    row = OutboxRow(
        bot=bot,
        account_id=account,
        text=text,
        content=content,
        choices=choices,
        photos=[str(photo) for photo in photos],
        recordings=[str(recording) for recording in recordings],
        documents=[{"id": str(document.id), "name": document.name} for document in documents],
        lane=lane,
        slot=slot,
        in_place=in_place,
        key=key,
        answers=answers,
        created_at=now,
        due_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def _supersede(session: Session, account: Id, slot: str, now: datetime) -> None:
    older = (
        update(OutboxRow)
        .where(col(OutboxRow.account_id) == account, col(OutboxRow.slot) == slot, col(OutboxRow.state) == "new")
        .values(state="superseded", settled_at=now)
    )
    session.exec(older)


MENU_WITHIN = 5  # replies: an answer to a slip of the thumb does not take the menu away


@cache
def _next_of_bot() -> SelectOfScalar[OutboxRow]:
    """Built once: to put such a question together takes longer than to answer it."""
    earlier = aliased(OutboxRow)
    now, machine = bindparam("now", type_=Moment), bindparam("machine", type_=Moment)
    waits = exists().where(
        col(earlier.account_id) == col(OutboxRow.account_id),
        col(earlier.state).in_(("new", "in_flight")),
        col(earlier.lane) == col(OutboxRow.lane),
        col(earlier.id) < col(OutboxRow.id),
        func.coalesce(col(earlier.held_until), machine) <= machine,
    )
    same_screen = exists().where(
        col(earlier.account_id) == col(OutboxRow.account_id),
        col(earlier.slot) == col(OutboxRow.slot),
        col(earlier.state) == "in_flight",
        col(earlier.id) < col(OutboxRow.id),
    )
    paused = exists().where(col(BotRow.key) == col(OutboxRow.bot), col(BotRow.paused_until) > machine)
    chat_waits = exists().where(
        col(ChatPaceRow.account_id) == col(OutboxRow.account_id), col(ChatPaceRow.ready_at) > machine
    )
    ready = (
        select(OutboxRow)
        .where(
            col(OutboxRow.bot) == bindparam("bot"),
            OutboxRow.state == "new",
            col(OutboxRow.due_at) <= now,
            func.coalesce(col(OutboxRow.held_until), machine) <= machine,
            ~waits,
            ~same_screen,
            ~paused,
            ~chat_waits,
        )
        .order_by(col(OutboxRow.lane).desc(), col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(1)
    )
    return ready.with_for_update(skip_locked=True)


def claim(
    session: Session,
    bot: str,
    now: datetime,
    machine: datetime,
    holder: str,
    lease: timedelta,
    pace: Pace | None = None,
) -> OutboxRow | None:
    """The next message of a bot that may be sent now, leased to ``holder``; replies first, each chat in order.

    None as well while the bot's pace lets nothing go. A chat that must wait holds up no other. ``now`` is campaign
    time, ``machine`` the machine's, which leases, pauses and the pace run by.
    """
    counted = pacing.lock_bot(session, bot) if pace else None
    if counted and pace and pacing.bot_free_at(counted.recent, pace) > machine.timestamp():
        return None
    params = {"bot": bot, "now": now, "machine": machine}
    row = session.exec(_next_of_bot(), params=params).first()
    while row and _is_outdated(session, row):
        settle(row, "superseded", now)
        session.flush()
        row = session.exec(_next_of_bot(), params=params).first()
    if row:
        if counted and pace:
            pacing.count(session, counted, row, pace, machine)
        row.state, row.lease_by, row.lease_until, row.tries = "in_flight", holder, machine + lease, row.tries + 1
        row.edits = _shown_in_slot(session, row)
    return row


def _is_outdated(session: Session, row: OutboxRow) -> bool:
    """Whether it was put back, and meanwhile something newer took its place."""
    if row.slot is None or row.part:
        return False
    newer = select(OutboxRow.id).where(
        OutboxRow.account_id == row.account_id,
        OutboxRow.slot == row.slot,
        col(OutboxRow.id) > row.id,
        col(OutboxRow.state).in_(("new", "in_flight", "sent")),
    )
    return session.exec(newer.limit(1)).first() is not None


def newest_in_slot(session: Session, account: Id, slot: str) -> OutboxRow | None:
    """What was last planned for a slot of a chat, whatever became of it."""
    rows = select(OutboxRow).where(OutboxRow.account_id == account, OutboxRow.slot == slot)
    return session.exec(rows.order_by(col(OutboxRow.id).desc()).limit(1)).first()


def _shown_in_slot(session: Session, row: OutboxRow) -> str | None:
    if row.slot is None or not row.in_place:
        return None
    shown = (
        select(OutboxRow.external)
        .where(OutboxRow.account_id == row.account_id, OutboxRow.slot == row.slot, OutboxRow.state == "sent")
        .order_by(col(OutboxRow.id).desc())
    )
    return session.exec(shown.limit(1)).first()


def held(session: Session, outbox_id: int, holder: str) -> OutboxRow | None:
    """The message, if ``holder`` still has it: a lease that ran out and was taken away settles nothing."""
    mine = select(OutboxRow).where(
        OutboxRow.id == outbox_id, OutboxRow.lease_by == holder, OutboxRow.state == "in_flight"
    )
    return session.exec(mine.with_for_update()).first()


def settle(row: OutboxRow, state: str, now: datetime, *, external: str | None = None, why: str | None = None) -> None:
    """The message's fate: sent, unreachable, rejected or unknown."""
    row.state, row.settled_at, row.external, row.why = state, now, external, why
    row.lease_by = row.lease_until = None


def go_on(row: OutboxRow, now: datetime) -> None:
    """A part of it has arrived; the next one is sent before anything else to that chat."""
    row.part, row.tries, row.repeated = row.part + 1, 0, False
    put_back(row, now)


def put_back(row: OutboxRow, due_at: datetime, *, repeated: bool = False, counts: bool = True) -> None:
    """Send it again later; ``repeated`` marks it, because it may have arrived already."""
    row.state, row.due_at, row.lease_by, row.lease_until = "new", due_at, None, None
    row.repeated = row.repeated or repeated
    row.tries -= not counts


def ran_out(session: Session, now: datetime, *, all_of: Sequence[str] = ()) -> list[OutboxRow]:
    """Messages whose lease ran out, so that nobody knows whether they arrived; ``all_of`` bots that just started."""
    expired = or_(col(OutboxRow.lease_until) <= now, col(OutboxRow.bot).in_(all_of))
    rows = select(OutboxRow).where(OutboxRow.state == "in_flight", expired).order_by(col(OutboxRow.id))
    return list(session.exec(rows.with_for_update(skip_locked=True)))


def hold(row: OutboxRow, until: datetime) -> None:
    """Keep it for later, as other messages are more urgent; what comes after it in its chat does not wait with it."""
    row.state, row.lease_by, row.lease_until, row.held_until = "new", None, None, until
    row.tries -= 1


def pause(session: Session, bot: str, until: datetime, why: str) -> None:
    """Pause all sending of a bot, for every process; never for less than it was paused before."""
    row = session.get(BotRow, bot) or BotRow(key=bot)
    if row.paused_until is None or row.paused_until < until:
        row.paused_until, row.paused_why = until, why
    session.add(row)


def last_menu(session: Session, account: Id, said_at: datetime) -> list[dict[str, Any]]:
    """The choices of the last reply that had any and reached the account before the person wrote.

    What the program says of its own accord never changes what an open number means.
    """
    rows = (
        select(OutboxRow)
        .where(OutboxRow.account_id == account, OutboxRow.state == "sent", col(OutboxRow.answers).is_not(None))
        .where(col(OutboxRow.settled_at) <= said_at)
        .order_by(col(OutboxRow.id).desc())
    )
    menus = (_menu(row) for row in session.exec(rows.limit(MENU_WITHIN)))
    return next((menu for menu in menus if menu), [])


def _menu(row: OutboxRow) -> list[dict[str, Any]]:
    return [choice for choice in row.choices if not choice["typed"]]


def opens_at(session: Session, bot: str, now: datetime, machine: datetime, pace: Pace | None) -> datetime | None:
    """When something of a bot that cannot go now may go, in machine time; none where nothing waits for a time."""
    whole = pacing.paused_or_full_until(session.get(BotRow, bot), pace)
    waiting = (OutboxRow.bot == bot, OutboxRow.state == "new")
    if whole and whole > machine:
        return whole if session.exec(select(OutboxRow.id).where(*waiting).limit(1)).first() else None
    ready = select(func.min(ChatPaceRow.ready_at)).join(
        OutboxRow, col(OutboxRow.account_id) == col(ChatPaceRow.account_id)
    )
    chat = session.exec(ready.where(*waiting, col(OutboxRow.due_at) <= now, col(ChatPaceRow.ready_at) > machine)).one()
    due = session.exec(select(func.min(OutboxRow.due_at)).where(*waiting, col(OutboxRow.due_at) > now)).first()
    return min((one for one in (chat, due and machine + (due - now)) if one), default=None)


def next_due(session: Session) -> datetime | None:
    """When the next waiting message may be sent, for a clock that jumps."""
    rows = select(OutboxRow.due_at).where(OutboxRow.state == "new").order_by(col(OutboxRow.due_at))
    return session.exec(rows.limit(1)).first()


def is_sending(session: Session, now: datetime) -> bool:
    """Whether a message is under way, or waits and may be sent by now."""
    waits = (col(OutboxRow.state) == "new") & (col(OutboxRow.due_at) <= now)
    rows = select(OutboxRow.id).where((col(OutboxRow.state) == "in_flight") | waits)
    return session.exec(rows.limit(1)).first() is not None
