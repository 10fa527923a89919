"""Sums that do not agree: told to the officer, never corrected and never refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaigns.campaign import Campaign
from campaigns.rehearsal import Village
from campaigns.target import Target


@dataclass(frozen=True)
class Mismatch:
    """The goal of ``target`` as ``stated`` and what the goals below it come to, in ten-thousandths of its measure."""

    target: Target
    stated: int
    summed: int


def parts_that_do_not_add_up(campaign: Campaign) -> tuple[Mismatch, ...]:
    """Targets whose parts in the plan come to something else, in the plan's order."""
    return tuple(_mismatches(campaign, ((part.parent, part.goal) for part in campaign.targets)))


def allocations_that_do_not_add_up(campaign: Campaign, villages: Iterable[Village]) -> tuple[Mismatch, ...]:
    """Targets whose goal is shared out among villages in shares that come to something else."""
    shares = ((baseline.item, baseline.goal) for village in villages for baseline in village.baselines)
    return tuple(_mismatches(campaign, shares))


def _mismatches(campaign: Campaign, parts: Iterable[tuple[str | None, int | None]]) -> Iterator[Mismatch]:
    sums: dict[str | None, int] = {}
    for whole, goal in parts:
        if goal is not None:
            sums[whole] = sums.get(whole, 0) + goal
    for target in campaign.targets:
        if target.goal is not None and sums.get(target.key, target.goal) != target.goal:
            yield Mismatch(target, target.goal, sums[target.key])
