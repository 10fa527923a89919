"""Reads conversations that a village head could read, and plays them on a stage line by line.

Phong trào: ha-hoa-2022      another campaign than Lơ Ku's, on the first line
# a remark
Phong trào: chưa có gì       an empty program; "Máy khởi động" starts it, and it prints a code
Mọi người: Hyưh, Hà          who has joined before
@ 5/5 18:30                  the time comes, and the clock does what is due
Hyưh> 150 43 không           somebody writes
Nhóm làng> @xã {mã}          in a group the program is called by its name; {mã} is the code that was told last
Hyưh [Gửi]                   somebody presses a button, or types its number where there are none
Hyưh (ghi âm)                somebody sends a voice message
Hyưh (ảnh)                   somebody sends a photo
Hyưh (nhãn dán)              somebody sends a sticker, or anything else that the program cannot read
Xã> nhận rồi … 18-01         what then reached that person, in this order, as one or more messages
Xã Hà> hỏi lại               what reached somebody else
Xã im lặng                   nothing reached that person
[full] …   [bare] …          a line for one profile alone
"""

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from campaigns.invitation import shown_code
from dialogue.incoming import Kind
from storage.migrate import migrate
from storage.store import Store
from tests.conftest import Copies
from tests.stage import LO_KU, Stage, on_offer, opened

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
ON_SQLITE, ON_POSTGRESQL, ON_ZALO, ON_TELEGRAM = range(4)
TURNS = (ON_SQLITE, ON_POSTGRESQL, ON_SQLITE, ON_ZALO, ON_SQLITE, ON_TELEGRAM, ON_SQLITE)
CAMPAIGN = "Phong trào:"
NOTHING = "chưa có gì"
EXAMPLE = "1234 5678"  # what a code looks like, in the program's own words
ATTACHED = {"ghi âm": Kind.VOICE, "ảnh": Kind.PHOTO, "nhãn dán": Kind.OTHER}
STARTS = "Máy khởi động"
_CODE = re.compile(r"\b\d{4} \d{4}\b")
_LINE = re.compile(r"^(?:\[(full|bare)\] )?(.*)$")


def numbered(place: int | None = None) -> list[Any]:
    """Every transcript by its number; quick where it is this ``place``'s turn, otherwise for the storm.

    So each is played somewhere whenever the tests run, and everywhere in the storm.
    """
    return [
        pytest.param(number, id=path.stem, marks=() if TURNS[number % len(TURNS)] == place else pytest.mark.storm)
        for number, path in enumerate(TRANSCRIPTS)
    ]


class Play:
    """One transcript on one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.actor = ""
        self.seen: dict[str, int] = {}
        self.printed: list[str] = []

    def line(self, line: str) -> None:
        """Play one line."""
        if line.startswith("Mọi người:"):
            self.stage.joins(*(name.strip() for name in line.partition(":")[2].split(",")))
            self._forget()
        elif line.startswith("@ "):
            self._forget()
            self.new: list[str] = []
            self.stage.at(line[2:])
        elif line == STARTS:
            self._starts()
        elif line.startswith("Xã"):
            self._hears(line)
        else:
            self._acts(line)

    def _starts(self) -> None:
        """The program is started, as ``thidua run`` does, and prints a code if nobody has claimed it."""
        database = opened(self.stage.url)
        with database.transaction() as session:
            store = Store(session, self.stage.now, Random(len(self.printed) + 1))
            store.campaigns.offer(on_offer())
            if store.offices.unclaimed():
                self.printed.append(shown_code(store.offices.offer_claim()))
        database.close()

    def _forget(self) -> None:
        self.seen = {message.chat: len(self._texts(message.chat)) for message in self.stage.recorder.delivered}

    def _texts(self, chat: str) -> list[str]:
        return [message.text for message in self.stage.recorder.screen(chat)]

    def _acts(self, line: str) -> None:
        self._forget()
        said = re.match(r"^([^>\[(]+)> ?(.*)$", line)
        pressed = re.match(r"^(.+?) \[(.+)\]$", line)
        if said:
            self.actor = said.group(1)
            words = said.group(2).replace("⏎", "\n").replace("{mã}", self._code())
            self._note(self.stage.says(self.actor, words))
        elif pressed:
            self.actor = pressed.group(1)
            self._press(pressed.group(2))
        elif sent := re.match(rf"^(.+) \(({'|'.join(ATTACHED)})\)$", line):
            self.actor = sent.group(1)
            self._note(self.stage.attaches(self.actor, ATTACHED[sent.group(2)]))
        else:
            raise AssertionError(f"nobody understands this line: {line}")

    def _code(self) -> str:
        """The code that was told last, on any screen."""
        told = [code for message in self.stage.shown() for code in _CODE.findall(message.text) if code != EXAMPLE]
        return (told or self.printed or [""])[-1]

    def _note(self, new: list[str]) -> None:
        self.new = new

    def _press(self, label: str) -> None:
        if self.stage.profile == "full":
            return self._note(self.stage.presses(self.actor, label))
        numbered = re.search(rf"^(\d+)\. {re.escape(label)}$", self._texts(self.actor)[-1], re.MULTILINE)
        return self._note(self.stage.says(self.actor, numbered.group(1) if numbered else label.lower()))

    def _hears(self, line: str) -> None:
        who, _, words = line.partition(">")
        chat = who.removeprefix("Xã").strip() or self.actor
        if "im lặng" in line:
            chat = who.removeprefix("Xã").replace("im lặng", "").strip() or self.actor
            assert self._new(chat) == [], f"{line}: {self._new(chat)}"
            return
        heard = "\n".join(self._new(chat))
        at = 0
        for part in (part.strip() for part in words.split("…")):
            found = heard.find(part, at)
            assert found >= 0, f"«{part}» is not in:\n{heard}"
            at = found + len(part)

    def _new(self, chat: str) -> list[str]:
        """What is new on a screen since the last act; a screen that was replaced in place is new as well."""
        texts = self._texts(chat)
        added = texts[self.seen.get(chat, 0) :]
        replaced = [text for text in getattr(self, "new", []) if text in texts and text not in added]
        return replaced + added if chat == self.actor else added


def played(transcript: Path, database_kind: str, profile: str, copies: Copies, on: type[Stage] = Stage) -> Stage:
    """Play a transcript on a new stage of that kind; the stage as it stands at the end."""
    slug = _campaign_of(transcript)
    url = _empty(database_kind, copies) if slug == NOTHING else copies.copy(database_kind, slug)
    stage = on(url, copies.invited.get(slug, []), profile, LO_KU if slug == NOTHING else slug)
    play = Play(stage)
    for number, raw in enumerate(transcript.read_text().splitlines(), 1):
        found = _LINE.match(raw.strip())
        assert found
        only, line = found.groups()
        if not line or line.startswith(("#", CAMPAIGN)) or only not in (None, stage.profile):
            continue
        try:
            play.line(line)
        except AssertionError as fault:
            raise AssertionError(f"{transcript.name}, line {number}, {line}\n{fault}") from fault
    copies.drop(url)
    return stage


def _empty(database_kind: str, copies: Copies) -> str:
    """A program that nobody has claimed yet."""
    url = copies.empty(database_kind)
    database = opened(url)
    migrate(database)
    database.close()
    return url


def _campaign_of(transcript: Path) -> str:
    first = transcript.read_text().splitlines()[0]
    return first.removeprefix(CAMPAIGN).strip() if first.startswith(CAMPAIGN) else LO_KU
