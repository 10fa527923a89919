"""A rehearsal and installations, each started once for a worker's tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.clock import Clock
from bot.launch import launch
from storage.database import Database
from storage.migrate import migrate
from tests.conftest import Copies
from tests.program import Program, Rehearsal
from tests.stage import LO_KU, files_of


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """A running rehearsal."""
    program = Rehearsal(tmp_path_factory.mktemp("rehearsal"))
    yield program
    program.stop()


@pytest.fixture
def own_rehearsal(rehearsal: Rehearsal) -> Rehearsal:
    """A rehearsal from its first minute, for one test that turns its clock or needs its people as they were."""
    return rehearsal.begin_again()


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
        self._codes = _launched_now(self.at)
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


def _launched_now(url: str) -> dict[str, str]:
    """Launch Lơ Ku today; the code on everybody's invitation, by name."""
    database = Database(url)
    migrate(database)
    with database.transaction() as session:
        invitations = launch(session, *files_of(LO_KU), Clock().now().machine, Random(7))
    database.close()
    return {invitation.name: invitation.code for invitation in invitations}


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
