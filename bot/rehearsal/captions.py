"""One line that says what is happening, from what has just reached people's screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.recorder.channel import Delivered
from bot.rehearsal.players import Player, Side
from bot.rehearsal.tally import Tally, is_form
from bot.simulation.screen import Screen

Scene = list[Delivered]
WEIGHTIEST_FIRST = (
    "report.receipt",
    "highlight.post",
    "announcement.message",
    "reminder.reminder",
    "reminder.digest",
    "correction.asked_back",
    "request.promised",
    "dialogue.doubt",
    "nomination.about_you",
    "nomination.mine_agreed",
    "request.kept",
    "join.welcome",
    "board.board",
    "approval.approved",
    "nomination.deed",
)


@dataclass(frozen=True)
class Caption:
    """A text with what it needs, and the chat to look at."""

    name: str
    values: Mapping[str, Any]
    chat: str


class Captions:
    """Captions for a cast: the weightiest message names the scene."""

    def __init__(self, players: Mapping[str, Player], tally: Tally, closes: datetime, officer: str) -> None:
        self._players = players
        self._tally = tally
        self._closes = closes
        self._officer = officer

    def of(self, scene: Scene, at: datetime) -> Caption | None:
        """What these messages mean at that moment; none where they are nothing that a viewer needs to be told."""
        if at == self._closes:
            return Caption("rehearsal.on_closed", {"count": len(self._tally.came)}, self._officer)
        asked = [message for message in scene if is_form(message)]
        if asked:
            answered = [message for message in asked if Screen(message).says("xa tra loi")]
            return self._caption("answered", answered) if answered else self._caption("asked", asked)
        for name in WEIGHTIEST_FIRST:
            told = [message for message in scene if message.parcel.name == name]
            if told:
                return self._receipt(told) if name == "report.receipt" else self._caption(name.replace(".", "_"), told)
        return None

    def _caption(self, name: str, scene: Scene) -> Caption:
        player = self._players[scene[0].chat]
        chats = len({message.chat for message in scene})
        values = {"who": player.called, "where": player.what, "count": chats}
        return Caption(f"rehearsal.on_{name}", values, player.chat)

    def _receipt(self, scene: Scene) -> Caption:
        screen, player = Screen(scene[0]), self._players[scene[0].chat]
        if player.side is not Side.HEAD:
            return self._caption("written_down", scene)
        if screen.says("(ban "):
            return self._caption("corrected", scene)
        if screen.says("van nhan"):
            return self._caption("late", scene)
        if screen.says("nhu cu"):
            return self._caption("same", scene)
        if player.chat in self._tally.doubted:
            return self._caption("meant", scene)
        return self._caption("whole" if self._tally.wrote[player.chat] == 1 else "steps", scene)
