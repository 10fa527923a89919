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
from campaigns.edition import Choices, Moment, Step
from campaigns.proposal import Offer, asked_of, proposed, standard, targets_asked
from campaigns.target import Names, Rhythm, Sort
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
    read_hours(said, WEEKLY.cadences, SORTS)
    read_figures(said, CAMPAIGN, WEEKLY, SORTS)
    read_steps(said, STEPS)
    read_kinds(said, GROUPS, frozenset())


SORTS = (Sort("làng"), Sort("trường", "cum-1"), Sort("cơ quan", "cum-1"))
LANG, TRUONG, CO_QUAN = (one.names for one in SORTS)


def figures(said: str, choices: Choices = WEEKLY) -> Choices | Wrong:
    return read_figures(said, CAMPAIGN, choices, SORTS)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("3 chỉ làng", ("làng",)),
        ("3 làng", ("làng",)),
        ("3 chi lang, co quan", ("làng", "cơ quan")),
        ("3 chỉ làng và cơ quan", ("làng", "cơ quan")),
        ("3 riêng cum 1", ("cum-1",)),
        ("3 làng: mỗi tuần", ("làng",)),
        ("3 làng mỗi tuần: Gieo mấy ha, cả ruộng cạn?", ("làng",)),
        ("hỏi 3 làng, trường mỗi tuần", ("làng", "trường")),
        ("3 trừ trường", ("làng", "cơ quan")),
        ("3 không hỏi trường", ("làng", "cơ quan")),
        ("3 chỉ trường, 3 mọi nơi", None),
        ("3 chỉ trường; 3 tất cả các nơi mỗi tuần", None),
        ("3 chỉ làng; bỏ 3; 3 mỗi tuần", None),
        ("3 chỉ làng; 3 mỗi tuần", ("làng",)),
    ],
)
def test_it_reads_which_units_are_asked(said: str, who: tuple[str, ...] | None) -> None:
    found = figures(said)
    assert not isinstance(found, Wrong), found
    (one,) = targets_asked(found).values()
    assert (one.target, one.who, one.rhythm) == ("gieo-trong", who, Rhythm.WEEK)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("3 chỉ chùa", "no_such_kind"),
        ("3 trừ chùa", "no_such_kind"),
        ("3 chùa", "figures_not_read"),
        ("3 chỉ làng: Gieo mấy ha?", "figures_not_read"),
        ("3 trừ mọi nơi", "no_such_kind"),
        ("3 trừ làng, trường, cơ quan", "nobody_asked"),
        ("7 chỉ làng", "not_asked_yet"),
        ("99 chỉ làng", "no_such_figure"),
        ("14 làng mỗi tuần", "asks_share"),
        ("7 làng mỗi tháng", "too_seldom"),
    ],
)
def test_it_says_why_it_does_not_know_who_is_asked(said: str, reason: str) -> None:
    assert why(figures(said)) == reason


def test_a_kind_is_meant_rather_than_a_cluster_that_sounds_alike() -> None:
    """ "chỉ phòng" left out the offices that were in another cluster than "phong"."""
    offices = (Sort("phòng", "phong"), Sort("phòng", "nganh"), Sort("trường", "phong"))
    found = read_figures("3 chỉ phòng", CAMPAIGN, WEEKLY, offices)
    assert not isinstance(found, Wrong)
    assert [list(asked_of(found, one.names)) for one in offices] == [["gieo-trong"], ["gieo-trong"], []]


def test_it_counts_the_figures_of_each_kind_by_itself() -> None:
    found = figures("7 làng mỗi tuần, 8 làng mỗi tuần, 9 trường mỗi tuần, 13 trường mỗi tuần")
    assert not isinstance(found, Wrong), found
    assert list(asked_of(found, LANG)) == ["gieo-trong", "dan-heo", "dan-bo"]
    assert list(asked_of(found, TRUONG)) == ["gieo-trong", "dan-trau", "ho-ngheo"]
    assert list(asked_of(found, CO_QUAN)) == ["gieo-trong"]
    assert why(figures("9 làng mỗi tuần", found)) == "too_many_figures"
    assert why(figures("7 trường mỗi tuần; 8 cum 1 mỗi tuần; 9 trường mỗi tuần")) == "too_many_figures"


@given(st.lists(st.sampled_from(["3 chỉ làng", "3 trừ trường", "3 mọi nơi", "bỏ 3", "3 mỗi tuần", "7 trường tuần"])))
def test_what_was_said_last_of_a_figure_holds(said: list[str]) -> None:
    """Whatever was said before it, saying it again undoes it."""
    choices = WEEKLY
    for words in said:
        found = figures(words, choices)
        choices = choices if isinstance(found, Wrong) else found
    again = figures("bỏ 3; bỏ 7; 3 mỗi tuần", choices)
    assert not isinstance(again, Wrong)
    assert [asked_of(again, names).keys() for names in (LANG, TRUONG, CO_QUAN)] == [{"gieo-trong"}] * 3


def test_some_kinds_report_more_seldom_than_others() -> None:
    (week,) = WEEKLY.cadences
    found = read_hours("trường, cơ quan mỗi tháng", [week], SORTS)
    assert not isinstance(found, Wrong)
    assert [(one.kind, [one.concerns(names) for names in (LANG, TRUONG, CO_QUAN)]) for one in found] == [
        (CadenceKind.WEEK, [True, False, False]),
        (CadenceKind.MONTH, [False, True, True]),
    ]
    sooner = read_hours("2 đợi 17:00 sau 3 ngày", found, SORTS)
    assert not isinstance(sooner, Wrong)
    assert (sooner[0], sooner[1].due) == (found[0], Moment(3, time(17)))
    assert read_hours("mọi nơi hằng tuần", found, SORTS) == (week,)
    assert read_hours("cum 1 mỗi tuần; mọi nơi mỗi tuần", found, SORTS) == (week,)


@given(st.lists(st.tuples(st.sampled_from(["làng", "trường", "cơ quan", "cum 1"]), st.sampled_from(["tuần", "tháng"]))))
def test_everybody_always_reports_in_exactly_one_way(said: list[tuple[str, str]]) -> None:
    cadences = WEEKLY.cadences
    for who, often in said:
        found = read_hours(f"{who} mỗi {often}", cadences, SORTS)
        assert not isinstance(found, Wrong)
        cadences = found
    assert [sum(one.concerns(names) for one in cadences) for names in (LANG, TRUONG, CO_QUAN)] == [1, 1, 1]
    newcomers = sum(one.concerns(Names({"chợ"})) for one in cadences)
    assert newcomers == 1 or all(one.who is not None for one in cadences)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("chùa mỗi tháng", "no_such_kind"),
        ("trường hết mỗi đợt", "no_waves"),
        ("mỗi tháng", "hours_not_read"),
        ("trường, làng", "hours_not_read"),
    ],
)
def test_it_says_why_it_does_not_know_how_often(said: str, reason: str) -> None:
    assert why(read_hours(said, WEEKLY.cadences, SORTS)) == reason
