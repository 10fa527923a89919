"""The benchmarks run as the documents say, and print what can be compared."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import restart
from bot.channels.telegram.send import TELEGRAM
from tests.channels.telegram.killing import Ended

ROOT = Path(__file__).parent.parent
AS_A_FILE, AS_A_MODULE = ["benchmarks/restart.py"], ["-m", "benchmarks.restart"]
BOTS = ["thidua", "aiogram polling", "python-telegram-bot polling"]


def runs(*arguments: str) -> str:
    """What it prints, started from the checkout."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.storm
@pytest.mark.parametrize("started", [AS_A_FILE, AS_A_MODULE])
def test_it_runs_from_the_checkout(started: list[str]) -> None:
    assert "--json" in runs(*started, "--help")


def test_it_tells_of_each_bot_what_was_lost_doubled_and_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(bot: str, *_: object, updates: int, kill_at: list[int]) -> Ended:
        return Ended(bot, updates, kill_at[0], lost=3, doubled=2, repeated=1)

    monkeypatch.setattr(restart, "killed", ended)
    monkeypatch.setattr(sys, "argv", ["restart.py", "--json"])
    restart.main()
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    counted = {"updates": 250, "answered_first": 20, "lost": 3, "doubled": 2, "repeated": 1}
    assert told == [{"bot": bot, **counted} for bot in BOTS]


@pytest.mark.storm
def test_it_measures_that_only_ours_loses_nothing() -> None:
    ours, *theirs = json.loads(runs(*AS_A_FILE, "--json"))
    assert [one["bot"] for one in (ours, *theirs)] == BOTS
    assert (ours["lost"], ours["doubled"]) == (0, 0)
    assert ours["repeated"] <= TELEGRAM.at_once
    assert all(one["lost"] > 0 for one in theirs)
