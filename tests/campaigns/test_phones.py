"""Telephone numbers as people write them: a table of examples, round trips, and any text at all."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigns.phones import LONGEST, AskBack, Nothing, Phone, Reading, Refused, Why, hidden, read_phone

TABLE = yaml.safe_load((Path(__file__).parent / "phones.yaml").read_text("utf-8"))
EXAMPLES = [tuple(example) for group in TABLE.values() for example in group]


def spelled(reading: Reading) -> str:
    """A reading as the table writes it."""
    match reading:
        case Phone():
            return f"= {reading.number}"
        case AskBack():
            return f"? {reading.why} {reading.suggestions[0].number}"
        case Refused():
            return f"! {reading.why}"
        case Nothing():
            return "nothing"


def test_it_has_many_examples_each_once() -> None:
    assert len(EXAMPLES) >= 60
    assert len({said for said, _ in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize(("said", "meant"), EXAMPLES)
def test_it_reads_numbers_as_people_write_them(said: str, meant: str) -> None:
    assert spelled(read_phone(said)) == meant


def test_it_shows_a_number_as_people_read_it_and_hides_it_from_groups() -> None:
    assert Phone("0912345678").shown == "0912 345 678"
    assert Phone("02438251234").shown == "024 3825 1234"
    assert hidden(Phone("0912345678")) == "0912 xxx 678"


mobiles = st.builds(
    lambda prefix, rest: prefix + rest,
    st.sampled_from(["032", "039", "056", "070", "079", "081", "086", "090", "098"]),
    st.text("0123456789", min_size=7, max_size=7),
)
WAYS: list[Callable[[str], str]] = [
    str,
    lambda n: Phone(n).shown,
    lambda n: f"{n[:4]}.{n[4:7]}.{n[7:]}",
    lambda n: f"{n[:3]}-{n[3:6]}-{n[6:]}",
    lambda n: f"+84{n[1:]}",
    lambda n: f"(+84) {n[1:4]} {n[4:7]} {n[7:]}",
    lambda n: f"84{n[1:]}",
    lambda n: f"0084{n[1:]}",
    lambda n: f"sđt: {n} ạ",
    lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in n),
]


@given(number=mobiles, way=st.sampled_from(WAYS))
def test_it_reads_back_any_number_however_it_is_written(number: str, way: Callable[[str], str]) -> None:
    assert read_phone(way(number)) == Phone(number)


@given(area=st.integers(3, 99), rest=st.text("0123456789", min_size=7, max_size=7), way=st.sampled_from(WAYS))
def test_it_reads_back_landlines(area: int, rest: str, way: Callable[[str], str]) -> None:
    number = f"02{area:02}{rest}"
    assert read_phone(way(number)) == Phone(number)


@given(one=mobiles, other=mobiles, between=st.sampled_from([" ", " - ", "/", ", ", " hoặc ", "; ", "\n", ""]))
def test_it_asks_which_of_two_numbers(one: str, other: str, between: str) -> None:
    both = (Phone(one), Phone(other))
    assert read_phone(one + between + other) == (AskBack(Why.SEVERAL, both) if one != other else Phone(one))


@given(last=st.sampled_from("23456789"), rest=st.text("0123456789", min_size=7, max_size=7))
def test_it_never_takes_an_old_number(last: str, rest: str) -> None:
    assert read_phone(f"016{last} {rest}") == AskBack(Why.OLD, (Phone(f"03{last}{rest}"),))


@given(mobiles)
def test_it_hides_three_digits_of_every_number(number: str) -> None:
    assert number not in hidden(Phone(number)).replace(" ", "")
    assert hidden(Phone(number)) == f"{number[:4]} xxx {number[7:]}"


@given(st.text(max_size=80) | st.text("0123456789 .-+()84/", max_size=40))
def test_it_answers_any_text(said: str) -> None:
    read = read_phone(said)
    if isinstance(read, Phone):
        assert len(read.number) in (10, 11)
        assert read_phone(read.shown) == read
    if isinstance(read, Refused):
        assert isinstance(read_phone(read.example), Phone)


def test_it_takes_no_longer_for_long_texts() -> None:
    begun = process_time()
    for said in ("0", "0 ", "0-", "(0", "(", "+ ", "0912345678 ", "0912345678", "0123 4567890 ", "không có "):
        read_phone((said * LONGEST)[:LONGEST])
    assert process_time() - begun < 5


def test_it_refuses_what_is_too_long_to_be_one() -> None:
    assert read_phone("0" * (LONGEST + 1)) == Refused(Why.TOO_LONG)
