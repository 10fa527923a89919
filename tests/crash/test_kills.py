"""A real program is really killed, again and again, while heads report; nothing acknowledged is lost or doubled."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from select import select as wait_for
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import build
from bot.channels.recorder.channel import Recorder
from bot.inbox import Arrival, Inbox
from dialogue.capabilities import BARE
from dialogue.incoming import Kind
from storage.database import Database
from tests.conftest import ON_POSTGRES, Copies
from tests.crash.mortal import MARK
from tests.crash.victim import NOW, _clock
from tests.stage import BOT, Stage

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
HEADS = ("Hyưh", "Krŏng", "Sơ̆r", "Tâm")


class Victims:
    """One program after the other over the same database."""

    def __init__(self, url: str, deliveries: Path) -> None:
        self._command = [sys.executable, "-m", "tests.crash.victim", url, str(deliveries)]
        self.kills = 0
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert wait_for([self._process.stdout], [], [], PATIENCE)[0], "it never started"
        assert self._process.stdout.readline() == b"ready\n"

    def kill(self) -> None:
        """Kill it in the middle of whatever it does, and start the next."""
        self.stop()
        self.kills += 1
        self._start()

    def stop(self) -> None:
        """Kill it for the last time."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def prepared(copies: Copies, kind: str) -> str:
    """Four heads have joined and been asked."""
    url = copies.copy(kind)
    stage = Stage(url, copies.invitations, "bare")
    stage.joins(*HEADS)
    stage.at("5/5 18:30")
    return url


def survives_kills(copies: Copies, kind: str, folder: Path, kills: int, seed: int) -> None:
    """Heads report and correct while the program is killed at moments of chance."""
    chance, url, deliveries = Random(seed), copies.of(kind, "four", prepared), folder / "deliveries"
    database = Database(url)
    inbox = build(database, {BOT: Recorder(BARE)}, Random(seed)).inbox
    victims = Victims(url, deliveries)
    said = Said(inbox)
    try:
        while victims.kills < kills:
            said.one_more(chance)
            _busy_for(chance.uniform(0.0, 0.06))
            victims.kill()
        _settled(database)
    finally:
        victims.stop()
    check(database, deliveries, said, victims.kills)
    database.close()
    copies.drop(url)


class Said:
    """What the heads have been told that it arrived."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.last: dict[str, int] = {}
        self.messages = 0

    def one_more(self, chance: Random) -> None:
        """Some head reports, or corrects what was reported; the device sends everything twice."""
        head, metres = chance.choice(HEADS), chance.randint(200, 280)
        words = f"sửa 1: {metres}" if head in self.last else f"{metres} 60 không"
        self.messages += 1
        arrival = Arrival(BOT, f"kill-{self.messages}", head, Kind.TEXT, NOW, words)
        assert self._inbox.receive(arrival, _clock()) is not None
        assert self._inbox.receive(arrival, _clock()) is None
        self.last[head] = metres


def _busy_for(seconds: float) -> None:
    """Let the program work for about as long; the moment of the kill decides nothing about the check."""
    until = monotonic() + seconds
    while monotonic() < until:
        pass


def _settled(database: Database) -> None:
    """Wait until everything was handled and sent."""
    until = monotonic() + PATIENCE
    while _open(database):
        assert monotonic() < until, "it never came to rest"


OPEN = """
    select (select count(*) from inbox where state = 'new')
         + (select count(*) from outbox where state in ('new', 'in_flight'))
"""


def _open(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(text(OPEN)).scalar_one())


REPORTED = """
    select person.called, figure.amount, (select count(*) from report r where r.obligation_id = report.obligation_id)
    from report join version on version.report_id = report.id join figure on figure.version_id = version.id
    join person on person.id = version.by_id
    where figure.place = 0 and version.number = (select max(number) from version v where v.report_id = report.id)
"""


def check(database: Database, deliveries: Path, said: Said, kills: int) -> None:
    """The last that each head said is what is reported; every message has its answer; repeats are marked."""
    with database.engine.connect() as connection:
        reported = {row[0]: row for row in connection.execute(text(REPORTED))}
    assert {head: row[1] // 10_000 for head, row in reported.items()} == said.last
    assert all(row[2] == 1 for row in reported.values())
    sent: list[dict[str, Any]] = [json.loads(line) for line in deliveries.read_text().splitlines()]
    unmarked = Counter(one["outbox"] for one in sent if not one["marked"])
    assert all(times == 1 for times in unmarked.values()), "an unmarked repeat"
    assert all(MARK in one["text"] for one in sent if one["marked"])
    assert sum(one["marked"] for one in sent) <= kills
    answered = {one["outbox"] for one in sent if "Số 18-" in one["text"]}
    assert len(answered) == said.messages, "a message without its receipt"


def test_it_survives_being_killed(copies: Copies, tmp_path: Path) -> None:
    survives_kills(copies, "sqlite", tmp_path, kills=2, seed=7)


@pytest.mark.storm
@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
@pytest.mark.parametrize("seed", [1, 2])
def test_it_survives_hundreds_of_kills(kind: str, seed: int, copies: Copies, tmp_path: Path) -> None:
    survives_kills(copies, kind, tmp_path, kills=50, seed=seed)
