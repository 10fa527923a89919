"""The cast: heads who answer, those who phone, an officer, and a chairman who looks at the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.channels.recorder.channel import Delivered
from bot.simulation.duties import Duty
from bot.simulation.heads import Head
from bot.simulation.office import Officer
from bot.simulation.parts import Temper
from bot.simulation.screen import Screen
from bot.simulation.speaker import Speaker, Speaks
from bot.simulation.stage import Act, Stage, Word
from campaigns.rehearsal import Rehearsal, Way
from config.texts import Texts

# In roster order, again and again; who has no smartphone phones instead.
TEMPERS = (
    Temper.PROMPT,
    Temper.PROMPT,
    Temper.SLOW,
    Temper.PROMPT,
    Temper.SLOW,
    Temper.LATE,
    Temper.SILENT,
    Temper.PROMPT,
)
MOURNS, MOURNING = 4, 3  # the fifth of the heads who write is excused from the third of its reports


@dataclass(frozen=True)
class Seat:
    """Where somebody plays: their chat, and the code on their invitation, empty for who has joined."""

    chat: str
    code: str = ""


@dataclass(frozen=True)
class Seats:
    """Where everybody plays; the heads who write by the name of their unit."""

    heads: Mapping[str, Seat]
    officer: Seat
    leader: Seat


class Cast:
    """Everybody who plays."""

    def __init__(
        self,
        stage: Stage,
        rehearsal: Rehearsal,
        seats: Seats,
        chance: Random,
        texts: Texts,
        speaks: Speaks | None = None,
        voices: int = 0,
    ) -> None:
        """The first ``voices`` heads only speak: what they do then is ``speaks``."""
        self._stage = stage
        self.word: Word = lambda name: texts.render(name, {})
        self._phoning = [unit.name for unit in rehearsal.units if unit.head.way is Way.PHONE]
        self.heads = {
            name: (partial(Speaker, speaks) if speaks and n < voices else Head)(
                seat.chat, seat.code, TEMPERS[n % len(TEMPERS)], stage, Random(chance.random()), self.word
            )
            for n, (name, seat) in enumerate(seats.heads.items())
        }
        self.officer = Officer(seats.officer.chat, seats.officer.code, stage, Random(chance.random()), self.word)
        self.officer.listens_to = [head for head in self.heads.values() if isinstance(head, Speaker)]
        self._leader = seats.leader
        self._screens = {head.chat: head.sees for head in self.heads.values()} | {self.officer.chat: self.officer.sees}

    def sees(self, message: Delivered) -> None:
        """A message has reached somebody's screen."""
        if message.chat in self._screens:
            self._screens[message.chat](message)
        elif message.chat == self._leader.chat and Screen(message).says("dong y khong?"):
            self._stage.later(self._stage.now + timedelta(minutes=1), self._leader_says("cast.agree"))

    def _leader_says(self, word: str) -> Act:
        return lambda: self._stage.says(self._leader.chat, self.word(word))

    def joins(self, start: datetime) -> None:
        """Put on the agenda that everybody types their code."""
        for number, head in enumerate(self.heads.values()):
            self._stage.later(start + timedelta(minutes=number), head.joins)
        self._stage.later(start, self.officer.joins)
        self._stage.later(start, lambda: self._stage.says(self._leader.chat, self._leader.code))

    def takes_part(self, owed: Sequence[Duty]) -> None:
        """Put on the agenda what everybody does of their own accord; the officer reads every report, however often."""
        for period, (due, closes), units in _together(owed):
            self._plan_calls(period, due, units)
            self._stage.later(due + timedelta(hours=1), partial(self.officer.reviews, units))
            self._stage.later(due + timedelta(hours=2), self._leader_says("cast.board"))
            self._stage.later(closes - timedelta(hours=2), partial(self.officer.reviews, units))
            self._stage.later(closes + timedelta(hours=1), partial(self.officer.reviews, units, last=True))
        self._plan_mourning(owed)

    def goes_on(self, owed: Sequence[Duty]) -> None:
        """The same for a commune that is being watched, from now on: the officer opens what the board offers."""
        for period, (due, closes), units in _together(owed):
            self._plan_calls(period, due, units)
            self._from_now_on(due + timedelta(hours=1), self.officer.goes_through_the_board)
            self._from_now_on(closes - timedelta(hours=2), self.officer.goes_through_the_board)

    def _plan_calls(self, period: str, due: datetime, units: list[str]) -> None:
        for number, unit in enumerate(unit for unit in units if unit in self._phoning):
            at = due - timedelta(hours=7, minutes=-15 * number)
            self._from_now_on(at, partial(self.officer.writes_down, period, unit))

    def _from_now_on(self, at: datetime, act: Act) -> None:
        if at >= self._stage.now:
            self._stage.later(at, act)

    def remembers(self, shown: Mapping[str, list[Delivered | None]]) -> None:
        """Take up again what stands on everybody's screens; none stands for what they wrote themselves."""
        for head in self.heads.values():
            head.remembers(shown.get(head.chat, []))
        self.officer.remembers(shown.get(self.officer.chat, []))

    def _plan_mourning(self, owed: Sequence[Duty]) -> None:
        writing = list(self.heads)
        mourning = writing[min(MOURNS, len(writing) - 1)]
        theirs = [duty for duty in owed if duty.unit == mourning]
        if theirs:
            duty = theirs[min(MOURNING, len(theirs)) - 1]
            self.heads[mourning].away.add(duty.period)
            self._stage.later(duty.due - timedelta(hours=20), partial(self.officer.excuses, duty.period, mourning))


def _together(owed: Sequence[Duty]) -> list[tuple[str, tuple[datetime, datetime], list[str]]]:
    """Each period with its due and closing moments, and the units that owe it."""
    together: dict[tuple[str, datetime, datetime], list[str]] = {}
    for duty in owed:
        together.setdefault((duty.period, duty.due, duty.closes), []).append(duty.unit)
    return [(period, (due, closes), units) for (period, due, closes), units in together.items()]
