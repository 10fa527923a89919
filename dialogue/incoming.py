"""What arrived from a person: words, a pressed button, photos, or something the channel could not read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.ids import Id


class Kind(StrEnum):
    """What arrived. The refused ones come from our own check of what had arrived before.

    CONTACT is somebody else out of the sender's address book, by their telephone number: never the sender's own.
    EDITED are other words in place of some that were handled already. OPENED, ADDED and LEFT: the chat was opened (once
    more), the program was added to a group, it was blocked or taken out. MOVED: the chat's address is the text now.
    """

    TEXT = "text"
    PRESS = "press"
    PHOTO = "photo"
    VOICE = "voice"
    CONTACT = "contact"
    OTHER = "other"
    EDITED = "edited"
    OPENED = "opened"
    ADDED = "added"
    LEFT = "left"
    MOVED = "moved"
    PHOTO_REFUSED = "photo_refused"
    VOICE_REFUSED = "voice_refused"


@dataclass(frozen=True)
class Incoming:
    """One message as the dialogue sees it: ``text`` is cleaned, ``press`` is the data of a button.

    ``menu`` is what the numbers stand for that the person saw last, ``labels`` what stood behind them, where those can
    only be typed. ``number`` is what it is kept under.
    """

    kind: Kind
    said_at: datetime
    received_at: datetime
    text: str = ""
    press: str = ""
    photos: tuple[Id, ...] = ()
    recordings: tuple[Id, ...] = ()
    too_long: bool = False
    menu: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    number: int = 0
