"""The heads of the cast: each with a temper and a way of answering, reacting to nothing but what reached them."""

import re
from datetime import timedelta
from decimal import Decimal
from random import Random

from bot.channels.recorder.channel import Delivered
from bot.simulation.parts import HOURS, Part, Temper, Told
from bot.simulation.screen import Screen
from bot.simulation.stage import Act, Stage, Word

ROUND = 10  # whoever says a round number says "about"
WAYS, SHARES = ("whole", "steps", "sloppy"), (40, 40, 20)


class Head:
    """A village head with an old phone."""

    def __init__(self, chat: str, code: str, temper: Temper, stage: Stage, chance: Random, word: Word) -> None:
        self.chat = chat
        self.told: dict[str, Told] = {}
        self._code = code
        self._temper = temper
        self._stage = stage
        self._chance = chance
        self._word = word
        self._about = word("cast.about")
        self._period = ""
        self._way = "whole"
        self._answered_oddly = False
        self._stops = False
        self.knows: dict[int, Decimal] = {}
        self.parts: dict[str, Part] = {}
        self.away: set[str] = set()

    def joins(self) -> None:
        """Type the code from the invitation."""
        self._stage.says(self.chat, self._code)

    def sees(self, message: Delivered) -> None:
        """React to a message on the own screen."""
        screen = Screen(message)
        told = self.told.get(self._period)
        if told and not told.receipts and message.edited == 0:
            told.messages += 1
        if screen.says("dong y khong?"):
            self._answers(screen, "agree", "buttons.agree")
        elif screen.says("xin tin", "lam xong viec dang do") and screen.period:
            self._hears_of_another(screen.period)
        elif screen.says("xin tin") and screen.period:
            self._is_asked(screen, screen.period)
        elif screen.says("hoi lai mot cho") and screen.period in self.told:
            self._is_asked_back(self.told[screen.period])
        elif screen.receipt and told:
            self._gets_receipt(screen.receipt, screen.also_owed(), told)
        elif told:
            self._goes_on(screen, told)

    def remembers(self, shown: list[Delivered | None]) -> None:
        """Take up again what the own screen shows, oldest first; none stands for what was written here oneself."""
        form: Delivered | None = None
        for message in shown:
            form = self._recalls(message, form) if message else None
        if form:
            del self.told[self._period]  # not begun yet: decide about it
        if last := form or (shown[-1] if shown else None):
            self.sees(last)

    def _recalls(self, message: Delivered, form: Delivered | None) -> Delivered | None:
        """Note what a message said; the form that waits unanswered after it."""
        screen = Screen(message)
        if screen.says("xin tin") and screen.period:
            self._period = screen.period
            self.told.setdefault(screen.period, Told(message.at))
            return message
        if screen.receipt and self._period:
            self.told[self._period].receipts.append(screen.receipt)
        return form

    def _hears_of_another(self, period: str) -> None:
        """Another form waits while one is open: it is asked for when there is time, unless it came by then."""
        if self._temper is not Temper.SILENT:
            at = self._stage.now + timedelta(hours=self._chance.uniform(18, 30))
            self._stage.later(at, lambda: self._asks_for_the_form(period))

    def _asks_for_the_form(self, period: str) -> None:
        if period not in self.told:
            self._stage.says(self.chat, self._word("cast.report"))

    def _is_asked(self, screen: Screen, period: str) -> None:
        self._period = period
        if period in self.told:
            return self._soon(lambda: self._begins(screen))
        self.told[period] = Told(screen.message.at, messages=1)
        return self._decides(screen, period)

    @property
    def _part(self) -> Part | None:
        return self.parts.get(self._period)

    def _decides(self, screen: Screen, period: str) -> None:
        self._answered_oddly = False
        if self._part:
            return self._plays(self._part, screen)
        self._way = self._chance.choices(WAYS, SHARES)[0]
        self._stops = self._temper is Temper.SILENT and self._chance.random() < 0.4
        silent = self._temper is Temper.SILENT and not self._stops and self._chance.random() < 0.5
        if silent or period in self.away:
            return None
        low, high = HOURS.get(self._temper, (2.0, 20.0))
        return self._begins_after(self._chance.uniform(low, high), screen)

    def _plays(self, part: Part, screen: Screen) -> None:
        self._way, self._stops = part.way, False
        if part.after is not None:
            self._begins_after(part.after, screen)

    def _begins_after(self, hours: float, screen: Screen) -> None:
        self._stage.later(screen.message.at + timedelta(hours=hours), lambda: self._begins(screen))

    def _begins(self, screen: Screen) -> None:
        told = self.told[self._period]
        asked = self._remembered(screen) if screen.step() else screen.asked()
        if not asked:
            self._goes_on(screen, told)
        elif self._way == "same":
            self._presses_same(screen, told)
        elif self._stops or self._way == "steps":
            self._says_figures(told, dict(list(asked.items())[:1]))
        elif not screen.step() and None not in asked.values() and self._chance.random() < 0.08:
            self._says_same(told, asked)
        else:
            closing = self._closing_words() or self._word("cast.nothing")
            told.asks_for = closing == self._word("cast.need")
            self._says_figures(told, asked, closing)

    def _remembered(self, screen: Screen) -> dict[int, Decimal | None]:
        """All figures of the form that begins on the screen, if this head still knows what they are."""
        step = screen.step()
        known = step is not None and set(self.knows) == set(range(1, step[1]))
        return dict(self.knows) if known else {}

    def _says_same(self, told: Told, asked: dict[int, Decimal | None]) -> None:
        told.says.update(asked)
        told.said_at = self._stage.now
        self._stage.says(self.chat, self._word("cast.same"))

    def _presses_same(self, screen: Screen, told: Told) -> None:
        """Nothing has changed here since last time."""
        step = screen.step()
        assert step is not None  # only who is asked one after the other presses it
        told.says[step[0]] = screen.last_value()
        self._answers(screen, "same", "buttons.same")

    def _goes_on(self, screen: Screen, told: Told) -> None:
        if self._stops and told.says:
            return
        if screen.says("xem lai giup"):
            self._answers(screen, "send", "buttons.send")
        elif screen.says("nhan lai mot so"):
            self._resolves(screen, told)
        elif screen.still_asked():
            still = screen.still_asked()
            self._soon(lambda: self._says_figures(told, dict(list(still.items())[:1])))
        elif (step := screen.step()) and step[0] < step[1] and self._way == "same":
            self._presses_same(screen, told)
        elif step and step[0] < step[1]:
            at = step[0]
            self._soon(lambda: self._says_figures(told, {at: screen.last_value()}))
        elif step:
            self._answers(screen, "nothing", "buttons.nothing")

    def _says_figures(self, told: Told, asked: dict[int, Decimal | None], closing: str = "") -> None:
        for number, last in asked.items():
            told.says[number] = self._value(last)
        said = [self._written(told.says[number], asked[number]) for number in asked]
        told.estimated |= {number for number, words in zip(asked, said, strict=True) if words.startswith(self._about)}
        marked = self._way == "sloppy" and len(asked) > 1 and self._chance.random() < 0.5
        if marked:
            said = [f"{number}: {words}" for number, words in zip(asked, said, strict=True)]
            closing = f"{max(asked) + 1}: {closing}" if closing else ""
        told.said_at = self._stage.now
        self._stage.says(self.chat, " ".join([*said, closing]).strip())

    def _value(self, last: Decimal | None) -> Decimal | None:
        """What is true now: a little more than last time; now and then not known."""
        if not self._part and self._chance.random() < 0.05:
            return None
        more = Decimal(self._chance.choice([0, 1, 1, 2, 3, 5]))
        return (last or Decimal(10)) + more

    def _written(self, value: Decimal | None, last: Decimal | None) -> str:
        """As this head types it; a sloppy one forgets a comma or types a zero too many, once."""
        if value is None:
            return "?"
        if not self._answered_oddly and last and value > 1 and self._slips():
            self._answered_oddly = True
            return _typed(value * 10)
        return f"{self._about} {_typed(value)}" if value > ROUND and not value % ROUND else _typed(value)

    def _slips(self) -> bool:
        if self._part:
            return self._part.slips
        return self._way == "sloppy" and self._chance.random() < 0.5

    def _resolves(self, screen: Screen, told: Told) -> None:
        """Somebody asks back about an odd figure: say what was meant."""
        told.asked_back += 1
        meant = [_typed(value) for value in told.says.values() if value is not None]
        words = next((each for each in meant if each in re.split(r"[ ?]", screen.words)), None)
        if words is not None:
            self._soon(lambda: self._stage.says(self.chat, words))

    def _closing_words(self) -> str:
        if self._part:
            return self._word(f"cast.{self._part.closing}")
        name = self._chance.choice(["", "nothing", "nothing_in_short", "news", "need"])
        return self._word(f"cast.{name}") if name else ""

    def _gets_receipt(self, receipt: str, also: str | None, told: Told) -> None:
        told.receipts.append(receipt)
        self.knows.update({n: value for n, value in told.says.items() if value is not None})
        told.first_said_at = told.first_said_at or told.said_at
        if also:
            self._hears_of_another(also)

    def _is_asked_back(self, told: Told) -> None:
        """An officer asks about a place: usually correct the first figure, sometimes it was right."""
        if not self._part and self._chance.random() < 0.3:
            return self._soon(lambda: self._stage.says(self.chat, self._word("cast.keep")))
        return self._soon(lambda: self._corrects(told))

    def _corrects(self, told: Told) -> None:
        value = (told.says.get(1) or self.knows.get(1) or Decimal(10)) + 1
        told.says[1] = value
        self._stage.says(self.chat, f"{self._word('cast.correct')} 1: {_typed(value)}")

    def _answers(self, screen: Screen, words: str, label: str) -> None:
        data = screen.button(self._word(label)) if self._stage.full else None
        self._soon(lambda: self._press_or_type(data, self._word(f"cast.{words}")))

    def _press_or_type(self, data: str | None, words: str) -> None:
        told = self.told.get(self._period)
        if told and not told.receipts:
            told.said_at = self._stage.now
        self._stage.says(self.chat, "" if data else words, press=data or "")

    def _soon(self, act: Act) -> None:
        self._later(timedelta(seconds=self._chance.randint(20, 150)), act)

    def _later(self, after: timedelta, act: Act) -> None:
        self._stage.later(self._stage.now + after, act)


def _typed(value: Decimal) -> str:
    """A figure as it is typed: with a comma, without idle zeros."""
    return f"{value.normalize():f}".replace(".", ",")
