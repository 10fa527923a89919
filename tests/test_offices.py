"""How offices begin: a claim that opens once, roles that count only after a second yes, codes that die."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from re import findall

import pytest

from campaigns.invitation import ATTEMPTS_PER_ACCOUNT, new_code
from storage.database import Database
from storage.migrate import migrate
from storage.offices import CLAIM_VALID_FOR, Offices
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, Stage, opened


@pytest.fixture
def empty(copies: Copies) -> Iterator[Stage]:
    """A program that nobody has claimed."""
    url = copies.empty("sqlite")
    database = Database(url)
    migrate(database)
    database.close()
    yield Stage(url, [])
    copies.drop(url)


def starts(stage: Stage, seed: int = 1) -> str | None:
    """Start the program; the code it prints, if nobody has claimed it."""
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(seed), BOT)
        code = store.offices.offer_claim() if store.offices.unclaimed() else None
    database.close()
    return code


def claims(stage: Stage, who: str, code: str) -> str:
    for words in (code, "xã", "Lơ Ku", "cô Nguyễn Thị Mai", "0905 000 201"):
        stage.says(who, words)
    return stage.says(who, "gửi")[-1]


def is_taken(stage: Stage, code: str) -> bool:
    """Whether the code still opens a claim."""
    return "cán bộ thi đua đầu tiên" in stage.says("Ai đó", code)[-1]


def test_it_opens_once(empty: Stage) -> None:
    code = starts(empty)
    assert code
    assert "là cán bộ thi đua của xã Lơ Ku" in claims(empty, "Mai", code)
    assert not is_taken(empty, code)
    assert starts(empty, 2) is None


def test_it_is_void_after_the_next_start(empty: Stage) -> None:
    old, new = starts(empty, 1), starts(empty, 2)
    assert old
    assert new
    assert not is_taken(empty, old)
    assert is_taken(empty, new)


def test_it_expires(empty: Stage) -> None:
    code = starts(empty)
    assert code
    empty.at(empty.now + CLAIM_VALID_FOR + timedelta(seconds=1))
    assert not is_taken(empty, code)


def test_it_cannot_be_guessed_at(empty: Stage) -> None:
    code = starts(empty)
    assert code
    for guess in range(ATTEMPTS_PER_ACCOUNT):
        empty.says("Ai đó", new_code(Random(100 + guess)))
    assert "nhầm nhiều lần quá" in empty.says("Ai đó", code)[-1]


def test_two_who_claim_at_once_make_one_office(empty: Stage) -> None:
    code = starts(empty)
    assert code
    for words in ("xã", "Lơ Ku", "cô Nguyễn Thị Mai", "0905 000 201"):
        for who in ("Mai", "Hai"):
            empty.says(who, code) if words == "xã" else None
            empty.says(who, words)
    empty.says("Mai", "gửi")
    empty.says("Hai", "gửi")
    database = opened(empty.url)
    with database.transaction() as session:
        assert len(Store(session, empty.now, Random(1)).people.roots()) == 1
    database.close()


@pytest.mark.parametrize("no", ["không", "Không có", "không có số", "ko"])
def test_the_first_no_to_a_phone_number_is_taken(empty: Stage, no: str) -> None:
    """A number is nobody's duty, so it is asked for once: of the first officer, of a head, of a colleague."""
    code = starts(empty)
    assert code
    for words in (code, "xã", "Lơ Ku", "cô Nguyễn Thị Mai"):
        empty.says("Mai", words)
    assert "Xã Lơ Ku; cán bộ: cô Nguyễn Thị Mai." in empty.says("Mai", no)[-1]
    empty.says("Mai", "gửi")
    for words in ("thêm nơi", "làng Tơ Bla", "bác Đinh Hyưh"):
        empty.says("Mai", words)
    assert "đầu mối bác Đinh Hyưh, chưa có số điện thoại" in empty.says("Mai", no)[-1]
    empty.says("Mai", "gửi")
    for words in ("mời cán bộ", "anh Trần Văn Lực"):
        empty.says("Mai", words)
    assert "giữ vai gì" in empty.says("Mai", no)[-1]


def test_the_no_to_a_phone_number_is_a_button_too(empty: Stage) -> None:
    code = starts(empty)
    assert code
    for words in (code, "xã", "Lơ Ku", "cô Nguyễn Thị Mai"):
        empty.says("Mai", words)
    assert "Xã Lơ Ku; cán bộ: cô Nguyễn Thị Mai." in empty.presses("Mai", "Không có")[-1]


def _invites_a_leader(stage: Stage) -> None:
    code = starts(stage)
    assert code
    claims(stage, "Mai", code)
    for words in ("mời cán bộ", "anh Trần Lực", "0905 000 202", "lãnh đạo"):
        stage.says("Mai", words)
    said = " ".join(stage.says("Mai", "gửi"))
    stage.says("Lực", findall(r"\b\d{4} \d{4}\b", said)[-1])
    stage.says("Lực", "đồng ý")


def may_look(stage: Stage) -> bool:
    return "không thuộc phần" not in stage.says("Lực", "bảng")[-1]


def test_a_role_may_nothing_before_the_second_yes(empty: Stage) -> None:
    _invites_a_leader(empty)
    assert not may_look(empty)
    empty.presses("Mai", "Đúng là anh Lực")
    assert may_look(empty)


def test_it_would_notice_a_role_that_counts_at_once(empty: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(self: Offices, person: object, role: object, unit: object) -> None:
        from storage.roster import Roster

        Roster(self._scribe).give_role(person, role, unit)  # type: ignore[arg-type]

    monkeypatch.setattr(Offices, "offer", at_once)
    _invites_a_leader(empty)
    assert may_look(empty)


def test_whoever_is_not_them_is_a_stranger_again(empty: Stage) -> None:
    _invites_a_leader(empty)
    empty.presses("Mai", "Không phải")
    assert "mã tám số" in empty.says("Lực", "xin chào")[-1]


def test_a_second_tap_confirms_nothing_twice(empty: Stage) -> None:
    _invites_a_leader(empty)
    button = empty.button("Mai", "Đúng là anh Lực")
    empty.presses_data("Mai", button)
    assert "không thuộc phần" in empty.presses_data("Mai", button)[-1]


def test_an_old_code_dies_with_a_new_one(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hà")
    stage.says("Hà", "mã mới Tơ Bla")
    assert "chưa dùng được" in stage.says("Hyưh", stage.codes["Hyưh"])[-1]


def test_it_cannot_be_guessed_at_while_a_question_is_open(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hyưh", "Krŏng")
    told = stage.says("Hyưh", "mã đăng ký")[-1]
    code = findall(r"\b\d{4} \d{4}\b", told)[-1]
    stage.at("5/5 18:30")
    for guess in range(ATTEMPTS_PER_ACCOUNT):
        assert "Mời bà con" not in stage.says("Krŏng", new_code(Random(100 + guess)))[-1]
    assert "Mời bà con" not in stage.says("Krŏng", code)[-1]
    stage.passes(minutes=61)
    assert "Mời bà con" in stage.says("Krŏng", code)[-1]
