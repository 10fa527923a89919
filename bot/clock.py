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
        self._stands_at: datetime | None = None

    def now(self) -> Now:
        """This moment."""
        machine = self._machine()
        return Now(self._stands_at or machine + self._ahead, machine)

    def stand_at(self, campaign: datetime) -> datetime:
        """Let the campaign's clock stand at that moment until it runs again; where it stands. Never turns back."""
        self._stands_at = max(self.now().campaign, campaign)
        return self._stands_at

    def run(self) -> timedelta:
        """Let the campaign's clock run on from where it stands; how far it is ahead of the machine's."""
        self._ahead = self.now().campaign - self._machine()
        self._stands_at = None
        return self._ahead

    def begin_at(self, campaign: datetime) -> None:
        """Another campaign begins: its clock stands at that moment, be it earlier."""
        self._stands_at = campaign


def _machine_time() -> datetime:
    return datetime.now(UTC)  # the one place that looks at the machine's clock
