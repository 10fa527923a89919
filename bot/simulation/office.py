"""The office of the cast: an officer who reads every report, asks back now and then, and writes down what is phoned."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from bot.channels.recorder.channel import Delivered
from bot.simulation.screen import Screen
from bot.simulation.stage import Stage, Word

ASKS_BACK_ABOUT = 0.12
FIRST_HECTARES = Decimal(44)
_VILLAGE = re.compile(r"^(?:lang|thon) ([^,\n]+), tuan")


@dataclass
class Phoned:
    """What a head said by phone for a week, and what the program answered the officer."""

    called_at: datetime
    says: dict[int, Decimal | None] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)


class Officer:
    """Reads, takes in, asks back, writes down, excuses; and keeps what the screens showed."""

    def __init__(self, chat: str, code: str, villages: list[str], stage: Stage, chance: Random, word: Word) -> None:
        self.chat = chat
        self.phoned: dict[int, Phoned] = {}
        self.shown: dict[str, dict[int, Decimal | None]] = {}
        self.approved: set[str] = set()
        self.returned = 0
        self.excused: list[tuple[int, str]] = []
        self._code = code
        self._villages = villages
        self._stage = stage
        self._chance = chance
        self._word = word
        self._asked_back: set[str] = set()
        self._calling: Phoned | None = None
        self._week = 0
        self._is_last_look = False
        self._heard: dict[int, Decimal] = {}

    def joins(self) -> None:
        """Type the code from the invitation."""
        self._stage.says(self.chat, self._code)

    def reviews(self, week: int, *, last: bool = False) -> None:
        """Open every village's report, one after the other; nothing is asked back about any more at a last look."""
        self._week, self._is_last_look = week, last
        for number, village in enumerate(self._villages):
            at = self._stage.now + timedelta(minutes=4 * number)
            self._stage.later(at, partial(self._stage.says, self.chat, f"xem {village}"))

    def writes_down(self, week: int, village: str) -> None:
        """A head has just phoned."""
        self._week = week
        self._calling = self.phoned[week] = Phoned(self._stage.now)
        self._stage.says(self.chat, f"{self._word('cast.write_down')} {village}")

    def excuses(self, week: int, village: str) -> None:
        """A village has a funeral."""
        self._week = week
        self._stage.says(self.chat, f"{self._word('cast.excuse')} {village}: {self._word('cast.funeral')}")

    def sees(self, message: Delivered) -> None:
        """React to a message on the own screen."""
        screen = Screen(message)
        if screen.says("dong y khong?"):
            self._answers(screen, self._word("cast.agree"), "buttons.agree")
        elif screen.says("ghi giup", "xa doi"):
            self._types_what_was_said(screen)
        else:
            self._notes(screen, message)

    def _notes(self, screen: Screen, message: Delivered) -> None:
        if screen.says("da ghi giup") and self._calling and screen.receipt:
            self._calling.receipts.append(screen.receipt)
        elif screen.says("khat tuan nay"):
            self.excused.append((self._week, message.text))
        elif screen.says("da hoi lai"):
            self.returned += 1
        elif screen.says("muon hoi lai cho nao"):
            self._soon(self._word("cast.look_again"))
        elif screen.says("da tong hop so") and screen.receipt:
            self.approved.add(screen.receipt)
        elif screen.receipt and _VILLAGE.search(screen.words):
            self._reads(screen, screen.receipt)

    def _types_what_was_said(self, screen: Screen) -> None:
        assert self._calling is not None
        asked = screen.asked() or {1: screen.last_value(), 2: None}
        for number, last in asked.items():
            before = last if last is not None else self._heard.get(number, FIRST_HECTARES)
            self._heard[number] = self._calling.says[number] = before + self._chance.randint(0, 4)
        words = " ".join(f"{value:f}".replace(".", ",") for value in self._calling.says.values())
        self._soon(f"{words} {self._word('cast.nothing')}")

    def _reads(self, screen: Screen, receipt: str) -> None:
        self.shown[receipt] = screen.shown_figures()
        taken_in = screen.says("da tong hop.") or screen.says("dang hoi lai")
        if taken_in:
            return
        if not self._is_last_look and receipt not in self._asked_back and self._chance.random() < ASKS_BACK_ABOUT:
            self._asked_back.add(receipt)
            self._answers(screen, "2", "buttons.return")
        else:
            self._answers(screen, "1", "buttons.approve")

    def _answers(self, screen: Screen, words: str, label: str) -> None:
        data = screen.button(self._word(label)) if self._stage.full else None
        at = self._stage.now + timedelta(seconds=20)
        self._stage.later(at, lambda: self._stage.says(self.chat, "" if data else words, press=data or ""))

    def _soon(self, words: str) -> None:
        self._stage.later(self._stage.now + timedelta(seconds=30), lambda: self._stage.says(self.chat, words))
