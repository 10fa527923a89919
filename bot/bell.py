"""A bell that wakes whoever waits; missing a ring costs only the time until the next look."""

import asyncio
from collections.abc import Awaitable, Callable


class Bell:
    """Rung when there may be something to do or to show. Only a hint: nothing depends on its being heard."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait, or have asked for the next ring, by now."""
        self._event.set()
        self._event = asyncio.Event()

    def next(self) -> Callable[[float], Awaitable[bool]]:
        """A wait for the next ring from this moment on, taken before looking so that none is missed in between."""
        event = self._event

        async def heard(within: float) -> bool:
            try:
                # Not wait_for: in Python 3.11 it swallows a cancellation that comes together with the ring.
                async with asyncio.timeout(within):
                    await event.wait()
            except TimeoutError:
                return False
            return True

        return heard
