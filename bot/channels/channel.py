"""What a channel is: it sends a parcel and says what became of it, in a closed vocabulary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from campaigns.ids import Id
from dialogue.capabilities import Capabilities
from dialogue.spans import Span


@dataclass(frozen=True)
class Button:
    """A choice as it is shown. ``name`` is the name of the text on it, for channels that colour what it stands for."""

    label: str
    data: str
    name: str = ""


@dataclass(frozen=True)
class File:
    """A document that goes with a message: where it lies by its id, and what it is called."""

    id: Id
    name: str


@dataclass(frozen=True)
class Parcel:
    """One rendered message for one chat. ``edits`` is the vendor's id of the message it replaces, if any.

    ``name`` is the text's name, for records only. ``repeated``: it may have arrived before, and says so. ``more``: a
    further part of the same message follows it; ``linked``: what it leaves out stands on a page of ours.
    ``replaceable``: something may be put in its place later. ``qr`` is a link to be drawn beside the words.
    """

    outbox: int
    account: Id
    chat: str
    name: str
    spans: tuple[Span, ...]
    buttons: tuple[Button, ...]
    photos: tuple[Id, ...]
    edits: str | None
    repeated: bool
    more: bool = False
    replaceable: bool = False
    qr: str = ""
    linked: bool = False
    recordings: tuple[Id, ...] = ()
    documents: tuple[File, ...] = ()

    @property
    def text(self) -> str:
        """The words without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Sent:
    """Arrived; ``external`` is the vendor's id of it."""

    external: str


@dataclass(frozen=True)
class Retry:
    """Surely not arrived; try again after so many seconds."""

    after: float


@dataclass(frozen=True)
class Unreachable:
    """This chat cannot be reached until somebody writes from it again."""

    why: str = ""


@dataclass(frozen=True)
class Moved:
    """The chat is another one from now on; the message was not taken. Costs no attempt."""

    to: str


@dataclass(frozen=True)
class Rejected:
    """The message itself will never be taken."""

    why: str


@dataclass(frozen=True)
class Unknown:
    """Cut off between the call and its answer: nobody knows whether it arrived."""


QUOTA = "quota"  # why a bot is paused whose month is used up


@dataclass(frozen=True)
class Paused:
    """The whole bot may not send until then; costs no attempt."""

    until: datetime
    why: str


Outcome = Sent | Retry | Unreachable | Moved | Rejected | Unknown | Paused


class Channel(Protocol):
    """Sends for one bot."""

    capabilities: Capabilities

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """The calls that show a parcel, at least one, each settled before the next; the same parcel gives the same."""
        ...

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Send, or say why not. Never raises for what the vendor answers."""
        ...
