"""What one sees who watches everybody: counted from what reached people's screens, and what they wrote."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.channels.recorder.channel import Delivered
from bot.rehearsal.players import Player, Side
from bot.simulation.screen import Screen
from dialogue.text import folded

COUNTED = {
    "dialogue.doubt": "asked_about",
    "correction.asked_back": "asked_back",
    "request.promised": "taken_on",
    "approval.approved": "taken_in",
    "highlight.post": "examples",
    "announcement.message": "announced",
    "reminder.digest": "digests",
}


def is_form(message: Delivered) -> bool:
    """Whether it asks a head for a new report."""
    return message.parcel.name in ("report.figure", "report.whole") and Screen(message).says("xin tin", "chao ")


class Tally:
    """Who was asked, who has reported and how, who was reminded; ``units`` are all that take part, in roster order."""

    def __init__(self, players: Mapping[str, Player], units: list[str]) -> None:
        self.came: dict[str, str] = {}
        self.wrote: Counter[str] = Counter()
        self.doubted: set[str] = set()
        self._players = players
        self._units = units
        self._asked: set[str] = set()
        self._reminded: Counter[str] = Counter()
        self._found: Counter[str] = Counter()

    def wrote_something(self, chat: str) -> None:
        """Somebody wrote or pressed; counted from the last form that reached them."""
        self.wrote[chat] += 1

    def sees(self, message: Delivered) -> None:
        """A message has reached somebody's screen; what only renewed itself there is none."""
        if message.parcel.edits:
            return
        self._found["messages"] += 1
        self._found[COUNTED.get(message.parcel.name, "")] += 1
        player, screen = self._players[message.chat], Screen(message)
        if message.parcel.name == "report.receipt":
            self._gets_receipt(player, screen)
        elif is_form(message):
            self._asked.add(player.unit)
            self.wrote[message.chat] = 0
            self.doubted.discard(message.chat)
        elif message.parcel.name == "dialogue.doubt":
            self.doubted.add(message.chat)
        elif message.parcel.name == "reminder.reminder":
            self._reminded[player.unit] += 1
            self._found["reminded_in_vain"] += player.unit in self.came

    def _gets_receipt(self, player: Player, screen: Screen) -> None:
        if screen.says("(ban "):
            self._found["corrected"] += 1
        elif player.side is Side.HEAD:
            self.came.setdefault(player.unit, "late" if screen.says("van nhan") else "on_time")
        else:
            self.came.setdefault(self._unit_on(screen), "phone")

    def _unit_on(self, screen: Screen) -> str:
        """Whose report an officer wrote down: the longest name on the screen."""
        named = [unit for unit in self._units if f" {folded(unit)}:" in screen.words]
        return max(named, key=len, default="")

    def standing(self) -> list[tuple[str, str]]:
        """Every unit with how it stands: on_time, late, phone, reminded, asked, or nothing yet."""
        return [(unit, self._standing(unit)) for unit in self._units]

    def _standing(self, unit: str) -> str:
        silent = "reminded" if unit in self._reminded else "asked" if unit in self._asked else ""
        return self.came.get(unit, silent)

    def counts(self) -> dict[str, Any]:
        """All that was seen."""
        ways = Counter(self.came.values())
        counted = {key: self._found[key] for key in (*COUNTED.values(), "corrected", "messages", "reminded_in_vain")}
        return counted | {
            "units": len(self._units),
            "asked": len(self._asked),
            "came": len(self.came),
            "late": ways["late"],
            "phone": ways["phone"],
            "reminded": len(self._reminded),
            "reminders": sum(self._reminded.values()),
        }
