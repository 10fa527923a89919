"""A rehearsal without a browser: the real program, played as fast as it goes, and what its chats show."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from bot.app import App, build
from bot.bell import Bell
from bot.channels.web.channel import WebChannel
from bot.channels.web.site import BOT
from bot.clock import Clock
from bot.fetching import Fetching
from bot.jobs import PhotoCheck
from bot.outbox import Work, inline
from bot.rehearsal import Rehearsed, Rehearsing, start_again
from bot.rehearsal.commune import Commune
from bot.rehearsal.show import Show
from bot.running import Loops
from campaigns.ids import Id
from storage.database import Database
from storage.rehearsal import ahead
from storage.sessions import Sessions
from storage.store import Store
from tests.stage import LO_KU, files_of, opened

AT_ONCE = 1e9
MACHINE = datetime(2026, 1, 5, 8, tzinfo=UTC)


class Killed(Exception):
    """The program is gone."""


class Played:
    """A rehearsal from its first minute, on a machine whose own clock stands still."""

    def __init__(self, url: str, folder: Path, *, begun: bool = False, work: Work = inline) -> None:
        self.url = url
        self._work = work
        self._folder = folder
        self._seeds = count(2 if begun else 1)
        if not begun:
            database = opened(url, own=True)
            start_again(database, *files_of(LO_KU), BOT, Random(next(self._seeds)))
            database.close()
        self.starts()

    def starts(self) -> None:
        """A new program over what is in the database."""
        self.database: Database = opened(self.url, own=True)
        with self.database.transaction() as session:
            self.clock = clock = Clock(ahead(session, MACHINE) or timedelta(), machine=lambda: MACHINE)
        self.shown = Bell()
        channel = WebChannel(self.database, self.shown, self._work)
        chance, work = Random(next(self._seeds)), self._work
        self.app: App = build(self.database, {BOT: channel}, chance, photos=self._folder, work=work)
        self.app.outbox.recover(clock.now(), starting=True)
        rehearsed = Rehearsed(*files_of(LO_KU), speed=AT_ONCE)
        self.rehearsing = Rehearsing(self.app, clock, self._work, BOT, self.shown, rehearsed)

    def killed(self) -> None:
        """Everything that was in memory is gone, and a new program starts."""
        self.database.close()
        self.starts()

    @property
    def commune(self) -> Commune:
        """Who plays."""
        return self.rehearsing.commune

    def watches(self, *, again: bool = False) -> bool:
        """Somebody presses the one button and stays to the end; whether it played."""
        return asyncio.run(self._watches(again))

    def watches_while_it_runs(self) -> bool:
        """The same, while everything else that a running program does goes on beside it."""
        return asyncio.run(self._watches_while_it_runs())

    async def _watches_while_it_runs(self) -> bool:
        photos = PhotoCheck(self.database, self.app.inbox, self._folder)
        fetching = Fetching(self.database, self.app.inbox, {}, self._folder, self._work)
        async with Loops(self.app, photos, fetching, self.clock, self._work, Bell()).going():
            return await self._watches(False)

    async def _watches(self, again: bool) -> bool:
        plays = await self.rehearsing.watch(again=again)
        if self.rehearsing.show._playing:
            await self.rehearsing.show._playing
        return plays

    def watches_until_killed(self, steps: int) -> None:
        """The program is gone after so many steps of the week."""
        asyncio.run(self._killed_after(steps))
        self.killed()

    async def _killed_after(self, steps: int) -> None:
        left = iter(range(steps))
        step = Show._step

        async def mortal(show: Show, commune: Commune) -> bool:
            if next(left, None) is None:
                raise Killed
            return await step(show, commune)

        self.rehearsing.show._step = mortal.__get__(self.rehearsing.show)  # type: ignore[method-assign]
        await self._watches(False)

    def begins_again(self) -> None:
        """Somebody begins again."""
        asyncio.run(self.rehearsing.begin_again())

    def opens(self, account: Id) -> None:
        """Somebody has this chat open in a browser."""
        with self.database.transaction() as session:
            scribe = Store(session, MACHINE, Random(1), BOT).scribe
            Sessions(scribe, MACHINE).open("a secret of one browser, long enough", account, "Firefox")

    def turns(self, step: timedelta | None) -> str:
        """Somebody turns the clock forward; what they are told."""
        return asyncio.run(self.rehearsing.turn(step))

    def screens(self) -> dict[str, list[str]]:
        """What everybody's chat shows, by name; what they wrote themselves begins with ">"."""
        commune = Commune(self.app, self.commune.stage, files_of(LO_KU)[1], BOT)
        return {
            commune.players[chat].name: [message.text if message else ">" for message in shown]
            for chat, shown in commune._seen.items()
        }
