"""What a cast plays on: an agenda of what happens when, and the real program between two moments."""

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.app import App
from bot.channels.recorder.channel import Recorder
from bot.clock import Now
from bot.inbox import Arrival
from dialogue.incoming import Kind

BOT = "simulated"
Act = Callable[[], None]
Word = Callable[[str], str]  # what the cast types, and what it reads on buttons, by the name of its text


class Stage(ABC):
    """Plays what people do in order of time. ``full``: whoever plays has buttons to press."""

    full = True

    def __init__(self) -> None:
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = count()

    @property
    @abstractmethod
    def now(self) -> datetime:
        """This moment of the campaign."""

    @abstractmethod
    def says(self, chat: str, text: str = "", *, press: str = "", group: bool = False) -> None:
        """Somebody writes or presses, now."""

    def later(self, at: datetime, act: Act) -> None:
        """Put something on the agenda; what lies in the past happens now."""
        heapq.heappush(self._agenda, (max(at, self.now), next(self._order), act))

    def first(self) -> datetime | None:
        """When the next thing on the agenda happens; none where it is empty."""
        return self._agenda[0][0] if self._agenda else None

    def taken(self) -> tuple[datetime, Act]:
        """The next thing, off the agenda."""
        at, _, act = heapq.heappop(self._agenda)
        return at, act


class VirtualStage(Stage):
    """Time stands still between two things; the program takes its turns and sends in between."""

    def __init__(
        self, app: App, recorder: Recorder, start: datetime, outage: tuple[datetime, datetime] | None = None
    ) -> None:
        super().__init__()
        self._now = start
        self._app = app
        self._recorder = recorder
        self.full = recorder.capabilities.buttons
        self._outage = outage
        self._is_down = False
        self._kept: list[Arrival] = []
        self.spoke: dict[str, datetime] = {}  # when each chat said something last

    @property
    def now(self) -> datetime:
        """This moment of the campaign, which only playing moves."""
        return self._now

    def says(self, chat: str, text: str = "", *, press: str = "", group: bool = False) -> None:
        """Somebody writes or presses, now."""
        kind = Kind.PRESS if press else Kind.TEXT
        event = f"{chat}-{next(self._order)}"
        self._arrives(Arrival(BOT, event, chat, kind, self.now, text, press, group=group))

    def speaks(self, chat: str) -> None:
        """Somebody sends a voice message, now; it stays with their channel, as nobody here has ears."""
        event = f"{chat}-{next(self._order)}"
        self._arrives(Arrival(BOT, event, chat, Kind.VOICE, self.now, sources=(event,)))

    def _arrives(self, arrival: Arrival) -> None:
        self.spoke[arrival.chat] = self.now
        if self._is_down:
            self._kept.append(arrival)  # the person's device holds it until somebody answers
        else:
            self._app.inbox.receive(arrival, self._moment())

    def _moment(self) -> Now:
        return Now(self.now, self.now)

    async def play(self, until: datetime) -> None:
        """Play the agenda to its end, the clock ticking on the way."""
        self.later(until, self._nothing)
        if self._outage:
            self.later(self._outage[0], self._goes_down)
            self.later(self._outage[1], self._comes_up)
        while (at := self.first()) is not None:
            await self._step(at)

    async def _step(self, at: datetime) -> None:
        due = None if self._is_down else self._app.timetable.next_moment(self._moment())
        if due is not None and due <= at:
            self._now = due
            self._app.timetable.tick(self._moment())
        else:
            self._now, act = self.taken()
            act()
        if not self._is_down:
            await self._settle()

    def _goes_down(self) -> None:
        """The program is gone; what people write waits on their devices."""
        self._app.timetable.beat(self._moment())
        self._is_down = True

    def _comes_up(self) -> None:
        self._is_down = False
        for arrival in self._kept:
            self._app.inbox.receive(arrival, self._moment())
        self._app.timetable.beat(self._moment())
        self._app.timetable.tick(self._moment())

    def _nothing(self) -> None:
        """Time passes."""

    async def _settle(self) -> None:
        while self._app.inbox.take_turn(self._moment()):
            pass
        moved = True
        while moved:
            while await self._app.outbox.send_next(self._moment):
                pass
            steps = (self._app.announcing.step, self._app.posting.step, self._app.documenting.step)
            moved = any(step(self._moment()) for step in steps)
