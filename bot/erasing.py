"""Taking from the disk what is not to be kept: what was withdrawn or has had its time is gone, not only hidden."""

from pathlib import Path
from random import Random

from bot.clock import Now
from campaigns.ids import Id
from storage.database import Database
from storage.photos import Photos
from storage.recordings import Recordings
from storage.store import Store


class Erasing:
    """Unlinks first and notes it then: dying in between leaves the file to the next step."""

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    def step(self, now: Now) -> bool:
        """Erase the next photo or recording, if one is to be; whether one was."""
        with self._database.transaction() as session:
            store = Store.reading(session)
            photo = store.photos.to_erase()
            recording = None if photo else store.recordings.to_erase()
        if photo:
            return self._erase(photo, (".jpg", ".new"), now)
        return recording is not None and self._erase(recording, (".sound",), now)

    def _erase(self, attached: Id, endings: tuple[str, ...], now: Now) -> bool:
        for ending in endings:
            if self._folder:
                (self._folder / f"{attached}{ending}").unlink(missing_ok=True)
        with self._database.transaction() as session:
            store = Store(session, now.campaign, Random(0))
            kept: Photos | Recordings = store.recordings if endings == (".sound",) else store.photos
            kept.erased(attached)
        return True

    def recover(self, now: Now) -> None:
        """After a start: look once more for everything that was erased."""
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.look_again()
