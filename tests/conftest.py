"""Databases for tests: a launched Lơ Ku, made once for each worker and copied, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from sqlalchemy import Engine, create_engine, make_url, text

from bot.channels.recorder.channel import Delivered
from bot.launch import Invitation
from storage.database import Database
from storage.migrate import migrate
from tests.needs import postgres_url
from tests.stage import LO_KU, Stage, disconnect, launch_rehearsal

# As the program logs: a traceback in colours with the values of all names takes seconds to draw.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

MEMORY, ROOM = Path("/dev/shm"), 2 << 30
ON_POSTGRES = pytest.param("postgresql", marks=pytest.mark.needs_postgres)


class Copies:
    """Fresh copies of a launched database, all of them dropped at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.invited: dict[str, list[Invitation]] = {}
        self._templates: dict[tuple[str, str], str] = {}
        self.names: list[str] = []
        self._prepared: dict[tuple[str, str], str] = {}
        self._begun: dict[tuple[str, str], Stage] = {}
        self._count = count()
        self.screens: dict[str, list[Delivered]] = {}
        self._server = postgres_url()

    @property
    def invitations(self) -> list[Invitation]:
        """Everybody's invitation to the rehearsal of Lơ Ku."""
        return self.invited[LO_KU]

    def copy(self, kind: str, slug: str = LO_KU) -> str:
        """The URL of a fresh copy of a launched rehearsal on SQLite or PostgreSQL."""
        if (kind, slug) not in self._templates:
            self._templates[kind, slug] = template = self.empty(kind)
            self.invited[slug] = _launched(template, slug)
        return self._copied(kind, self._templates[kind, slug])

    def _name(self) -> str:
        """A name that no other worker and no other run uses at the same time."""
        return f"{os.getpid()}_{next(self._count)}"

    def _copied(self, kind: str, source: str) -> str:
        if kind == "sqlite":
            copy = self.folder / f"{self._name()}.db"
            shutil.copy(make_url(source).database or "", copy)
            return f"sqlite:///{copy}"
        database = f"thidua_{self._name()}"
        self._create(database, make_url(source).database or "")
        return self._url(database)

    def of(self, kind: str, name: str, make: Callable[["Copies", str], str]) -> str:
        """A fresh copy of a database that ``make`` prepared once under this name."""
        if (kind, name) not in self._prepared:
            self._prepared[kind, name] = make(self, kind)
            disconnect()
        return self._copied(kind, self._prepared[kind, name])

    def begun(self, kind: str, profile: str, begin: Callable[[Stage], object]) -> Stage:
        """A stage on which ``begin`` was played: once for each worker, then copied."""
        name = f"{begin.__module__}.{begin.__qualname__} {profile}"

        def make(_made: "Copies", _kind: str) -> str:
            url = self.copy(kind)
            stage = self._begun[kind, name] = Stage(url, self.invitations, profile)
            begin(stage)
            return url

        url = self.of(kind, name, make)
        return self._begun[kind, name].elsewhere(url)

    def empty(self, kind: str) -> str:
        """The URL of a database without any table."""
        name = f"thidua_{self._name()}"
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        self._create(name, "template0")
        return self._url(name)

    def _url(self, name: str) -> str:
        assert self._server is not None
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _create(self, name: str, template: str) -> None:
        self._admin(f"drop database if exists {name}")  # left behind by a run that was killed
        self._admin(f"create database {name} encoding 'UTF8' template {template}{self._by_files()}")
        self._admin(f"alter database {name} set synchronous_commit = off")  # nothing here outlives a power cut
        self.names.append(name)

    def _by_files(self) -> str:
        """PostgreSQL 15 and later copy a database by its log unless told otherwise, which takes five times as long."""
        with self._administering.connect() as connection:
            version = connection.dialect.server_version_info or (0,)
        return " strategy file_copy" if version >= (15,) else ""

    def _admin(self, statement: str) -> None:
        with self._administering.connect() as connection:
            connection.execute(text(statement))

    @cached_property
    def _administering(self) -> Engine:
        assert self._server is not None
        return create_engine(self._server, isolation_level="AUTOCOMMIT")

    def drop(self, url: str) -> None:
        """Forget one copy early."""
        name = make_url(url).database or ""
        if name in self.names:
            self._admin(f"drop database if exists {name} with (force)")
            self.names.remove(name)

    def drop_all(self) -> None:
        """Forget all copies."""
        for name in list(self.names):
            self._admin(f"drop database if exists {name} with (force)")
        if self._server is not None:
            self._administering.dispose()


def _launched(url: str, slug: str) -> list[Invitation]:
    database = Database(url)
    migrate(database)
    invitations = launch_rehearsal(database, slug)
    database.close()
    return invitations


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """Where fresh databases come from."""
    with in_memory(tmp_path_factory) as folder:
        made = Copies(folder)
        yield made
        made.drop_all()


@contextmanager
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for real files, in memory where there is room: no test cuts the power, so nothing need reach a disk."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        with TemporaryDirectory(prefix="thidua-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("databases")


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, copies: Copies) -> Iterator[str]:
    """A fresh launched database; every test runs on both kinds."""
    url = copies.copy(database_kind)
    yield url
    copies.drop(url)


@pytest.fixture
def empty_database_url(copies: Copies) -> Callable[[str], str]:
    """Where a fresh database with nothing in it is found, on SQLite or PostgreSQL."""
    return copies.empty


@pytest.fixture(params=["full", "bare"])
def profile(request: pytest.FixtureRequest) -> str:
    """A channel with everything, and one with Zalo's limits."""
    return str(request.param)


@pytest.fixture
def stage(database_url: str, profile: str, copies: Copies) -> Stage:
    """The stage on both databases and both profiles."""
    return Stage(database_url, copies.invitations, profile)


def nothing(_stage: Stage) -> None:
    """Nobody has joined yet."""


@pytest.fixture
def set_stage(copies: Copies) -> Callable[..., Stage]:
    """A stage of a given kind and profile on which something was ``begun``, for tests that choose."""

    def make(kind: str = "sqlite", profile: str = "full", begun: Callable[[Stage], object] = nothing) -> Stage:
        return copies.begun(kind, profile, begun)

    return make
