"""Migrations make exactly what the rows describe, on both databases, and never touch what is newer."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage import machine_rows, rows
from storage.database import Database
from storage.migrate import NewerDatabase, migrate
from storage.types import Table
from tests.stage import launch_lo_ku


def test_it_makes_the_tables_that_the_rows_describe(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    database.close()
    assert rows.UnitRow.__tablename__ in Table.metadata.tables
    assert machine_rows.InboxRow.__tablename__ in Table.metadata.tables


def test_it_changes_nothing_the_second_time(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    with database.engine.connect() as connection:
        assert connection.execute(text("select count(*) from person")).scalar() == 11
    database.close()


def test_it_refuses_a_database_that_a_newer_program_wrote(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        migrate(database)
    database.close()


def test_it_copies_a_file_aside_before_it_changes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "thidua.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    launch_lo_ku(database)
    monkeypatch.setattr("storage.migrate.ScriptDirectory.get_current_head", lambda _: "a later one")
    migrate(database)
    database.close()

    copy = Database(f"sqlite:///{path}.before-0001")
    with copy.engine.connect() as connection:
        assert connection.execute(text("select count(*) from person")).scalar() == 11
    copy.close()
