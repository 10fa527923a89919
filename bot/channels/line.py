"""A line is a bot's whole connection: the channel that sends, and how messages come in."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.bell import Bell
from bot.channels.channel import Channel
from bot.clock import Clock, Now
from bot.inbox import Arrival, Inbox
from bot.outbox import Work
from dialogue.doors import Door
from storage.database import Database

VENDORS = "/bots/"  # below it vendors call us, each with a secret of its own


class Gone(Exception):
    """What was to be fetched is not there any more, or is nothing that is ever fetched; ``why`` as senders are told."""

    def __init__(self, why: str = "not_fetched") -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Receiver:
    """Where a line hands over what it received."""

    inbox: Inbox
    clock: Clock
    work: Work
    arrived: Bell
    database: Database

    def now(self) -> Now:
        """This moment."""
        return self.clock.now()

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        """Store them in their order. Once this returns none is ever lost, so the vendor may be told."""
        for arrival in arrivals:
            await self.work(self.inbox.receive, arrival, self.clock.now())
        self.arrived.ring()


class Line(Protocol):
    """One bot of a vendor."""

    bot: str
    channel: Channel

    @property
    def door(self) -> Door | None:
        """The way in with a code, once it is known; none where there is none."""
        ...

    def routes(self, receiver: Receiver) -> Sequence[web.AbstractRouteDef]:
        """Where the vendor calls us, if it does: paths below ``VENDORS``."""
        ...

    def listening(self, receiver: Receiver) -> AbstractAsyncContextManager[None]:
        """Be connected, and receive what is not brought by a call, until the block is left."""
        ...

    async def fetch(self, source: str) -> bytes:
        """What lies at ``source`` of an Arrival. Raises Gone where it never will, anything else where it may later."""
        ...
