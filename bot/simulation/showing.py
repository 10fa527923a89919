"""What is shown to everybody, played on the first day: groups are linked, something is announced, a deed posted."""

import re
from datetime import datetime, timedelta
from functools import partial

from bot.channels.recorder.channel import Delivered
from bot.simulation.stage import Stage, Word

OFFICER, NEIGHBOUR = "officer", "head-0"
GROUPS = ("group-announcements", "group-examples")
APART = timedelta(minutes=3)
_CODE = re.compile(r"\b\d{4} \d{4}\b")


class Showing:
    """Everybody says the next line of a small play; what a group is told comes from the officer's screen."""

    def __init__(self, stage: Stage, word: Word) -> None:
        self._stage = stage
        self._word = word
        self._code = ""

    def sees(self, message: Delivered) -> None:
        """The officer notes a code that is to be typed in a group."""
        found = _CODE.search(message.text)
        if message.chat == OFFICER and message.parcel.name == "group.code" and found:
            self._code = found.group()

    def begins(self, at: datetime) -> None:
        """Put the play on the agenda."""
        for group, purpose in zip(GROUPS, ("announcements", "examples"), strict=True):
            at = self._plays(at, OFFICER, "groups", "first", purpose, "group_name")
            at += APART
            self._stage.later(at, partial(self._types_code, group))
        at = self._plays(at, OFFICER, "announce", "announced", "to_all", "send")
        at = self._plays(at, NEIGHBOUR, "nominate", "nominee", "here", "deed", "when", "adult", "agreed")
        self._plays(at, OFFICER, "examples", "first", "first")

    def _types_code(self, group: str) -> None:
        self._stage.says(group, self._code, group=True)

    def _plays(self, at: datetime, chat: str, *lines: str) -> datetime:
        for line in lines:
            at += APART
            self._stage.later(at, partial(self._stage.says, chat, self._word(f"cast.{line}")))
        return at
