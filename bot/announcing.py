"""Sending announcements: a few copies at a time into the outbox, and what became of them back."""

from random import Random

from sqlmodel import Session

from bot.clock import Now
from bot.planning import plan, plan_one
from campaigns.announcement import Announcement, State
from handlers.announcement_status import finished, hand_over
from storage.database import Database
from storage.store import Store


class Announcing:
    """One step takes every announcement that is under way a little further."""

    def __init__(self, database: Database, chance: Random) -> None:
        self._database = database
        self._chance = chance

    def step(self, now: Now) -> bool:
        """Settle what was sent, hand over what comes next, finish what is final; whether anything moved."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            moved = [self._further(one, session, store) for one in store.announcements.under_way()]
            return any(moved)

    def _further(self, announcement: Announcement, session: Session, store: Store) -> bool:
        moved = store.announcements.settle(announcement.id)
        if announcement.state is State.SENDING:
            moved += self._hand_over(announcement, session, store)
        if store.announcements.finish(announcement):
            for account, says in finished(announcement, store):
                plan(session, store, account, says, store.now)
        return moved > 0

    def _hand_over(self, announcement: Announcement, session: Session, store: Store) -> int:
        says = hand_over(announcement, store)
        for copy, say in says:
            message = plan_one(session, store, None, say, store.now)
            assert message is not None
            store.announcements.handed_over(copy, message)
        return len(says)
