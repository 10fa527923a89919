"""A program that can die at any commit and any send, and a world that remembers what reached people."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from bot.app import App, build
from bot.channels.channel import Parcel
from bot.channels.recorder.channel import Delivered, Recorder
from bot.clock import Now
from bot.inbox import Arrival
from dialogue.capabilities import PROFILES
from dialogue.incoming import Kind
from storage.database import Database
from tests.stage import BOT, local, opened

TURNS_AT_MOST = 100
LIVES = 50
MARK = "(nhắc lại)"


class Died(BaseException):
    """The process is gone; nothing may catch this on the way."""


@dataclass
class Points:
    """Counts the points that the program passes and kills it at one of them, once."""

    die_at: int | None = None
    names: list[str] = field(default_factory=list)

    def reach(self, name: str) -> None:
        """Pass a point, or die there."""
        self.names.append(name)
        if len(self.names) == self.die_at:
            raise Died(name)


@dataclass(frozen=True)
class Reached:
    """A message that was accepted for somebody. ``edit``: it replaced one on the screen."""

    chat: str
    text: str
    marked: bool
    edit: bool


class World:
    """People, their screens and their devices, which survive every death of the program."""

    def __init__(self, url: str, points: Points, screens: list[Delivered], *, now: str = "5/5 18:35") -> None:
        self.url = url
        self.points = points
        self.now: datetime = local(now)
        self.log: list[Reached] = []
        self.recorder = Recorder(PROFILES["full"], self._before, self._after, list(screens))
        self.deaths = 0
        self._seed = 0
        self._events = 0
        self._app, self._database = self._started()

    def _before(self, parcel: Parcel) -> None:
        self.points.reach(f"before sending {parcel.name}")

    def _after(self, parcel: Parcel) -> None:
        text = parcel.text.replace(f"\n{MARK}", "")
        self.log.append(Reached(parcel.chat, text, parcel.repeated, parcel.edits is not None))
        self.points.reach(f"after sending {parcel.name}")

    def clock(self) -> Now:
        """This moment."""
        return Now(self.now, self.now)

    def _started(self) -> tuple[App, Database]:
        self._seed += 1
        database = opened(self.url, apart=True)
        commit = database.engine.dialect.do_commit

        def mortal_commit(connection: Any) -> None:
            self.points.reach("before a commit")
            commit(connection)
            self.points.reach("after a commit")

        app = build(database, {BOT: self.recorder}, Random(self._seed), holder=f"program-{self._seed}")
        app.outbox.recover(self.clock(), starting=True)
        database.engine.dialect.do_commit = mortal_commit  # type: ignore[method-assign, assignment]
        return app, database

    def survives(self, act: Callable[[App], Any]) -> Any:
        """Do something with the program, starting it anew wherever it dies, until it was done."""
        for _ in range(LIVES):
            try:
                return act(self._app)
            except Died:
                self.deaths += 1
                self._database.close()
                self._app, self._database = self._started()
        raise AssertionError("the program dies without end")

    def arrives(self, chat: str, text: str = "", *, press: str = "") -> None:
        """A device sends until it is told that it arrived, always under the same event, then the program works."""
        self._events += 1
        kind = Kind.PRESS if press else Kind.TEXT
        arrival = Arrival(BOT, f"w{self._events}", chat, kind, self.now, text, press)
        self.survives(lambda app: app.inbox.receive(arrival, self.clock()))
        self.works()

    def presses(self, chat: str, label: str) -> None:
        """Somebody presses the newest button of that label."""
        screens = reversed(self.recorder.screen(chat))
        data = next(b.data for message in screens for b in message.parcel.buttons if b.label == label)
        self.arrives(chat, press=data)

    def ticks(self, now: str) -> None:
        """Time comes to this moment."""
        self.now = local(now)
        self.survives(lambda app: app.timetable.tick(self.clock()))
        self.works()

    def works(self) -> None:
        """All turns are taken and all messages sent."""
        self.survives(lambda app: asyncio.run(self._work(app)))

    async def _work(self, app: App) -> None:
        for _ in range(TURNS_AT_MOST):
            if not app.inbox.take_turn(self.clock()):
                break
        while await app.outbox.send_next(self.clock):
            pass

    def close(self) -> None:
        """The end of the world."""
        self._database.close()
