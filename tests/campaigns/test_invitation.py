"""Codes that are typed by thumbs."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from campaigns.invitation import find_code, is_typed_right, new_code, shown_code

codes = st.integers(0, 10**9).map(lambda seed: new_code(Random(seed)))


@given(codes)
def test_it_makes_codes_that_are_typed_right(code: str) -> None:
    assert len(code) == 8
    assert is_typed_right(code)


@given(codes, st.integers(0, 7), st.integers(1, 9))
def test_it_notices_every_single_wrong_digit(code: str, at: int, by: int) -> None:
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]
    assert not is_typed_right(wrong)


@given(codes, st.integers(0, 6))
def test_it_notices_every_swap_of_neighbours(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert swapped == code or not is_typed_right(swapped)


@given(codes, st.sampled_from(["{}", "mã của tôi là {} ạ", "{}.", "  {}\n"]))
def test_it_finds_a_code_wherever_it_stands(code: str, around: str) -> None:
    assert find_code(around.format(code)) == code
    assert find_code(around.format(shown_code(code))) == code


def test_it_takes_no_phone_number_for_a_code() -> None:
    assert find_code("0905000101") is None
    assert find_code("gọi 0905 000 101 nhé") is None
    assert find_code("150 43 không") is None
