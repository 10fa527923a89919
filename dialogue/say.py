"""What to say, as values: which text, with what in it, to whom, with which choices. Never a rendered sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from campaigns.document import Document
from campaigns.ids import Id

_REFERENCE = "$"

# The data of a choice by which a person hands over their own number; only where the channel can.
SHARE_PHONE = "phone:own"


class Lane(StrEnum):
    """Replies go before bulk."""

    REPLY = "reply"
    BULK = "bulk"


def person(identifier: Id) -> dict[str, str]:
    """A value that becomes the person's name when the text is rendered; only the id is stored."""
    return {_REFERENCE: "person", "id": str(identifier)}


def unit(identifier: Id) -> dict[str, str]:
    """A value that becomes the unit's name when the text is rendered; only the id is stored."""
    return {_REFERENCE: "unit", "id": str(identifier)}


@dataclass(frozen=True)
class Choice:
    """One thing to choose. ``label`` names a text; ``data`` (at most 64 bytes) comes back when it is pressed.

    ``typed`` choices are offered as buttons only: where there are none the text itself says what to type.
    """

    label: str
    data: str
    values: Mapping[str, Any] = field(default_factory=dict)
    typed: bool = False

    def __post_init__(self) -> None:
        """Telegram takes at most 64 bytes of callback data."""
        if len(self.data.encode()) > 64:
            raise ValueError(f"choice data over 64 bytes: {self.data}")


@dataclass(frozen=True)
class Say:
    """One message to say. ``to`` none is the chat of the turn; otherwise where that person wrote last.

    ``group`` is the account of a linked group, ``account`` a particular one of somebody's. Messages of one ``slot``
    replace each other where the channel can edit.
    ``key`` makes planning it twice harmless; ``in_place`` puts it where its slot shows something, not below.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    to: Id | None = None
    group: Id | None = None
    account: Id | None = None
    slot: str | None = None
    lane: Lane = Lane.REPLY
    key: str | None = None
    photos: tuple[Id, ...] = ()
    recordings: tuple[Id, ...] = ()
    documents: tuple[Document, ...] = ()
    in_place: bool = False
