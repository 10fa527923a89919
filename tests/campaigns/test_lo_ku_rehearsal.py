"""The rehearsal of Lơ Ku asks no village for what it cannot know, and everything in it is invented."""

import re
from collections import Counter

import pytest

from campaigns.calendar import periods
from campaigns.campaign import Campaign
from campaigns.figures import written
from campaigns.measure import MEASURES
from campaigns.rehearsal import Rehearsal, RehearsalPerson, RehearsalUnit, Way
from campaigns.sums import allocations_that_do_not_add_up
from campaigns.target import Asking, Holder, Rhythm
from config.campaign_file import load_campaign
from config.rehearsal_file import load_rehearsal
from tests.needs import ROOT

FILE = ROOT / "config" / "rehearsal" / "lo-ku-2022.yaml"
TEXT = FILE.read_text("utf-8")
NOT_SAID_TO_HEADS = (
    *("hệ thống", "vui lòng", "thành công", "xác nhận", "lũy kế", "kỳ báo cáo", "trạng thái", "trả lại", "quá hạn"),
    *("vi phạm", "bắt buộc", "không hợp lệ", "bạn", "lỗi", "sai cú pháp", "phần trăm", "tỷ lệ"),
)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(ROOT / "config" / "campaigns" / "lo-ku-2022.yaml")


@pytest.fixture(scope="module")
def rehearsal(campaign: Campaign) -> Rehearsal:
    return load_rehearsal(FILE, campaign)


def _weekly(rehearsal: Rehearsal) -> list[Asking]:
    askings = rehearsal.choices.askings
    return [a for a in askings if a.holder is Holder.UNIT and a.rhythm is Rhythm.WEEK]


def _people(rehearsal: Rehearsal) -> list[RehearsalPerson]:
    return [rehearsal.officer, rehearsal.chairman, *(village.head for village in rehearsal.units)]


def _asked_of_heads(rehearsal: Rehearsal) -> list[str]:
    of_works = [work.asked for village in rehearsal.units for work in village.undertakings]
    return of_works + [asking.asked for asking in rehearsal.choices.askings if asking.asked]


def test_it_asks_2_weekly_7_monthly_4_by_season_5_yearly_and_9_never(rehearsal: Rehearsal) -> None:
    assert Counter(asking.rhythm for asking in rehearsal.choices.askings) == {
        Rhythm.WEEK: 2,
        Rhythm.MONTH: 7,
        Rhythm.SEASON: 4,
        Rhythm.YEAR: 5,
        Rhythm.NEVER: 9,
    }


def test_it_says_of_every_target_who_holds_it(rehearsal: Rehearsal, campaign: Campaign) -> None:
    held = [asking.target for asking in rehearsal.choices.askings]
    assert sorted(held) == sorted(target.key for target in campaign.targets)


def test_it_never_asks_a_village_for_what_stands_in_registers(rehearsal: Rehearsal) -> None:
    never = {a.target for a in rehearsal.choices.askings if a.rhythm is Rhythm.NEVER}
    assert never == {
        *("luong-thuc-dau-nguoi", "thu-nhap", "cap-giay-dat", "thu-ngan-sach", "tang-dan-so", "suy-dinh-duong"),
        *("nong-thon-moi", "chuan-quoc-gia", "giao-quan"),
    }
    assert not [a for a in rehearsal.choices.askings if a.rhythm is Rhythm.NEVER and (a.asked or a.measure)]
    assert not [a for a in rehearsal.choices.askings if a.rhythm is Rhythm.NEVER and a.holder is Holder.UNIT]


def test_it_asks_for_security_in_words_only(rehearsal: Rehearsal) -> None:
    assert [(a.target, a.measure, a.kind) for a in _weekly(rehearsal) if a.target == "an-ninh"] == [
        ("an-ninh", None, None)
    ]


def test_it_asks_for_sowing_within_its_season_all_five_weeks(rehearsal: Rehearsal) -> None:
    (sowing,) = [asking for asking in _weekly(rehearsal) if asking.measure]
    assert sowing.target == "gieo-trong"
    assert sowing.season is not None
    found = periods(rehearsal.choices, rehearsal.choices.cadences[0])
    assert [period.number for period in found] == [18, 19, 20, 21, 22]
    assert [period.days for period in found] == [7] * 5
    assert all(sowing.season[0] <= period.start and period.end <= sowing.season[1] for period in found)


def test_it_asks_at_most_three_figures_a_week(rehearsal: Rehearsal) -> None:
    figures = [asking for asking in _weekly(rehearsal) if asking.measure]
    for village in rehearsal.units:
        assert 1 <= len(village.undertakings) <= 2
        assert len(village.undertakings) + len(figures) <= rehearsal.choices.figures_at_most == 3


def test_it_has_the_last_value_and_the_goal_of_every_weekly_figure_in_sight(rehearsal: Rehearsal) -> None:
    for village in rehearsal.units:
        known = {baseline.item: baseline for baseline in village.baselines}
        weekly = [*(work.key for work in village.undertakings), "gieo-trong"]
        assert list(known) == weekly
        for baseline in known.values():
            assert baseline.amount is not None
            assert baseline.goal is not None
            assert 0 <= baseline.amount < baseline.goal


def test_it_shares_out_the_sowing_of_the_whole_commune(rehearsal: Rehearsal, campaign: Campaign) -> None:
    assert allocations_that_do_not_add_up(campaign, rehearsal.units) == ()
    shares = [b.goal or 0 for village in rehearsal.units for b in village.baselines if b.item == "gieo-trong"]
    assert written(sum(shares)) == "3.994"


def test_it_counts_villages_as_the_plan_does(rehearsal: Rehearsal, campaign: Campaign) -> None:
    assert len(rehearsal.units) == campaign.unit_counts[0].count == 9
    assert len({village.key for village in rehearsal.units}) == 9
    assert {village.kind for village in rehearsal.units} == {"làng", "thôn"}


def test_it_gives_nobody_a_real_telephone_number(rehearsal: Rehearsal) -> None:
    phones = [person.phone for person in _people(rehearsal)]
    assert all(re.fullmatch(r"0905 000 1\d\d", phone) for phone in phones)
    assert len(set(phones)) == len(phones) == 11


def test_it_says_that_everything_is_invented(rehearsal: Rehearsal, campaign: Campaign) -> None:
    assert "bịa" in TEXT.split("campaign:")[0]
    assert campaign.plan.signer is not None
    assert campaign.plan.signer.name not in [person.name for person in _people(rehearsal)]


def test_it_keeps_the_letters_of_names(rehearsal: Rehearsal) -> None:
    names = " ".join([village.name for village in rehearsal.units] + [p.name for p in _people(rehearsal)])
    assert all(letter in names for letter in ("ĕ", "ŏ", "ơ̆", "Ñ", "ñ", "Č", "ư"))


def test_it_greets_with_a_part_of_the_name(rehearsal: Rehearsal) -> None:
    for person in _people(rehearsal):
        assert person.name.endswith(person.called)
        assert person.name != person.called


def test_it_has_one_head_who_is_only_reached_by_telephone(rehearsal: Rehearsal) -> None:
    assert [village.name for village in rehearsal.units if village.head.way is Way.PHONE] == ["Mơ Hra"]


def test_it_speaks_to_heads_in_plain_short_questions(rehearsal: Rehearsal) -> None:
    for question in _asked_of_heads(rehearsal):
        assert question.endswith("?")
        assert len(question.split()) <= 18
        assert not [word for word in NOT_SAID_TO_HEADS if re.search(rf"\b{word}\b", question.lower())]


def test_it_never_asks_a_village_for_a_percentage(rehearsal: Rehearsal) -> None:
    measures = [work.measure for village in rehearsal.units for work in village.undertakings]
    measures += [a.measure for a in rehearsal.choices.askings if a.holder is Holder.UNIT and a.measure]
    assert "%" not in measures
    assert set(measures) <= MEASURES.keys()


def test_it_names_no_two_figures_of_one_form_alike(rehearsal: Rehearsal) -> None:
    for village in rehearsal.units:
        names = [name for words in _names(village, rehearsal) for name in words]
        assert len(set(names)) == len(names)


def _names(village: RehearsalUnit, rehearsal: Rehearsal) -> list[set[str]]:
    figures = [asking for asking in _weekly(rehearsal) if asking.measure]
    called = [(work.label, work.words) for work in village.undertakings]
    called += [(figure.label, figure.words) for figure in figures]
    return [{label, *words} for label, words in called]
