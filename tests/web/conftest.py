"""A rehearsal and an installation, each started once for a worker's tests."""

from collections.abc import Iterator

import pytest

from tests.program import Program


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A running rehearsal."""
    program = Program("demo", tmp_path_factory.mktemp("rehearsal"))
    yield program
    program.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A running installation without any campaign."""
    program = Program("run", tmp_path_factory.mktemp("installation"))
    yield program
    program.stop()
