"""The heads of the cast: each with a temper and a way of answering, reacting to nothing but what reached them."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from bot.channels.recorder.channel import Delivered
from bot.simulation.screen import Screen
from bot.simulation.stage import Act, Stage, Word

WAYS, SHARES = ("whole", "steps", "sloppy"), (40, 40, 20)


class Temper(StrEnum):
    """When somebody answers: PROMPT within the hour, SLOW the next morning, LATE after the due hour, SILENT seldom."""

    PROMPT = "prompt"
    SLOW = "slow"
    LATE = "late"
    SILENT = "silent"


# Hours after the question: before the due hour (21.5 hours after it), or after it.
HOURS = {Temper.PROMPT: (0.1, 1.0), Temper.SLOW: (11.0, 18.0), Temper.LATE: (23.0, 40.0)}


@dataclass
class Week:
    """What one head said for one week, and what came back."""

    asked_at: datetime
    says: dict[int, Decimal | None] = field(default_factory=dict)
    said_at: datetime | None = None
    messages: int = 0
    receipts: list[str] = field(default_factory=list)
    first_said_at: datetime | None = None
    asked_back: int = 0


class Head:
    """A village head with an old phone."""

    def __init__(self, chat: str, code: str, temper: Temper, stage: Stage, chance: Random, word: Word) -> None:
        self.chat = chat
        self.weeks: dict[int, Week] = {}
        self._code = code
        self._temper = temper
        self._stage = stage
        self._chance = chance
        self._word = word
        self._week = 0
        self._way = "whole"
        self._answered_oddly = False
        self._stops = False
        self._remembers: dict[int, Decimal] = {}
        self.away: set[int] = set()

    def joins(self) -> None:
        """Type the code from the invitation."""
        self._stage.says(self.chat, self._code)

    def sees(self, message: Delivered) -> None:
        """React to a message on the own screen."""
        screen = Screen(message)
        week = self.weeks.get(self._week)
        if week and not week.receipts and message.edited == 0:
            week.messages += 1
        if screen.says("dong y khong?"):
            self._answers(screen, "agree", "buttons.agree")
        elif screen.says("xin tin") and screen.week:
            self._is_asked(screen, screen.week)
        elif screen.says("hoi lai mot cho"):
            self._is_asked_back()
        elif screen.receipt and week:
            self._gets_receipt(screen.receipt, week)
        elif week:
            self._goes_on(screen, week)

    def _is_asked(self, screen: Screen, number: int) -> None:
        self._week = number
        self.weeks[number] = Week(self._stage.now, messages=1)
        self._way = self._chance.choices(WAYS, SHARES)[0]
        self._answered_oddly = False
        self._stops = self._temper is Temper.SILENT and self._chance.random() < 0.4
        silent = self._temper is Temper.SILENT and not self._stops and self._chance.random() < 0.5
        if silent or number in self.away:
            return
        low, high = HOURS.get(self._temper, (2.0, 20.0))
        self._later(timedelta(hours=self._chance.uniform(low, high)), lambda: self._begins(screen))

    def _begins(self, screen: Screen) -> None:
        week = self.weeks[self._week]
        asked: dict[int, Decimal | None] = dict(self._remembers) if screen.step() else screen.asked()
        if not asked:
            self._goes_on(screen, week)
        elif self._stops or self._way == "steps":
            self._says_figures(week, dict(list(asked.items())[:1]))
        elif not screen.step() and None not in asked.values() and self._chance.random() < 0.08:
            self._says_same(week, asked)
        else:
            self._says_figures(week, asked, self._closing_words() or self._word("cast.nothing"))

    def _says_same(self, week: Week, asked: dict[int, Decimal | None]) -> None:
        week.says.update(asked)
        week.said_at = self._stage.now
        self._stage.says(self.chat, self._word("cast.same"))

    def _goes_on(self, screen: Screen, week: Week) -> None:
        if self._stops and week.says:
            return
        if screen.says("xem lai giup xa"):
            self._answers(screen, "send", "buttons.send")
        elif screen.says("nhan lai mot so"):
            self._resolves(screen, week)
        elif screen.still_asked():
            still = screen.still_asked()
            self._soon(lambda: self._says_figures(week, dict(list(still.items())[:1])))
        elif (step := screen.step()) and step[0] < step[1]:
            self._soon(lambda: self._says_figures(week, {step[0]: screen.last_value()}))
        elif step:
            self._answers(screen, "nothing", "buttons.nothing")

    def _says_figures(self, week: Week, asked: dict[int, Decimal | None], closing: str = "") -> None:
        for number, last in asked.items():
            week.says[number] = self._value(last)
        said = [self._written(week.says[number], asked[number]) for number in asked]
        marked = self._way == "sloppy" and len(asked) > 1 and self._chance.random() < 0.5
        if marked:
            said = [f"{number}: {words}" for number, words in zip(asked, said, strict=True)]
            closing = f"{max(asked) + 1}: {closing}" if closing else ""
        week.said_at = self._stage.now
        self._stage.says(self.chat, " ".join([*said, closing]).strip())

    def _value(self, last: Decimal | None) -> Decimal | None:
        """What is true this week: a little more than last time; now and then not known."""
        if self._chance.random() < 0.05:
            return None
        more = Decimal(self._chance.choice([0, 1, 1, 2, 3, 5]))
        return (last or Decimal(10)) + more

    def _written(self, value: Decimal | None, last: Decimal | None) -> str:
        """As this head types it; a sloppy one forgets a comma or types a zero too many, once."""
        if value is None:
            return "?"
        if self._way == "sloppy" and not self._answered_oddly and last and value > 1 and self._chance.random() < 0.5:
            self._answered_oddly = True
            return _typed(value * 10)
        return _typed(value)

    def _resolves(self, screen: Screen, week: Week) -> None:
        """Somebody asks back about an odd figure: say what was meant."""
        week.asked_back += 1
        meant = [_typed(value) for value in week.says.values() if value is not None]
        words = next((each for each in meant if each in re.split(r"[ ?]", screen.words)), None)
        if words is not None:
            self._soon(lambda: self._stage.says(self.chat, words))

    def _closing_words(self) -> str:
        name = self._chance.choice(["", "nothing", "nothing_in_short", "news", "need"])
        return self._word(f"cast.{name}") if name else ""

    def _gets_receipt(self, receipt: str, week: Week) -> None:
        week.receipts.append(receipt)
        self._remembers.update({n: value for n, value in week.says.items() if value is not None})
        week.first_said_at = week.first_said_at or week.said_at

    def _is_asked_back(self) -> None:
        """An officer asks about a place: usually correct the first figure, sometimes it was right."""
        week = self.weeks[self._week]
        if self._chance.random() < 0.3:
            return self._soon(lambda: self._stage.says(self.chat, self._word("cast.keep")))
        return self._soon(lambda: self._corrects(week))

    def _corrects(self, week: Week) -> None:
        value = (week.says.get(1) or Decimal(10)) + 1
        week.says[1] = value
        self._stage.says(self.chat, f"{self._word('cast.correct')} 1: {_typed(value)}")

    def _answers(self, screen: Screen, words: str, label: str) -> None:
        data = screen.button(self._word(label)) if self._stage.full else None
        self._soon(lambda: self._press_or_type(data, self._word(f"cast.{words}")))

    def _press_or_type(self, data: str | None, words: str) -> None:
        week = self.weeks.get(self._week)
        if week and not week.receipts:
            week.said_at = self._stage.now
        self._stage.says(self.chat, "" if data else words, press=data or "")

    def _soon(self, act: Act) -> None:
        self._later(timedelta(seconds=self._chance.randint(20, 150)), act)

    def _later(self, after: timedelta, act: Act) -> None:
        self._stage.later(self._stage.now + after, act)


def _typed(value: Decimal) -> str:
    """A figure as it is typed: with a comma, without idle zeros."""
    return f"{value.normalize():f}".replace(".", ",")
