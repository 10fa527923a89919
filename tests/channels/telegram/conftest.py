"""One fake Telegram for each module: a server, empty again for every test."""

from collections.abc import Iterator

import pytest

from tests.fakes.telegram import FakeTelegram

EPOCH = 1_651_000_000.0


class Hand:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = EPOCH

    def __call__(self) -> float:
        return self.at


@pytest.fixture(scope="module")
def server() -> Iterator[FakeTelegram]:
    """The server of this module."""
    with FakeTelegram(clock=Hand()) as fake:
        yield fake


@pytest.fixture
def fake(server: FakeTelegram) -> Iterator[FakeTelegram]:
    """Telegram as nobody has used it yet; in the end both clients knew everything that was said."""
    server.forget()
    yield server
    assert server.dishonest == []


@pytest.fixture
def hand(server: FakeTelegram) -> Hand:
    """The clock of Telegram."""
    assert isinstance(server.clock, Hand)
    server.clock.at = EPOCH
    return server.clock
