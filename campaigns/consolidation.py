"""A parent's figure from its children's (tổng hợp lên cấp trên), naming whose figure is missing in it.

Amounts are ten-thousandths of one measure, arithmetic is exact. A child whose report was not taken in, or who said
"chưa rõ", is missing by name; it never counts as zero. "Không phát sinh" is a figure: the caller gives 0 for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import floor

from campaigns.figures import SCALE
from campaigns.ids import Id
from campaigns.target import Gather


@dataclass(frozen=True)
class Part:
    """One child's figure, none where it is missing.

    ``weight`` counts in a weighted mean; ``of`` is the second sum of a ratio, and in M_OF_N what has to be reached.
    """

    unit: Id
    amount: int | None
    weight: int | None = None
    of: int | None = None
    estimate: bool = False
    said_at: datetime | None = None


@dataclass(frozen=True)
class Consolidated:
    """What the parts come to; none where nothing is known. Ratios are in ten-thousandths of a per cent.

    ``included`` and ``missing`` together are all units, each once, in the order given. ``sums`` are the two sums of a
    ratio, or how many of how many for M_OF_N: a ratio is never averaged, so whoever gathers further gathers these.
    One estimate among the parts makes the whole an estimate (ước đạt).
    """

    amount: int | None
    included: tuple[Id, ...]
    missing: tuple[Id, ...]
    estimate: bool = False
    sums: tuple[int, int] | None = None


def consolidated(way: Gather, parts: Iterable[Part]) -> Consolidated:
    """What children's figures come to in that way; means are rounded half up to the ten-thousandth.

    A part without what its way needs (its weight, its second sum) is missing. M_OF_N counts those that reached what
    they had to, of all units, so that who is missing shows in the number.
    """
    every = list(parts)
    known = [part for part in every if _is_known(way, part)]
    missing = tuple(part.unit for part in every if not _is_known(way, part))
    amount = _AMOUNTS[way](known) if known else None
    sums = {Gather.RATIO: _both_sums(known), Gather.M_OF_N: (amount or 0, len(every) * SCALE)}.get(way)
    estimate = any(part.estimate for part in known)
    return Consolidated(amount, tuple(part.unit for part in known), missing, estimate, sums)


def merged(way: Gather, wholes: Sequence[Consolidated]) -> Consolidated:
    """What was consolidated below, consolidated further: the same as all leaves at once, for SUM, RATIO and M_OF_N.

    Units are the leaves', so that who is missing is named all the way up. Raises ValueError for the other ways: they
    need the leaves.
    """
    included = tuple(unit for whole in wholes for unit in whole.included)
    missing = tuple(unit for whole in wholes for unit in whole.missing)
    estimate = any(whole.estimate for whole in wholes)
    if way is Gather.SUM:
        known = [whole.amount for whole in wholes if whole.amount is not None]
        return Consolidated(sum(known) if known else None, included, missing, estimate)
    if way not in (Gather.RATIO, Gather.M_OF_N):
        raise ValueError(f"{way} cannot be gathered from what was gathered")
    first, second = (sum(whole.sums[at] for whole in wholes if whole.sums) for at in (0, 1))
    amount = (_per_cent(first, second) if way is Gather.RATIO else first) if included else None
    return Consolidated(amount, included, missing, estimate, (first, second))


def _is_known(way: Gather, part: Part) -> bool:
    if part.amount is None:
        return False
    if way is Gather.WEIGHTED_MEAN:
        return (part.weight or 0) > 0
    return way is not Gather.RATIO or part.of is not None


def _amount(part: Part) -> int:
    assert part.amount is not None
    return part.amount


def _sum(parts: Sequence[Part]) -> int:
    return sum(map(_amount, parts))


def _mean(parts: Sequence[Part]) -> int:
    return _half_up(Fraction(_sum(parts), len(parts)))


def _weighted_mean(parts: Sequence[Part]) -> int:
    weights = [part.weight or 0 for part in parts]
    return _half_up(Fraction(sum(_amount(p) * w for p, w in zip(parts, weights, strict=True)), sum(weights)))


def _last(parts: Sequence[Part]) -> int:
    """The one said last; of those said at one moment, or at none that is known, the later in order."""
    dated = [(part.said_at, at) for at, part in enumerate(parts) if part.said_at is not None]
    return _amount(parts[max(dated)[1] if dated else -1])


def _reached(parts: Sequence[Part]) -> int:
    return sum(_amount(part) >= part.of if part.of is not None else _amount(part) > 0 for part in parts) * SCALE


def _ratio(parts: Sequence[Part]) -> int | None:
    return _per_cent(*_both_sums(parts))


def _both_sums(parts: Sequence[Part]) -> tuple[int, int]:
    return _sum(parts), sum(part.of or 0 for part in parts)


def _per_cent(first: int, second: int) -> int | None:
    return _half_up(Fraction(first * 100 * SCALE, second)) if second else None


def _half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


_AMOUNTS: dict[Gather, Callable[[Sequence[Part]], int | None]] = {
    Gather.SUM: _sum,
    Gather.MEAN: _mean,
    Gather.WEIGHTED_MEAN: _weighted_mean,
    Gather.LAST: _last,
    Gather.M_OF_N: _reached,
    Gather.RATIO: _ratio,
}
