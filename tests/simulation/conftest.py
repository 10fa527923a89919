"""Simulations in one process share what statements compile to, as other tests do."""

import pytest

from tests.stage import opened


@pytest.fixture(autouse=True)
def shared_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a database of its own all the same."""
    monkeypatch.setattr("bot.simulation.play.Database", opened)
