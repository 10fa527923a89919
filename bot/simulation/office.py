"""The office of the cast: an officer who reads every report, asks back now and then, and writes down what is phoned."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from bot.channels.recorder.channel import Delivered
from bot.simulation.promises import Promises
from bot.simulation.screen import Screen
from bot.simulation.speaker import Speaker
from bot.simulation.stage import Stage, Word
from dialogue.text import folded

ASKS_BACK_ABOUT = 0.12
FIRST = Decimal(44)
READING = timedelta(minutes=100)  # at most, for all reports of a period: done before the next look begins
_REPORT = re.compile(r"^[^,\n]+, [^,\n]+, so \d")


@dataclass
class Phoned:
    """What a head said by phone for a period, and what the program answered the officer."""

    called_at: datetime
    says: dict[int, Decimal | None] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)


class Officer:
    """Reads, takes in, asks back, writes down, excuses; and keeps what the screens showed."""

    def __init__(self, chat: str, code: str, stage: Stage, chance: Random, word: Word) -> None:
        self.chat = chat
        self.phoned: dict[tuple[str, str], Phoned] = {}  # by period and unit
        self.shown: dict[str, dict[int, Decimal | None]] = {}
        self.approved: set[str] = set()
        self.returned = 0
        self.excused: list[tuple[str, str]] = []
        self._code = code
        self._stage = stage
        self._chance = chance
        self._word = word
        self.unsure_about: dict[str, str] = {}  # by period the one unit to ask back, where that is not left to chance
        self._asked_back: set[str] = set()
        self._goes_through = False
        self._calling: Phoned | None = None
        self._period = ""
        self._is_last_look = False
        self._reading = ""
        self.promises = Promises(stage, word, self._answers, self._soon, self._opens)
        self.listens_to: list[Speaker] = []

    def joins(self) -> None:
        """Type the code from the invitation."""
        self._stage.says(self.chat, self._code)

    def reviews(self, units: list[str], *, last: bool = False) -> None:
        """Open these units' reports, one after the other; nothing is asked back about any more at a last look."""
        self._is_last_look = last
        apart = min(timedelta(minutes=4), READING / len(units))
        for number, name in enumerate(units):
            self._stage.later(self._stage.now + apart * number, partial(self._opens, name))

    def _opens(self, unit: str) -> None:
        self._stage.says(self.chat, f"{self._word('cast.see')} {unit}")

    def goes_through_the_board(self) -> None:
        """Look who has reported, and open every report that the board offers."""
        self._goes_through = True
        self._stage.says(self.chat, self._word("cast.board"))

    def _opens_what_is_offered(self, message: Delivered) -> None:
        self._goes_through = False
        for number, button in enumerate(message.parcel.buttons):
            at = self._stage.now + timedelta(minutes=4 * number + 1)
            self._stage.later(at, partial(self._stage.says, self.chat, press=button.data))

    def remembers(self, shown: list[Delivered | None]) -> None:
        """Take up again what the own screen shows last, unless it was answered; nothing is done a second time."""
        screens = [Screen(message) for message in shown if message]
        self._asked_back |= {screen.receipt for screen in screens if screen.says("da hoi lai") and screen.receipt}
        self._reading = next((_unit_of(screen) for screen in reversed(screens) if _is_report(screen)), "")
        self.promises.remembers(screens)
        last = shown[-1] if shown else None
        if last is None:
            return
        if self._is_about_the_call(Screen(last)):
            self._calling = Phoned(last.at)
        self.sees(last)

    def writes_down(self, period: str, unit: str) -> None:
        """A head has just phoned."""
        self._period = period
        self._calling = self.phoned[period, unit] = Phoned(self._stage.now)
        self._stage.says(self.chat, f"{self._word('cast.write_down')} {unit}")

    def excuses(self, period: str, unit: str) -> None:
        """A unit has a funeral."""
        self._period = period
        self._stage.says(self.chat, f"{self._word('cast.excuse')} {unit}: {self._word('cast.funeral')}")

    def sees(self, message: Delivered) -> None:
        """React to a message on the own screen."""
        screen = Screen(message)
        if screen.says("dong y khong?"):
            self._answers(screen, self._word("cast.agree"), "buttons.agree")
        elif self._calling and not self._calling.receipts and self._is_about_the_call(screen):
            self._types_what_was_said(screen, self._calling)
        elif self._goes_through and screen.says("da co tin", "han "):
            self._opens_what_is_offered(message)
        else:
            self._notes(screen, message)

    def _notes(self, screen: Screen, message: Delivered) -> None:
        if screen.says("da ghi giup") and self._calling and screen.receipt:
            self._calling.receipts.append(screen.receipt)
        elif screen.says("da cho", "khat"):
            self.excused.append((self._period, message.text))
        elif screen.says("da hoi lai"):
            self.returned += 1
        elif screen.says("muon hoi lai cho nao"):
            self._soon(self._word("cast.look_again"))
        elif screen.says("da tong hop so") and screen.receipt:
            self.approved.add(screen.receipt)
        elif screen.receipt and _is_report(screen):
            self._reads(screen, screen.receipt)
        else:
            self.promises.sees(screen, self._reading)

    @staticmethod
    def _is_about_the_call(screen: Screen) -> bool:
        return bool(screen.step()) or screen.words.startswith("ghi giup ") or screen.says("xem lai giup", "bam gui")

    def _types_what_was_said(self, screen: Screen, call: Phoned) -> None:
        """All at once where the whole form is on the screen, otherwise one after the other, then confirm."""
        step = screen.step()
        if screen.says("xem lai giup"):
            self._answers(screen, self._word("cast.send"), "buttons.send")
        elif step and step[0] == step[1]:
            self._soon(self._word("cast.nothing"))
        else:
            asked = {step[0]: screen.last_value()} if step else screen.asked()
            words = [self._hears(number, last, call) for number, last in asked.items()]
            self._soon(" ".join([*words, "" if step else self._word("cast.nothing")]).strip())

    def _hears(self, number: int, last: Decimal | None, call: Phoned) -> str:
        """What the head says on the phone: a little more than last time."""
        call.says[number] = (last if last is not None else FIRST) + self._chance.randint(0, 4)
        return f"{call.says[number]:f}".replace(".", ",")

    def _reads(self, screen: Screen, receipt: str) -> None:
        self.shown[receipt] = screen.shown_figures()
        self._reading = _unit_of(screen)
        if screen.button(self._word("cast.listen")) or screen.says(folded(self._word("cast.listen"))):
            self._listens(screen, receipt)
            return
        taken_in = screen.says("da tong hop.") or screen.says("dang hoi lai")
        if taken_in or self.promises.takes(screen, receipt):
            return
        if not self._is_last_look and receipt not in self._asked_back and self._is_unsure(screen):
            self._asked_back.add(receipt)
            self._answers(screen, "2", "buttons.return")
        else:
            self._answers(screen, "1", "buttons.approve")

    def _is_unsure(self, screen: Screen) -> bool:
        if screen.period in self.unsure_about:
            return screen.says(f" {folded(self.unsure_about[screen.period])}, ")
        return self._chance.random() < ASKS_BACK_ABOUT

    def _listens(self, screen: Screen, receipt: str) -> None:
        """A head spoke: hear what it was, as on the phone, and write it down."""
        told = (told for head in self.listens_to for told in head.told.values() if receipt in told.receipts)
        for heard in told:  # what somebody else said nobody here can hear; it waits for a person
            self._calling = Phoned(self._stage.now, heard.says)
            self._answers(screen, "1", "cast.listen")

    def _answers(self, screen: Screen, words: str, label: str) -> None:
        """Press the button of that label (the first one where none is named), or type its number."""
        labelled = screen.button(self._word(label)) if label else screen.first_button()
        data = labelled if self._stage.full else None
        at = self._stage.now + timedelta(seconds=20)
        self._stage.later(at, lambda: self._stage.says(self.chat, "" if data else words, press=data or ""))

    def _soon(self, words: str) -> None:
        self._stage.later(self._stage.now + timedelta(seconds=30), lambda: self._stage.says(self.chat, words))


def _is_report(screen: Screen) -> bool:
    return _REPORT.search(screen.words) is not None


def _unit_of(screen: Screen) -> str:
    """Whose report it is, in the words of its first line."""
    return screen.message.text.partition(",")[0]
