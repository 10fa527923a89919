"""What the office does about things that villages ask for: takes them on, promises a day, and mostly keeps it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.simulation.screen import Screen
from bot.simulation.stage import Stage, Word
from campaigns.calendar import LOCAL
from dialogue.text import folded

IN, FORGOTTEN_FOR = timedelta(days=2), timedelta(days=9)
FORGETS_EVERY = 3
MORNING, APART = time(8), timedelta(minutes=5)  # one after the other, before anybody phones
_PROMISED = re.compile(r"hen tra loi \D+(\d+)/(\d+)")


@dataclass
class Promises:
    """Sees the officer's screen; what was promised and answered stands here as the screens said it."""

    stage: Stage
    word: Word
    answers: Callable[[Screen, str, str], None]  # by a number or a button
    types: Callable[[str], None]
    opens: Callable[[str], None]
    promised: list[date] = field(default_factory=list)
    answered: list[datetime] = field(default_factory=list)
    within: timedelta = IN
    _taken: set[str] = field(default_factory=set)
    _looking: bool = False
    _receipt: str = ""
    _on: Counter[date] = field(default_factory=Counter)

    def takes(self, screen: Screen, receipt: str) -> bool:
        """Whether a report asks for something, which is taken on before anything else is done about it."""
        self._receipt = receipt
        if receipt in self._taken or not screen.says(folded(self.word("cast.need"))):
            return False
        self._taken.add(receipt)
        self.answers(screen, "3", "buttons.take_request")
        return True

    def sees(self, screen: Screen, reading: str) -> bool:
        """React to a screen about a promise; whether it was one."""
        if screen.says("hen tra loi ngay nao"):
            self.types(f"{(self.stage.now + self.within).astimezone(LOCAL):%-d/%-m}")
        elif screen.says("da nhan viec cua"):
            self._promises(screen, reading)
        elif screen.says("viec dang hen:") and self._looking:
            self._looking = False
            self.answers(screen, "1", "")
        elif screen.says("nhan cau tra loi"):
            self.types(self.word("cast.answered"))
        elif screen.says("da ghi cau tra loi"):
            self.answered.append(self.stage.now)
        else:
            return False
        return True

    def _promises(self, screen: Screen, reading: str) -> None:
        """Look at the report again, and keep the promise in its morning; every so often it is forgotten for a week."""
        self._taken.add(self._receipt)
        self.promised += self._day(screen)
        forgets = len(self.promised) % FORGETS_EVERY == 0
        day = (self.stage.now + (FORGOTTEN_FOR if forgets else self.within)).astimezone(LOCAL).date()
        self._keeps_on(day)
        self.stage.later(self.stage.now + timedelta(seconds=30), partial(self.opens, reading))

    def _keeps_on(self, day: date) -> None:
        self.stage.later(datetime.combine(day, MORNING, LOCAL) + APART * self._on[day], self._keeps)
        self._on[day] += 1

    def _day(self, screen: Screen) -> list[date]:
        found = _PROMISED.search(screen.words)
        return [date(self.stage.now.year, int(found.group(2)), int(found.group(1)))] if found else []

    def remembers(self, screens: list[Screen]) -> None:
        """Take up again what was promised and not answered yet, from what the officer's screens said."""
        for screen in screens:
            self._receipt = screen.receipt or self._receipt
            if screen.says("da nhan viec cua"):
                self._taken.add(self._receipt)
                self.promised += self._day(screen)
            elif screen.says("da ghi cau tra loi"):
                self.answered.append(screen.message.at)
        for day in sorted(self.promised)[len(self.answered) :]:
            self._keeps_on(day)

    def _keeps(self) -> None:
        self._looking = True
        self.types(self.word("cast.requests"))

    def overdue(self) -> int:
        """How many promised days passed without an answer; the earliest promise is always kept first."""
        kept = [moment.astimezone(LOCAL).date() for moment in sorted(self.answered)]
        late = sum(day > promised for day, promised in zip(kept, sorted(self.promised), strict=False))
        today = self.stage.now.astimezone(LOCAL).date()
        return late + sum(promised < today for promised in sorted(self.promised)[len(kept) :])
