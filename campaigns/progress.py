"""How far a figure has come towards its goal (kết quả thực hiện so với chỉ tiêu), in the target's direction."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.figures import SCALE
from campaigns.target import Comparator, Direction, Kind

WHOLE = 100 * SCALE
_TENTH = SCALE // 10


@dataclass(frozen=True)
class Progress:
    """``met``: whether the goal is reached. ``share``: the part of the goal reached, in ten-thousandths of a per cent.

    ``share`` is none where a part means nothing: for "còn dưới 27 %" there is only met or not yet met.
    """

    met: bool
    share: int | None = None


def progress(
    goal: int | None, value: int, direction: Direction, comparator: Comparator, goal_to: int | None = None
) -> Progress:
    """The progress of ``value`` towards ``goal``, both in ten-thousandths of one measure; a range ends at ``goal_to``.

    Without a goal (done or not done) any value above zero is done. The share is rounded half up to a tenth of a per
    cent, and stays below a hundred until the figure itself has reached the goal.
    """
    if goal is None or comparator is Comparator.DONE:
        return Progress(value > 0)
    met = _met(goal, value, direction, comparator, goal_to)
    return Progress(met, _share(goal, value) if _has_share(goal, value, direction, comparator) else None)


def so_far(kind: Kind, amounts: Iterable[int]) -> int | None:
    """What the figures of one unit come to, given in order of time: what was new each time adds up, else the last."""
    known = list(amounts)
    return (sum(known) if kind is Kind.IN_PERIOD else known[-1]) if known else None


def _has_share(goal: int, value: int, direction: Direction, comparator: Comparator) -> bool:
    """A part means something on the way up; in a range only until its lower end is reached."""
    if direction in (Direction.DOWN, Direction.KEEP):
        return False
    if comparator is Comparator.RANGE or direction is Direction.RANGE:
        return 0 <= value < goal
    return goal > 0


def _met(goal: int, value: int, direction: Direction, comparator: Comparator, goal_to: int | None) -> bool:
    """A goal without a sign means "at least" upwards and "at most" downwards; a stated sign is taken at its word."""
    match comparator:
        case Comparator.AT_LEAST:
            return value >= goal
        case Comparator.MORE:
            return value > goal
        case Comparator.AT_MOST:
            return value <= goal
        case Comparator.LESS:
            return value < goal
        case Comparator.RANGE:
            return goal <= value <= (goal if goal_to is None else goal_to)
    return {Direction.UP: value >= goal, Direction.DOWN: value <= goal}.get(direction, value == goal)


def _share(goal: int, value: int) -> int:
    tenths = (2_000 * value + goal) // (2 * goal)
    return tenths * _TENTH if value >= goal else min(tenths * _TENTH, WHOLE - _TENTH)
