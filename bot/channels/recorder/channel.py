"""Records what reached whom, as a strict vendor would deliver it; can die between accepting and answering."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.channel import Outcome, Parcel, Rejected, Sent
from bot.channels.parts import in_parts, utf16
from dialogue.capabilities import Capabilities


@dataclass(frozen=True)
class Delivered:
    """One message on somebody's screen. ``edited`` counts how often it was replaced in place."""

    external: str
    chat: str
    at: datetime
    parcel: Parcel
    edited: int = 0

    @property
    def text(self) -> str:
        """The words that the person reads."""
        return self.parcel.text


def _nothing(_parcel: Parcel) -> None:
    """Nothing happens."""


@dataclass
class Recorder:
    """A channel without a network. ``before`` and ``after`` are called around the moment of acceptance, and may die."""

    capabilities: Capabilities
    before: Callable[[Parcel], None] = _nothing
    after: Callable[[Parcel], None] = _nothing
    delivered: list[Delivered] = field(default_factory=list)
    watchers: list[Callable[[Delivered], None]] = field(default_factory=list)

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """As many as its length needs."""
        return in_parts(parcel, self.capabilities.text_limit)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Accept the message as the profile allows: no buttons, edits or length that the channel does not have."""
        self.before(parcel)
        if utf16(parcel.text) > self.capabilities.text_limit:
            return Rejected("too long")
        if parcel.buttons and not self.capabilities.buttons:
            return Rejected("no buttons here")
        message = self._edit(parcel, now) if parcel.edits else self._add(parcel, now)
        self.after(parcel)
        for watcher in self.watchers:
            watcher(message)
        return Sent(message.external)

    def _add(self, parcel: Parcel, now: datetime) -> Delivered:
        message = Delivered(str(len(self.delivered) + 1), parcel.chat, now, parcel)
        self.delivered.append(message)
        return message

    def _edit(self, parcel: Parcel, now: datetime) -> Delivered:
        at = next(i for i, m in enumerate(self.delivered) if m.external == parcel.edits)
        old = self.delivered[at]
        self.delivered[at] = replace(old, parcel=parcel, at=now, edited=old.edited + 1)
        return self.delivered[at]

    def screen(self, chat: str) -> list[Delivered]:
        """What a chat shows, oldest first."""
        return [message for message in self.delivered if message.chat == chat]
