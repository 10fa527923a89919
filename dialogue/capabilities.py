"""What a channel can do, as a value. Stories never ask which channel they are on; the dialogue asks this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Capabilities:
    """The abilities of one bot's channel. ``text_limit`` is in characters; ``lease`` in seconds outlasts any one send.

    ``repeatable`` is true where sending the same message again cannot show it twice, ``plays`` where recordings that
    come with a message can be listened to.
    """

    buttons: bool
    edits: bool
    files: bool
    text_limit: int
    lease: int
    repeatable: bool = False
    plays: bool = False


FULL = Capabilities(buttons=True, edits=True, files=True, text_limit=4_096, lease=60)
BARE = Capabilities(buttons=False, edits=False, files=False, text_limit=2_000, lease=180)
PROFILES = {"full": FULL, "bare": BARE}
