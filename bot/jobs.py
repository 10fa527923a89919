"""Everything slow. A job's result comes back through the inbox."""

import subprocess
import sys
from pathlib import Path
from random import Random

from bot.clock import Now
from bot.inbox import Arrival, Inbox
from bot.photo_check import SECONDS, WHY
from campaigns.ids import Id
from dialogue.incoming import Kind
from storage.database import Database
from storage.store import Store

ROOT = Path(__file__).parent.parent


class PhotoCheck:
    """Checks photos that arrived, each in a child with limits; a bad one is refused and its sender told."""

    def __init__(self, database: Database, inbox: Inbox, folder: Path) -> None:
        self._database = database
        self._inbox = inbox
        self._folder = folder

    def step(self, now: Now) -> bool:
        """Check the next photo, if one waits; whether one did. Checking twice after a crash settles once."""
        with self._database.transaction() as session:
            waiting = Store.reading(session).photos.to_check()
        if waiting is None:
            return False
        photo, account = waiting
        self._settle(photo, account, self._why_refused(photo), now)
        return True

    def _why_refused(self, photo: Id) -> str | None:
        """Why a photo cannot be taken, none for a good one, which then lies beside it as a clean JPEG."""
        source, target = self._folder / f"{photo}.new", self._folder / f"{photo}.jpg"
        command = [sys.executable, "-m", "bot.photo_check", str(source), str(target)]
        try:
            ended = subprocess.run(command, cwd=ROOT, timeout=2 * SECONDS, capture_output=True, check=False)  # noqa: S603  # our own module, our own names
        except subprocess.TimeoutExpired:
            return "unreadable"
        return None if ended.returncode == 0 else WHY.get(ended.returncode, "unreadable")

    def _settle(self, photo: Id, account: Id, why: str | None, now: Now) -> None:
        with self._database.transaction() as session:
            store = Store(session, now.campaign, Random(0))
            if not store.photos.checked(photo, why):
                return
            if why:
                to = store.people.account(account)
                refused = Arrival(to.bot, f"photo:{photo}", to.chat, Kind.PHOTO_REFUSED, now.campaign, text=why)
                self._inbox.store(session, refused, now)
        (self._folder / f"{photo}.new").unlink(missing_ok=True)
