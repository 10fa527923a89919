"""What a channel can do, as a value. Stories never ask which channel they are on; the dialogue asks this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How fast a vendor lets a bot send: at most ``most`` messages in any ``within`` seconds over all chats.

    A chat takes ``burst`` at once, and then one every ``chat`` seconds, a group one every ``group`` seconds.
    """

    most: int
    within: float
    burst: int
    chat: float
    group: float


@dataclass(frozen=True)
class Capabilities:
    """The abilities of one bot's channel. ``text_limit`` is in characters; ``lease`` in seconds outlasts any one send.

    ``repeatable`` is true where sending the same message again cannot show it twice, ``shares_phone`` where a person
    can hand over their own number with one press. ``at_once`` is how many messages may be on their way together.
    ``monthly_quota`` is how many messages the vendor takes in a month, ``users`` and ``groups`` how many may be with
    the bot; none: as many as come. ``plays``: recordings that
    come with a message can be listened to. ``renews``: what the program says of its own accord can take the place of
    what it showed; where it ``edits``, so can what answers a press.
    """

    buttons: bool
    edits: bool
    files: bool
    text_limit: int
    lease: int
    repeatable: bool = False
    shares_phone: bool = False
    pace: Pace | None = None
    at_once: int = 1
    monthly_quota: int | None = None
    users: int | None = None
    groups: int | None = None
    plays: bool = False
    renews: bool = False


FULL = Capabilities(buttons=True, edits=True, files=True, text_limit=4_096, lease=60, renews=True)
BARE = Capabilities(buttons=False, edits=False, files=False, text_limit=2_000, lease=180)
PROFILES = {"full": FULL, "bare": BARE}
