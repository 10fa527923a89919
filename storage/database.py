"""The database: SQLite made safe (WAL, full sync, foreign keys, immediate transactions) or PostgreSQL as it comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

# FULL: a power cut must not eat what was acknowledged. IMMEDIATE: a read that turns into a write cannot lose a
# neighbour's update, and waits instead of failing.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
SQLITE_BEGIN = "BEGIN IMMEDIATE"


class Database:
    """Units of work on one database. ``transaction`` commits at its end and rolls back on any exception."""

    def __init__(
        self, url: str, *, pragmas: tuple[str, ...] = SQLITE_PRAGMAS, begin: str | None = SQLITE_BEGIN
    ) -> None:
        self.url = make_url(url)
        self.engine = _engine(url, pragmas, begin)
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)

    @property
    def on_one_machine(self) -> bool:
        """Whether one process alone may use it (SQLite)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is all kept or not at all."""
        with self._sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _engine(url: str, pragmas: tuple[str, ...], begin: str | None) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", lambda connection, _: _prepare(connection, pragmas, begin))
    if begin:
        event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _prepare(connection: Any, pragmas: tuple[str, ...], begin: str | None) -> None:
    if begin:
        connection.isolation_level = None
    for pragma in pragmas:
        connection.execute(pragma)


def _begin(connection: Connection, begin: str) -> None:
    connection.exec_driver_sql(begin)
