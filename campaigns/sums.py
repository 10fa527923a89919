"""Sums that do not agree: told to the officer, never corrected and never refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaigns.campaign import Campaign
from campaigns.rehearsal import RehearsalUnit
from campaigns.target import Kind, Target


@dataclass(frozen=True)
class Mismatch:
    """The goal of ``target`` as ``stated`` and what the goals below it come to, in ten-thousandths of its measure."""

    target: Target
    stated: int
    summed: int


def parts_that_do_not_add_up(campaign: Campaign) -> tuple[Mismatch, ...]:
    """Targets whose parts in the plan come to something else, in the plan's order."""
    return tuple(_mismatches(campaign, ((part.parent, part.goal) for part in campaign.targets)))


def allocations_that_do_not_add_up(campaign: Campaign, units: Iterable[RehearsalUnit]) -> tuple[Mismatch, ...]:
    """Targets whose goal is shared out among units in shares that come to something else.

    What units have of a ratio are the counts it is worked out from, which add up to no percentage.
    """
    ratios = {target.key for target in campaign.targets if target.kind is Kind.RATIO}
    shares = ((base.item, base.goal) for unit in units for base in unit.baselines if base.item not in ratios)
    return tuple(_mismatches(campaign, shares))


def _mismatches(campaign: Campaign, parts: Iterable[tuple[str | None, int | None]]) -> Iterator[Mismatch]:
    sums: dict[str | None, int] = {}
    for whole, goal in parts:
        if goal is not None:
            sums[whole] = sums.get(whole, 0) + goal
    for target in campaign.targets:
        if target.goal is not None and sums.get(target.key, target.goal) != target.goal:
            yield Mismatch(target, target.goal, sums[target.key])
