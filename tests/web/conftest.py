"""A rehearsal and installations, each started once for a worker's tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.conftest import Copies
from tests.program import Program, launched_codes


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A running rehearsal."""
    program = Program("demo", tmp_path_factory.mktemp("rehearsal"))
    yield program
    program.stop()


@pytest.fixture
def own_rehearsal(tmp_path: Path) -> Iterator[Program]:
    """A rehearsal for one test alone, which turns its clock or needs its people as they were."""
    program = Program("demo", tmp_path / "own")
    yield program
    program.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A running installation without any campaign."""
    program = Program("run", tmp_path_factory.mktemp("installation"))
    yield program
    program.stop()


class Launched(Program):
    """A running installation in which Lơ Ku was launched and nobody has joined yet."""

    def __init__(self, copies: Copies, kind: str, folder: Path) -> None:
        self.at = copies.empty(kind)
        self._codes = launched_codes(folder, self.at)
        super().__init__("run", folder, self.at)

    def code(self, name: str | None = None) -> str:
        """The code of somebody's invitation, or of one that no test has used."""
        return self._codes.pop(name or next(reversed(self._codes)))

    def sessions(self) -> int:
        """How many browsers it knows."""
        database = Database(self.at)
        with database.engine.connect() as connection:
            found = int(connection.execute(text("select count(*) from session")).scalar_one())
        database.close()
        return found


@contextmanager
def _launched(copies: Copies, kind: str, folder: Path) -> Iterator[Launched]:
    program = Launched(copies, kind, folder)
    yield program
    program.stop()


@pytest.fixture(scope="session")
def launched(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    """An installation on SQLite, with invitations for eleven."""
    with _launched(copies, "sqlite", tmp_path_factory.mktemp("launched")) as program:
        yield program


@pytest.fixture(scope="session")
def launched_on_postgres(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    """The same on PostgreSQL."""
    with _launched(copies, "postgresql", tmp_path_factory.mktemp("launched")) as program:
        yield program


@pytest.fixture(params=["launched", pytest.param("launched_on_postgres", marks=pytest.mark.needs_postgres)])
def launched_anywhere(request: pytest.FixtureRequest) -> Launched:
    """An installation on each of the databases."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Launched)
    return found
