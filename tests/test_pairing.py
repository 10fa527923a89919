"""One person on two channels: a code from the one joins the other; what is sent goes to where they wrote last, once."""

import re
from random import Random

import pytest

from campaigns.invitation import new_code
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, LO_KU, opened
from tests.two_channels import PAGE, TwoChannels


@pytest.fixture
def stage(copies: Copies) -> TwoChannels:
    """Hyưh is in, with the counted bot."""
    stage = TwoChannels(copies.copy("sqlite"), copies.invited[LO_KU], "bare")
    stage.joins("Hyưh", "Hà")
    return stage


def code(stage: TwoChannels, name: str = "Hyưh") -> str:
    """The code that somebody asks for."""
    found = re.search(r"\d{4} \d{4}", stage.says(name, "mã nối")[-1])
    assert found
    return found.group()


def test_it_knows_somebody_on_a_second_channel_by_a_code(stage: TwoChannels) -> None:
    (welcomed,) = stage.says_on_page("cửa sổ", code(stage))
    assert "Chào bác Hyưh, xã nhận ra bác ở đây rồi" in welcomed
    assert "Bác Hyưh vừa nối thêm một kênh nữa" in stage.screen("Hyưh")[-1]
    assert "BÁO CÁO" in stage.says_on_page("cửa sổ", "giúp")[-1]


def test_it_takes_a_code_once_and_for_ten_minutes_and_only_the_newest(stage: TwoChannels) -> None:
    first, second = code(stage), code(stage)
    assert "chưa dùng được" in stage.says_on_page("a", first)[-1]
    assert "nhận ra bác" in stage.says_on_page("b", second)[-1]
    assert "chưa dùng được" in stage.says_on_page("c", second)[-1]
    late = code(stage)
    stage.passes(minutes=11)
    assert "chưa dùng được" in stage.says_on_page("d", late)[-1]


def test_it_lets_nobody_guess_codes(stage: TwoChannels) -> None:
    right = code(stage)
    for seed in range(5):
        assert "chưa dùng được" in stage.says_on_page("kẻ lạ", new_code(Random(1_000 + seed)))[-1]
    assert "nhiều lần quá" in stage.says_on_page("kẻ lạ", right)[-1]


def test_it_gives_no_code_to_strangers(stage: TwoChannels) -> None:
    assert "mã tám số trong giấy mời" in stage.says("Người lạ", "mã nối")[-1]


@pytest.mark.parametrize("last", ["Hyưh", "cửa sổ"])
def test_it_reminds_where_somebody_wrote_last_and_only_there(stage: TwoChannels, last: str) -> None:
    stage.says_on_page("cửa sổ", code(stage))
    stage.passes(minutes=1)
    if last == "Hyưh":
        stage.says("Hyưh", "giúp")
    else:
        stage.says_on_page("cửa sổ", "giúp")
    bare, page = len(stage.screen("Hyưh")), len(stage.page.screen("cửa sổ"))
    for moment in ("5/5 18:30", "6/5 6:00", "6/5 12:00"):
        stage.at(moment)
    told = (len(stage.screen("Hyưh")) - bare, len(stage.page.screen("cửa sổ")) - page)
    assert told == ((2, 0) if last == "Hyưh" else (0, 2)), "one form, one reminder"


def test_it_counts_a_report_once_whichever_channel_it_came_by(stage: TwoChannels) -> None:
    stage.says_on_page("cửa sổ", code(stage))
    stage.passes(minutes=1)
    stage.says_on_page("cửa sổ", "giúp")
    stage.at("5/5 18:30")
    stage.says_on_page("cửa sổ", "150 43 không")
    stage.says_on_page("cửa sổ", "gửi")
    assert "Đã có tin 1/9" in stage.says("Hà", "bảng")[-1]
    assert "160" in stage.says("Hyưh", "sửa 1: 160")[-1]
    assert "Đã có tin 1/9" in stage.says("Hà", "bảng")[-1]


def test_it_notes_who_joined_which_account(stage: TwoChannels) -> None:
    stage.says_on_page("cửa sổ", code(stage))
    database = opened(stage.url)
    with database.transaction() as session:
        people = Store(session, stage.now, Random(0)).people
        bare, page = people.account_of_chat(BOT, "Hyưh"), people.account_of_chat(PAGE, "cửa sổ")
    database.close()
    assert bare
    assert page
    assert bare.person == page.person
