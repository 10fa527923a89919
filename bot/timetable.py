"""The clock: a few ticks that ask "what is due by now?". One step does one thing and can be repeated safely."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from bot.clock import Now
from bot.inbox import plan
from campaigns.obligation import Obligation
from dialogue.capabilities import Capabilities
from handlers.asking import Addressed, ask_for, close
from storage import inbox
from storage.database import Database
from storage.store import Store


class Timetable:
    """What happens because its time has come."""

    def __init__(self, database: Database, abilities: Mapping[str, Capabilities], chance: Random) -> None:
        self._database = database
        self._abilities = dict(abilities)
        self._chance = chance

    def tick(self, now: Now) -> int:
        """Do all that is due by now; how much it was."""
        done = 0
        while self._one(now, _to_close, close):
            done += 1
        while self._one(now, _to_ask, ask_for):
            done += 1
        with self._database.transaction() as session:
            return done + inbox.forget(session, now.campaign - inbox.KEPT_FOR)

    def next_moment(self, now: Now) -> datetime | None:
        """When there is something to do after this moment; none where nothing more is planned."""
        with self._database.transaction() as session:
            return Store(session, now.campaign, self._chance).obligations.next_moment()

    def _one(
        self, now: Now, due: Callable[[Store], Obligation | None], act: Callable[[Obligation, Any, Store], Addressed]
    ) -> bool:
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            first = due(store)
            if first is None:
                return False
            for account, says in act(first, self._abilities, store):
                plan(session, store, account, says, now.campaign)
        return True


def _to_close(store: Store) -> Obligation | None:
    return store.obligations.to_close()


def _to_ask(store: Store) -> Obligation | None:
    return store.obligations.to_ask()
