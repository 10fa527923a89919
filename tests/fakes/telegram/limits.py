"""How much Telegram lets through, exactly: what is beyond is answered with 429 and how long to wait."""

from collections import defaultdict, deque
from math import ceil

from tests.fakes.telegram.refused import Refused

PER_SECOND, SECOND = 30, 1.0
PER_MINUTE, MINUTE = 20, 60.0
BURST, REFILL = 3, 1.0
SLACK = 1e-6  # of clocks that are floating numbers


class Limits:
    """The 31st message in any second, the 21st in a group in any minute, the fourth at once in a chat."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.accepted: deque[float] = deque()
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._chats: dict[int, tuple[float, float]] = {}
        self.refused = 0

    def take(self, chat: int, now: float, *, group: bool, cost: int = 1) -> None:
        """Count a message, or raise Refused with 429."""
        waits = [_full(self.accepted, PER_SECOND, SECOND, now, cost), self._empty(chat, now, cost)]
        if group:
            waits.append(_full(self._groups[chat], PER_MINUTE, MINUTE, now, cost))
        if self.on and max(waits) > 0:
            self.refused += 1
            after = max(1, ceil(max(waits)))
            raise Refused(429, f"Too Many Requests: retry after {after}", retry_after=after)
        self.accepted.extend([now] * cost)
        self._groups[chat].extend([now] * cost)
        self._chats[chat] = (self._tokens(chat, now) - cost, now)

    def _tokens(self, chat: int, now: float) -> float:
        left, at = self._chats.get(chat, (float(BURST), now))
        return min(float(BURST), left + (now - at) / REFILL)

    def _empty(self, chat: int, now: float, cost: int) -> float:
        """In how long the chat takes one more; an album passes where a message would."""
        return max(0.0, min(cost, BURST) - self._tokens(chat, now) - SLACK)


def _full(times: deque[float], most: int, within: float, now: float, cost: int) -> float:
    """In how long there is room among the times of a window."""
    while times and times[0] <= now - within + SLACK:
        times.popleft()
    over = len(times) + cost - most
    return times[min(over, len(times)) - 1] + within - now if over > 0 and times else 0.0
