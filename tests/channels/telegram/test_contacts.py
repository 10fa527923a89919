"""Somebody out of the officer's address book answers where that person's number is asked for, and nowhere else."""

import pytest
from sqlmodel import select

from storage.machine_rows import InboxRow
from storage.rows import PersonRow
from tests.channels.telegram.stage import TelegramStage
from tests.stage import opened

NUMBER, SHOWN = "84905000777", "0905 000 777"


def says(stage: TelegramStage, who: str, *lines: str) -> list[str]:
    """Somebody writes line by line, or presses where a line is in brackets; what the last one showed anybody."""
    told: list[str] = []
    for line in lines:
        told = stage.presses(who, line[1:-1]) if line.startswith("[") else stage.says(who, line)
    return told


def shares(stage: TelegramStage, who: str, number: str = NUMBER, *, on_telegram: bool = True) -> list[str]:
    """Somebody shares bác Brong out of their address book; what that showed anybody."""
    before = stage.shown()
    stage.fake.people.shares_contact(stage._chat(who), who, number, "Brong", on_telegram=on_telegram)
    app, database = stage.program()
    stage.polls(app)
    stage._play(app)
    database.close()
    return [message.text for message in stage.shown() if message not in before]


def phones(stage: TelegramStage) -> dict[str, str | None]:
    """Everybody's number."""
    database = opened(stage.url)
    with database.transaction() as session:
        found = {row.name: row.phone for row in session.exec(select(PersonRow))}
    database.close()
    return found


def stored(stage: TelegramStage) -> str:
    """All that is kept of what arrived."""
    database = opened(stage.url)
    with database.transaction() as session:
        found = " ".join(str(row.content) for row in session.exec(select(InboxRow)))
    database.close()
    return found


@pytest.mark.parametrize("on_telegram", [True, False])
def test_it_takes_a_heads_number_out_of_the_officers_address_book(stage: TelegramStage, on_telegram: bool) -> None:
    asked = says(stage, "Hà", "thêm nơi", "làng Đăk Mới", "bác Đinh Brong")
    assert "Số điện thoại?" in asked[-1]
    shown = shares(stage, "Hà", on_telegram=on_telegram)
    assert f"Làng Đăk Mới: đầu mối bác Đinh Brong, {SHOWN}." in shown[-1]
    assert "Đã thêm làng Đăk Mới" in says(stage, "Hà", "[Gửi]")[-1]
    assert phones(stage)["Đinh Brong"] == SHOWN
    assert NUMBER not in stored(stage)


def test_it_takes_a_colleagues_number_out_of_the_officers_address_book(stage: TelegramStage) -> None:
    says(stage, "Hà", "mời cán bộ", "anh Đinh Brong", "Không phải số")
    assert "Người ấy giữ vai gì?" in shares(stage, "Hà")[-1]
    assert SHOWN in says(stage, "Hà", "cán bộ")[-1]


def test_it_asks_again_where_the_address_book_holds_no_number(stage: TelegramStage) -> None:
    says(stage, "Hà", "thêm nơi", "làng Đăk Mới", "bác Đinh Brong")
    assert "Chưa đọc được một số điện thoại" in shares(stage, "Hà", "bảng")[-1]
    assert SHOWN in shares(stage, "Hà")[-1]


@pytest.mark.parametrize("before", [["bảng"], ["thêm nơi"], ["thêm nơi", "làng Đăk Mới"]])
def test_it_takes_nobodys_number_where_none_is_asked_for(stage: TelegramStage, before: list[str]) -> None:
    says(stage, "Hà", *before)
    known = phones(stage)
    assert "đọc được chữ và ảnh" in shares(stage, "Hà")[0]
    assert phones(stage) == known
    assert NUMBER not in stored(stage)


def test_it_takes_no_number_that_a_head_shares_for_the_heads_own(stage: TelegramStage) -> None:
    stage.at("5/5 18:30")
    says(stage, "Hyưh", "báo cáo")
    known = phones(stage)
    shares(stage, "Hyưh")
    assert phones(stage) == known
    assert NUMBER not in stored(stage)
