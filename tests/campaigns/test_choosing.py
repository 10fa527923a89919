"""An officer's choices in an officer's words: taken as meant, or refused with a reason; never guessed."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.campaign import CadenceKind
from campaigns.choosing import (
    Group,
    read_end,
    read_figures,
    read_hours,
    read_kinds,
    read_start,
    read_steps,
    read_waves,
)
from campaigns.edition import Moment, Step
from campaigns.proposal import Offer, proposed, standard, targets_asked
from campaigns.target import Rhythm
from campaigns.wrong import Wrong
from tests.stage import LO_KU, files_of

TODAY = date(2022, 4, 20)
START, END = date(2022, 4, 29), date(2022, 6, 2)
CAMPAIGN, REHEARSAL = files_of(LO_KU)
WEEKLY = proposed(Offer(CAMPAIGN, REHEARSAL.choices), START, END, [CadenceKind.WEEK], ())


def why(found: object) -> str:
    assert isinstance(found, Wrong)
    return found.why


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("29/4", ["2022-04-29"]),
        ("ngày 29 tháng 4 năm 2022", ["2022-04-29"]),
        ("thứ sáu 29/4", ["2022-04-29"]),
        ("29/4 đến 2/6", ["2022-04-29", "2022-06-02"]),
        ("từ 1/5 đến hết tháng 8", ["2022-05-01", "2022-08-31"]),
        ("31/4", "no_day"),
        ("hôm nào đó", "no_day"),
        ("mùng 6 Tết", "no_day"),
        ("ngày 12", "which_day"),
        ("1/1/2080", "far"),
        ("2/6/2021 đến 2/7/2021", "past"),
        ("", "no_day"),
        ("1 " * 3000, "no_day"),
    ],
)
def test_it_reads_the_first_day(said: str, kept: object) -> None:
    found = read_start(said, TODAY)
    assert found == kept if isinstance(kept, list) else why(found) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2/6", "2022-06-02"),
        ("hết tháng 6", "2022-06-30"),
        ("trước 2/6", "2022-06-01"),
        ("20/11", "2022-11-20"),
        ("29/4", "2022-04-29"),
        ("28/4", Wrong("before_start", "2/6/2022", "29/4/2022")),
        ("2/6/2032", Wrong("far", "29/4/2022")),
        ("khi nào xong", Wrong("no_day", "29/4/2022")),
    ],
)
def test_it_reads_the_last_day(said: str, kept: object) -> None:
    assert read_end(said, TODAY, START) == kept


def test_it_takes_no_last_day_that_is_past() -> None:
    assert why(read_end("30/4", date(2022, 5, 20), START)) == "past"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("15/5", ["2022-05-15", "2022-06-02"]),
        ("15/5, 2/6", ["2022-05-15", "2022-06-02"]),
        ("2/6", ["2022-06-02"]),
        ("20/5, 15/5", "waves_out_of_order"),
        ("15/5, 15/6", "waves_out_of_order"),
        ("15/5, hai", "no_day"),
    ],
)
def test_it_reads_where_waves_end(said: str, kept: object) -> None:
    found = read_waves(said, TODAY, START, END)
    assert found == kept if isinstance(kept, list) else why(found) == kept


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("đợi 10:00 thứ Sáu", {"due": Moment(1, time(10))}),
        ("doi tin den 10h thu 6", {"due": Moment(1, time(10))}),
        ("đợi 17 giờ", {"due": Moment(1, time(17))}),
        ("chốt 8h30 thứ bảy", {"close": Moment(2, time(8, 30))}),
        ("chốt thứ Năm", {"close": Moment(7, time(10))}),
        ("hỏi 6:00 thứ Năm", {"ask": Moment(0, time(6))}),
        ("hỏi 18:30 thứ Tư", {"ask": Moment(-1, time(18, 30))}),
        ("gửi lên 16:00 thứ Sáu", {"due": Moment(1, time(10)), "close": Moment(1, time(14))}),
        ("tuần từ thứ Hai", {"begins": 0}),
        ("đợi 10:00; chốt 14:00 thứ Sáu", {"due": Moment(1, time(10)), "close": Moment(1, time(14))}),
        ("chốt 9:00 thứ Sáu", "out_of_order"),
        ("hỏi 23:00 thứ Sáu", "out_of_order"),
        ("đợi 25:00", "hours_not_read"),
        ("đợi 16:00 thứ tám", "hours_not_read"),
        ("đợi", "hours_not_read"),
        ("lúc nào cũng được", "hours_not_read"),
        ("2 đợi 10:00", "which_cadence"),
    ],
)
def test_it_reads_the_hours_of_a_week(said: str, changed: dict[str, Any] | str) -> None:
    found = read_hours(said, WEEKLY.cadences)
    if isinstance(changed, str):
        assert why(found) == changed
    else:
        assert found == (replace(WEEKLY.cadences[0], **changed),)


def test_it_reads_hours_of_longer_periods_by_days() -> None:
    month = standard(CadenceKind.MONTH)
    assert read_hours("đợi 17:00 ngày 7", [month]) == (replace(month, due=Moment(7, time(17))),)
    assert read_hours("hỏi hôm sau 6:00", [month]) == (replace(month, ask=Moment(1, time(6))),)
    assert why(read_hours("đợi 17:00 thứ Sáu", [month])) == "hours_not_read"
    assert why(read_hours("đợi 17:00 sau 90 ngày", [month])) == "hours_not_read"


def test_it_changes_the_one_of_several_periods_that_is_numbered() -> None:
    both = (standard(CadenceKind.QUARTER), standard(CadenceKind.WAVE, 1))
    assert read_hours("2 chốt 9:00", both) == (both[0], replace(both[1], close=Moment(17, time(9))))
    assert why(read_hours("chốt 9:00", both)) == "which_cadence"


def asked(found: object) -> list[str]:
    assert not isinstance(found, Wrong)
    return list(targets_asked(found))  # type: ignore[arg-type]


def test_it_proposes_what_fits_and_what_moves_in_time() -> None:
    assert asked(WEEKLY) == ["gieo-trong"]
    monthly = proposed(Offer(CAMPAIGN, REHEARSAL.choices), START, date(2022, 8, 31), [CadenceKind.MONTH], ())
    assert asked(monthly) == ["gieo-trong", "trong-rung", "dan-heo"]


def test_it_proposes_to_ask_nothing_where_nobody_thought_of_it() -> None:
    bare = proposed(Offer(CAMPAIGN), START, END, [CadenceKind.WEEK], ())
    assert asked(bare) == []
    assert len(bare.askings) == 27
    found = read_figures("3 mỗi tuần: Gieo được mấy ha?", CAMPAIGN, bare)
    assert not isinstance(found, Wrong)
    (one,) = targets_asked(found).values()
    assert (one.asked, one.measure, one.rhythm) == ("Gieo được mấy ha?", "ha", Rhythm.WEEK)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("bỏ 3", []),
        ("3 xã giữ", []),
        ("7 mỗi tuần", ["gieo-trong", "dan-heo"]),
        ("7 tuần, 8 tuần", ["gieo-trong", "dan-heo", "dan-bo"]),
        ("bỏ 3; 7 mỗi tuần: Heo, bò mấy con?", ["dan-heo"]),
        ("13 mỗi tuần", ["gieo-trong", "ho-ngheo"]),
        ("7 tuần, 8 tuần, 9 tuần", "too_many_figures"),
        ("7 mỗi tháng", "too_seldom"),
        ("14 mỗi tuần", "asks_share"),
        ("25 mỗi tuần", "no_measure"),
        ("0 mỗi tuần", "no_such_figure"),
        ("bỏ 99", "no_such_figure"),
        ("heo", "figures_not_read"),
        ("bỏ", "figures_not_read"),
    ],
)
def test_it_reads_who_is_asked_for_what(said: str, kept: list[str] | str) -> None:
    found = read_figures(said, CAMPAIGN, WEEKLY)
    assert asked(found) == kept if isinstance(kept, list) else why(found) == kept


STEPS = REHEARSAL.choices.reminders


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("bỏ 1", STEPS[1:]),
        ("bỏ 1 3", (STEPS[1], STEPS[3])),
        ("không nhắc", ()),
        ("bỏ 1, thêm 1 ngày trước 18:30", (Step("days-1-1830", -1, time(18, 30)), *STEPS[1:])),
        ("bỏ 4, thêm 3 giờ trước", (*STEPS[:3], Step("hours-3", hours=-3))),
        ("bỏ 2, thêm ngày hẹn 5:30", (STEPS[0], STEPS[2], Step("days+0-0530", 0, time(5, 30)), STEPS[3])),
        ("thêm 1 ngày trước 18:30", "too_many_steps"),
        ("thêm 2 giờ trước", STEPS),
        ("bỏ 9", "no_such_step"),
        ("thêm 1 ngày trước", "steps_not_read"),
        ("thêm 90 ngày trước 6:00", "steps_not_read"),
        ("thôi nhé", "steps_not_read"),
    ],
)
def test_it_reads_when_who_is_reminded(said: str, kept: tuple[Step, ...] | str) -> None:
    found = read_steps(said, STEPS)
    if isinstance(kept, str):
        assert why(found) == kept
    else:
        assert not isinstance(found, Wrong)
        assert [(s.days, s.hours, s.at) for s in found] == [(s.days, s.hours, s.at) for s in kept]


GROUPS = [Group("làng", allied=False), Group("trường", allied=False), Group("Mặt trận", allied=True)]


def test_it_reads_which_kinds_take_part() -> None:
    without = read_kinds("bỏ 2", GROUPS, frozenset())
    assert without == frozenset({GROUPS[1]})
    assert read_kinds("thêm 2", GROUPS, frozenset({GROUPS[1]})) == frozenset()
    assert why(read_kinds("bỏ 1 2", GROUPS, frozenset())) == "nobody_left"
    assert why(read_kinds("bỏ 4", GROUPS, frozenset())) == "kinds_not_read"
    assert why(read_kinds("bỏ làng", GROUPS, frozenset())) == "kinds_not_read"


@given(st.text(alphabet="bỏthêmđợichốt 0123456789:,;giờngàyuầsáư.\n", max_size=40))
def test_it_raises_nothing_whatever_is_typed(said: str) -> None:
    read_start(said, TODAY)
    read_end(said, TODAY, START)
    read_waves(said, TODAY, START, END)
    read_hours(said, WEEKLY.cadences)
    read_figures(said, CAMPAIGN, WEEKLY)
    read_steps(said, STEPS)
    read_kinds(said, GROUPS, frozenset())
