"""How far a figure has come towards its goal (kết quả thực hiện so với chỉ tiêu), in the target's direction."""

from dataclasses import dataclass

from campaigns.figures import SCALE
from campaigns.target import Comparator, Direction

WHOLE = 100 * SCALE
_TENTH = SCALE // 10


@dataclass(frozen=True)
class Progress:
    """``met``: whether the goal is reached. ``share``: the part of the goal reached, in ten-thousandths of a per cent.

    ``share`` is none where a part means nothing: for "còn dưới 27 %" there is only met or not yet met.
    """

    met: bool
    share: int | None = None


def progress(goal: int | None, value: int, direction: Direction, comparator: Comparator) -> Progress:
    """The progress of ``value`` towards ``goal``, both in ten-thousandths of one measure.

    Without a goal (done or not done) any value above zero is done. The share is rounded half up to a tenth of a per
    cent, and stays below a hundred until the figure itself has reached the goal.
    """
    if goal is None or comparator is Comparator.DONE:
        return Progress(value > 0)
    share = _share(goal, value) if direction is Direction.UP and goal > 0 else None
    return Progress(_met(goal, value, direction, comparator), share)


def _met(goal: int, value: int, direction: Direction, comparator: Comparator) -> bool:
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
    return {Direction.UP: value >= goal, Direction.DOWN: value <= goal, Direction.KEEP: value == goal}[direction]


def _share(goal: int, value: int) -> int:
    tenths = (2_000 * value + goal) // (2 * goal)
    return tenths * _TENTH if value >= goal else min(tenths * _TENTH, WHOLE - _TENTH)
