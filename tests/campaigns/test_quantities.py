"""Reads figures as people type them; the examples stand in quantities.yaml beside their neighbours."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from campaigns.figures import SCALE, scaled, written
from campaigns.measure import MEASURES, Dimension, Measure, Region, ratios
from campaigns.quantities import (
    AskBack,
    Nothing,
    Reading,
    Refused,
    Value,
    Why,
    continues_quantity,
    quantity_end,
    read,
    starts_quantity,
)
from campaigns.quantities.spelling import plain


class Example(NamedTuple):
    """One line of the table."""

    said: str
    measure: Measure
    region: Region | None
    expected: str


def examples() -> list[Example]:
    """All lines of the table, with the measure and the region of their block."""
    blocks = yaml.safe_load(Path(__file__).with_name("quantities.yaml").read_text(encoding="utf-8"))
    return [
        Example(said, MEASURES[block["measure"]], Region(block["region"]) if "region" in block else None, expected)
        for block in blocks
        for said, expected in block["cases"]
    ]


def shown(reading: Reading) -> str:
    """A reading as the table writes it."""
    match reading:
        case Value():
            return f"{'~' if reading.estimate else '='} {written(reading.amount)}"
        case AskBack():
            return f"? {reading.why} {' | '.join(written(value.amount) for value in reading.suggestions)}".rstrip()
        case Refused():
            return f"x {reading.why}"
        case Nothing():
            return "nothing"


EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.said!r} in {e.measure.key} {e.region or ''}")
def test_it_reads_as_the_table_says(example: Example) -> None:
    assert shown(read(example.said, example.measure, example.region)) == example.expected


def test_it_has_a_table_that_is_large_and_says_nothing_twice() -> None:
    asked = [example[:3] for example in EXAMPLES]
    assert len(asked) >= 250
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_it_reads_every_measure_by_its_own_name(measure: Measure) -> None:
    for name in (measure.name, measure.name.upper(), plain(measure.name), *measure.words):
        assert read(f"12 {name}", measure) == Value(12 * SCALE, measure, f"12 {name}")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_it_gives_an_example_that_it_reads_itself(measure: Measure) -> None:
    refused = read("?", measure)
    assert isinstance(refused, Refused)
    assert isinstance(read(refused.example, measure), Value)


def test_it_reads_a_measure_that_an_officer_made() -> None:
    stoves = Measure("bếp", "bếp đun cải tiến", Dimension.COUNT, whole=True, words=("bếp",))
    for said in ("12", "12 bếp", "12 bep dun cai tien"):
        assert read(said, stoves) == Value(12 * SCALE, stoves, said)
    assert shown(read("12 hộ", stoves)) == "x other_measure"


def test_it_keeps_the_words_as_typed() -> None:
    value = read("  Khoảng 12,5 HA ạ ", MEASURES["ha"])
    assert value == Value(scaled("12.5"), MEASURES["ha"], "  Khoảng 12,5 HA ạ ", estimate=True)


def test_it_keeps_the_guess_in_a_suggestion() -> None:
    asked = read("khoảng 12.5", MEASURES["ha"])
    assert isinstance(asked, AskBack)
    assert [value.estimate for value in asked.suggestions] == [True]


def test_it_refuses_what_is_too_long_at_once() -> None:
    assert shown(read("12 " * 40_000, MEASURES["ha"])) == "x too_long"
    assert shown(read("1" * 100_000, MEASURES["đồng"])) == "x too_long"


@pytest.mark.parametrize(
    ("said", "asked", "region", "expected"),
    [
        ("tấn", "kg", None, ["1.000"]),
        ("sào", "m2", Region.NORTH, ["360"]),
        ("sào", "m2", Region.SOUTH, ["1.000", "1.296"]),
        ("sào", "m2", None, ["360", "500", "1.000", "1.296"]),
        ("mẫu", "sào", Region.CENTRE, ["10"]),
        ("sào", "sào", None, ["1"]),
        ("kg", "ha", None, []),
        ("hộ", "người", None, []),
    ],
)
def test_it_knows_how_much_one_measure_is_of_another(
    said: str, asked: str, region: Region | None, expected: list[str]
) -> None:
    assert [written(scaled(str(ratio))) for ratio in ratios(MEASURES[said], MEASURES[asked], region)] == expected


@pytest.mark.parametrize("token", ["43", "12,5", "12,5ha", "1.", "~40", "trăm", "hai", "ba,", "BỐN", "nửa", "muoi"])
def test_it_knows_what_starts_a_quantity(token: str) -> None:
    assert starts_quantity(token)


@pytest.mark.parametrize("token", ["không", "ha", "con", "bà", "rưỡi", "xe", "-", "", "ạ", "khoảng", "tạ", "vẫn"])
def test_it_knows_what_does_not_start_a_quantity(token: str) -> None:
    assert not starts_quantity(token)


@pytest.mark.parametrize(
    "token", ["ha", "ha,", "tấn", "rưỡi", "ruoi", "mươi", "triệu", "linh", "người", "%", "m2", "phẩy"]
)
def test_it_knows_what_continues_a_quantity(token: str) -> None:
    assert continues_quantity(token)


@pytest.mark.parametrize("token", ["150", "không", "", "xin", "-", "đá", "rồi"])
def test_it_knows_what_does_not_continue_a_quantity(token: str) -> None:
    assert not continues_quantity(token)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("43 150 không", 1),
        ("12,5 ha 150", 2),
        ("2 tấn rưỡi 150", 3),
        ("2 tấn 3 tạ 150", 4),
        ("khoảng 40 150", 2),
        ("trăm rưỡi không", 2),
        ("12,5 ha rồi ạ xin 2 xe đá", 4),
        ("43 ha 5", 2),
        ("xin 2 xe đá", 0),
        ("không 2", 0),
        ("", 0),
    ],
)
def test_it_knows_where_a_quantity_ends_among_answers(said: str, end: int) -> None:
    asked = MEASURES["tấn" if "tấn" in said else "ha"]
    assert quantity_end(said.split(), 0, asked) == end


def test_it_names_every_reason_that_may_be_given() -> None:
    given = {example.expected.split()[1] for example in EXAMPLES if example.expected[0] in "?x"}
    assert given == set(Why) - {Why.TOO_LONG}
