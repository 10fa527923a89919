"""Short-lived signed links to our own pages, for channels that show neither files nor long tables nor photos of ours.

An address is ``/xem/<what>/<which>/<until>/<seal>``: nobody can guess or lengthen one without the key, which lies among
the data and never leaves it.
"""

import hmac
import os
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

PAGE = "/xem"
PHOTO, MESSAGE, RECORDING, DOCUMENT = "anh", "tin", "tieng", "tep"
FOR_A_VENDOR = timedelta(minutes=15)  # a vendor may take minutes to fetch a photo
FOR_A_READER = timedelta(days=3)
FOR_A_LISTENER = timedelta(days=1)


class Links:
    """Makes and checks links. ``address`` is where our pages are reached from outside; empty where they are not."""

    def __init__(self, address: str, key: bytes) -> None:
        self.address = address.rstrip("/")
        self._key = key

    def photo(self, photo: object, now: datetime) -> str:
        """Where a vendor fetches a photo from, for as long as it may need."""
        return self._link(PHOTO, str(photo), now + FOR_A_VENDOR)

    def message(self, outbox: int, now: datetime) -> str:
        """Where the whole of a message is read, for some days."""
        return self._link(MESSAGE, str(outbox), now + FOR_A_READER)

    def recording(self, recording: object, now: datetime) -> str:
        """Where a voice message is listened to, for a day."""
        return self._link(RECORDING, str(recording), now + FOR_A_LISTENER)

    def document(self, document: object, now: datetime) -> str:
        """Where a file is had from, for a day."""
        return self._link(DOCUMENT, str(document), now + FOR_A_LISTENER)

    def _link(self, what: str, which: str, until: datetime) -> str:
        moment = str(int(until.timestamp()))
        return f"{self.address}{PAGE}/{what}/{which}/{moment}/{self._seal(what, which, moment)}"

    def opens(self, what: str, which: str, until: str, seal: str, now: datetime) -> bool:
        """Whether this is a link of ours that is not over yet."""
        ours = hmac.compare_digest(self._seal(what, which, until).encode(), seal.encode())
        return ours and datetime.fromtimestamp(int(until), UTC) > now

    def _seal(self, what: str, which: str, until: str) -> str:
        return hmac.new(self._key, f"{what}/{which}/{until}".encode(), sha256).hexdigest()[:32]


def links_of(data: Path, address: str) -> Links:
    """The links of an installation; its key is made once, and is nobody else's to read."""
    path = data / "links.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_bytes(secrets.token_bytes(32))
        made.replace(path)
    return Links(address, path.read_bytes())
