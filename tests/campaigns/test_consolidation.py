"""What a parent proposes from its children's approved reports, and who is named as missing in it."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import LOCAL
from campaigns.consolidation import Consolidated, Part, consolidated, merged
from campaigns.figures import SCALE, scaled
from campaigns.ids import identifier
from campaigns.target import Gather
from tests.stage import LAUNCHED

IDS = [identifier(LAUNCHED, Random(seed)) for seed in range(12)]
HOA_CHE, BEN_LAU, VAT_NUA, GO_SOI = IDS[:4]


def test_the_education_branch_adds_up_its_schools_and_names_who_is_missing() -> None:
    schools = [Part(HOA_CHE, scaled(2)), Part(BEN_LAU, scaled(5)), Part(VAT_NUA, None)]
    whole = consolidated(Gather.SUM, schools)
    assert (whole.amount, whole.included, whole.missing) == (scaled(7), (HOA_CHE, BEN_LAU), (VAT_NUA,))


def test_it_counts_nothing_new_as_nought_and_not_known_as_missing() -> None:
    whole = consolidated(Gather.SUM, [Part(HOA_CHE, 0), Part(BEN_LAU, None)])
    assert (whole.amount, whole.missing) == (0, (BEN_LAU,))


def test_it_has_no_figure_where_nobody_has() -> None:
    for way in Gather:
        whole = consolidated(way, [Part(HOA_CHE, None), Part(BEN_LAU, None)])
        assert (whole.amount, whole.included) == (None, ())
        assert consolidated(way, []).amount is None


def test_it_is_an_estimate_as_soon_as_one_is() -> None:
    assert consolidated(Gather.SUM, [Part(HOA_CHE, 1), Part(BEN_LAU, 2, estimate=True)]).estimate
    assert not consolidated(Gather.SUM, [Part(HOA_CHE, 1), Part(BEN_LAU, None, estimate=True)]).estimate


def test_it_weighs_a_mean_and_misses_who_has_no_weight() -> None:
    parts = [Part(HOA_CHE, scaled(40), weight=100), Part(BEN_LAU, scaled(50), weight=300), Part(VAT_NUA, scaled(9))]
    whole = consolidated(Gather.WEIGHTED_MEAN, parts)
    assert (whole.amount, whole.missing) == (scaled("47.5"), (VAT_NUA,))
    assert consolidated(Gather.WEIGHTED_MEAN, [Part(HOA_CHE, 5, weight=0)]).missing == (HOA_CHE,)
    assert consolidated(Gather.WEIGHTED_MEAN, [Part(HOA_CHE, 5, weight=1)]).amount == 5


def test_it_rounds_a_mean_half_up_to_the_ten_thousandth() -> None:
    assert consolidated(Gather.MEAN, [Part(HOA_CHE, 1), Part(BEN_LAU, 2)]).amount == 2
    assert consolidated(Gather.MEAN, [Part(HOA_CHE, -1), Part(BEN_LAU, -2)]).amount == -1
    assert consolidated(Gather.MEAN, [Part(HOA_CHE, 1), Part(BEN_LAU, 1), Part(VAT_NUA, 2)]).amount == 1


def test_it_takes_the_last_word() -> None:
    early, late = (LAUNCHED.replace(hour=hour) for hour in (8, 9))
    parts = [Part(HOA_CHE, 1, said_at=late), Part(BEN_LAU, 2, said_at=early), Part(VAT_NUA, 3)]
    assert consolidated(Gather.LAST, parts).amount == 1
    assert consolidated(Gather.LAST, [Part(HOA_CHE, 1), Part(BEN_LAU, 2)]).amount == 2
    assert consolidated(Gather.LAST, [Part(HOA_CHE, 1, said_at=late), Part(BEN_LAU, 2, said_at=late)]).amount == 2
    assert str(late.tzinfo) == str(LOCAL)


def test_it_counts_who_reached_what_was_asked_of_all() -> None:
    parts = [Part(HOA_CHE, scaled(13), of=scaled(13)), Part(BEN_LAU, scaled(12), of=scaled(13)), Part(VAT_NUA, None)]
    whole = consolidated(Gather.M_OF_N, parts)
    assert (whole.amount, whole.sums, whole.missing) == (scaled(1), (scaled(1), scaled(3)), (VAT_NUA,))
    assert consolidated(Gather.M_OF_N, [Part(HOA_CHE, 1), Part(BEN_LAU, 0)]).amount == scaled(1)


def test_it_works_a_ratio_out_of_two_sums() -> None:
    villages = [Part(HOA_CHE, scaled(90), of=scaled(100)), Part(BEN_LAU, scaled(10), of=scaled(100))]
    whole = consolidated(Gather.RATIO, villages)
    assert (whole.amount, whole.sums) == (scaled(50), (scaled(100), scaled(200)))
    assert consolidated(Gather.RATIO, [Part(HOA_CHE, 5, of=0)]).amount is None
    assert consolidated(Gather.RATIO, [Part(HOA_CHE, 5)]).missing == (HOA_CHE,)
    assert consolidated(Gather.RATIO, [Part(HOA_CHE, scaled(1), of=scaled(3))]).amount == 333_333


def test_it_refuses_to_gather_further_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="mean"):
        merged(Gather.MEAN, [])


amounts = st.none() | st.integers(-(10**12), 10**12)
counts = st.none() | st.integers(0, 10**9)


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    units = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
    return [Part(u, draw(amounts), draw(counts), draw(counts), draw(st.booleans())) for u in units]


@given(way=st.sampled_from(Gather), given_parts=parts())
def test_it_names_everybody_once_in_the_order_given(way: Gather, given_parts: list[Part]) -> None:
    whole = consolidated(way, given_parts)
    order = [part.unit for part in given_parts]
    assert sorted((*whole.included, *whole.missing)) == sorted(order)
    for named in (whole.included, whole.missing):
        assert all(order.index(before) < order.index(after) for before, after in pairwise(named))
    assert all(part.unit in whole.missing for part in given_parts if part.amount is None)


@given(given_parts=parts(), seed=st.integers(0, 999))
def test_it_comes_to_the_same_in_any_order(given_parts: list[Part], seed: int) -> None:
    shuffled = Random(seed).sample(given_parts, len(given_parts))
    for way in set(Gather) - {Gather.LAST}:
        assert consolidated(way, shuffled).amount == consolidated(way, given_parts).amount


def _known(given_parts: Sequence[Part]) -> list[int]:
    return [part.amount for part in given_parts if part.amount is not None]


@given(given_parts=parts())
def test_it_keeps_a_mean_between_its_parts(given_parts: list[Part]) -> None:
    known = _known(given_parts)
    mean = consolidated(Gather.MEAN, given_parts).amount
    if known:
        assert mean is not None
        assert min(known) <= mean <= max(known)
        exact = Decimal(sum(known)) / len(known)
        assert mean == int((exact + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
    equal = [Part(part.unit, part.amount, weight=7) for part in given_parts]
    assert consolidated(Gather.WEIGHTED_MEAN, equal).amount == mean


@given(given_parts=parts())
def test_it_shows_who_is_missing_in_m_of_n(given_parts: list[Part]) -> None:
    whole = consolidated(Gather.M_OF_N, given_parts)
    assert whole.sums is not None
    reached = [
        p for p in given_parts if p.amount is not None and (p.amount >= p.of if p.of is not None else p.amount > 0)
    ]
    assert whole.sums == (len(reached) * SCALE, len(given_parts) * SCALE)


@given(given_parts=parts(), at=st.integers(0, 12))
def test_it_comes_to_the_same_through_a_level_between(given_parts: list[Part], at: int) -> None:
    for way in (Gather.SUM, Gather.RATIO, Gather.M_OF_N):
        communes = [consolidated(way, given_parts[:at]), consolidated(way, given_parts[at:])]
        whole = merged(way, [commune for commune in communes if commune.included or commune.missing])
        at_once = consolidated(way, given_parts)
        assert whole.amount == at_once.amount
        assert (whole.included, whole.missing) == (at_once.included, at_once.missing)
        assert whole.estimate == at_once.estimate
        assert whole.sums == at_once.sums or not given_parts


def test_it_says_nothing_of_nobody() -> None:
    assert merged(Gather.SUM, []) == Consolidated(None, (), ())
