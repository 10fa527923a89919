"""Send what was decided: claim one message, call the channel, settle it, fenced by the lease."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

import structlog

from bot import economy
from bot.channels.channel import Channel, Moved, Outcome, Parcel, Paused, Rejected, Retry, Sent, Unknown, Unreachable
from bot.clock import Now
from bot.rendering import Renderer
from campaigns.ids import Id
from dialogue.say import Lane
from storage import outbox
from storage.database import Database
from storage.machine_rows import OutboxRow
from storage.store import Store

log = structlog.get_logger()

TRIES = 6
T = TypeVar("T")
Work = Callable[..., Awaitable[Any]]


async def inline(function: Callable[..., T], *arguments: Any) -> T:
    """Database work done at once; a running program does it in its worker thread instead."""
    return function(*arguments)


class Outbox:
    """Sends for several bots. ``holder`` is this process's name on its leases."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        renderer: Renderer,
        *,
        holder: str,
        work: Work = inline,
    ) -> None:
        self._database = database
        self._channels = channels
        self._renderer = renderer
        self._holder = holder
        self._work = work

    async def send_next(self, now: Callable[[], Now]) -> bool:
        """Send the next message of any bot; whether there was one."""
        for bot in self._channels:
            parcel = await self.claim(bot, now())
            if parcel is not None:
                await self.deliver(bot, parcel, now)
                return True
        return False

    async def claim(self, bot: str, now: Now) -> Parcel | None:
        """The next message of a bot that may go now, marked as under way."""
        parcel: Parcel | None = await self._work(self._claim, bot, self._channels[bot], now)
        return parcel

    async def deliver(self, bot: str, parcel: Parcel, now: Callable[[], Now]) -> None:
        """Send what was claimed, and settle it."""
        begun = now()
        outcome = await _sent(self._channels[bot], parcel, begun.campaign)
        await self._work(self._settle, parcel, _by_machine(outcome, begun), now())

    async def opens_in(self, bot: str, now: Now) -> float | None:
        """In how many seconds something of a bot that must wait may go; none where nothing waits for a time."""
        opens: datetime | None = await self._work(self._opens_at, bot, now)
        return (opens - now.machine).total_seconds() if opens else None

    def _opens_at(self, bot: str, now: Now) -> datetime | None:
        pace = self._channels[bot].capabilities.pace
        with self._database.transaction() as session:
            return outbox.opens_at(session, bot, now.campaign, now.machine, pace)

    def recover(self, now: Now, *, starting: bool = False) -> int:
        """Decide about messages whose sender died: nobody knows whether they arrived. How many there were.

        A reply is sent once more, marked; an edit is repeated, it is idempotent; anything else is left as unknown.
        ``starting``: this is the only process, so whatever is under way was its predecessor's.
        """
        with self._database.transaction() as session:
            rows = outbox.ran_out(session, now.machine, all_of=tuple(self._channels) if starting else ())
            for row in (row for row in rows if row.bot in self._channels):  # others wait until their bot is back
                economy.count(row, self._channels[row.bot].capabilities, session, now)
                _decide_unknown(row, self._channels[row.bot], now.campaign)
        return len(rows)

    def _claim(self, bot: str, channel: Channel, now: Now) -> Parcel | None:
        lease, pace = timedelta(seconds=channel.capabilities.lease), channel.capabilities.pace
        with self._database.transaction() as session:
            while row := outbox.claim(session, bot, now.campaign, now.machine, self._holder, lease, pace):
                if not economy.kept_back(row, channel.capabilities, session, now):
                    return self._rendered(row, session, channel, now)
            return None

    def _rendered(self, row: OutboxRow, session: Any, channel: Channel, now: Now) -> Parcel | None:
        """The parcel; a message that cannot be rendered is a fault of ours and must not stop the others."""
        try:
            parts = channel.parts(self._renderer.parcel(row, session, channel.capabilities))
            at = min(row.part, len(parts) - 1)  # a name that changed meanwhile may have made it shorter
            return replace(parts[at], more=at + 1 < len(parts))
        except Exception:
            log.exception("message cannot be rendered", outbox=row.id, text=row.text)
            outbox.settle(row, "rejected", now.campaign, why="rendering")
            return None

    def _settle(self, parcel: Parcel, outcome: Outcome, now: Now) -> None:
        with self._database.transaction() as session:
            row = outbox.held(session, parcel.outbox, self._holder)
            if row is None:
                return
            abilities = self._channels[row.bot].capabilities
            outcome = economy.judged(outcome, row, abilities, session)
            if isinstance(outcome, Paused):
                outbox.pause(session, row.bot, outcome.until, outcome.why)
            if isinstance(outcome, Unreachable | Moved):
                _note_chat(row, outcome, Store(session, now.campaign, Random(0)))
            if isinstance(outcome, Sent | Unknown):
                economy.count(row, abilities, session, now)
            if isinstance(outcome, Sent) and parcel.more:
                outbox.go_on(row, now.campaign)
            else:
                _settle_row(row, outcome, self._channels[row.bot], now.campaign)


def _note_chat(row: OutboxRow, outcome: Unreachable | Moved, store: Store) -> None:
    """What the vendor's answer says of the chat itself."""
    if isinstance(outcome, Moved):
        store.people.moves(Id(row.account_id), outcome.to)
    else:
        store.people.gone(Id(row.account_id))


def _by_machine(outcome: Outcome, begun: Now) -> Outcome:
    """A pause runs by the machine's time; a channel speaks in campaign time."""
    return (
        replace(outcome, until=begun.machine + (outcome.until - begun.campaign))
        if isinstance(outcome, Paused)
        else outcome
    )


async def _sent(channel: Channel, parcel: Parcel, now: datetime) -> Outcome:
    try:
        return await channel.send(parcel, now)
    except Exception:
        log.exception("channel raised", outbox=parcel.outbox)
        return Unknown()


def _settle_row(row: OutboxRow, outcome: Outcome, channel: Channel, now: datetime) -> None:
    match outcome:
        case Sent(external):
            outbox.settle(row, "sent", now, external=external)
        case Retry(after) if row.tries < TRIES:
            outbox.put_back(row, now + timedelta(seconds=after))
        case Retry():
            outbox.settle(row, "unreachable", now, why="tried too often")
        case Paused() | Moved():
            outbox.put_back(row, now, counts=False)
        case Unreachable(why):
            outbox.settle(row, "unreachable", now, why=why or None)
        case Rejected(why):
            outbox.settle(row, "rejected", now, why=why)
        case Unknown():
            _decide_unknown(row, channel, now)


def _decide_unknown(row: OutboxRow, channel: Channel, now: datetime) -> None:
    if channel.capabilities.repeatable or (row.edits and channel.capabilities.edits):
        outbox.put_back(row, now)
    elif row.lane == Lane.REPLY and not row.repeated:
        outbox.put_back(row, now, repeated=True)
    else:
        outbox.settle(row, "unknown", now)
