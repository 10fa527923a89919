"""A rehearsal that is going on: one may be anybody, watch any group, watch a week, turn the clock forward."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.app import App
from bot.bell import Bell
from bot.clock import Clock, Now
from bot.outbox import Work
from bot.rehearsal.beginning import CHAT, start_again
from bot.rehearsal.commune import Commune
from bot.rehearsal.live import LiveStage
from bot.rehearsal.players import Player, players
from bot.rehearsal.show import Show, State
from campaigns.authority import Role
from campaigns.campaign import Campaign
from campaigns.ids import Id
from campaigns.invitation import shown_code
from campaigns.people import Account
from campaigns.rehearsal import Rehearsal
from storage import chat
from storage import rehearsal as remembered
from storage.store import Store


@dataclass(frozen=True)
class Rehearsed:
    """What is rehearsed, and how fast a week is played: 1 takes half a minute."""

    campaign: Campaign
    commune: Rehearsal
    speed: float = 1.0


class Busy(Exception):
    """A week is being played, so the clock is nobody's to turn."""


@dataclass(frozen=True)
class Person:
    """Somebody one may be. ``code`` is shown as long as they have not joined; ``unread`` is what they got meanwhile."""

    id: Id
    name: str
    what: str
    current: bool
    code: str | None
    unread: int


class Rehearsing:
    """A rehearsal that is going on."""

    def __init__(self, app: App, clock: Clock, work: Work, bot: str, shown: Bell, rehearsed: Rehearsed) -> None:
        self._app = app
        self._clock = clock
        self._work = work
        self._bot = bot
        self._rehearsed = rehearsed
        self._shown = shown
        self._turning = asyncio.Lock()
        self.show = Show(app.database, app.texts, work, rehearsed.speed)
        self._opens()

    def _opens(self, *, to_watch: bool = False) -> None:
        """Find everything as the database tells it; ``to_watch``: a week is to be played from here."""
        self._codes: dict[Id, str] = {}
        self._seen: dict[Id, int] = {}
        with self._app.database.transaction() as session:
            self._begins_after = chat.newest_entry(session)
            self.launched = Store.reading(session).campaigns.all()[0]
        stage = LiveStage(self._app, self._clock, self._work, self._bot, self._shown)
        self.commune = Commune(self._app, stage, self._rehearsed.commune, self._bot)
        self.show.found(self.commune)
        if to_watch or self.show.shown.state is State.PAUSED:
            self._clock.stand_at(stage.now)
            self.commune.week.begins(self._code_of_the_first())
        else:
            self.commune.goes_on()
        self.commune.takes_up_again()

    @property
    def _chance(self) -> Random:
        return self._app.inbox.chance

    def _store(self, session: Session) -> Store:
        return Store(session, self._clock.now().campaign, self._chance, self._bot)

    def people(self, current: Id) -> list[Person]:
        """Everybody one may be, in roster order, and the groups one may watch."""
        with self._app.database.transaction() as session:
            self.sees_all(session, current)
            store = self._store(session)
            return [
                self._person(store, player, current) for player in players(store, self._bot, self._app.texts).values()
            ]

    def _person(self, store: Store, player: Player, current: Id) -> Person:
        is_current = player.account == current
        asked = is_current and player.role and store.people.account(player.account).person is None
        code = shown_code(self._code(store, player.id)) if asked else None
        unread = chat.unread(store.scribe.session, player.account, self._seen.get(player.account, self._begins_after))
        return Person(player.id, player.name, player.what, is_current, code, unread)

    def sees_all(self, session: Session, account: Id) -> None:
        """Whoever has this account open has seen what it shows."""
        self._seen[account] = chat.newest_entry(session)

    def _code(self, store: Store, person: Id) -> str:
        """The code on this person's invitation; a digest cannot be read back, so one is issued for each start."""
        code = self._codes.get(person)
        if code is None or store.invitations.opened_by(code) is None:
            code = self._codes[person] = store.invitations.invite(person)
        return code

    def _code_of_the_first(self) -> str:
        with self._app.database.transaction() as session:
            store = self._store(session)
            return self._code(store, self.first(store))

    def account_of(self, store: Store, person: Id) -> Account:
        """The chat in which one is this person."""
        return store.people.account_in(self._bot, CHAT.format(person))

    def account(self, store: Store, chosen: Id) -> Account | None:
        """The chat of whoever was chosen from the list: a person's or a group's; none where nobody has that id."""
        if chosen in (group.account for group in store.groups.below("/")):
            return store.people.account(chosen)
        known = chosen in (one.id for one, _, _ in store.people.everybody())
        return self.account_of(store, chosen) if known else None

    def first(self, store: Store) -> Id:
        """Whom a new visitor is: the first head, who is about to join."""
        return next(person.id for person, _, role in store.people.everybody() if role is Role.REPORTER)

    def others_play(self) -> bool:
        """Whether everybody who is nobody's plays by themselves when the clock is turned."""
        with self._app.database.transaction() as session:
            return remembered.others_play(session)

    def let_others_play(self, others: bool) -> None:
        """Let them, or let them be silent."""
        with self._app.database.transaction() as session:
            remembered.let_others_play(session, others)

    async def turn(self, step: timedelta | None) -> str:
        """Turn the clock forward by a step, or to the next moment of the campaign; one line about what happened.

        All that is due on the way is done, and the others act if they may. Raises Busy while a week is played.
        """
        async with self._turning:
            if self.show.shown.state is State.PLAYING:
                raise Busy
            await self.show.ends(self.commune, self._over)
            now = self._clock.now()
            until = now.campaign + step if step else await self._work(self._next, now)
            alone = not await self._work(self.others_play)
            await self._work(self.commune.looks)
            tally = self.commune.new_tally()
            try:
                while await self.commune.stage.step(until, alone=alone):
                    await self._work(self.commune.looks, tally)
                await self._work(self.commune.looks, tally)
            finally:
                await self._work(self.commune.stage.runs)
            return self._app.texts.plain("rehearsal.turned", {"at": until.isoformat(), **tally.counts()})

    def _next(self, now: Now) -> datetime:
        return self._app.timetable.next_moment(now) or now.campaign + timedelta(days=1)

    async def watch(self, *, again: bool) -> bool:
        """Begin to play a week, or go on with it; whether it plays.

        From its first minute it may be played only where nobody has written yet, or where they want to begin ``again``.
        """
        async with self._turning:
            if self.show.shown.state is State.PAUSED and not again:
                await self.show.plays(self.commune, self._over)
                return True
            if self.show.shown.state is State.PLAYING:
                return True
            if not again and await self._work(self.is_used):
                return False
            await self._begin_again(to_watch=True)
            await self.show.plays(self.commune, self._over)
            return True

    def is_used(self) -> bool:
        """Whether anybody has written anything."""
        with self._app.database.transaction() as session:
            return remembered.anybody_wrote(session)

    def _over(self) -> None:
        """The week is over: time runs on, and the cast goes on by itself."""
        self.commune.stage.runs()
        self.commune.goes_on()

    async def begin_again(self) -> None:
        """Forget everything and begin in the first minute."""
        async with self._turning:
            await self._begin_again()

    async def _begin_again(self, *, to_watch: bool = False) -> None:
        await self.show.stops()
        await self._work(self._forget, to_watch)
        self.show.bell.ring()

    def _forget(self, to_watch: bool) -> None:
        told = self._rehearsed
        self._clock.begin_at(start_again(self._app.database, told.campaign, told.commune, self._bot, self._chance))
        self._opens(to_watch=to_watch)
        if not to_watch:
            self.commune.stage.runs()
