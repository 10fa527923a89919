"""The clock: a few ticks that ask "what is due by now?". One step does one thing and can be repeated safely."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import TypeVar

from bot.clock import Now
from bot.planning import plan
from campaigns.holidays import Holidays
from campaigns.obligation import Obligation
from dialogue.capabilities import Capabilities
from handlers import digest, hearing, quota, requests
from handlers.asking import Addressed, ask_for, close
from handlers.outage import OUTAGE, give_time_back, take_back
from handlers.reminding import plan_steps, remind
from storage import inbox
from storage.beat import beat
from storage.database import Database
from storage.store import Store

T = TypeVar("T")


class Timetable:
    """What happens because its time has come."""

    def __init__(
        self, database: Database, abilities: Mapping[str, Capabilities], chance: Random, holidays: Holidays
    ) -> None:
        self._database = database
        self._abilities = dict(abilities)
        self._chance = chance
        self._holidays = holidays

    def tick(self, now: Now) -> int:
        """Do all that is due by now; how much it was."""
        done = 0
        for step in (
            self._close,
            self._ask,
            self._plan,
            self._remind,
            self._tell,
            self._keep_promises,
            self._warn,
            self._hear,
        ):
            while step(now):
                done += 1
        with self._database.transaction() as session:
            hearing.let_go(Store(session, now.campaign, self._chance))
            return done + inbox.forget(session, now.campaign - inbox.KEPT_FOR)

    def beat(self, now: Now) -> int:
        """Note that the program is at work; after an outage give the time back that nobody could report in, and take
        back what lies unsent.

        How many messages that took. By the machine's clock: a rehearsal's may jump.
        """
        with self._database.transaction() as session:
            before = beat(session, now.machine, now.campaign)
            if before is None or now.machine - before[0] < OUTAGE:
                return 0
            store = Store(session, now.campaign, self._chance)
            take_back(store)
            addressed = give_time_back(now.campaign - (now.machine - before[0]), now.campaign, store)
            for account, says in addressed:
                plan(session, store, account, says, now.campaign)
            return len(addressed)

    def next_moment(self, now: Now) -> datetime | None:
        """When there is something to do after this moment; none where nothing more is planned."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            moments = (store.obligations.next_moment(), store.reminders.next_moment())
            return min((moment for moment in moments if moment is not None), default=None)

    def _close(self, now: Now) -> bool:
        return self._one(now, lambda s: s.obligations.to_close(), lambda one, s: close(one, self._abilities, s))

    def _ask(self, now: Now) -> bool:
        return self._one(now, lambda s: s.obligations.to_ask(), self._ask_for)

    def _ask_for(self, obligation: Obligation, store: Store) -> Addressed:
        return ask_for(obligation, self._abilities, self._holidays, store)

    def _plan(self, now: Now) -> bool:
        """Plan what follows if a form that went out is not answered."""
        return self._one(now, lambda s: s.reminders.to_plan(), lambda one, s: plan_steps(one, self._holidays, s))

    def _remind(self, now: Now) -> bool:
        return self._one(
            now, lambda s: s.reminders.due(), lambda one, s: remind(one, self._abilities, self._holidays, s)
        )

    def _tell(self, now: Now) -> bool:
        return self._one(now, lambda s: s.reminders.digest_due(), lambda one, s: digest.tell(one, self._holidays, s))

    def _keep_promises(self, now: Now) -> bool:
        return self._one(
            now, lambda s: requests.due(self._holidays, s), lambda r, s: requests.tell(r, self._holidays, s)
        )

    def _warn(self, now: Now) -> bool:
        """Tell of a month's messages that run out. A month is the vendor's, so it goes by the machine's clock."""
        bots = [bot for bot, able in self._abilities.items() if able.monthly_quota]
        return any(self._warned(bot, now) for bot in bots)

    def _warned(self, bot: str, now: Now) -> bool:
        with self._database.transaction() as session:
            addressed = quota.warn(bot, Store(session, now.machine, self._chance))
            for account, says in addressed:
                plan(session, Store(session, now.campaign, self._chance), account, says, now.campaign)
        return bool(addressed)

    def _hear(self, now: Now) -> bool:
        """Tell officers once of what waits to be listened to."""
        return self._one(now, lambda s: hearing.due(self._holidays, s), hearing.tell)

    def _one(self, now: Now, due: Callable[[Store], T | None], act: Callable[[T, Store], Addressed]) -> bool:
        """Do the first thing that is due, in one unit of work; whether there was one."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            first = due(store)
            if first is None:
                return False
            for account, says in act(first, store):
                plan(session, store, account, says, now.campaign)
        return True
