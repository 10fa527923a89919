"""A commune as large as one likes, from a rehearsal of a few units."""

from dataclasses import replace

from campaigns.rehearsal import Rehearsal, RehearsalUnit


def of_so_many(rehearsal: Rehearsal, heads: int | None) -> Rehearsal:
    """The rehearsal with so many units, each with its head: the real ones first, then the same ones numbered."""
    if heads is None:
        return rehearsal
    return replace(rehearsal, units=tuple(_unit(rehearsal, number) for number in range(heads)))


def _unit(rehearsal: Rehearsal, number: int) -> RehearsalUnit:
    lap, at = divmod(number, len(rehearsal.units))
    unit = rehearsal.units[at]
    return unit if lap == 0 else replace(unit, key=f"{unit.key}-{lap + 1}", name=f"{unit.name} {lap + 1}")
