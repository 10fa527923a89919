"""Names of people live in one place, so that somebody can be erased."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from storage.database import Database
from storage.types import Table
from tests.stage import Stage

NAMES = ("Đinh Hyưh", "Hyưh", "Nguyễn Thị Hà", "Tơ Bla", "0905 000 101")
OWN = {"person", "unit"}
ADDRESSES = {"account"}  # the stage names its chats after people; a channel gives ids


@contextmanager
def opened(stage: Stage) -> Iterator[Connection]:
    """The database behind a stage."""
    database = Database(stage.url)
    try:
        with database.engine.connect() as connection:
            yield connection
    finally:
        database.close()


def test_it_keeps_names_in_person_and_unit_alone(stage: Stage) -> None:
    stage.joins("Hyưh", "Hà")
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    stage.says("Hà", "bảng")
    stage.at("6/5 16:30")

    with opened(stage) as connection:
        for table in (
            set(Table.metadata.tables) - OWN - ADDRESSES - {"inbox"}
        ):  # what people wrote is emptied after 30 days
            kept = str(connection.execute(text(f'select * from "{table}"')).all())
            assert not [name for name in NAMES if name in kept], table


def test_it_journals_who_did_what_for_whom_with_ids_alone(stage: Stage) -> None:
    stage.joins("Hyưh", "Hà")
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    stage.says("Hà", "ghi giúp Mơ Hra")
    stage.says("Hà", "60 44 không")
    stage.says("Hà", "khất Kon Bla: đám tang")

    with opened(stage) as connection:
        noted = connection.execute(
            text(
                "select journal.action, by_.name, for_.name from journal left join person by_ on by_.id = person_id"
                " left join person for_ on for_.id = for_person_id where bot = 'stage' order by journal.id"
            )
        ).all()
    assert [tuple(row) for row in noted if row[0] in {"join", "submit", "excuse"}] == [
        ("join", "Đinh Hyưh", None),
        ("join", "Nguyễn Thị Hà", None),
        ("submit", "Đinh Hyưh", None),
        ("submit", "Nguyễn Thị Hà", "Đinh Brương"),
        ("excuse", "Nguyễn Thị Hà", None),
    ]


def test_it_empties_what_people_wrote_after_thirty_days(stage: Stage) -> None:
    stage.joins("Hyưh")
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 bà con vui")
    stage.at("10/6 8:00")

    with opened(stage) as connection:
        kept = str(connection.execute(text("select content from inbox")).all())
        stories = connection.execute(text("select story from version")).all()
    assert "bà con" not in kept
    assert stories == [("bà con vui",)]
