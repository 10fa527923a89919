"""``python -m tests.turnable run``: the program as it is, whose campaign's clock a test turns.

The file ``ahead`` among the data says how many seconds it is ahead of the machine's; what the clock does is looked at
every second instead of every ten.
"""

from datetime import timedelta
from pathlib import Path

from bot import __main__ as command
from bot import running
from bot.clock import Clock, Now
from config.settings import Settings


class Turnable(Clock):
    """A clock that stands where the file says."""

    def now(self) -> Now:
        """This moment."""
        machine = super().now().machine
        return Now(machine + timedelta(seconds=float(_ahead().read_text())), machine)


def _ahead() -> Path:
    return Settings().data / "ahead"


if __name__ == "__main__":
    running.TICK_EVERY = 1
    vars(command)["Clock"] = Turnable
    command.main()
