"""The program dies at every commit and every send in turn; nothing acknowledged is lost and nothing is doubled."""

import pytest

from tests.conftest import ON_POSTGRES, Copies
from tests.crash.week import Ended, check, played

PARTS = 8


def survives(copies: Copies, kind: str, points: range) -> None:
    """Play the week undisturbed, then dying at each of these points, and compare."""
    undisturbed = played(copies, kind)
    assert undisturbed.deaths == 0
    for point in points:
        if point <= len(undisturbed.names):
            _dies_at(copies, kind, point, undisturbed)


def _dies_at(copies: Copies, kind: str, point: int, undisturbed: Ended) -> None:
    disturbed = played(copies, kind, point)
    assert disturbed.deaths == 1, f"nobody died at {point}"
    try:
        check(disturbed, undisturbed)
    except AssertionError as fault:
        raise AssertionError(f"dying at point {point}, {undisturbed.names[point - 1]}: {fault}") from fault


MOST = 400  # more than there are; the first test holds this to be so


def test_it_passes_many_points_in_a_week(copies: Copies) -> None:
    assert 200 < len(played(copies, "sqlite").names) < MOST


def test_it_survives_dying_at_every_eightieth_point(copies: Copies) -> None:
    survives(copies, "sqlite", range(1, MOST, 80))


@pytest.mark.needs_postgres
def test_it_survives_dying_at_some_points_on_postgresql(copies: Copies) -> None:
    survives(copies, "postgresql", range(41, MOST, 160))


@pytest.mark.storm
@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
@pytest.mark.parametrize("part", range(PARTS))
def test_it_survives_dying_at_every_point(kind: str, part: int, copies: Copies) -> None:
    survives(copies, kind, range(1 + part, MOST, PARTS))
