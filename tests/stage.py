"""A stage for stories: the commune of Lơ Ku, a recording channel, and a new program from the database at every line.

The cast, by the names they are greeted with: Hyưh (trưởng làng Tơ Bla), Blĕnh (Kon Bla), Krŏng (Đăk Tơ), Brương (Mơ
Hra, who only phones), Sơ̆r, Hơñ, A Čem, Tâm, Lành; Hà is the officer, Lực the chairman. Anybody else is a stranger.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import make_url

from bot.app import App, build, offer_of, offered_slugs
from bot.app import files_of as read_files
from bot.channels.channel import Channel
from bot.channels.recorder.channel import Delivered, Recorder
from bot.clock import Now
from bot.inbox import Arrival
from bot.launch import Invitation, launch
from campaigns.calendar import LOCAL
from campaigns.ids import Id
from campaigns.proposal import Offer
from dialogue.capabilities import PROFILES
from dialogue.doors import Door
from dialogue.incoming import Kind
from handlers.join import NOTICE
from storage.database import Database
from storage.store import Store

BOT = "stage"
LO_KU = "lo-ku-2022"
LAUNCHED = datetime(2022, 4, 29, 8, 0, tzinfo=LOCAL)
TURNS_AT_MOST = 200
GROUP = "Nhóm"  # chats whose names begin so are groups; there the program is spoken to by its name
NAMED = "@xã "

# What statements compile to is no memory of the program's; compiling them anew at every line takes most of the time.
# They are kept by dialect, so programs that share them share that too. On PostgreSQL so does connecting: there one
# database stays open until another is wanted.
COMPILED: dict[str, Any] = {}
CONNECTED: list[Database] = []


# Read once: frozen values, and reading YAML takes longer than playing a story.
files_of = cache(read_files)


@cache
def on_offer() -> tuple[Offer, ...]:
    """What a program that starts puts on offer."""
    return tuple(map(offer_of, offered_slugs()))


def opened(url: str, *, apart: bool = False, own: bool = False) -> Database:
    """A new database object, with nothing in it but compiled statements; ``apart``: not even those.

    ``own``: with connections of its own on PostgreSQL too, which end when it is closed.
    """
    if apart:
        return Database(url)
    return _compiled(Database(url)) if own or url.startswith("sqlite") else _on_postgresql(url)


class Connected(Database):
    """Stays connected when the program over it ends."""

    def close(self) -> None:
        pass


def _on_postgresql(url: str) -> Database:
    if not CONNECTED or CONNECTED[0].url != make_url(url):
        disconnect()
        CONNECTED.append(_compiled(Connected(url)))
    return CONNECTED[0]


def disconnect() -> None:
    """Let go of the database that stayed connected."""
    while CONNECTED:
        CONNECTED.pop().engine.dispose()


def _compiled(database: Database) -> Database:
    """The database, with the statements that others of its dialect compiled before."""
    name = database.engine.dialect.name
    if name not in COMPILED:
        database.engine.connect().close()
        COMPILED[name] = (database.engine.dialect, database.engine._compiled_cache)
    database.engine.dialect, database.engine._compiled_cache = COMPILED[name]
    return database


def local(text: str, year: int = 2022) -> datetime:
    """A moment of a rehearsal: ``local("5/5 18:30")``, ``local("5/1/2022 18:30")``."""
    whole = text if text.count("/") == 2 else text.replace(" ", f"/{year} ", 1)
    return datetime.strptime(whole, "%d/%m/%Y %H:%M").replace(tzinfo=LOCAL)


def launch_lo_ku(database: Database) -> list[Invitation]:
    """Launch the rehearsal of Lơ Ku, always with the same codes."""
    return launch_rehearsal(database, LO_KU)


def launch_rehearsal(database: Database, slug: str) -> list[Invitation]:
    """Launch a rehearsal on its first day, always with the same codes."""
    campaign, rehearsal = files_of(slug)
    with database.transaction() as session:
        return launch(session, campaign, rehearsal, first_morning(slug), Random(7))


def first_morning(slug: str) -> datetime:
    """When a rehearsal is launched."""
    return datetime.combine(files_of(slug)[1].choices.start, time(8), LOCAL)


@dataclass
class Stage:
    """What a test drives and looks at. Time stands still until ``at`` or ``passes`` moves it.

    ``files`` is where photos and documents are kept; without it nothing is kept of them. ``doors`` are the ways in.
    """

    url: str
    invitations: list[Invitation]
    profile: str = "full"
    slug: str = LO_KU
    files: Path | None = None
    doors: tuple[Door, ...] = ()

    def __post_init__(self) -> None:
        self.now = first_morning(self.slug)
        self.recorder = self._recorder()
        self.events = count(1)
        self.codes = {self._called(i): i.code for i in self.invitations}

    def elsewhere(self, url: str) -> "Stage":
        """The same moment, screens and numbers over a copy of the database."""
        other = replace(self, url=url)
        other.now, other.events = self.now, count(self._numbers())
        other.recorder.delivered.extend(self.recorder.delivered)
        return other

    def _numbers(self) -> int:
        """The number that comes next."""
        found = next(self.events)
        self.events = count(found)
        return found

    def _recorder(self) -> Recorder:
        """What remembers the screens; a stage on a vendor's own network has another."""
        return Recorder(PROFILES[self.profile])

    def _channel(self) -> Channel:
        """The channel of each new program."""
        return self.recorder

    def _receive(self, app: App, arrival: Arrival) -> None:
        """What somebody's device sends comes to the program."""
        app.inbox.receive(arrival, self.clock())

    def address(self, chat: str) -> str:
        """The address of somebody's chat; here their name."""
        return chat

    def _called(self, invitation: Invitation) -> str:
        rehearsal = files_of(self.slug)[1]
        everybody = [rehearsal.officer, rehearsal.chairman, *(unit.head for unit in rehearsal.units)]
        return next(person.called for person in everybody if person.name == invitation.name)

    def program(self) -> tuple[App, Database]:
        """A new program over the database, as after a restart."""
        database = opened(self.url)
        seed = next(self.events)
        more: dict[str, Any] = {"photos": self.files, "doors": lambda: self.doors}
        return build(database, {BOT: self._channel()}, Random(seed), holder=f"program-{seed}", **more), database

    def at(self, when: datetime | str) -> None:
        """Let time come to this moment, and the clock do what is due by then."""
        self.now = local(when, self.now.year) if isinstance(when, str) else when
        self.run(tick=True)

    def passes(self, **duration: float) -> None:
        """Let some time pass: ``passes(minutes=5)``."""
        self.at(self.now + timedelta(**duration))

    def clock(self) -> Now:
        """This moment, the same on both clocks."""
        return Now(self.now, self.now)

    def run(self, *, tick: bool = False) -> None:
        """Take all turns and send all messages, each time as a program that has just been started."""
        app, database = self.program()
        try:
            if tick:
                app.timetable.tick(self.clock())
            self._play(app)
        finally:
            database.close()

    def _play(self, app: App) -> None:
        """Let the program work until nothing is left to do."""
        asyncio.run(self._run(app))

    async def _run(self, app: App) -> None:
        for _ in range(TURNS_AT_MOST):
            if not app.inbox.take_turn(self.clock()):
                break
        else:
            raise AssertionError("turns without end")
        moved = True
        while moved:
            while await self._sends(app):
                pass
            clock = self.clock()
            steps = (app.announcing.step, app.posting.step, app.documenting.step, app.erasing.step)
            moved = any(step(clock) for step in steps)

    async def _sends(self, app: App) -> bool:
        """Send the next message; whether there was one."""
        return await app.outbox.send_next(self.clock)

    def says(self, chat: str, text: str, *, event: str | None = None, run: bool = True) -> list[str]:
        """Somebody writes; what reached anybody because of it."""
        return self._arrives(chat, Kind.TEXT, run=run, event=event, text=text)

    def presses(self, chat: str, label: str, *, event: str | None = None) -> list[str]:
        """Somebody presses the newest button of that label on their screen."""
        return self.presses_data(chat, self.button(chat, label), event=event)

    def presses_data(self, chat: str, data: str, *, event: str | None = None) -> list[str]:
        """Somebody's device sends this as a pressed button, forged or not."""
        return self._arrives(chat, Kind.PRESS, press=data, event=event)

    def sends_photos(self, chat: str, *photos: Id) -> list[str]:
        """Somebody sends photos that were stored under these ids."""
        return self._arrives(chat, Kind.PHOTO, photos=photos)

    def attaches(self, chat: str, kind: Kind, *, event: str | None = None) -> list[str]:
        """Somebody sends a photo or a voice message, which lies with the channel until it is fetched."""
        return self._arrives(chat, kind, sources=(f"at-{next(self.events)}",), event=event)

    def button(self, chat: str, label: str) -> str:
        """The data of the newest button of that label on a screen."""
        for message in reversed(self.recorder.screen(chat)):
            for button in message.parcel.buttons:
                if button.label == label:
                    return button.data
        raise AssertionError(f"{chat} sees no button {label}: {[m.text for m in self.recorder.screen(chat)][-1:]}")

    def _arrives(
        self,
        chat: str,
        kind: Kind,
        *,
        text: str = "",
        press: str = "",
        photos: tuple[Id, ...] = (),
        sources: tuple[str, ...] = (),
        event: str | None = None,
        run: bool = True,
    ) -> list[str]:
        before = self.shown()
        group = chat.startswith(GROUP)
        arrival = Arrival(
            bot=BOT,
            event=event or f"e{next(self.events)}",
            chat=chat,
            kind=kind,
            said_at=self.now,
            text=text.removeprefix(NAMED),
            press=press,
            photos=photos,
            sources=sources,
            group=group,
            addressed=not group or text.startswith(NAMED),
        )
        app, database = self.program()
        try:
            self._receive(app, arrival)
            if run:
                self._play(app)
        finally:
            database.close()
        return [message.text for message in self.shown() if message not in before]

    def shown(self) -> list[Delivered]:
        """Everything on all screens."""
        return list(self.recorder.delivered)

    def screen(self, chat: str) -> list[str]:
        """What one chat shows, oldest first."""
        return [message.text for message in self.recorder.screen(chat)]

    def joins(self, *everybody: str) -> None:
        """People have joined with their codes, in a chat named after them; how one joins has transcripts of its own."""
        database = opened(self.url)
        with database.transaction() as session:
            store = Store(session, self.now, Random(next(self.events)), BOT)
            for chat in everybody:
                invitation = store.invitations.opened_by(self.codes[chat])
                assert invitation, chat
                store.invitations.join(store.people.account_in(BOT, self.address(chat)), invitation, NOTICE)
        database.close()
