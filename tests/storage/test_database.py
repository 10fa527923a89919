"""What the database is trusted with: zones, foreign keys, all or nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from campaigns.calendar import LOCAL
from storage.database import Database
from storage.machine_rows import BotRow
from storage.rows import RoleRow, UnitRow
from storage.store import Store

NOON = datetime(2022, 5, 5, 12, 0, tzinfo=LOCAL)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def test_it_gives_moments_back_aware_and_in_utc(database: Database) -> None:
    with database.transaction() as session:
        session.add(BotRow(key="a", paused_until=NOON))
    with database.transaction() as session:
        kept = session.get_one(BotRow, "a").paused_until
    assert kept == NOON
    assert kept is not None
    assert kept.utcoffset() == timedelta(0)


def test_it_refuses_a_moment_without_its_zone(database: Database) -> None:
    with pytest.raises(StatementError, match="needs its zone"), database.transaction() as session:
        session.add(BotRow(key="a", paused_until=datetime(2022, 5, 5)))  # noqa: DTZ001  # that is the point


def test_it_compares_moments_of_different_zones(database: Database) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-5)))
    with database.transaction() as session:
        session.add(BotRow(key="a", paused_until=elsewhere))
        session.flush()
        found = session.exec(select(BotRow.key).where(BotRow.paused_until == NOON.astimezone(UTC))).all()
    assert found == ["a"]


def test_it_refuses_a_row_whose_parent_is_missing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(RoleRow(id=UUID(int=1), person_id=UUID(int=2), unit_id=UUID(int=3), role="officer", since=NOON))


def test_it_keeps_all_of_a_unit_of_work_or_nothing(database: Database) -> None:
    def half() -> None:
        with database.transaction() as session:
            Store(session, NOON, Random(1)).roster.add_unit("xã", "Nửa Vời")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with database.transaction() as session:
        assert session.exec(select(UnitRow).where(UnitRow.name == "Nửa Vời")).all() == []
        assert session.exec(text("select count(*) from journal where kind = 'unit'")).scalar() == 10  # type: ignore[call-overload]


def test_it_syncs_fully_on_sqlite() -> None:
    database = Database("sqlite://")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
