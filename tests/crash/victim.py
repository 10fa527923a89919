"""A program to be killed for real: ``python -m tests.crash.victim URL DELIVERIES``.

It takes turns and sends until it is killed. What its channel accepted is appended to a file and synced, as a vendor
would keep it, before the channel answers.
"""

import asyncio
import json
import os
import sys
from datetime import datetime
from random import SystemRandom

from bot.app import build
from bot.channels.channel import Outcome, Parcel, Sent
from bot.clock import Now
from dialogue.capabilities import BARE, Capabilities
from storage.database import Database
from tests.stage import BOT, local

NOW = local("5/5 18:35")


class FileChannel:
    """Accepts a message by writing it down for good."""

    capabilities: Capabilities = BARE

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """Always one."""
        return (parcel,)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Accept, keep, then answer."""
        line = {"outbox": parcel.outbox, "chat": parcel.chat, "text": parcel.text, "marked": parcel.repeated}
        os.write(self._file, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        os.fsync(self._file)
        return Sent(str(parcel.outbox))


async def work(url: str, deliveries: str) -> None:
    """Take turns and send, without end."""
    database = Database(url)
    app = build(database, {BOT: FileChannel(deliveries)}, SystemRandom(), holder=f"victim-{os.getpid()}")
    app.outbox.recover(_clock(), starting=True)
    print("ready", flush=True)
    while True:
        busy = app.inbox.take_turn(_clock())
        busy = await app.outbox.send_next(_clock) or busy
        if not busy:
            # Nothing of its own is under way here; what a dead one still held at the start is looked at again.
            app.outbox.recover(_clock(), starting=True)
            await asyncio.sleep(0.002)


def _clock() -> Now:
    return Now(NOW, NOW)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2]))
