"""What must hold for any figure and any text: what is written comes back, and nothing is taken that was not meant."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.figures import SCALE, plain, scaled, written
from campaigns.measure import MEASURES, Measure, Region, largest
from campaigns.quantities import (
    AskBack,
    Reading,
    Value,
    continues_quantity,
    quantity_end,
    read,
    starts_quantity,
)
from campaigns.quantities.spelling import plain as without_marks
from tests.campaigns.test_quantities import EXAMPLES, Example

HA, CON, DONG, KG, METRE = (MEASURES[key] for key in ("ha", "con", "đồng", "kg", "m"))
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
WORDS = (
    "một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm linh lẻ trăm nghìn ngàn vạn triệu tỷ k tr chục tá rưỡi|"
    "nửa phần phẩy chấm 0 1 2 05 012 100 234 250 1,5 3.5 1.250 1,500 13/19 ha sào công mẫu tấn tạ kg con hộ % đồng m|"
    "m2 không ko chưa có khoảng gần còn thêm - , . / ~ ạ rồi em bác anh tram muoi ta nam tu con 👍 củ được và nhưng"
)
SALAD = WORDS.replace("|", " ").split()
PIECES = (
    "1|1 |100 |1 000 |một |hai mươi |trăm |triệu nghìn trăm |vạn ko |có ha |dạ |ơi, |khoảng |1,|1.|0|o|1/|1-|- |\u0301|"
    "12 ha 3 sào |phẩy không |🙏|84 |\n|k1"
)

amounts = st.integers(0, 10**8 * SCALE)
any_measure = st.sampled_from(list(MEASURES.values()))
any_region = st.sampled_from([None, *Region])
salads = st.tuples(st.sampled_from([" ", ""]), st.lists(st.sampled_from(SALAD), max_size=12)).map(
    lambda parts: parts[0].join(parts[1])
)
spellings: list[Callable[[str], str]] = [
    str,
    str.upper,
    without_marks,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"dạ, được {text} rồi ạ!",
]


def meant(reading: Reading) -> list[int]:
    """The amounts that a reading takes or suggests."""
    match reading:
        case Value():
            return [reading.amount]
        case AskBack():
            return [value.amount for value in reading.suggestions]
        case _:
            return []


def spoken(number: int, and_: str = "linh", thousand: str = "nghìn", four: str = "tư") -> str:
    """A number up to 10¹² in words, as schools teach it."""
    groups: list[str] = []
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, thousand), (1, "")):
        group = number // size % 1000
        if group:
            groups += [_hundreds(group, bool(groups), and_, four), name]
    return " ".join(filter(None, groups))


def _hundreds(group: int, follows: bool, and_: str, four: str) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or follows else []
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
    elif tens == 1:
        words += ["mười"]
    elif ones and words:
        words += [and_]
    if ones:
        special = {1: "mốt" if tens > 1 else "một", 4: four if tens > 1 else "bốn", 5: "lăm" if tens else "năm"}
        words += [special.get(ones, DIGITS[ones])]
    return " ".join(words)


@given(amounts, st.sampled_from(spellings))
def test_it_reads_back_what_the_program_writes(amount: int, spelt: Callable[[str], str]) -> None:
    said = spelt(written(amount))
    reading = read(said, HA)
    if isinstance(reading, AskBack):  # "1,234" may be thousands
        assert len(str(plain(amount)).partition(".")[2]) == 3
    assert amount in meant(reading)


@given(amounts, st.sampled_from(["{} ha", "{}ha", "khoảng {} ha", "~{}", "{} héc ta nhé", "{} hecta"]))
def test_it_reads_back_a_figure_with_its_unit(amount: int, form: str) -> None:
    said = form.format(str(plain(amount)).replace(".", ","))
    reading = read(said, HA)
    assert amount in meant(reading)
    if isinstance(reading, Value):
        assert reading.estimate == said.startswith(("khoảng", "~"))


@settings(max_examples=400)
@given(
    st.one_of(st.integers(1, 9999), st.integers(1, 10**12 - 1)),
    st.sampled_from(["linh", "lẻ"]),
    st.sampled_from(["nghìn", "ngàn"]),
    st.sampled_from(["tư", "bốn"]),
    st.sampled_from(spellings),
)
@example(1_000_005, "linh", "nghìn", "tư", str)
@example(1_000_300, "linh", "nghìn", "tư", str)
def test_it_reads_back_a_number_in_words(
    number: int, and_: str, thousand: str, four: str, spelt: Callable[[str], str]
) -> None:
    said = spelt(spoken(number, and_, thousand, four))
    reading = read(said, DONG)
    assert number * SCALE in meant(reading)
    shortened = number > 10**6 and number % 10**6 and not number // 1000 % 1000  # "một triệu ba trăm": 1,3 million?
    about = spelt is without_marks and said.startswith("tam ")  # "tầm mười"?
    assert isinstance(reading, Value) or shortened or about


@given(st.integers(1, 9_999), st.integers(0, 9), st.sampled_from([("tr", 6), (" triệu ", 6), ("tỷ", 9), (" tỉ ", 9)]))
def test_it_reads_back_millions_with_one_digit_after(count: int, tenth: int, scale: tuple[str, int]) -> None:
    word, zeros = scale
    said = f"{count}{word}{tenth}" if tenth else f"{count}{word}"
    assert read(said, DONG) == Value((count * 10**zeros + tenth * 10 ** (zeros - 1)) * SCALE, DONG, said)


@given(st.integers(0, 900), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_it_adds_up_smaller_units(tonnes: int, quintals: int, tens: int, kilos: int) -> None:
    parts = [f"{n} {unit}" for n, unit in zip((tonnes, quintals), ("tấn", "tạ"), strict=True) if n]
    said = " ".join(parts) or "0"
    assert read(said, KG) == Value((tonnes * 1000 + quintals * 100) * SCALE, KG, said)
    rest = f"{tonnes} tấn {tens * 10 + kilos} kg"
    assert read(rest, KG) == Value((tonnes * 1000 + tens * 10 + kilos) * SCALE, KG, rest)


@given(st.integers(1, 10**6), st.sampled_from(["tấn", "tạ", "yến", "kg"]), st.sampled_from(["tấn", "tạ", "yến", "kg"]))
def test_it_converts_within_a_dimension_without_loss(kilos: int, said_in: str, asked_in: str) -> None:
    said = f"{written(int(kilos * SCALE / MEASURES[said_in].size))} {said_in}"
    wanted = scaled(str(kilos)) / MEASURES[asked_in].size
    assert wanted.denominator == 1
    assert int(wanted) in meant(read(said, MEASURES[asked_in]))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from([" ", ", ", ";", "\n", " và ", "-", " đến "]))
def test_it_never_takes_two_numbers_for_one(first: int, second: int, between: str) -> None:
    assert not isinstance(read(f"{first}{between}{second}", HA), Value)


@given(st.integers(1, 10**6), st.sampled_from(["-", "−", "–", "âm ", "không được ", "giảm ", "chưa đến ", "thiếu "]))
def test_it_never_takes_less_than_nothing_for_something(number: int, before: str) -> None:
    reading = read(f"{before}{number}", HA)
    assert not isinstance(reading, Value)
    assert not meant(reading)


@given(st.integers(0, 10**6), any_measure, any_measure, any_region)
def test_it_takes_no_figure_of_another_dimension(number: int, said_in: Measure, asked: Measure, region: Region) -> None:
    reading = read(f"{number} {said_in.name}", asked, region)
    own = said_in.name.casefold() in (asked.name.casefold(), *asked.words)
    if said_in.dimension is not asked.dimension and not own:
        assert not isinstance(reading, Value)


@given(st.integers(1, 10**6), st.sampled_from(list(Region)))
def test_it_takes_no_sao_where_its_size_is_not_known(number: int, region: Region) -> None:
    assert isinstance(read(f"{number} sào", MEASURES["m2"]), AskBack)
    somewhere = read(f"{number} sào", MEASURES["m2"], region)
    assert isinstance(somewhere, Value) == (region is not Region.SOUTH)


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=400), salads), any_measure, any_region)
def test_it_reads_or_refuses_any_text(said: str, measure: Measure, region: Region | None) -> None:
    reading = read(said, measure, region)
    values = [reading] if isinstance(reading, Value) else reading.suggestions if isinstance(reading, AskBack) else ()
    for value in values:
        assert value.measure == measure
        assert 0 <= value.amount <= largest(measure) * SCALE + 1
        assert value.amount < 2**63
        assert not measure.whole or value.amount % SCALE == 0
    assert starts_quantity(said) in (True, False)
    assert continues_quantity(said) in (True, False)
    assert 0 <= quantity_end(said.split(), 0, measure, region) <= len(said.split())


@settings(max_examples=300)
@given(salads, st.sampled_from([HA, CON, DONG, KG, METRE]), any_region)
def test_it_takes_the_same_whether_composed_or_not_and_in_any_case(said: str, measure: Measure, region: Region) -> None:
    plainly = meant(read(said, measure, region))
    assert meant(read(unicodedata.normalize("NFD", said), measure, region)) == plainly
    assert meant(read(said.upper(), measure, region)) == plainly


@settings(max_examples=300)
@given(salads, st.sampled_from([HA, CON, DONG, KG, METRE]), any_region)
def test_it_takes_no_other_value_without_the_marks(said: str, measure: Measure, region: Region | None) -> None:
    _compare_without_marks(Example(said, measure, region, ""))


@pytest.mark.parametrize("line", EXAMPLES, ids=lambda e: f"{e.said!r} in {e.measure.key} {e.region or ''}")
def test_it_takes_no_other_value_of_the_table_without_the_marks(line: Example) -> None:
    _compare_without_marks(line)


def _compare_without_marks(line: Example) -> None:
    marked = read(line.said, line.measure, line.region)
    bare = read(without_marks(line.said), line.measure, line.region)
    if isinstance(marked, Value) and isinstance(bare, Value):
        assert marked.amount == bare.amount


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_it_reads_any_length_in_bounded_time(piece: str) -> None:
    for length in (10, 299, 300, 301, 100_000):
        said = (piece * length)[:length]
        started = time.process_time()
        read(said, CON, Region.SOUTH)
        starts_quantity(said)
        continues_quantity(said)
        assert time.process_time() - started < 2
