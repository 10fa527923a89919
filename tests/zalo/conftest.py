"""A Zalo for tests: one for a module's plays, and a fresh one for a test that needs its own."""

from collections.abc import Iterator

import pytest

from tests.zalo.fake import FakeZalo


@pytest.fixture(scope="module")
def stage_zalo() -> Iterator[FakeZalo]:
    """One Zalo for all the plays of a module; each begins with empty screens."""
    zalo = FakeZalo(quota=1_000_000).start()
    yield zalo
    zalo.stop()


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    """A Zalo of one's own."""
    zalo = FakeZalo().start()
    yield zalo
    zalo.stop()
