"""The real program on Telegram, killed in the middle of a queue: nothing lost, nothing doubled."""

from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.channels.telegram.send import TELEGRAM
from storage.database import Database
from storage.machine_rows import InboxRow, OutboxRow
from tests.channels.telegram.killing import Ended, killed
from tests.fakes.telegram import FakeTelegram

OURS = ["-m", "bot", "run"]


# Calls that left at the permitted pace may arrive bunched on a busy machine; what is refused then goes again, once.
BUNCHED = 5


def survives(data: Path, updates: int, kill_at: list[int]) -> Ended:
    """What became of the updates on the wire, and that each left one trace in the data."""
    with FakeTelegram(checking=False) as fake:
        ended = killed("thidua", OURS, fake, data, updates=updates, kill_at=kill_at)
        assert fake.limits.refused <= BUNCHED
    database = Database(f"sqlite:///{data / 'thidua.db'}")
    with database.transaction() as session:
        stored = session.exec(select(func.count()).select_from(InboxRow)).one()
        answers = session.exec(select(OutboxRow.answers)).all()
    database.close()
    assert (stored, len(answers), len(set(answers))) == (updates, updates, updates)
    assert fake.token.split(":")[1] not in (data / "log").read_text()
    return ended


@pytest.mark.storm
def test_it_loses_and_doubles_nothing_when_it_is_killed(tmp_path: Path) -> None:
    ended = survives(tmp_path, 30, [8])
    assert (ended.lost, ended.doubled) == (0, 0)
    assert ended.repeated <= TELEGRAM.at_once


@pytest.mark.storm
@pytest.mark.parametrize("kill_at", [[20], [80, 90, 200], [1, 2, 3]])
def test_it_loses_and_doubles_nothing_of_250_however_often_it_is_killed(tmp_path: Path, kill_at: list[int]) -> None:
    ended = survives(tmp_path, 250, kill_at)
    assert (ended.lost, ended.doubled) == (0, 0)
    assert ended.repeated <= TELEGRAM.at_once * len(kill_at)
