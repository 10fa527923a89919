"""A file that was asked for comes, and comes once, wherever the program dies while it is made."""

import pytest

from storage.document_rows import DocumentRow
from storage.documents import LEASE, Documents, _document
from tests.conftest import Copies
from tests.crash.mortal import Points, Reached, World
from tests.crash.week import asked

POINTS = 34
IN_THE_STORM = (pytest.mark.needs_postgres, pytest.mark.storm)
FILE = "Bảng số liệu mới nhất"


def played(copies: Copies, kind: str, die_at: int | None = None) -> World:
    """Hà asks for the table; the program dies at one point at most, and is started again a minute later."""
    url = copies.of(kind, "asked", asked)
    world = World(url, Points(die_at), copies.screens[kind])
    world.arrives("Hà", "excel")
    for _ in range(3):
        world.survives(lambda app: app.documenting.step(world.clock()))
        world.works()
        world.now += LEASE
    world.close()
    copies.drop(url)
    return world


def came(world: World, *, marked: bool) -> list[Reached]:
    """The files that came, or those that were sent once more because nobody knew, and said so."""
    return [one for one in world.log if one.text.startswith(FILE) and one.marked is marked]


def test_it_passes_all_the_points_there_are(copies: Copies) -> None:
    world = played(copies, "sqlite")
    assert len(world.points.names) == POINTS
    assert (len(came(world, marked=False)), len(came(world, marked=True))) == (1, 0)


@pytest.mark.parametrize("die_at", range(1, POINTS + 1))
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=IN_THE_STORM)])
def test_it_comes_once_wherever_the_program_dies(copies: Copies, die_at: int, kind: str) -> None:
    world = played(copies, kind, die_at)
    once, again = came(world, marked=False), came(world, marked=True)
    assert world.deaths == 1
    assert len(once) <= 1
    assert len(again) <= 1
    assert once + again


def test_it_would_come_again_and_again_if_it_were_not_settled(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: the same look at the screens sees it."""
    row = DocumentRow
    monkeypatch.setattr(Documents, "_settle", lambda *_: True)
    monkeypatch.setattr(Documents, "good", lambda self, which: _document(self._session.get_one(row, which)))
    assert len(came(played(copies, "sqlite"), marked=False)) == 3
