"""Who is who on the screens of a rehearsal."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rehearsal.beginning import CHAT
from campaigns.authority import Role
from campaigns.group import Group
from campaigns.ids import Id
from campaigns.people import Person, Unit
from config.texts import Texts
from storage.store import Store


class Side(StrEnum):
    """Whose screens are watched side by side."""

    HEAD = "head"
    OFFICE = "office"
    GROUP = "group"


@dataclass(frozen=True)
class Player:
    """Somebody with a chat, or a group: ``id`` is the person's or the group's account, ``unit`` where they belong."""

    account: Id
    id: Id
    chat: str
    name: str
    called: str
    what: str
    side: Side
    role: Role | None = None
    unit: str = ""


def players(store: Store, bot: str, texts: Texts) -> dict[str, Player]:
    """Everybody one may be and every group, by chat, in roster order."""
    people = [_player(store, bot, texts, *one) for one in store.people.everybody()]
    groups = [_group(store, group, texts) for group in store.groups.below("/")]
    return {player.chat: player for player in (*people, *groups)}


def _player(store: Store, bot: str, texts: Texts, person: Person, unit: Unit, role: Role) -> Player:
    chat = CHAT.format(person.id)
    account = store.people.account_in(bot, chat).id
    what = texts.plain("rehearsal.what", {"role": role, "unit": unit})
    called = texts.plain("rehearsal.called", {"person": person})
    side = Side.HEAD if role is Role.REPORTER else Side.OFFICE
    return Player(account, person.id, chat, person.name, called, what, side, role, unit.name)


def _group(store: Store, group: Group, texts: Texts) -> Player:
    what = texts.plain("rehearsal.watched", {"purpose": group.purpose})
    chat = store.people.account(group.account).chat
    return Player(group.account, group.account, chat, group.name, group.name, what, Side.GROUP)
