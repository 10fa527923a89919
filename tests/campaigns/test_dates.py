"""Days as people write them: a table of examples with their near neighbours, round trips, and any text at all."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigns.dates import LONGEST, AskBack, Day, Limit, Nothing, Reading, Refused, Why, read_date
from campaigns.quantities.spelling import plain

TODAY = date(2022, 5, 10)
TABLE = yaml.safe_load((Path(__file__).parent / "dates.yaml").read_text("utf-8"))
EXAMPLES = [tuple(example) for group in TABLE.values() for example in group]


def spelled(reading: Reading) -> str:
    """A reading as the table writes it."""
    match reading:
        case Day():
            return f"= {_day(reading)}"
        case AskBack():
            return f"? {reading.why} {_day(reading.suggestions[0]) if reading.suggestions else ''}".strip()
        case Refused():
            return f"! {reading.why}"
        case Nothing():
            return "nothing"


def _day(day: Day) -> str:
    span = f"{day.start}" if day.start == day.end else f"{day.start}..{day.end}"
    return span if day.limit is Limit.ON else f"{span} {day.limit}"


def test_it_has_many_examples_each_once() -> None:
    assert len(EXAMPLES) >= 120
    assert len({said for said, _ in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize(("said", "meant"), EXAMPLES)
def test_it_reads_days_as_people_write_them(said: str, meant: str) -> None:
    read = spelled(read_date(said, TODAY))
    assert read == meant or (meant in ("? year", "? vague") and read.startswith(meant))


def test_it_counts_a_day_out_where_it_is_before() -> None:
    before, by = read_date("trước ngày 15/02/2020", TODAY), read_date("đến hết ngày 15/02/2020", TODAY)
    assert isinstance(before, Day)
    assert isinstance(by, Day)
    assert (before.last, by.last) == (date(2020, 2, 14), date(2020, 2, 15))


WAYS: list[Callable[[date], str]] = [
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"ngày {day:%d} tháng {day.month} năm {day.year}",
    lambda day: f"{day.day} tháng {day.month}, năm {day.year}",
    lambda day: f"dạ ngày {day.day}/{day.month}/{day.year} ạ",
    lambda day: plain(f"ngày {day:%d} tháng {day.month} năm {day.year}"),
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%d/%m/%Y}".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789/"}),
    lambda day: f"NGÀY {day.day} THÁNG {day.month} NĂM {day.year}",
]
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # a year further off is read as a slip
any_day = st.dates(FIRST, LAST)


@given(day=any_day, way=st.sampled_from(WAYS), today=any_day)
def test_it_reads_back_any_day_however_it_is_written(day: date, way: Callable[[date], str], today: date) -> None:
    assert read_date(way(day), today) == Day(day, day)


@given(day=any_day, today=any_day)
def test_it_never_takes_a_far_year_for_one_that_was_left_out(day: date, today: date) -> None:
    read = read_date(f"{day.day}/{day.month}", today)
    if isinstance(read, Day):
        assert abs((read.start - today).days) <= 150
        assert (read.start.day, read.start.month) == (day.day, day.month)
    else:
        assert isinstance(read, AskBack)
        assert all((one.start.day, one.start.month) == (day.day, day.month) for one in read.suggestions)


@given(one=any_day, other=any_day, joint=st.sampled_from([" đến ", " - ", " đến hết ngày "]))
def test_it_reads_back_any_span(one: date, other: date, joint: str) -> None:
    start, end = sorted((one, other))
    said = f"từ {start:%d/%m/%Y}{joint}{end:%d/%m/%Y}"
    read = read_date(said, TODAY)
    assert read == Day(start, end)


@given(today=any_day, month=st.integers(1, 12), part=st.sampled_from(["đầu", "giữa", "cuối", "hết"]))
def test_it_ends_with_the_month_and_asks_about_its_beginning_and_middle(today: date, month: int, part: str) -> None:
    read = read_date(f"{part} tháng {month}/{today.year}", today)
    if part in ("đầu", "giữa"):
        assert isinstance(read, AskBack)
        assert read.why is Why.VAGUE
    else:
        assert isinstance(read, Day)
        assert (read.last.month, (read.last + timedelta(days=1)).day, read.limit) == (month, 1, Limit.BY)


@given(start=st.dates(FIRST, LAST - timedelta(days=300)), length=st.integers(1, 300), today=any_day)
def test_it_never_stretches_a_span_whose_year_is_said_once(start: date, length: int, today: date) -> None:
    end = start + timedelta(days=length)
    in_front = read_date(f"từ {start.day}/{start.month} đến {end:%d/%m/%Y}", today)
    behind = read_date(f"từ {start:%d/%m/%Y} đến {end.day}/{end.month}", today)
    assert in_front == behind == Day(start, end)


def test_it_keeps_what_was_said() -> None:
    taken, asked = read_date("Trước ngày 25/5 ạ", TODAY), read_date("4/25", TODAY)
    assert isinstance(taken, Day)
    assert isinstance(asked, AskBack)
    assert (taken.said, asked.suggestions[0].said) == ("Trước ngày 25/5 ạ", "4/25")


PIECES = "25|4|/|-|.|2022|tháng|ngày|năm|quý|ii|trước|đến|hết|từ|mùng|tết|hôm|nay|thứ|6|tuần|sau|,|ha|ạ|29/2|31|13|👍"
salads = st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map(" ".join) | st.text(max_size=60)


@given(said=salads, today=any_day)
def test_it_answers_any_text(said: str, today: date) -> None:
    read = read_date(said, today)
    if isinstance(read, Day):
        assert read.start <= read.end
    if isinstance(read, Refused):
        assert isinstance(read_date(read.example, today), Day)


def test_it_takes_no_longer_for_long_texts() -> None:
    begun = process_time()
    for said in ("25/4 ", "1/", "ngày ", "tháng 1", " ", "hạn ", "1 đến ", "hai mươi ", "(không có) ", "thứ 2 tuần "):
        for end in ("", "/", "x", "25/4"):
            read_date((said * LONGEST)[: LONGEST - len(end)] + end, TODAY)
    assert process_time() - begun < 5
    assert read_date("1" * (LONGEST + 1), TODAY) == Refused(Why.TOO_LONG)
