"""A stage that is the running program itself: real inbox, turns, outbox and timetable, at the campaign's own time."""

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256

from bot.app import App
from bot.bell import Bell
from bot.channels.recorder.channel import Delivered
from bot.clock import Clock
from bot.inbox import Arrival
from bot.outbox import Work
from bot.simulation.stage import Stage
from dialogue.incoming import Kind
from storage import chat as shown_in
from storage import inbox, outbox
from storage import rehearsal as remembered
from storage.store import Store

WITHIN = timedelta(hours=1)  # what stands on no timetable, a promised day, is seen to as soon as this
GLANCE = 0.05  # seconds; how soon to look again where somebody else's step is under way


Line = str | int  # what is typed, or the number of the button that is pressed


class LiveStage(Stage):
    """Whoever is open in a browser is not played, unless ``plays_all``.

    What is said is named by who says what at which moment, so saying it again after a crash is harmless.
    """

    def __init__(self, app: App, clock: Clock, work: Work, bot: str, shown: Bell) -> None:
        super().__init__()
        self.plays_all = False
        self._app = app
        self._clock = clock
        self._work = work
        self._bot = bot
        self._shown = shown
        self._menus: dict[str, Delivered] = {}
        self._labels: dict[str, str] = {}
        self._did_by: datetime | None = None

    @property
    def now(self) -> datetime:
        """This moment of the campaign."""
        return self._clock.now().campaign

    def sees(self, message: Delivered) -> None:
        """Note which buttons somebody has in front of them."""
        if message.parcel.buttons:
            self._menus[message.chat] = message
            self._labels.update({button.data: button.label for button in message.parcel.buttons})

    def opens(self, chat: str) -> None:
        """Somebody opens the page for the first time."""
        self._arrives(Arrival(self._bot, f"opened:{chat}", chat, Kind.OPENED, self.now))

    def plays(self, chat: str, line: Line) -> None:
        """Somebody says the line of a play, or presses the button of that number; one line at a moment, once."""
        buttons = self._menus[chat].parcel.buttons if chat in self._menus else ()
        if isinstance(line, str):
            self._says(chat, "line", line, "")
        elif line <= len(buttons):
            self._says(chat, "line", "", buttons[line - 1].data)

    def says(self, chat: str, text: str = "", *, press: str = "", group: bool = False) -> None:
        """Somebody writes or presses, now."""
        self._says(chat, sha256(f"{text}|{press}".encode()).hexdigest()[:12], text, press, group=group)

    def _says(self, chat: str, named: str, text: str, press: str, *, group: bool = False) -> None:
        kind = Kind.PRESS if press else Kind.TEXT
        event = f"{chat}:{self.now.isoformat()}-{named}"
        label = self._labels.get(press, "")
        self._arrives(Arrival(self._bot, event, chat, kind, self.now, text, press, label=label, group=group))

    def _arrives(self, arrival: Arrival) -> None:
        now = self._clock.now()
        with self._app.database.transaction() as session:
            people = Store(session, now.campaign, self._app.inbox.chance, self._bot).people
            account = people.lock_account(people.account_in(self._bot, arrival.chat).id)
            if not self.plays_all and remembered.is_open(session, account.id):
                return
            stored = self._app.inbox.store(session, arrival, now)
            if stored is not None and arrival.kind is not Kind.OPENED:
                shown_in.show_said(session, account.id, stored, now.campaign)

    async def step(self, until: datetime, *, alone: bool = False) -> bool:
        """Come to the next thing on the timetable or the agenda and do it; whether there was one by then.

        ``alone``: the timetable's only. Time stands still at the moment that was come to.
        """
        due = await self._work(self._due)
        first = None if alone else self.first()
        moments = [moment for moment in (due, first) if moment is not None and moment <= until]
        at = max(min(moments, default=until), self.now)
        await self._work(self._comes_to, at, due == at)
        if first is not None and first <= at and due != at:
            _, act = self.taken()
            await self._work(act)
        await self._settle()
        return bool(moments)

    def _due(self) -> datetime | None:
        """What comes next on the timetable, unless the clock did it already."""
        due = self._app.timetable.next_moment(self._clock.now())
        return due if due and (self._did_by is None or due > self._did_by) else None

    def _comes_to(self, moment: datetime, is_due: bool) -> None:
        """Time is kept before anything is done in it, so that after a crash it never goes back."""
        moment = self._clock.stand_at(moment)
        with self._app.database.transaction() as session:
            remembered.stand_at(session, moment)
        if is_due or self._did_by is None or moment - self._did_by > WITHIN:
            self._app.timetable.tick(self._clock.now())
            self._did_by = moment

    def runs(self) -> None:
        """Let time run on from here."""
        ahead = self._clock.run()
        with self._app.database.transaction() as session:
            remembered.keep_ahead(session, ahead)

    async def _settle(self) -> None:
        """Let the program take every turn and send every message that there is by now."""
        self._shown.ring()
        while await self._moves():
            pass

    async def _moves(self) -> bool:
        now = self._clock.now
        if await self._work(self._app.inbox.take_turn, now()) or await self._app.outbox.send_next(now):
            return True
        if await self._work(self._app.announcing.step, now()):
            return True
        for slow in (self._app.posting.step, self._app.documenting.step):
            if await asyncio.to_thread(slow, now()):
                return True
        looked = self._shown.next()
        busy = bool(await self._work(self._is_busy))
        return busy and (await looked(GLANCE) or True)

    def _is_busy(self) -> bool:
        with self._app.database.transaction() as session:
            return inbox.is_waiting(session, self._clock.now().machine) or outbox.is_sending(session, self.now)
