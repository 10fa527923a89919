"""One fake Telegram for each module: a server, empty again for every test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.channels.telegram.stage import Network, TelegramStage
from tests.conftest import ON_POSTGRES, Copies
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.world import Chat

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


@contextmanager
def _network(*, checking: bool) -> Iterator[Network]:
    with FakeTelegram(checking=checking) as fake:
        TelegramStage.network = network = Network(fake)
        yield network
        network.close()
        assert fake.dishonest == []


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """One server, one loop, one connection."""
    with _network(checking=True) as network:
        yield network


@pytest.fixture(scope="module")
def quick_network() -> Iterator[Network]:
    """The same; what is checked elsewhere is not checked 3,000 times."""
    with _network(checking=False) as network:
        yield network


@pytest.fixture
def stage(copies: Copies, network: Network) -> TelegramStage:
    """Hyưh and Hà are in, on Telegram."""
    stage = TelegramStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hyưh", "Hà")
    return stage


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def either(request: pytest.FixtureRequest, copies: Copies, network: Network) -> Iterator[TelegramStage]:
    """The same, on either database."""
    stage = TelegramStage(copies.copy(request.param), copies.invitations)
    stage.joins("Hyưh", "Hà")
    yield stage
    copies.drop(stage.url)


@pytest.fixture
def hyuh(stage: TelegramStage) -> Chat:
    """Hyưh's chat."""
    return stage.fake.people.private("Hyưh")
