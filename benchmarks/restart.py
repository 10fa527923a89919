"""What a kill costs: 250 queued messages, SIGKILL after the first answers, a restart, and what became of each.

Plays this program and the same small bot on aiogram's and on python-telegram-bot's own polling against the same fake
Telegram. The fake's limits are off, so that only restarts count; this program keeps its pace all the same.
"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))  # for whoever runs this file instead of the module
from tests.channels.telegram.killing import Ended, killed
from tests.fakes.telegram import FakeTelegram

UPDATES, KILL_AT = 250, 20
BOTS = {
    "thidua": ["-m", "bot", "run"],
    "aiogram polling": ["-m", "benchmarks.peers.on_aiogram"],
    "python-telegram-bot polling": ["-m", "benchmarks.peers.on_python_telegram_bot"],
}


def measured(updates: int, kill_at: int) -> list[Ended]:
    """Each bot once."""
    ended = []
    for bot, command in BOTS.items():
        with TemporaryDirectory() as folder, FakeTelegram(checking=False, limiting=False) as fake:
            ended.append(killed(bot, command, fake, Path(folder), updates=updates, kill_at=[kill_at]))
    return ended


def main() -> None:
    """Print a table, or JSON: for each bot what was lost, doubled, and repeated with a mark."""
    parser = ArgumentParser(prog="benchmarks/restart.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--updates", type=int, default=UPDATES)
    parser.add_argument("--kill-at", type=int, default=KILL_AT, help="answers after which it is killed")
    given = parser.parse_args()
    found = measured(given.updates, given.kill_at)
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return
    print(f"{'bot':30}{'answered before the kill':>26}{'lost':>8}{'doubled':>9}{'repeated':>10}")
    for one in found:
        print(f"{one.bot:30}{one.answered_first:>26}{one.lost:>8}{one.doubled:>9}{one.repeated:>10}")


if __name__ == "__main__":
    main()
