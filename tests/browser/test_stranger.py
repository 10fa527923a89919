"""A stranger in front of a rehearsal: one button, and a week plays before their eyes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import PHONE, WIDE, Visitor
from tests.program import Program

pytestmark = pytest.mark.browser
HEAVIEST = 100_000


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[Program]:
    """A rehearsal whose week takes no longer than the machine needs."""
    program = Program("demo --speed 1000", tmp_path)
    yield program
    program.stop()


@pytest.mark.storm
def test_it_explains_itself_and_plays_a_week(chromium: Browser, hurried: Program) -> None:
    """On a phone in the dark; somebody else watches the same week on a wide screen."""
    stranger = Visitor(chromium, hurried.url, PHONE, dark=True, stranger=True)
    page, weight = stranger.page, [0]
    page.on("response", lambda r: weight.append(0 if "image" in r.headers.get("content-type", "") else _size(r)))
    expect(page.locator(".first-words > p:not(.first-tag)")).to_have_count(3)
    expect(page.get_by_role("button")).to_have_count(1)
    stranger.check()
    page.get_by_role("button", name="Xem thử một tuần").press("Enter")
    page.wait_for_url("**/rehearsal/week")
    other = Visitor(chromium, f"{hurried.url}/rehearsal/week", WIDE, stranger=True)
    expect(other.page.locator(".screen")).to_have_count(3)
    expect(other.page.locator("#caption")).not_to_be_empty()
    for viewer in (stranger, other):
        viewer.check()
        expect(viewer.page.get_by_role("heading", name="Một tuần vừa qua")).to_be_visible(timeout=90_000)
        expect(viewer.page.locator("#seen-list li").first).to_have_text(re.compile(r"^8/9 thôn, làng có tin"))
        expect(viewer.page.locator("#villages .late")).to_have_count(1)
        viewer.check()
    assert 0 < sum(weight) < HEAVIEST
    page.get_by_role("button", name="Xem bảng của cán bộ").click()
    stranger.reads("Tuần 19")
    expect(page.locator("#person option:checked")).to_have_text(re.compile("Nguyễn Thị Hà"))
    stranger.leaves()
    other.leaves()


def _size(response: object) -> int:
    """The bytes of a page or a part of one; what streams has no length."""
    return int(getattr(response, "headers", {}).get("content-length", 0))
