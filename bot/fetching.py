"""Fetching photos from where their channel keeps them, at once, as their links do not last."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

import structlog

from bot.channels.line import Gone, Line
from bot.clock import Now
from bot.inbox import Arrival, Inbox
from bot.keeping import keep_aside
from bot.outbox import Work
from dialogue.incoming import Kind
from storage.database import Database
from storage.photos import ToFetch
from storage.store import Store

log = structlog.get_logger()

TRIES = 6
WAITS = timedelta(seconds=20)  # before the second try; twice as long before each further one


class Fetching:
    """Fetches for several lines. Fetching twice after a crash keeps one."""

    def __init__(self, database: Database, inbox: Inbox, lines: Mapping[str, Line], folder: Path, work: Work) -> None:
        self._database = database
        self._inbox = inbox
        self._lines = lines
        self._folder = folder
        self._work = work

    async def step(self, now: Now) -> bool:
        """Fetch the next photo, if one waits; whether one did."""
        wanted: ToFetch | None = await self._work(self._wanted, now)
        if wanted is None:
            return False
        try:
            content = await self._lines[wanted.bot].fetch(wanted.source)
        except Gone:
            await self._work(self._failed, wanted, now, True)
        except Exception:
            log.exception("a photo was not fetched", photo=str(wanted.photo))
            await self._work(self._failed, wanted, now, False)
        else:
            await self._work(self._keep, wanted, content, now)
        return True

    def _wanted(self, now: Now) -> ToFetch | None:
        with self._database.transaction() as session:
            return Store.reading(session, now.campaign).photos.to_fetch()

    def _keep(self, wanted: ToFetch, content: bytes, now: Now) -> None:
        keep_aside(self._folder / f"{wanted.photo}.new", content)
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.fetched(wanted.photo)

    def _failed(self, wanted: ToFetch, now: Now, gone: bool) -> None:
        """Try again later; in the end tell the sender, who may send it once more."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, Random(0))
            tries = store.photos.tries(wanted.photo)
            if not gone and tries + 1 < TRIES:
                store.photos.fetch_again(wanted.photo, now.campaign + WAITS * 2**tries)
                return
            store.photos.not_fetched(wanted.photo)
            to = store.people.account(wanted.account)
            event, why = f"photo:{wanted.photo}", "not_fetched"
            self._inbox.store(session, Arrival(to.bot, event, to.chat, Kind.PHOTO_REFUSED, now.campaign, why), now)
