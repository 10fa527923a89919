"""Two times: the campaign's, which a rehearsal may turn forward, and the machine's, for leases, sessions, pacing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Now:
    """One moment as both clocks show it."""

    campaign: datetime
    machine: datetime


class Clock:
    """The clock of a running program."""

    def __init__(self, ahead: timedelta = timedelta(), machine: Callable[[], datetime] | None = None) -> None:
        self._ahead = ahead
        self._machine = machine or _machine_time

    def now(self) -> Now:
        """This moment."""
        machine = self._machine()
        return Now(machine + self._ahead, machine)

    def turn_to(self, campaign: datetime) -> timedelta:
        """Turn the campaign's clock forward to that moment; how far it is ahead then. Never turns back."""
        self._ahead = max(self._ahead, campaign - self._machine())
        return self._ahead


def _machine_time() -> datetime:
    return datetime.now(UTC)  # the one place that looks at the machine's clock
