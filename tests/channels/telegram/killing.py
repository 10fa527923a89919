"""Bots as processes of their own, killed without warning in the middle of a queue, started again, and counted."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from tests.fakes.telegram import FakeTelegram

ROOT = Path(__file__).parents[3]
MARK = "(nhắc lại)"
PATIENCE = 120.0
QUIET = 20.0  # seconds without any answer after which no more will come: longer than a start on a busy machine


@dataclass(frozen=True)
class Ended:
    """What became of the updates.

    ``doubled`` were answered more than once as if anew; ``repeated`` answers said that they were. ``answered_first``
    had their answers when the bot was killed.
    """

    bot: str
    updates: int
    answered_first: int
    lost: int
    doubled: int
    repeated: int


class Victim:
    """A bot that is started, killed and started again on the same data."""

    def __init__(self, command: list[str], fake: FakeTelegram, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self._command = [sys.executable, *command]
        ours = {"THIDUA_PORT": port, "THIDUA_DATA": str(data), "THIDUA_TELEGRAM_TOKEN": fake.token}
        self._environment = {**os.environ, **ours, "THIDUA_TELEGRAM_API": fake.url}
        self.log = data / "log"

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        """End it without warning."""
        self._process.kill()
        self._process.wait(PATIENCE)


def killed(bot: str, command: list[str], fake: FakeTelegram, data: Path, *, updates: int, kill_at: list[int]) -> Ended:
    """Queue updates, kill the bot each time so many were answered, let it finish, and count."""
    for number in range(updates):
        chat = fake.people.private(f"Người {number}")
        fake.people.says(chat, chat.name, f"tin {number}")
    victim = Victim(command, fake, data)
    first = 0
    for number in kill_at:
        victim.start()
        _until(lambda enough=number: len(answers(fake)) >= enough, victim)  # type: ignore[misc]
        victim.kill()
        first = first or len({chat for chat, _ in answers(fake)})
    victim.start()
    _until_quiet(fake, updates)
    victim.kill()
    return _counted(bot, fake, updates, first)


def answers(fake: FakeTelegram) -> list[tuple[int, str]]:
    """Every answer that Telegram took, with its chat."""
    found = [call for call in list(fake.calls) if call.ok and call.method == "sendMessage"]
    return [(int(call.given["chat_id"]), str(call.result["text"])) for call in found]


def _until(reached: Callable[[], bool], victim: Victim) -> None:
    end = monotonic() + PATIENCE
    while not reached():
        assert monotonic() < end, victim.log.read_text()[-2000:]
        sleep(0.005)


def _until_quiet(fake: FakeTelegram, updates: int) -> None:
    """Until everybody has an answer, or none has come for a while."""
    end, seen, since = monotonic() + PATIENCE, -1, monotonic()
    while monotonic() < end:
        answered = answers(fake)
        if len(answered) != seen:
            seen, since = len(answered), monotonic()
        all_of_them = len({chat for chat, _ in answered}) == updates
        started = any(call.at for call in fake.calls)
        if started and not fake.world.updates and monotonic() - since > (1.0 if all_of_them else QUIET):
            return
        sleep(0.05)


def _counted(bot: str, fake: FakeTelegram, updates: int, first: int) -> Ended:
    answered = answers(fake)
    anew = Counter(chat for chat, text in answered if MARK not in text)
    marked = sum(MARK in text for _, text in answered)
    lost = updates - len({chat for chat, _ in answered})
    return Ended(bot, updates, first, lost, sum(times > 1 for times in anew.values()), marked)
