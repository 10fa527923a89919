"""Registering as people meet it: nobody is pressed, nobody is shamed, nobody acts for a place that is not theirs."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from campaigns.authority import Role
from campaigns.participant import Participant
from config.texts import TEXTS
from handlers import own_name
from storage.database import Database
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, Stage

TEXTS_OF_REGISTERING = ("registration", "amending", "withdrawing", "own_name", "open_code", "roll")
COMPULSION = (
    "bắt buộc",
    "yêu cầu",
    "phải đăng ký",
    "phải tham gia",
    "phải ký",
    "chưa đăng ký:",
    "không đăng ký",
    "chưa tham gia:",
    "bỏ sót",
    "chậm",
    "quá hạn",
    "nhắc lại lần",
    "phê bình",
    "chỉ tiêu đăng ký",
    "vận động phải",
)
SAID_TO_HEADS = ("hệ thống", "vui lòng", "thành công", "xác nhận", "lũy kế", "lỗi", "duyệt", r"\bbạn\b", r"\bmình\b")


def words_of(file: str) -> str:
    """What a file says, without its comments and commands."""
    source = (TEXTS / "vi" / f"{file}.j2").read_text()
    return re.sub(r"\{[#%{].*?[#%}]\}", " ", source, flags=re.DOTALL)


@pytest.mark.parametrize("file", TEXTS_OF_REGISTERING)
@pytest.mark.parametrize("word", COMPULSION + SAID_TO_HEADS)
def test_it_never_says_that_anybody_has_to(file: str, word: str) -> None:
    assert not re.search(word, words_of(file), re.IGNORECASE)


@pytest.mark.parametrize("file", ["registration", "own_name", "open_code"])
def test_it_says_that_taking_part_is_voluntary(file: str) -> None:
    assert "tự nguyện" in words_of(file)


def code_in(said: list[str]) -> str:
    return str(re.findall(r"\b\d{4} \d{4}\b", " ".join(said))[-1])


def hlan_registers(stage: Stage, code: str, chat: str = "Hlan", name: str = "bà Y Hlan 0905 000 301") -> str:
    for words in (code, "đồng ý", "hộ", name):
        stage.says(chat, words)
    return stage.says(chat, "sạch ngõ")[-1]


@pytest.fixture
def village(set_stage: Callable[..., Stage]) -> Stage:
    """A household has registered by the code of bác Hyưh."""
    return set_stage(profile="full", begun=_registered)


def _registered(stage: Stage) -> None:
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    assert "Xã ghi rồi" in hlan_registers(stage, code_in(stage.says("Hyưh", "mã đăng ký")))


def rows(stage: Stage, table: str) -> list[Any]:
    database = Database(stage.url)
    with database.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(f"select * from {table}")).all()]
    database.close()
    return found


def ids(stage: Stage, table: str) -> list[str]:
    return [str(row[0]) for row in rows(stage, table)]


TABLES = ("registration", "participant", "open_code", "consent", "pledge", "undertaking")


def kept(stage: Stage) -> list[Any]:
    return [sorted(map(repr, rows(stage, table))) for table in TABLES]


def test_nobody_presses_what_is_not_theirs(village: Stage) -> None:
    before = kept(village)
    names = ("begin", "amend", "withdraw", "show", "names", "confirm", "ask_back", "decline", "for_them")
    pressed = [f"registration.{name}:{one}:0" for name in names for one in ids(village, "registration")[:2]]
    pressed += [f"participant.{n}:{ids(village, 'participant')[0]}" for n in ("withdraw", "task", "return", "done")]
    pressed += [f"open_code.end:{ids(village, 'open_code')[0]}", f"open_code.new:{ids(village, 'campaign')[0]}"]
    for data in pressed:
        for chat in ("Lạ", "Lực") if "names" in data or "show" not in data else ("Lạ",):
            said = " ".join(village.presses_data(chat, data))
            assert "Y Hlan" not in said, data
    assert kept(village) == before


def test_another_head_sees_no_names_and_changes_nothing(village: Stage) -> None:
    before = kept(village)
    database = Database(village.url)
    with database.transaction() as session:
        store = Store(session, village.now, Random(1), BOT)
        place = next(u for u in store.people.units_below("/") if u.name == "Tơ Bla")
        found = store.registrations.of_unit(store.campaigns.all()[0], place.id)
    database.close()
    assert found
    for name in ("names", "amend", "withdraw", "begin", "show", "for_them", "confirm"):
        assert "không thuộc phần" in village.presses_data("Blĕnh", f"registration.{name}:{found.id}:0")[-1]
    assert kept(village) == before


def test_an_officer_of_another_commune_sees_nothing(village: Stage) -> None:
    database = Database(village.url)
    with database.transaction() as session:
        store = Store(session, village.now, Random(5), BOT)
        elsewhere = store.roster.add_unit("xã", "Bên Cạnh")
        stranger = store.roster.add_person("Lê Thị Vân", "Vân", "chị")
        store.roster.give_role(stranger.id, Role.OFFICER, elsewhere.id)
        account = store.people.account_in(BOT, "Vân")
        code = store.invitations.opened_by(store.invitations.invite(stranger.id))
        assert code
        store.invitations.join(account, code, "test")
    database.close()
    before = kept(village)
    for words in ("đăng ký", "đăng ký Tơ Bla", "mã đăng ký Tơ Bla", "cụm Tơ Bla: xa", "rút giúp Y Hlan"):
        said = " ".join(village.says("Vân", words))
        assert "Tơ Bla" not in said.replace("đăng ký Tơ Bla", "").replace("«Tơ Bla»", "").replace("cụm Tơ Bla", "")
        assert "0905 000 301" not in said
    assert kept(village) == before


def test_who_withdrew_stands_on_no_screen_and_in_no_audience(village: Stage) -> None:
    village.says("Hlan", "rút")
    village.presses("Hlan", "Rút")
    screens = []
    for words in ("đăng ký", "danh sách đăng ký", "đăng ký Tơ Bla", "bảng", "kết quả", "thông báo", "người"):
        screens += village.says("Hà", words)
    screens += village.says("Hyưh", "đăng ký")
    assert "Y Hlan" not in " ".join(screens)
    assert "hộ 1" not in " ".join(screens)


def test_it_would_notice_who_withdrew_on_a_list(village: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    village.says("Hlan", "rút")
    village.presses("Hlan", "Rút")
    hlan_registers(village, code_in(village.says("Hyưh", "mã đăng ký")), "Bơ", "bà Y Bơ 0905 000 302")
    village.says("Hyưh", "đăng ký")
    assert "Y Hlan" not in village.presses("Hyưh", "Xem ai tự đăng ký")[-1]
    monkeypatch.setattr(Participant, "takes_part", True)
    village.says("Hyưh", "đăng ký")
    assert "Y Hlan" in village.presses("Hyưh", "Xem ai tự đăng ký")[-1]


def test_no_household_is_ever_asked_reminded_or_announced_to(village: Stage) -> None:
    before = len(village.screen("Hlan"))
    for moment in ("5/5 18:30", "6/5 09:00", "6/5 18:00", "10/5 11:00"):
        village.at(moment)
    village.says("Hà", "thông báo")
    village.says("Hà", "Họp lúc 14 giờ")
    village.presses("Hà", "Mọi nơi tham gia")
    village.presses("Hà", "Gửi")
    assert len(village.screen("Hlan")) == before


def test_the_last_place_of_a_code_is_given_once(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    code = code_in(stage.says("Hyưh", "mã đăng ký cho 1 hộ"))
    for chat, name in (("Hlan", "bà Y Hlan 0905 000 301"), ("Bơ", "bà Y Bơ 0905 000 302")):
        for words in (code, "đồng ý", "hộ", name):
            stage.says(chat, words)
    assert "Xã ghi rồi" in stage.says("Hlan", "sạch ngõ")[-1]
    assert "hết dùng rồi" in stage.says("Bơ", "sạch ngõ")[-1]
    assert len(rows(stage, "participant")) == 1


def test_it_would_notice_a_code_without_a_limit(
    set_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_name, "is_open", lambda *_: True)
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    code = code_in(stage.says("Hyưh", "mã đăng ký cho 1 hộ"))
    hlan_registers(stage, code)
    assert "Xã ghi rồi" in hlan_registers(stage, code, "Bơ", "bà Y Bơ 0905 000 302")


def test_the_same_household_is_registered_once(village: Stage) -> None:
    code = code_in(village.says("Hyưh", "mã đăng ký"))
    for words in (code, "đồng ý", "hộ"):
        village.says("Hyưh", words)
    assert "Xã ghi rồi" in village.says("Hyưh", "không")[-1]
    for words in (code, "đồng ý", "hộ", "bác Đinh Hyưh 0905 000 101", "đã hỏi"):
        village.says("Hyưh", words)
    village.says("Hyưh", "không")
    assert len({row[4] for row in rows(village, "participant")}) <= 3


def test_whoever_registered_before_may_still_join_as_a_head(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    hlan_registers(stage, code_in(stage.says("Hyưh", "mã đăng ký")), "Blĕnh", "cô Blĕnh 0905 000 102")
    stage.says("Blĕnh", stage.codes["Blĕnh"])
    assert "Chào cô Blĕnh" in stage.says("Blĕnh", "đồng ý")[-1]
    assert "Làng Kon Bla" in stage.says("Blĕnh", "đăng ký")[-1]
    assert "cảm ơn hộ cô Đinh Thị Blĕnh" in " ".join(stage.says("Blĕnh", "xong"))


def test_a_head_is_let_in_by_nobody_elses_invitation(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    assert "chưa dùng được" in stage.says("Hyưh", stage.codes["Blĕnh"])[-1]


def test_a_second_tap_registers_nothing_twice(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="full")
    stage.joins("Hyưh")
    for words in ("rút", "rút", "đăng ký", "có", "chưa"):
        stage.says("Hyưh", words)
    send = stage.button("Hyưh", "Gửi")
    assert "tham gia từ hôm nay" in stage.presses_data("Hyưh", send)[-1]
    assert "tin cũ" in stage.presses_data("Hyưh", send)[-1]


@pytest.mark.parametrize(
    "words", ["<b>5 m</b> đường", "{{ you.phone }}", "0", "🐃", "x" * 5_000, "'; drop table unit; --"]
)
def test_it_answers_nonsense_and_keeps_nothing(set_stage: Callable[..., Stage], words: str) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    for each in ("sửa đăng ký", words, words):
        assert stage.says("Hyưh", each)
    assert "300 m" in stage.says("Hyưh", "đăng ký")[0]


def _adds_a_village(stage: Stage) -> str:
    """The code of its head, on whose invitation the officer asks by phone."""
    for words in ("thêm nơi", "làng Mới", "chị Y Nga", "0905 000 301"):
        stage.says("Hà", words)
    return code_in(stage.presses("Hà", "Gửi"))


def test_a_village_without_a_phone_here_is_asked_by_phone_and_nothing_counts_before(
    set_stage: Callable[..., Stage],
) -> None:
    stage = set_stage(profile="full")
    stage.joins("Hà")
    code = _adds_a_village(stage)
    assert "đã hỏi và nghe chị Nga đồng ý chưa?" in stage.presses("Hà", "Mời làng Mới tham gia")[-1]
    assert "Chưa ghi gì" in stage.presses("Hà", "Chưa hỏi")[-1]
    assert "Làng 7" in stage.says("Hà", "đăng ký")[-1]
    stage.says("Nga", code)
    assert "mời làng Mới tham gia" in stage.presses("Nga", "Đồng ý")[-1]
    assert "Chị Nga ơi, xã mời làng Mới" in stage.presses("Nga", "Đăng ký")[-1]


def test_who_can_be_told_is_invited_once(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="full")
    stage.joins("Hà")
    code = _adds_a_village(stage)
    button = stage.button("Hà", "Mời làng Mới tham gia")
    stage.says("Nga", code)
    stage.presses("Nga", "Đồng ý")
    assert "Đã mời làng Mới" in " ".join(stage.presses_data("Hà", button))
    stage.presses_data("Hà", button)
    assert sum("mời làng Mới tham gia" in words for words in stage.screen("Nga")) == 1


def test_nobody_is_registered_on_anothers_phone_without_their_yes(village: Stage) -> None:
    before = kept(village)
    code = code_in(village.says("Hyưh", "mã đăng ký"))
    for words in (code, "đồng ý", "hộ", "bà Y Bơ 0905 000 302"):
        village.says("Hlan", words)
    assert "Xã không lưu gì cả" in village.says("Hlan", "chưa hỏi")[-1]
    assert kept(village)[1] == before[1]


def asks_for_four(copies: Copies) -> Stage:
    """Tơ Bla has a work of its own, and three figures are asked of everybody: one too many for a form."""
    stage = Stage(copies.copy("sqlite"), copies.invitations, "bare")
    for called in ("Hà", "Hyưh"):
        stage.says(called, stage.codes[called])
        stage.says(called, "đồng ý")
    for words in ("sửa phong trào", "số", "7 mỗi tuần, 8 mỗi tuần", "đồng ý", "đổi"):
        stage.says("Hà", words)
    stage.at("5/5 18:30")
    return stage


def chooses_cattle(stage: Stage) -> str:
    stage.says("Hyưh", "sửa đăng ký")
    place = re.findall(r"(\d+)\) Đàn bò", stage.says("Hyưh", "chọn")[-1])
    stage.says("Hyưh", f"chọn {place[0]}")
    return stage.says("Hyưh", "gửi")[-1]


def test_a_form_asks_first_for_the_targets_that_a_unit_chose(copies: Copies) -> None:
    stage = asks_for_four(copies)
    chooses_cattle(stage)
    stage.at("12/5 18:30")
    form = stage.screen("Hyưh")[-1]
    assert re.findall(r"(?m)^\d\. (\S+ \S+)", form)[:3] == ["Đường làng", "Giờ cả", "Tính đến"]
    assert "đàn bò" in form
    assert "đàn heo" not in form


def test_an_open_form_keeps_what_it_asked_before_a_target_was_chosen(copies: Copies) -> None:
    stage = asks_for_four(copies)
    assert "Tin đang hỏi giữ như cũ" in chooses_cattle(stage)
    assert "đàn bò" not in stage.says("Hyưh", "báo cáo")[-1]


def test_a_work_that_is_withdrawn_makes_room_for_another(copies: Copies) -> None:
    """The plan of Duyên Hải hopes for two or three works of each commune; a target that is chosen is no work."""
    stage = Stage(copies.copy("sqlite", "duyen-hai-2021"), copies.invited["duyen-hai-2021"], "bare", "duyen-hai-2021")
    stage.says("Sa Ri", stage.codes["Sa Ri"])
    stage.says("Sa Ri", "đồng ý")
    stage.at("2/8/2021 08:00")

    def amends(*said: str) -> str:
        return [stage.says("Sa Ri", words)[-1] for words in ("sửa đăng ký", *said)][-1]

    assert "Kế hoạch mời nhiều nhất 3 việc; đã ghi đủ 3" in amends("thêm 50 cây xanh")
    assert "đã ghi đủ 3" in amends("thôi", "sửa đăng ký", "chọn cả", "gửi", "sửa đăng ký", "thêm 50 cây xanh")
    assert "đã ghi đủ 3" not in amends("thôi", "sửa đăng ký", "bỏ 2", "gửi", "sửa đăng ký", "thêm 50 cây xanh")
    assert "cây xanh, 50 cây" in stage.says("Sa Ri", "gửi")[-1]
    assert "đã ghi đủ 3" in amends("thêm 20 cây dừa")
