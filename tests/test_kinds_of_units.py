"""What is asked of some kinds of units is missing from no others: not where a parent gathers, not among the results."""

import pytest

from tests.conftest import Copies
from tests.stage import Stage

HA_HOA = "ha-hoa-2022"


@pytest.fixture
def district(copies: Copies) -> Stage:
    """A school has reported a figure that the office of education reports too, and it was taken in."""
    stage = Stage(copies.copy("sqlite", HA_HOA), copies.invited[HA_HOA], "bare", HA_HOA)
    for called in ("Phấn", "Thược", "Lụa"):
        stage.says(called, stage.codes[called])
        stage.says(called, "đồng ý")
    stage.at("4/5 18:30")
    stage.says("Lụa", "20 3 không")
    stage.says("Phấn", "xem Mầm non Hoa Chè")
    stage.says("Phấn", "1")
    return stage


def asked_of_offices_alone(stage: Stage) -> None:
    for words in ("sửa phong trào", "số", "1 chỉ phòng", "đồng ý", "đổi"):
        stage.says("Phấn", words)


def test_a_parent_gathers_what_units_below_it_were_asked_for(district: Stage) -> None:
    district.at("16/5 18:30")
    assert "1 nơi cộng lại 3, còn thiếu trường" in district.screen("Thược")[-1]


def test_a_parent_misses_no_figure_of_units_that_are_not_asked_for_it(district: Stage) -> None:
    asked_of_offices_alone(district)
    district.at("16/5 18:30")
    said = district.screen("Thược")[-1]
    assert "Mấy chỉ tiêu của năm" in said
    assert "còn thiếu" not in said


def test_results_miss_nobody_who_is_not_asked(district: Stage) -> None:
    district.at("16/5 18:30")
    district.says("Thược", "8 không")
    district.says("Phấn", "xem Giáo dục và Đào tạo")
    district.says("Phấn", "1")
    assert "xã" in district.says("Phấn", "kết quả")[-1]
    asked_of_offices_alone(district)
    said = district.says("Phấn", "kết quả")[-1]
    assert "Còn thiếu 2 nơi: phòng" in said
