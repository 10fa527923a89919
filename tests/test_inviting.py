"""Codes are told with the links that bring them along, and drawn for a camera when somebody asks."""

from collections.abc import Callable

import pytest

from dialogue.doors import Door
from tests.stage import Stage

PAGE = Door("trang nhắn tin", "https://thidua.example")
MESSENGER = Door("Nhắn Tin", "https://m.example/xa?start={code}", "https://m.example/xa?group={code}")


@pytest.fixture
def stage(set_stage: Callable[..., Stage]) -> Stage:
    """Hà has joined a program that knows two ways in."""
    stage = set_stage()
    stage.doors = (PAGE, MESSENGER)
    stage.joins("Hà")
    return stage


def code_in(told: str) -> str:
    """The code in a link."""
    return told.partition("start=")[2][:8]


def test_it_tells_a_code_with_the_links_that_bring_it_along(stage: Stage) -> None:
    told = stage.says("Hà", "mã mới Tơ Bla")[0]
    assert "trang nhắn tin: mở https://thidua.example" in told
    assert f"Nhắn Tin: mở https://m.example/xa?start={code_in(told)}" in told
    assert len(code_in(told)) == 8


def test_it_draws_a_code_until_it_is_used(stage: Stage) -> None:
    code = code_in(stage.says("Hà", "mã mới Tơ Bla")[0])
    button = stage.button("Hà", "Ảnh mã QR")
    assert "mã của bác Hyưh tự vào theo" in stage.presses("Hà", "Ảnh mã QR")[0]
    assert stage.recorder.screen("Hà")[-1].parcel.qr == f"https://m.example/xa?start={code}"
    stage.says("Hyưh", code)
    stage.presses("Hyưh", "Đồng ý")
    assert "đã dùng" in stage.presses_data("Hà", button)[0]


def test_it_draws_no_code_of_another_place(stage: Stage) -> None:
    stage.says("Hà", "mã mới Tơ Bla")
    mine = stage.button("Hà", "Ảnh mã QR")
    theirs = code_in(stage.says("Hà", "mã mới Kon Bla")[0])
    assert "đã dùng" in stage.presses_data("Hà", mine.rpartition(":")[0] + f":{theirs}")[0]


def test_it_tells_a_groups_code_with_the_link_that_adds_it_there(stage: Stage) -> None:
    stage.says("Hà", "nhóm")
    stage.presses("Hà", "Thêm nhóm")
    stage.presses("Hà", "Thông báo")
    assert "Nhắn Tin: mở https://m.example/xa?group=" in stage.says("Hà", "Nhóm làng")[-1]
