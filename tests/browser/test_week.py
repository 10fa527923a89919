"""A week in a real browser: join, report, be asked back, correct, be taken in."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pictures import side_by_side
from tests.browser.visitor import NARROW, PHONE, WIDE, Visitor
from tests.program import Program

pytestmark = pytest.mark.browser


def joins(visitor: Visitor) -> None:
    """The head types the code from the invitation and agrees."""
    visitor.writes(visitor.code())
    visitor.reads("đồng ý không?")
    visitor.presses("Đồng ý")
    visitor.reads("bác đã vào với làng Tơ Bla")


@pytest.mark.storm
def test_it_carries_a_week_from_joining_to_being_taken_in(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url, PHONE)
    head.check()
    joins(head)
    head.turns("Mốc tiếp theo")
    head.reads("(1/3)")
    head.writes("150")
    head.reads("(2/3)")
    head.writes("430")
    head.reads("Là 43 hay đúng 430?")
    head.presses("43 ha")
    head.reads("(3/3)")
    head.writes("cần 2 xe đá")
    head.reads("bác xem lại giúp xã")
    head.check()
    head.presses("Gửi")
    head.reads("đúng hạn")
    reported = head.picture()

    officer = Visitor(chromium, rehearsal.url, WIDE)
    officer.becomes("Nguyễn Thị Hà")
    officer.writes("bảng")
    officer.reads("Đã có tin 1/9")
    officer.check()
    board = officer.picture()
    officer.presses("Xem làng Tơ Bla")
    officer.reads("«cần 2 xe đá»")
    officer.presses("Hỏi lại một chỗ")
    officer.reads("muốn hỏi lại chỗ nào")
    officer.writes("Đường 150 m hay 15 m vậy bác?")
    officer.reads("Đã hỏi lại làng Tơ Bla")

    head.reads("hỏi lại một chỗ")
    head.writes("sửa 1: 130")
    head.reads("(bản 2)")

    officer.writes("xem Tơ Bla")
    officer.reads("130/300 m")
    officer.presses("Tổng hợp")
    officer.reads("Đã tổng hợp số 18-01")
    officer.check()
    _keep_pictures(reported, board)
    head.leaves()
    officer.leaves()


def _keep_pictures(phone: bytes, screen: bytes) -> None:
    """The README's picture, made anew only when asked for."""
    folder = os.environ.get("THIDUA_PICTURES")
    if folder:
        side_by_side(phone, screen, Path(folder) / "overview.png")


@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.storm)])
def test_it_fits_a_small_old_screen(chromium: Browser, rehearsal: Program, dark: bool) -> None:
    head = Visitor(chromium, rehearsal.url, NARROW, dark=dark)
    joins(head)
    head.turns("Mốc tiếp theo")
    head.reads("(1/3)")
    head.check()
    sizes = "[...document.querySelectorAll('#log *, #text')].map(each => parseFloat(getComputedStyle(each).fontSize))"
    assert min(head.page.evaluate(sizes)) >= 17
    head.leaves()


def test_it_sends_once_what_was_written_without_a_network(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url)
    joins(head)
    head.context.set_offline(True)
    head.writes("giúp")
    expect(head.page.locator("#unsent li")).to_have_count(1)
    head.context.set_offline(False)
    head.reads("có dấu hay không dấu")
    expect(head.page.locator("#unsent li")).to_have_count(0)
    expect(head.page.locator("#entries > li").filter(has_text="có dấu hay không dấu")).to_have_count(1)
    head.leaves()


@pytest.mark.storm
def test_it_goes_on_where_it_was_when_the_program_was_killed(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url)
    joins(head)
    head.turns("Mốc tiếp theo")
    head.reads("(1/3)")
    head.writes("150")
    head.reads("(2/3)")
    rehearsal.restart()
    head.writes("43")
    head.reads("(3/3)")
    head.page.reload()
    head.reads("(3/3)")
    expect(head.page.locator("#entries > li").filter(has_text="(2/3)")).to_have_count(1)
    head.leaves()


def test_it_can_be_used_without_a_mouse(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url)
    head.writes(head.code())
    head.reads("đồng ý không?")
    head.page.locator("#entries").get_by_role("button", name="Đồng ý", exact=True).focus()
    head.page.keyboard.press("Enter")
    head.reads("bác đã vào với làng Tơ Bla")
    head.leaves()
