"""Progress goes in the target's direction; "còn dưới 27 %" is met or not met, never a part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.figures import scaled, written
from campaigns.progress import WHOLE, Progress, progress, so_far
from campaigns.target import Comparator, Direction, Kind

UP, DOWN, KEEP = Direction.UP, Direction.DOWN, Direction.KEEP
amounts = st.integers(0, 10**12)
goals = st.integers(1, 10**12)


def _of(value: str, goal: str, direction: Direction = UP, comparator: Comparator = Comparator.EQUAL) -> Progress:
    return progress(scaled(goal), scaled(value), direction, comparator)


@pytest.mark.parametrize(
    ("value", "goal", "share"),
    [
        ("402", "3994", "10,1"),
        ("0", "3994", "0"),
        ("43", "462", "9,3"),
        ("150", "300", "50"),
        ("3994", "3994", "100"),
        ("435", "400", "108,8"),
        ("0.0001", "3994", "0"),
    ],
)
def test_it_tells_the_part_of_the_goal_to_a_tenth_of_a_per_cent(value: str, goal: str, share: str) -> None:
    found = _of(value, goal).share
    assert found is not None
    assert written(found) == share


def test_it_does_not_round_up_to_the_whole() -> None:
    assert _of("9999.9", "10000") == Progress(False, WHOLE - scaled("0.1"))


def test_it_reads_a_goal_without_a_sign_as_at_least_upwards() -> None:
    assert not _of("779", "780").met
    assert _of("780", "780").met
    assert _of("781", "780").met


def test_it_reads_a_goal_without_a_sign_as_at_most_downwards() -> None:
    assert _of("26", "27", DOWN) == Progress(True)
    assert _of("27", "27", DOWN) == Progress(True)
    assert _of("28", "27", DOWN) == Progress(False)


def test_it_reads_a_goal_without_a_sign_as_exactly_where_something_is_kept() -> None:
    assert _of("3", "3", KEEP) == Progress(True)
    assert _of("2", "3", KEEP) == Progress(False)
    assert _of("4", "3", KEEP) == Progress(False)


@pytest.mark.parametrize(
    ("comparator", "below", "at", "above"),
    [
        (Comparator.AT_LEAST, False, True, True),
        (Comparator.MORE, False, False, True),
        (Comparator.AT_MOST, True, True, False),
        (Comparator.LESS, True, False, False),
    ],
)
def test_it_takes_a_stated_sign_at_its_word(comparator: Comparator, below: bool, at: bool, above: bool) -> None:
    for direction in Direction:
        found = [_of(value, "27", direction, comparator).met for value in ("26.9999", "27", "27.0001")]
        assert found == [below, at, above]


def test_it_shows_more_than_32_as_not_met_at_exactly_32() -> None:
    assert _of("32", "32", UP, Comparator.MORE) == Progress(False, WHOLE)


def test_it_knows_done_and_not_done_without_a_goal() -> None:
    assert progress(None, scaled(1), KEEP, Comparator.DONE) == Progress(True)
    assert progress(None, 0, KEEP, Comparator.DONE) == Progress(False)


def test_it_has_no_part_of_a_goal_of_nothing() -> None:
    assert progress(0, 0, UP, Comparator.EQUAL) == Progress(True)


@given(goal=amounts, value=amounts, comparator=st.sampled_from(Comparator), direction=st.sampled_from([DOWN, KEEP]))
def test_it_never_shows_a_part_of_what_is_to_go_down_or_be_kept(
    goal: int, value: int, comparator: Comparator, direction: Direction
) -> None:
    assert progress(goal, value, direction, comparator).share is None


@given(goal=goals, value=amounts)
def test_it_shows_a_hundred_exactly_when_the_figure_has_reached_the_goal(goal: int, value: int) -> None:
    found = progress(goal, value, UP, Comparator.AT_LEAST)
    assert found.share is not None
    assert found.met == (found.share >= WHOLE) == (value >= goal)


@given(goal=goals, value=amounts, more=amounts)
def test_it_never_falls_when_the_figure_rises(goal: int, value: int, more: int) -> None:
    before = progress(goal, value, UP, Comparator.EQUAL).share
    after = progress(goal, value + more, UP, Comparator.EQUAL).share
    assert before is not None
    assert after is not None
    assert before <= after


def test_it_reads_a_range_at_both_ends() -> None:
    """Duyên Hải: every commune and ward registers two or three works."""

    def of(value: int) -> Progress:
        return progress(scaled(2), scaled(value), Direction.RANGE, Comparator.RANGE, scaled(3))

    assert of(1) == Progress(False, scaled(50))
    assert of(2) == of(3) == Progress(True)
    assert of(4) == Progress(False)


def test_it_takes_a_range_without_an_upper_end_for_the_figure_itself() -> None:
    assert progress(scaled(2), scaled(2), Direction.RANGE, Comparator.RANGE).met
    assert not progress(scaled(2), scaled(3), Direction.RANGE, Comparator.RANGE).met


@given(goal=goals, more=st.integers(0, 10**9), value=amounts)
def test_it_never_tells_a_part_of_a_range_that_is_reached(goal: int, more: int, value: int) -> None:
    found = progress(goal, value, Direction.RANGE, Comparator.RANGE, goal + more)
    assert found.met == (goal <= value <= goal + more)
    assert (found.share is not None) == (value < goal)
    assert found.share is None or 0 <= found.share < WHOLE


def test_it_adds_up_what_was_new_and_takes_the_last_of_what_stands() -> None:
    figures = [scaled(3), scaled(0), scaled(4)]
    assert so_far(Kind.IN_PERIOD, figures) == scaled(7)
    for kind in set(Kind) - {Kind.IN_PERIOD}:
        assert so_far(kind, figures) == scaled(4)
        assert so_far(kind, []) is None


def test_it_is_done_with_the_smallest_figure_above_nothing() -> None:
    for comparator in (Comparator.DONE, Comparator.EQUAL):
        assert progress(None, 1, KEEP, comparator) == Progress(True)
        assert progress(None, 0, KEEP, comparator) == Progress(False)


def test_it_tells_no_part_of_a_range_that_is_reached_whichever_way_is_called_better() -> None:
    assert progress(scaled(2), scaled(3), UP, Comparator.RANGE, scaled(3)) == Progress(True)
    assert progress(scaled(2), scaled(1), UP, Comparator.RANGE, scaled(3)) == Progress(False, scaled(50))
    assert progress(scaled(2), scaled(3), Direction.RANGE, Comparator.AT_LEAST) == Progress(True)
