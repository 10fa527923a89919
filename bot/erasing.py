"""Taking from the disk what is not to be kept: what was withdrawn or has had its time is gone, not only hidden."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from bot.clock import Now
from campaigns.ids import Id
from storage.database import Database
from storage.documents import Documents
from storage.photos import Photos
from storage.recordings import Recordings
from storage.store import Store

Kept = Photos | Recordings | Documents


class Erasing:
    """Unlinks first and notes it then: dying in between leaves the file to the next step."""

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    def step(self, now: Now) -> bool:
        """Erase the next photo, recording or document, if one is to be; whether one was."""
        with self._database.transaction() as session:
            store = Store.reading(session)
            photo = store.photos.to_erase()
            recording = store.recordings.to_erase()
            document = store.documents.to_erase(now.campaign)
        return (
            self._erase(photo, (".jpg", ".new"), lambda store: store.photos, now)
            or self._erase(recording, (".sound",), lambda store: store.recordings, now)
            or self._erase(document, (".file",), lambda store: store.documents, now)
        )

    def _erase(self, kept: Id | None, endings: tuple[str, ...], among: Callable[[Store], Kept], now: Now) -> bool:
        if kept is None:
            return False
        for ending in endings:
            if self._folder:
                (self._folder / f"{kept}{ending}").unlink(missing_ok=True)
        with self._database.transaction() as session:
            among(Store(session, now.campaign, Random(0))).erased(kept)
        return True

    def recover(self, now: Now) -> None:
        """After a start: look once more for everything that was erased."""
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.look_again()
