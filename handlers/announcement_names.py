"""Everybody an announcement is for, by name, with what became of their copy; a page at a time."""

from typing import Any

from campaigns.announcement import Announcement, Fate, Recipient
from campaigns.authority import Action
from dialogue.routes import Routes
from dialogue.say import Choice, Say, person, unit
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

ON_A_PAGE = 20


@routes.button("announcement.names", action=Action.ANNOUNCE, loads="announcement", revised=True)
def names(turn: Turn, announcement: Announcement, store: Store, page: str) -> list[Say]:
    """One page of them, in the order of the audience; a page that does not exist is the nearest one that does."""
    total = store.announcements.fates(announcement.id).total()
    pages = max(1, -(-total // ON_A_PAGE))
    at = min(max(int(page) if page.isascii() and page.isdigit() else 1, 1), pages)
    copies = store.announcements.copies(announcement.id, ON_A_PAGE, (at - 1) * ON_A_PAGE)
    values = {
        "said": announcement.words[:60],
        "rows": [named(recipient, store) | {"fate": str(fate)} for recipient, fate in copies],
        "page": at,
        "pages": pages,
    }
    slot = f"announcement.names:{announcement.id}"
    return [Say("announcement.names", values, _turning(announcement, at, pages), slot=slot)]


def _turning(announcement: Announcement, at: int, pages: int) -> tuple[Choice, ...]:
    ways = (("page_on", at + 1), ("page_back", at - 1))
    there = [(label, page) for label, page in ways if 1 <= page <= pages]
    return tuple(Choice(f"buttons.{label}", f"announcement.names:{announcement.id}:{page}") for label, page in there)


def troubled(announcement: Announcement, fate: Fate, store: Store) -> list[dict[str, Any]]:
    """The first of those whose copies have that fate."""
    return [named(one, store) for one in store.announcements.recipients(announcement.id, fate)]


def named(one: Recipient, store: Store) -> dict[str, Any]:
    """Who it is, for whom they speak, or which group it is."""
    group = store.groups.group(one.group) if one.group else None
    return {
        "person": person(one.person) if one.person else None,
        "unit": unit(one.unit) if one.unit else None,
        "group": group.name if group else None,
    }
