"""How people say for how many a code is, how many households register, and who they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.participant import Count, Limits, name_and_phone, read_count, read_limits

TODAY = date(2022, 4, 30)
JUNE = date(2022, 6, 30)


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("", Limits(None, None)),
        ("đến 30/6 cho 50 hộ", Limits(JUNE, 50)),
        ("den 30/6 cho 5 ho", Limits(JUNE, 5)),
        ("đến 30/6", Limits(JUNE, None)),
        ("50 người", Limits(None, 50)),
        ("cho 1", Limits(None, 1)),
        ("hôm qua 5 hộ", None),
        ("đến 1/4/2022", None),
        ("0", None),
        ("6000 hộ", None),
        ("bà con nào cũng được", None),
    ],
)
def test_it_reads_until_when_and_for_how_many(said: str, limits: Limits | None) -> None:
    assert read_limits(said, TODAY) == limits


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("62/84 hộ", Count(62, 84)),
        ("62 trong 84 hộ", Count(62, 84)),
        ("62 trong số 84", Count(62, 84)),
        ("62/84", Count(62, 84)),
        ("62 hộ", Count(62)),
        ("0/84 hộ", Count(0, 84)),
        ("90/84 hộ", None),
        ("12/5", None),
        ("Tơ Bla", None),
        ("", None),
    ],
)
def test_it_reads_how_many_households(said: str, count: Count | None) -> None:
    assert read_count(said) == count


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("bà Y Hlan 0905 000 301", ("bà Y Hlan", "0905 000 301")),
        ("anh A Pêng, 0905000304", ("anh A Pêng", "0905000304")),
        ("bà Y Hlan", ("bà Y Hlan", "")),
        ("0905 000 301", ("", "0905 000 301")),
        ("bà Y 0905 00", ("bà Y 0905 00", "")),
    ],
)
def test_it_parts_a_name_from_a_number(said: str, parts: tuple[str, str]) -> None:
    assert name_and_phone(said) == parts


@given(st.text(max_size=60))
def test_they_read_anything_without_raising(said: str) -> None:
    limits, count = read_limits(said, TODAY), read_count(said)
    assert limits is None or limits.until is None or limits.until >= TODAY
    assert count is None or count.of is None or count.households <= count.of
    assert len("".join(name_and_phone(said))) <= len(said)
