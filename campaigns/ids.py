"""Identifiers of business rows: UUIDv7 (RFC 9562), made from a given moment and a given source of chance."""

from datetime import datetime
from random import Random
from typing import NewType
from uuid import UUID

Id = NewType("Id", UUID)


def identifier(at: datetime, chance: Random) -> Id:
    """A new UUIDv7: 48 bits of milliseconds, then chance. Sorts by time of making."""
    value = int(at.timestamp() * 1000) << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62
    return Id(UUID(int=value | chance.getrandbits(62)))


def parse_id(text: str) -> Id | None:
    """The identifier that a text spells, none if it spells none."""
    try:
        return Id(UUID(text))
    except ValueError:
        return None
