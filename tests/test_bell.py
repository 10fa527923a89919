"""A bell that is rung in the moment in which its listener is told to stop: the listener stops."""

import asyncio

from bot.bell import Bell


def test_it_does_not_swallow_a_cancellation_that_comes_with_the_ring() -> None:
    async def play() -> bool:
        bell = Bell()

        async def listens() -> None:
            while True:
                await bell.next()(10)

        listener = asyncio.ensure_future(listens())  # noqa: TID251  # a listener of our own to stop
        await asyncio.sleep(0)
        bell.ring()
        listener.cancel()
        await asyncio.wait([listener], timeout=5)
        stopped = listener.cancelled()
        listener.cancel()
        return stopped

    assert asyncio.run(play())
