"""Migrations make exactly what the rows describe, on both databases, and never touch what is newer."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import select

from storage import machine_rows, rows, session_rows
from storage.database import Database
from storage.migrate import MIGRATIONS, NewerDatabase, migrate
from storage.store import Store
from storage.types import Table
from tests.conftest import ON_POSTGRES, Copies
from tests.stage import launch_lo_ku


def test_it_makes_the_tables_that_the_rows_describe(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    database.close()
    assert rows.UnitRow.__tablename__ in Table.metadata.tables
    assert machine_rows.InboxRow.__tablename__ in Table.metadata.tables
    assert session_rows.SessionRow.__tablename__ in Table.metadata.tables


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

    (aside,) = tmp_path.glob("thidua.db.before-*")
    copy = Database(f"sqlite:///{aside}")
    with copy.engine.connect() as connection:
        assert connection.execute(text("select count(*) from person")).scalar() == 11
    copy.close()


def _at_first(url: str) -> Database:
    """A database as the first version of the program left it, with a launched campaign in its words."""
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    return database


def _in_the_words_of_0001(content: dict[str, Any]) -> dict[str, Any]:
    campaign, choices = dict(content["campaign"]), dict(content["choices"])
    choices["cadence"] = choices.pop("cadences")[0]
    for asking in choices["askings"]:
        asking["holder"] = "village" if asking["holder"] == "unit" else asking["holder"]
    campaign["awards_to"] = campaign.pop("awards")[0]["to"]
    campaign["villages"] = campaign.pop("unit_counts")[0]["count"]
    campaign["duties"] = [{"kind": "pledge", "who": "9 trưởng làng"}, {"kind": "stories", "who": "công chức VH"}]
    return {"number": 1, "campaign": campaign, "choices": choices}


@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_brings_a_launched_campaign_over_from_the_first_version(
    kind: str, copies: Copies, empty_database_url: Callable[[str], str]
) -> None:
    whole = Database(copies.copy(kind))
    with whole.transaction() as session:
        content = session.exec(select(rows.EditionRow)).one().content
    whole.close()

    database = _at_first(empty_database_url(kind))
    one, now = "00000000000070008000000000000001", "2022-04-29 01:00:00"
    identifier = one if kind == "sqlite" else "00000000-0000-7000-8000-000000000001"
    with database.engine.begin() as connection:
        for statement in (
            "insert into unit (id, path, kind, name, roster, allied) values (:id, '/a/', 'xã', 'Cũ', 0, false)",
            "insert into campaign (id, slug, unit_id, receipts) values (:id, 'cu', :id, 0)",
            "insert into registration (id, campaign_id, unit_id, registered_at) values (:id, :id, :id, :now)",
            "insert into undertaking values (:id, :id, 'duong', 'đường', 'Mấy mét?', 'm', 30000, '[]', 0)",
            "insert into edition (id, campaign_id, number, content, launched_at) values (:id, :id, 1, :content, :now)",
        ):
            values = {"id": identifier, "now": now, "content": json.dumps(_in_the_words_of_0001(content))}
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)
    migrate(database)

    with database.transaction() as session:
        store = Store.reading(session)
        campaign = store.campaigns.by_slug("cu")
        assert campaign is not None
        edition = store.campaigns.edition(campaign)
        (registration,) = store.campaigns.registrations(campaign)
        works = store.campaigns.undertakings(registration.id, registration.registered_at + timedelta(days=1))
    database.close()
    assert (registration.cluster, registration.left_at) == ("", None)
    assert (registration.state, registration.takes_part, registration.tasks) == ("confirmed", True, ())
    assert [work.key for work in works] == ["duong"]
    assert [cadence.kind for cadence in edition.choices.cadences] == ["week"]
    assert len(edition.campaign.targets) == 27
    assert {asking.holder for asking in edition.choices.askings} == {"unit", "office", "computed"}
    assert [rule.who for rule in edition.campaign.entry_rules][-1] == "9 trưởng làng"
    assert [duty.kinds for duty in edition.campaign.duties] == [("stories",)]
    assert edition.campaign.awards[0].to == ("tập thể", "cá nhân")
