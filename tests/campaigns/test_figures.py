"""Figures are integers of ten-thousandths."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.figures import plain, scaled, written
from campaigns.measure import MEASURES
from campaigns.quantities import AskBack, Refused, Value, read


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("9007.4", "9.007,4"),
        ("3994", "3.994"),
        ("0", "0"),
        ("0.05", "0,05"),
        ("-12.5", "-12,5"),
        ("1000000", "1.000.000"),
    ],
)
def test_it_writes_figures_as_people_do(number: str, text: str) -> None:
    assert written(scaled(number)) == text


@given(st.decimals(-(10**12), 10**12, places=4))
def test_it_keeps_four_decimals_exactly(number: Decimal) -> None:
    assert plain(scaled(number)) == number


@given(st.integers(0, 10**11))
def test_it_reads_back_what_it_writes(amount: int) -> None:
    match read(written(amount), MEASURES["ha"]):
        case Value(amount=understood):
            assert understood == amount
        case other:
            assert isinstance(other, AskBack | Refused), "a figure that was written is never nothing"


def test_it_rounds_the_fifth_decimal_half_up() -> None:
    assert [scaled(text) for text in ("0.00005", "0.00015", "0.00025")] == [1, 2, 3]
