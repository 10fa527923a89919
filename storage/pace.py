"""How fast a bot and each chat may be sent to: kept in the database, so that several processes share it. Machine time.

A bot's messages are counted in a sliding window. A chat takes a few at once and then one every so many seconds; what it
takes is kept as one moment: from when on it takes one more.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlmodel import Session, select

from storage.machine_rows import BotRow, ChatPaceRow, OutboxRow
from storage.rows import AccountRow

SPREAD = 0.6  # of the even distance between two messages: what a stall cost is made up for, yet never in one burst


class Pace(Protocol):
    """What a channel says of its vendor's limits."""

    @property
    def most(self) -> int: ...
    @property
    def within(self) -> float: ...
    @property
    def burst(self) -> int: ...
    @property
    def chat(self) -> float: ...
    @property
    def group(self) -> float: ...


def lock_bot(session: Session, bot: str) -> BotRow:
    """The bot's row, held until the end of this unit of work, so that one process at a time counts for it."""
    held = select(BotRow).where(BotRow.key == bot).with_for_update()
    found = session.exec(held).first()
    if found is None:
        insert = insert_on_sqlite if session.get_bind().dialect.name == "sqlite" else insert_on_postgresql
        session.execute(insert(BotRow).values(key=bot, recent=[]).on_conflict_do_nothing(index_elements=["key"]))
        found = session.exec(held).one()
    return found


def bot_free_at(recent: list[float], pace: Pace) -> float:
    """From when on the bot may send one more, in seconds since 1970; 0 where it never sent."""
    if not recent:
        return 0.0
    apart = recent[-1] + SPREAD * pace.within / pace.most
    return max(apart, recent[-pace.most] + pace.within) if len(recent) >= pace.most else apart


def count(session: Session, bot: BotRow, row: OutboxRow, pace: Pace, machine: datetime) -> None:
    """Count a message that leaves now; an album counts as many as it has photos."""
    cost = max(1, len(row.photos))
    bot.recent = [*bot.recent, *[machine.timestamp()] * cost][-pace.most :]
    group = session.get_one(AccountRow, row.account_id).group
    every = timedelta(seconds=pace.group if group else pace.chat)
    chat = session.get(ChatPaceRow, row.account_id) or ChatPaceRow(account_id=row.account_id, ready_at=machine)
    allowance = every * (pace.burst - 1)
    chat.ready_at = max(chat.ready_at + allowance, machine) + every * cost - allowance
    session.add(chat)


def paused_or_full_until(bot: BotRow | None, pace: Pace | None) -> datetime | None:
    """Until when the bot may send nothing at all; a moment that has passed says nothing."""
    if bot is None:
        return None
    full = datetime.fromtimestamp(bot_free_at(bot.recent, pace), UTC) if pace and bot.recent else None
    return max((one for one in (bot.paused_until, full) if one), default=None)
