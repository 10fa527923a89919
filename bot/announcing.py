"""Sending announcements: a few copies at a time into the outbox, and what became of them back."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from sqlmodel import Session

from bot.clock import Now
from bot.planning import plan, plan_one
from campaigns.announcement import Announcement, State
from campaigns.authority import Action, may
from campaigns.people import Account
from dialogue.capabilities import Capabilities
from dialogue.say import Lane
from handlers.announcement_status import closed, finished, hand_over, renewed, slot_of
from storage import outbox
from storage.database import Database
from storage.machine_rows import OutboxRow
from storage.store import Store

RENEWS_EVERY = timedelta(seconds=5)


class Announcing:
    """One step takes every announcement that is under way a little further, and its author's screen with it."""

    def __init__(self, database: Database, abilities: Mapping[str, Capabilities], chance: Random) -> None:
        self._database = database
        self._abilities = abilities
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
            self._finished(announcement, session, store)
        else:
            moved += self._renew(announcement, session, store)
        return moved > 0

    def _hand_over(self, announcement: Announcement, session: Session, store: Store) -> int:
        says = hand_over(announcement, store)
        for copy, say in ((copy, say) for copy, say in says if say):
            message = plan_one(session, store, None, say, store.now)
            assert message is not None
            store.announcements.handed_over(copy, message)
        return len(says)

    def _finished(self, announcement: Announcement, session: Session, store: Store) -> None:
        followed = self._followed(announcement, session, store)
        if followed is not None and followed[1].state in ("new", "in_flight", "sent"):
            plan_one(session, store, followed[0], closed(announcement), store.now)
        for account, says in finished(announcement, store):
            plan(session, store, account, says, store.now)

    def _renew(self, announcement: Announcement, session: Session, store: Store) -> bool:
        """Show how far it is in place of what its author has in front of them, every few seconds at most."""
        followed = self._followed(announcement, session, store)
        if followed is None or not _may_be_renewed(followed[1]) or store.now - followed[1].created_at < RENEWS_EVERY:
            return False
        say = renewed(announcement, followed[1].content, store)
        return say is not None and plan_one(session, store, followed[0], say, store.now) is not None

    def _followed(self, announcement: Announcement, session: Session, store: Store) -> tuple[Account, OutboxRow] | None:
        """Where its author sees how far it is, and what came there last; none where nothing can be renewed."""
        account = store.people.account_of(announcement.by)
        if account is None or not self._renews(account.bot):
            return None
        shown = outbox.newest_in_slot(session, account.id, slot_of(announcement))
        allowed = may(store.people.actor(account), Action.ANNOUNCE, announcement.path)
        return (account, shown) if shown is not None and allowed else None

    def _renews(self, bot: str) -> bool:
        return bot in self._abilities and self._abilities[bot].renews


def _may_be_renewed(shown: OutboxRow) -> bool:
    """What has arrived, or renews it and has not left yet. An answer is waited for: it stands below what was asked."""
    return shown.state == "sent" or (shown.state == "new" and shown.lane == Lane.BULK)
