"""Bringing a database to the newest schema, forward only; a file that holds something is copied aside before."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was written by a newer program; this one must not touch it."""


def migrate(database: Database) -> None:
    """Run whatever migrations are pending. Raises NewerDatabase where the database is ahead of the program."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    found = _revision(database)
    if found == script.get_current_head():
        return
    if found is not None:
        _refuse_unknown(found, script)
        _copy_aside(database, found)
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(revision: str, script: ScriptDirectory) -> None:
    if revision not in {known.revision for known in script.walk_revisions()}:
        raise NewerDatabase(revision)


def _copy_aside(database: Database, revision: str) -> None:
    """An SQLite file is copied by SQLite itself, so that what is still in its log comes along."""
    if database.on_one_machine and database.url.database:
        aside = Path(f"{database.url.database}.before-{revision}")
        aside.unlink(missing_ok=True)
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM INTO ?", (str(aside),))  # type: ignore[union-attr]
