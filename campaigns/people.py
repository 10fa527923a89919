"""People, their accounts, and the units they act for."""

from dataclasses import dataclass

from campaigns.ids import Id


@dataclass(frozen=True)
class Unit:
    """A unit: commune, village, school. ``allied`` bodies (phối hợp) are invited and thanked, never overdue."""

    id: Id
    path: str
    kind: str
    name: str
    allied: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody: ``called`` is what they are greeted by, ``address`` how (bác, chị, …)."""

    id: Id
    name: str
    called: str
    address: str
    phone: str | None = None


@dataclass(frozen=True)
class Account:
    """A person's address with one bot, or a group's; a stranger's has no person.

    ``stepwise`` is the person's habit, if any yet; ``place`` how many were with the bot before.
    """

    id: Id
    bot: str
    chat: str
    person: Id | None
    stepwise: bool | None = None
    group: bool = False
    place: int = 0
