"""What goes wrong on the way to Telegram and back, by seed or one by one."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """One way in which a call fails. BEFORE: it never arrived; AFTER: it was taken, and the answer is lost.

    TOO_MANY: 429 though it was within the limits we know, as when another program sends for the same bot.
    """

    TOO_MANY = "too many"
    SERVER = "server"
    GATEWAY = "gateway"
    TIMEOUT = "timeout"
    GARBLED = "garbled"
    BEFORE = "before"
    AFTER = "after"


@dataclass
class Faults:
    """Which calls fail: the ``next`` ones as listed, all others at ``rates``. ``of`` counts what was done.

    ``files`` are the statuses with which the next files are not given; 0: the connection is cut.
    What brings updates is met by ``rates`` alone. The same seed gives the same faults to the same calls.
    """

    chance: Random = field(default_factory=lambda: Random(0))
    rates: dict[Fault, float] = field(default_factory=dict)
    next: list[Fault | None] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    of: Counter[Fault] = field(default_factory=Counter)

    def draw(self) -> Fault | None:
        """What befalls the next message."""
        return self._noted(self.next.pop(0)) if self.next else self.by_chance()

    def by_chance(self) -> Fault | None:
        """What befalls the next call, whatever it is for."""
        if not self.rates:
            return None
        at = self.chance.random()
        for fault, rate in self.rates.items():
            if at < rate:
                return self._noted(fault)
            at -= rate
        return None

    def _noted(self, fault: Fault | None) -> Fault | None:
        if fault:
            self.of[fault] += 1
        return fault
