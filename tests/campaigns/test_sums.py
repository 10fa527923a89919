"""Sums that do not agree are told with both numbers, and nothing is corrected."""

from dataclasses import replace

from bot.app import files_of
from campaigns.figures import scaled
from campaigns.registration import Baseline
from campaigns.sums import Mismatch, allocations_that_do_not_add_up, parts_that_do_not_add_up
from campaigns.target import Kind

CAMPAIGN, REHEARSAL = files_of("lo-ku-2022")


def test_it_tells_a_whole_that_its_parts_do_not_come_to() -> None:
    pigs = replace(CAMPAIGN.target("dan-heo"), goal=scaled(700))
    changed = replace(CAMPAIGN, targets=tuple(pigs if t.key == "dan-heo" else t for t in CAMPAIGN.targets))
    herd = CAMPAIGN.target("dan-gia-suc")
    assert parts_that_do_not_add_up(changed) == (Mismatch(herd, scaled(3027), scaled(2947)),)
    assert parts_that_do_not_add_up(CAMPAIGN) == ()


def test_it_tells_shares_that_do_not_come_to_the_goal() -> None:
    first, *others = REHEARSAL.units
    less = replace(first, baselines=(Baseline("gieo-trong", None, scaled(460)),))
    found = allocations_that_do_not_add_up(CAMPAIGN, [less, *others])
    assert found == (Mismatch(CAMPAIGN.target("gieo-trong"), scaled(3994), scaled(3992)),)


def test_it_does_not_count_who_was_given_no_share() -> None:
    first, *others = REHEARSAL.units
    without = replace(first, baselines=(*first.baselines, Baseline("trong-rung", scaled(3), None)))
    assert allocations_that_do_not_add_up(CAMPAIGN, [without, *others]) == ()


def test_it_adds_no_counts_up_to_a_percentage() -> None:
    campaign, rehearsal = files_of("ha-hoa-2022")
    (half,) = campaign.targets
    assert half.kind is Kind.RATIO
    assert any(base.item == half.key and base.goal for unit in rehearsal.units for base in unit.baselines)
    assert allocations_that_do_not_add_up(campaign, rehearsal.units) == ()
    level = replace(campaign, targets=(replace(half, kind=Kind.LEVEL),))
    assert len(allocations_that_do_not_add_up(level, rehearsal.units)) == 1
