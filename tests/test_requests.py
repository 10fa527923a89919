"""What units ask for: owned, promised, answered; a leader hears of what stays unanswered."""

from collections.abc import Callable

import pytest

from tests.stage import Stage

ASKED = "150 43 cống đầu làng vỡ"


@pytest.fixture
def taken(set_stage: Callable[..., Stage]) -> Stage:
    """Hyưh asked for something and Hà promised an answer for Wednesday."""
    stage = set_stage()
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    stage.at("5/5 18:30")
    stage.says("Hyưh", ASKED)
    stage.says("Hà", "xem Tơ Bla")
    stage.presses("Hà", "Nhận việc này")
    stage.says("Hà", "thứ Tư")
    return stage


def test_it_tells_a_leader_once_after_a_week_without_an_answer(taken: Stage) -> None:
    taken.at("12/5 17:00")
    assert not [text for text in taken.screen("Lực") if "đã một tuần" in text]
    for moment in ("13/5 07:30", "13/5 08:00", "14/5 09:00"):
        taken.at(moment)
    assert len([text for text in taken.screen("Lực") if "đã một tuần" in text]) == 1


def test_it_answers_alone_where_no_form_comes_soon(taken: Stage) -> None:
    taken.at("2/6 18:30")  # the last form of the campaign
    taken.at("6/6 10:00")
    taken.says("Hà", "việc")
    taken.presses("Hà", "Trả lời làng Tơ Bla")
    taken.says("Hà", "Xã đã thay ống")
    assert taken.screen("Hyưh")[-1] == "Bác Hyưh ơi, việc bác nhờ «cống đầu làng vỡ», xã trả lời: Xã đã thay ống"


def test_it_answers_once_whoever_else_is_at_it(taken: Stage) -> None:
    taken.at("6/6 10:00")
    taken.says("Hà", "việc")
    button = taken.button("Hà", "Trả lời làng Tơ Bla")
    taken.presses_data("Hà", button)
    taken.says("Hà", "Xã đã thay ống")
    taken.presses_data("Hà", button)
    assert taken.says("Hà", "Xã chưa thay ống")[-1].startswith(
        "Việc này của làng Tơ Bla đã trả lời rồi: «Xã đã thay ống»"
    )
    assert len([text for text in taken.screen("Hyưh") if "xã trả lời" in text]) == 1


def test_it_lets_nobody_else_answer_or_look(taken: Stage) -> None:
    taken.says("Hà", "việc")
    button = taken.button("Hà", "Trả lời làng Tơ Bla")
    for who in ("Hyưh", "Blĕnh", "Lực"):
        assert "không thuộc phần" in taken.presses_data(who, button)[-1]
    assert "làng Tơ Bla" in taken.says("Lực", "việc")[-1]  # a leader sees


def test_it_changes_owner_and_day_when_it_is_taken_again(taken: Stage) -> None:
    taken.says("Hà", "xem Tơ Bla")
    asked = taken.presses("Hà", "Nhận việc này")[-1]
    assert "Cô Hà đã nhận việc này, hẹn thứ Tư 11/5. Đổi thì nhắn ngày khác" in asked
    taken.says("Hà", "anh Lực 20/5")
    assert "anh Lực, hẹn thứ Sáu 20/5" in taken.says("Hà", "việc")[-1]
    assert "1 việc đang hẹn" in taken.screen("Hà")[-1]
