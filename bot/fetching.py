"""Fetching photos and recordings from where their channel keeps them, at once, as their links do not last."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

import structlog
from sqlmodel import Session

from bot.channels.line import Gone, Line
from bot.clock import Now
from bot.inbox import Arrival, Inbox
from bot.keeping import keep_aside
from bot.outbox import Work
from bot.sounds import Sound, listened
from dialogue.incoming import Kind
from storage.attachments import ToFetch
from storage.database import Database
from storage.photos import Photos
from storage.recordings import Recordings
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
        """Fetch the next photo or recording, if one waits; whether one did."""
        wanted: ToFetch | None = await self._work(self._wanted, now)
        if wanted is None:
            return False
        try:
            content = await self._lines[wanted.bot].fetch(wanted.source)
        except Gone as gone:
            await self._work(self._failed, wanted, now, gone.why)
        except Exception:
            log.exception("an attachment was not fetched", attachment=str(wanted.id))
            await self._work(self._failed, wanted, now, "")
        else:
            await self._work(self._keep_recording if wanted.recording else self._keep_photo, wanted, content, now)
        return True

    def _wanted(self, now: Now) -> ToFetch | None:
        with self._database.transaction() as session:
            store = Store.reading(session, now.campaign)
            waiting = (store.photos.to_fetch(), store.recordings.to_fetch())
            return min((one for one in waiting if one), key=lambda one: one.due_at, default=None)

    def _keep_photo(self, wanted: ToFetch, content: bytes, now: Now) -> None:
        keep_aside(self._folder / f"{wanted.id}.new", content)
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.fetched(wanted.id)

    def _keep_recording(self, wanted: ToFetch, content: bytes, now: Now) -> None:
        """A recording is looked at before it is kept; what is none is refused, and its sender told."""
        found = listened(content)
        if isinstance(found, Sound):
            keep_aside(self._folder / f"{wanted.id}.sound", content)
        with self._database.transaction() as session:
            store = Store(session, now.campaign, Random(0))
            if isinstance(found, Sound):
                store.recordings.fetched(wanted.id, found.kind, found.seconds)
            else:
                self._refuse(session, store, wanted, found, now)

    def _failed(self, wanted: ToFetch, now: Now, gone: str) -> None:
        """Try again later, unless it is gone; in the end tell the sender, who may send it once more."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, Random(0))
            attachments = _those(wanted, store)
            tries = attachments.tries(wanted.id)
            if not gone and tries + 1 < TRIES:
                attachments.fetch_again(wanted.id, now.campaign + WAITS * 2**tries)
            else:
                self._refuse(session, store, wanted, gone or "not_fetched", now)

    def _refuse(self, session: Session, store: Store, wanted: ToFetch, why: str, now: Now) -> None:
        _those(wanted, store).refused(wanted.id, why)
        to = store.people.account(wanted.account)
        kind, of = (Kind.VOICE_REFUSED, "recording") if wanted.recording else (Kind.PHOTO_REFUSED, "photo")
        self._inbox.store(session, Arrival(to.bot, f"{of}:{wanted.id}", to.chat, kind, now.campaign, why), now)


def _those(wanted: ToFetch, store: Store) -> Photos | Recordings:
    return store.recordings if wanted.recording else store.photos
