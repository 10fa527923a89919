"""The real program as a child process: a rehearsal or an installation, on a free port of this machine."""

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from select import select as wait_for
from time import monotonic
from urllib.request import Request, urlopen

from bot.clock import Clock

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


class Program:
    """Started on its own data; ``restart`` kills it and starts it again on the same data and port."""

    module = "bot"

    def __init__(self, command: str, data: Path, database: str | None = None) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = data
        self._command = command
        self._database = _database(database)
        self.start()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module, *self._command.split()],
            cwd=ROOT,
            env=os.environ | {"THIDUA_PORT": str(self.port), "THIDUA_DATA": str(self.data)} | self._database,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert wait_for([self._process.stdout], [], [], PATIENCE)[0], "it never came up"
        self.printed = [self._process.stdout.readline().decode()]
        if str(self.port) not in self.printed[-1]:
            self.printed.append(self._process.stdout.readline().decode())
        assert str(self.port) in self.printed[-1]

    def restart(self) -> None:
        """Kill it without warning, then start it again."""
        self.kill()
        self.start()

    def kill(self) -> None:
        """Kill it without warning."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Stop it as a service manager would; how many seconds it took."""
        before = monotonic()
        self._end(signal.SIGTERM)
        return monotonic() - before

    def _end(self, number: signal.Signals) -> None:
        self._process.send_signal(number)
        self._process.wait(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()


def _database(url: str | None) -> dict[str, str]:
    return {"THIDUA_DATABASE": url} if url else {}


class Rehearsal(Program):
    """A rehearsal that many tests take in turn."""

    def __init__(self, data: Path) -> None:
        super().__init__("demo", data)

    def begin_again(self) -> "Rehearsal":
        """Everything is forgotten; it stands in its first minute."""
        request = Request(f"{self.url}/rehearsal/again", b"{}", {"X-Thidua": "1", "Content-Type": "application/json"})
        with urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status == 204
        return self


class Turnable(Program):
    """An installation whose campaign's clock the test turns."""

    module = "tests.turnable"

    def __init__(self, data: Path, begins: datetime) -> None:
        self.data = data
        self.turns_to(begins)
        super().__init__("run", data)

    def turns_to(self, moment: datetime) -> None:
        """It is this moment now; the program does what is due within a second or two."""
        (self.data / "ahead").write_text(str((moment - Clock().now().machine).total_seconds()))


def launched_codes(data: Path, database: str | None = None) -> dict[str, str]:
    """Launch Lơ Ku in an installation's data; the code on everybody's invitation, by name."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "launch", "lo-ku-2022"],
        cwd=ROOT,
        env=os.environ | {"THIDUA_DATA": str(data), "COLUMNS": "160"} | _database(database),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = (re.split(r"\s*[│|]\s*", line) for line in ended.stdout.splitlines())
    return {row[1]: row[4] for row in rows if len(row) > 4 and re.fullmatch(r"\d{4} \d{4}", row[4])}
