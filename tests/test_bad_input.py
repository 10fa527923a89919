"""Whatever is sent: a clear sentence, nothing changed that should not be, and the chat goes on."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from campaigns.authority import Role
from dialogue.text import LONGEST
from handlers import report as reporting
from storage.database import Database
from storage.store import Store
from tests.stage import BOT, Stage

BUSINESS = ("report", "version", "figure", "obligation", "role", "consent", "invitation", "registration")


def kept(stage: Stage) -> dict[str, list[Any]]:
    """All that matters, to be compared before and after."""
    database = Database(stage.url)
    with database.engine.connect() as connection:
        rows = {t: sorted(map(repr, connection.execute(text(f"select * from {t}")).all())) for t in BUSINESS}
    database.close()
    return rows


@pytest.fixture
def reported(set_stage: Callable[..., Stage]) -> Stage:
    """Hyưh has reported, Blĕnh has not yet, Hà has looked at the report."""
    return set_stage(profile="full", begun=_reported)


@pytest.fixture
def reported_without_buttons(set_stage: Callable[..., Stage]) -> Stage:
    """The same where everything is typed."""
    return set_stage(profile="bare", begun=_reported)


def _reported(stage: Stage) -> None:
    stage.joins("Hyưh", "Blĕnh", "Hà")
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    stage.says("Hà", "xem to bla")


def report_id(stage: Stage) -> str:
    database = Database(stage.url)
    with database.engine.connect() as connection:
        found = str(connection.execute(text("select id from report")).scalar_one())
    database.close()
    return found


FORGED = (
    "report.approve:{report}:0",
    "report.return:{report}:0",
    "report.show:{report}",
    "report.correct:{report}",
    "report.approve:{report}",
    "report.approve:00000000-0000-7000-8000-000000000000:0",
    "report.nothing:{report}",
    "a:0123456789abcdef01:send",
    "a::",
    "d:0123456789abcdef01:7",
    "b:0123456789abcdef01",
    ":::",
    "report.approve",
    "'; drop table report; --",
    "x" * 5_000,
)


@pytest.mark.parametrize("data", FORGED)
def test_it_lets_nobody_press_what_is_not_theirs(reported: Stage, data: str) -> None:
    before = kept(reported)
    said = reported.presses_data("Blĕnh", data.format(report=report_id(reported)))
    assert said
    assert kept(reported) == before
    assert "150" not in " ".join(said), "another village's figures were shown"


def test_it_lets_no_stranger_in_by_a_forged_button(reported: Stage) -> None:
    before = kept(reported)
    assert "không thuộc phần" in reported.presses_data("Lạ", f"report.show:{report_id(reported)}")[-1]
    assert kept(reported) == before


def test_it_keeps_officers_to_their_own_commune(reported: Stage) -> None:
    database = Database(reported.url)
    with database.transaction() as session:
        store = Store(session, reported.now, Random(5), BOT)
        elsewhere = store.roster.add_unit("xã", "Bên Cạnh")
        stranger = store.roster.add_person("Lê Thị Vân", "Vân", "chị")
        store.roster.give_role(stranger.id, Role.OFFICER, elsewhere.id)
        account = store.people.account_in(BOT, "Vân")
        opened = store.invitations.opened_by(store.invitations.invite(stranger.id))
        assert opened
        store.invitations.join(account, opened, "test")
    database.close()
    before = kept(reported)

    assert "Chưa có kỳ nào" in reported.says("Vân", "bảng")[-1]
    assert "Không thấy nơi nào" in reported.says("Vân", "xem Tơ Bla")[-1]
    assert "Không thấy nơi nào" in reported.says("Vân", "ghi giúp Mơ Hra")[-1]
    assert "không thuộc phần" in reported.presses_data("Vân", f"report.approve:{report_id(reported)}:0")[-1]
    reported.says("Vân", "khất Kon Bla: đám tang")
    assert kept(reported) == before


def test_it_takes_a_double_tap_once(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="full")
    stage.joins("Hyưh")
    stage.at("5/5 18:30")
    for words in ("150", "43", "không"):
        stage.says("Hyưh", words)
    send = stage.button("Hyưh", "Gửi")

    first = stage.presses_data("Hyưh", send, event="tap")
    again = stage.presses_data("Hyưh", send, event="tap")
    another = stage.presses_data("Hyưh", send, event="another tap")

    assert "18-01" in first[-1]
    assert again == []
    assert another == first
    assert len(kept(stage)["version"]) == 1


def test_it_keeps_two_phones_of_one_person_apart_and_the_report_one(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="full")
    stage.joins("Hyưh")
    database = Database(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(5), BOT)
        person = store.people.account_in(BOT, "Hyưh").person
        assert person
        second = store.invitations.opened_by(store.invitations.invite(person))
        assert second
        store.invitations.join(store.people.account_in(BOT, "máy hai"), second, "test")
    database.close()
    stage.at("5/5 18:30")
    stage.says("máy hai", "báo cáo")
    stage.says("Hyưh", "báo cáo")
    stage.says("Hyưh", "150 43 không")

    asked = stage.says("máy hai", "160 44 không")

    assert "đã gửi tin tuần này trước" in asked[-1]
    assert len(kept(stage)["version"]) == 1
    assert "(bản 2)" in stage.presses("máy hai", "Gửi")[-1]
    assert len(kept(stage)["report"]) == 1


NONSENSE = {
    "a hundred kilobytes": "dài quá " * 12_500,
    "just too long": "a" * (LONGEST + 1),
    "only emoji": "🐃🐃🌾🌾",
    "control characters": "\x00\x01\x1b[31m\x7f",
    "direction overrides": "\u202e054 oàl\u202c",
    "a lone surrogate": "\ud83d",
    "zalgo": "".join(f"{letter}\u0301\u0302\u0303\u0304" * 5 for letter in "xin tin"),
    "spaces": " \n\t \u200b\ufeff ",
    "slashes": "/////",
    "a formula": '=cmd|"/c calc"!A1',
    "a page": "<script>alert(1)</script><b>đậm",
    "a query": "'; drop table report; --",
    "a template": "{{ you.phone }} {% raw %}",
    "a thousand numbers": "1 " * 1_500,
}


@pytest.mark.parametrize("words", NONSENSE.values(), ids=NONSENSE.keys())
def test_it_answers_nonsense_and_changes_nothing(reported_without_buttons: Stage, words: str) -> None:
    reported = reported_without_buttons
    before = kept(reported)
    for chat in ("Lạ", "Blĕnh", "Hà"):
        said = reported.says(chat, words)
        assert said, chat
        assert "phone" not in " ".join(said) or "{{" in " ".join(said)
    assert len(kept(reported)["report"]) >= len(before["report"])
    assert {k: v for k, v in kept(reported).items() if k in ("role", "consent", "invitation")} == {
        k: before[k] for k in ("role", "consent", "invitation")
    }
    answer = reported.says("Blĕnh", "1: 92 2: 8 3: 37 4: không")[-1]
    assert "18-" in answer or "Gửi" in answer


def test_it_shows_markup_as_the_words_it_is(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    stage.at("5/5 18:30")
    assert "«<b>vui</b> & <script>»" in stage.says("Hyưh", "150 43 <b>vui</b> & <script>")[-1]


def test_it_knows_a_command_in_either_normal_form(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    stage.at("5/5 18:30")
    assert "1. " in stage.says("Hyưh", "báo cáo")[-1]


def test_it_takes_no_number_for_a_choice_that_was_never_there(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh", "Hà")
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    stage.says("Hà", "xem to bla")
    before = kept(stage)
    for words in ("0", "１０"):
        assert "chưa hiểu" in stage.says("Hà", words)[-1]
    for words in ("3", "99"):
        assert "Danh sách vừa rồi chỉ có 2 dòng" in stage.says("Hà", words)[-1]
    assert kept(stage) == before
    assert "Đã tổng hợp" in stage.says("Hà", "1")[-1]


def test_it_pays_for_a_handler_that_raises_with_one_apology(reported: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(reporting, "version_of", broken)
        said = reported.says("Blĕnh", "92 8 37 không")
        if "Gửi" in " ".join(said):
            said = reported.presses("Blĕnh", "Gửi") if reported.profile == "full" else said

    assert [words for words in said if "chưa xử lý được" in words]
    assert sum("chưa xử lý được" in words for words in reported.screen("Blĕnh")) == 1
    assert "cô Blĕnh" in reported.screen("Hà")[-1]
    assert reported.says("Blĕnh", "báo cáo")
    reported.says("Blĕnh", "92 8 37 không")
    if reported.profile == "full" and "Gửi" in reported.screen("Blĕnh")[-1]:
        reported.presses("Blĕnh", "Gửi")
    assert "18-0" in reported.screen("Blĕnh")[-1]
