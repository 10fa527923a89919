"""A head who never types a figure: every report is a voice message."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from bot.simulation.heads import Head
from bot.simulation.parts import HOURS, Temper, Told
from bot.simulation.screen import Screen
from bot.simulation.stage import Stage, Word

Speaks = Callable[[str], None]  # a voice message goes out from that chat


class Speaker(Head):
    """Speaks when asked; what was said is known once an officer has listened. Types only where asked back."""

    def __init__(
        self, speaks: Speaks, chat: str, code: str, temper: Temper, stage: Stage, chance: Random, word: Word
    ) -> None:
        super().__init__(chat, code, temper, stage, chance, word)
        self._speaks = speaks

    def _decides(self, screen: Screen, period: str) -> None:
        if period in self.away:
            return
        low, high = HOURS.get(self._temper, (2.0, 20.0))
        self._later(timedelta(hours=self._chance.uniform(low, high)), lambda: self._tells(self.told[period]))

    def _tells(self, told: Told) -> None:
        told.said_at = self._stage.now
        self._speaks(self.chat)
