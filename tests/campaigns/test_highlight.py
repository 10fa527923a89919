"""Good examples: one table of moves, and what is nobody's business in public."""

import pytest

from campaigns.highlight import State, Step, moved, sensitive, tells_a_number, tells_an_address

POSSIBLE = {
    (State.NOMINATED, Step.AGREE),
    (State.NOMINATED, Step.DECLINE),
    (State.NOMINATED, Step.WITHDRAW),
    (State.CONSENTED, Step.AGREE),
    (State.CONSENTED, Step.APPROVE),
    (State.CONSENTED, Step.ASK_AGAIN),
    (State.CONSENTED, Step.DECLINE),
    (State.CONSENTED, Step.WITHDRAW),
    (State.APPROVED, Step.POST),
    (State.APPROVED, Step.HOLD),
    (State.APPROVED, Step.WITHDRAW),
    (State.POSTED, Step.WITHDRAW),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_it_moves_by_one_table(state: State, step: Step) -> None:
    assert (moved(state, step) is not None) == ((state, step) in POSSIBLE)


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_it_never_leaves_a_no(state: State) -> None:
    assert not [step for step in Step if moved(state, step)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nhà chị hộ nghèo mà vẫn góp công", ["nghèo"]),
        ("Bà bị bệnh, theo đạo", ["bệnh", "đạo"]),
        ("Đào giếng, dạo quanh làng", []),
        ("Giúp hộ cận nghèo", ["nghèo"]),
        ("nha chi ho ngheo", ["nghèo"]),
        ("dao gieng", []),
        ("Cùng bà con Ba Na dọn đường", ["ba na"]),
        ("Ba năm liền giữ rừng, nuôi hai cháu mồ côi", ["mồ côi"]),
    ],
)
def test_it_notices_what_is_nobodys_business(words: str, found: list[str]) -> None:
    assert sensitive(words) == found


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("gọi 0905 000 777", True),
        ("+84 905 000 777", True),
        ("0905.000.777", True),
        ("nhặt được 3.200.000 đồng", False),
        ("từ 05/5 đến 10/5", False),
        ("dài 120 m, rộng 3,5 m", False),
    ],
)
def test_it_notices_a_telephone_number(words: str, is_one: bool) -> None:
    assert tells_a_number(words) is is_one


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("nhà ở số nhà 12 đường Quang Trung", True),
        ("trong Hẻm 34", True),
        ("ngõ 5 ngách 7", True),
        ("làm đường ngõ xóm dài 120 m", False),
        ("ở làng Tơ Bla", False),
    ],
)
def test_it_notices_a_door(words: str, is_one: bool) -> None:
    assert tells_an_address(words) is is_one
