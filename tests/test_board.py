"""The board of fifty units, on a phone in Zalo: one message, names in groups, and a name typed opens what came."""

from collections.abc import Callable
from random import Random

import pytest

from bot.channels.parts import utf16
from campaigns.authority import Role
from handlers.board import FEW
from handlers.join import NOTICE
from storage.store import Store
from tests.stage import BOT, Stage, opened

UNITS, HERE = 50, 9
ONE_MESSAGE = 2_000  # what Zalo takes at once


def _fifty(stage: Stage) -> None:
    """Forty-one more villages, each with a head who has a phone number and joined."""
    stage.joins("Hà", "Hyưh")
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(3), BOT)
        campaign, root = store.campaigns.all()[0], store.people.roots()[0]
        choices = store.campaigns.edition(campaign).choices
        for number in range(HERE, UNITS):
            kind = ("làng", "thôn", "tổ dân phố")[number % 3]
            place = store.roster.add_unit(kind, f"Kon Hà Nừng {number}", above=root, roster=number + 1)
            head = store.roster.add_person(f"Đinh Văn Thứ {number}", f"Thứ {number}", "bác", f"0905 001 {number:03}")
            store.roster.give_role(head.id, Role.REPORTER, place.id)
            code = store.invitations.opened_by(store.invitations.invite(head.id))
            assert code
            store.invitations.join(store.people.account_in(BOT, f"Thứ {number}"), code, NOTICE)
            registered = store.campaigns.register(campaign, place.id, since=stage.now)
            store.obligations.plan(campaign, 1, store.campaigns.registration(registered), choices)
    database.close()
    stage.at("5/5 18:30")


def _all_reported(stage: Stage) -> None:
    _fifty(stage)
    for number in range(HERE, UNITS):
        said = stage.says(f"Thứ {number}", "43 không")
        assert "Xã nhận rồi" in said[-1], said


Set = Callable[..., Stage]


@pytest.mark.parametrize("begun", [_fifty, pytest.param(_all_reported, marks=pytest.mark.storm)])
def test_it_is_one_message_however_many_have_reported(set_stage: Set, begun: Callable[[Stage], None]) -> None:
    stage = set_stage(profile="bare", begun=begun)
    shown = stage.says("Hà", "bảng")
    assert len(shown) == 1
    assert utf16(shown[0]) <= ONE_MESSAGE
    assert "/50" in shown[0]
    assert "1. Xem" not in shown[0]


def test_it_names_everybody_with_whom_to_call(set_stage: Set) -> None:
    """Numbers stand with those whom no message reaches, and with everybody once few are left; the rest are typed."""
    stage = set_stage(profile="bare", begun=_fifty)
    board = stage.says("Hà", "bảng")[-1]
    assert all(f"Kon Hà Nừng {number} (bác Thứ {number})" in board for number in range(HERE, UNITS))
    phoned = board.split("Gọi điện 8: ")[1].split("\n")[0]
    assert "Đăk Tơ (bác Krŏng 0905 000 103)" in phoned
    assert "Tơ Bla (bác Hyưh" not in phoned
    assert "bác Thứ 12 0905 001 012" in stage.says("Hà", "xem Kon Hà Nừng 12")[-1]


@pytest.mark.storm
def test_it_has_every_number_once_few_are_waited_for(set_stage: Set) -> None:
    board = set_stage(profile="bare", begun=_all_reported).says("Hà", "bảng")[-1]
    assert "Tơ Bla (bác Hyưh 0905 000 101)" in board


def test_it_opens_what_came_by_a_name_that_is_typed(set_stage: Set) -> None:
    stage = set_stage(profile="bare", begun=_all_reported)
    board = stage.says("Hà", "bảng")[-1]
    assert "Đã có tin 41/50" in board
    typed = board.split("ví dụ: ")[1].split(".")[0]
    assert "Kon Hà Nừng" in stage.says("Hà", typed)[-1]


@pytest.mark.storm
def test_it_has_no_more_buttons_than_a_phone_shows_at_a_glance(set_stage: Set) -> None:
    stage = set_stage(profile="full", begun=_all_reported)
    stage.says("Hà", "bảng")
    assert len(stage.recorder.screen("Hà")[-1].parcel.buttons) == FEW + 1  # and the table as a file
    assert "nhắn XEM và tên nơi ấy" in stage.screen("Hà")[-1]
