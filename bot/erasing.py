"""Taking photos from the disk that are not to be kept: what was withdrawn is gone, not only hidden."""

from pathlib import Path
from random import Random

from bot.clock import Now
from storage.database import Database
from storage.store import Store


class Erasing:
    """Unlinks first and notes it then: dying in between leaves the photo to the next step."""

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    def step(self, now: Now) -> bool:
        """Erase the next photo, if one is to be; whether one was."""
        with self._database.transaction() as session:
            photo = Store.reading(session).photos.to_erase()
        if photo is None:
            return False
        for ending in (".jpg", ".new"):
            if self._folder:
                (self._folder / f"{photo}{ending}").unlink(missing_ok=True)
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.erased(photo)
        return True

    def recover(self, now: Now) -> None:
        """After a start: look once more for everything that was erased."""
        with self._database.transaction() as session:
            Store(session, now.campaign, Random(0)).photos.look_again()
