"""A commune of as many villages as a test wants, and how many statements a turn takes there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random

from sqlalchemy import Engine, event

from bot.launch import launch
from campaigns.rehearsal import Rehearsal
from storage.database import Database
from storage.migrate import migrate
from storage.types import Table
from tests.conftest import Copies
from tests.stage import LO_KU, Stage, files_of, first_morning


def crowded(units: int) -> Rehearsal:
    """Lơ Ku with this many villages, each with a head who is called by its number."""
    _, rehearsal = files_of(LO_KU)
    pattern = rehearsal.units[0]
    villages = tuple(
        replace(
            pattern,
            key=f"lang-{number}",
            name=f"Số {number}",
            head=replace(pattern.head, name=f"Đinh {number}", called=f"Đinh {number}", phone=f"0905 1{number:05}"),
        )
        for number in range(1, units + 1)
    )
    return replace(rehearsal, units=villages)


def crowd(copies: Copies, units: int) -> Stage:
    """So many villages, everybody with the program, the first form asked for and answered by every third."""
    url = copies.empty("sqlite")
    database = Database(url)
    migrate(database)
    campaign, _ = files_of(LO_KU)
    with database.transaction() as session:
        invitations = launch(session, campaign, crowded(units), first_morning(LO_KU), Random(7))
    database.close()
    stage = Stage(url, [])
    stage.codes = {"Hà": invitations[0].code, "Lực": invitations[1].code}
    stage.codes |= {one.name: one.code for one in invitations[2:]}
    stage.joins(*stage.codes)
    return stage


@contextmanager
def loading() -> Iterator[list[str]]:
    """The rows that are read into values meanwhile, by the names of their tables."""
    rows: list[str] = []

    def noted(row: object, *_: object) -> None:
        rows.append(type(row).__name__)

    event.listen(Table, "load", noted, propagate=True)
    try:
        yield rows
    finally:
        event.remove(Table, "load", noted)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    statements: list[str] = []

    def noted(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", noted)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", noted)
