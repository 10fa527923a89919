"""The real program is really killed while Zalo calls its webhook: nothing that it said 200 to is lost or kept twice."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import monotonic

import pytest

from tests.program import Program
from tests.zalo.fake import PUBLIC, SECRET, TOKEN, FakeZalo
from tests.zalo.wire import event

PEOPLE = [f"{n:020x}" for n in range(1, 21)]
PATIENCE = 60.0


class Talk(Thread):
    """Twenty people write without a pause; what the webhook said 200 to is acknowledged. Some events come twice."""

    def __init__(self, zalo: FakeZalo, seed: int) -> None:
        super().__init__(daemon=True)
        self._zalo = zalo
        self._chance = Random(seed)
        self.over = Event()
        self.said = 0
        self.acknowledged: set[str] = set()

    def run(self) -> None:
        """Write until it is over."""
        while not self.over.is_set():
            self.said += 1
            number = f"{self.said:020x}"
            told = event("text", self._chance.choice(PEOPLE), number, 1_750_000_000_000 + self.said, text="chào")
            for _ in range(1 + (self._chance.random() < 0.1)):
                if self._zalo.brings(told) == 200:
                    self.acknowledged.add(number)


@pytest.fixture
def program(zalo: FakeZalo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program with a Zalo bot, as somebody runs it."""
    settings = {"TOKEN": TOKEN, "SECRET": SECRET, "HOST": zalo.host, "MESSAGES": "1000000"}
    for name, value in settings.items():
        monkeypatch.setenv(f"THIDUA_ZALO_{name}", value)
    monkeypatch.setenv("THIDUA_PUBLIC_URL", PUBLIC)
    zalo.quota = 1_000_000
    program = Program("run", tmp_path)
    zalo.port_of_ours = program.port
    return program


def survives(zalo: FakeZalo, program: Program, kills: int, seed: int) -> None:
    """Kill it at moments of chance while people write, then look at what it kept."""
    chance, talk = Random(seed), Talk(zalo, seed)
    _until(lambda: zalo.webhook is not None)
    talk.start()
    for _ in range(kills):
        before, more = len(talk.acknowledged), chance.randint(0, 12)
        _until(lambda before=before, more=more: len(talk.acknowledged) >= before + more)  # type: ignore[misc]
        program.restart()
    _until(lambda: len(talk.acknowledged) > kills)
    talk.over.set()
    talk.join(PATIENCE)
    _until(lambda: not _open(program.data))
    kept = _kept(program.data)
    program.stop()
    assert max(kept.values()) == 1, "kept twice"
    assert talk.acknowledged <= kept.keys(), "acknowledged and lost"


def _until(true: Callable[[], bool]) -> None:
    """Wait for something that is bound to happen."""
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "it never happened"
        Event().wait(0.01)


def _asked(data: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{data / 'thidua.db'}?mode=ro", uri=True, timeout=30) as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


def _open(data: Path) -> bool:
    return bool(_asked(data, "select 1 from inbox where state = 'new' limit 1"))


def _kept(data: Path) -> Counter[str]:
    return Counter(str(row[0]) for row in _asked(data, "select event from inbox"))


def test_it_loses_nothing_acknowledged_when_it_is_killed(zalo: FakeZalo, program: Program) -> None:
    survives(zalo, program, kills=1, seed=7)


@pytest.mark.storm
@pytest.mark.timeout(1_200)
def test_it_loses_nothing_acknowledged_when_it_is_killed_a_hundred_times(zalo: FakeZalo, program: Program) -> None:
    survives(zalo, program, kills=100, seed=8)
