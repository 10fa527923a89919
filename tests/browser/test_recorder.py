"""Speaking instead of writing, in a real browser with a made-up microphone: record, listen, send, be heard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import ALONE
from tests.browser.test_week import joins
from tests.browser.visitor import NARROW, WIDE, Visitor
from tests.needs import chromium_path
from tests.program import Program

pytestmark = pytest.mark.browser

MICROPHONE = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
PLAYS = """async () => {
  const all = Array.from(document.querySelectorAll("#entries audio"));
  const last = all[all.length - 1];
  last.muted = true;
  await last.play();
  await new Promise((resolve) => last.addEventListener("timeupdate", () => last.currentTime > 0.2 && resolve()));
  return last.currentTime > 0.2 && last.error === null;
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium with a microphone that beeps."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*ALONE, *MICROPHONE])
        yield browser
        browser.close()


def records(visitor: Visitor) -> None:
    """Tap, speak for a moment, tap."""
    visitor.page.get_by_role("button", name="Nhắn bằng ghi âm").click()
    expect(visitor.page.locator("#recorder-time")).to_have_text("0:01")
    visitor.page.get_by_role("button", name="Xong", exact=True).click()
    expect(visitor.page.locator("#recorder-said")).to_contain_text("Ghi được 0:01")


def sends(visitor: Visitor) -> None:
    """Send what was recorded."""
    visitor.page.get_by_role("button", name="Nhắn ghi âm", exact=True).click()


@pytest.mark.storm
def test_it_carries_a_voice_from_the_head_to_the_officers_ear(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url, NARROW)
    joins(head)
    head.turns("Mốc tiếp theo")
    head.reads("(1/3)")
    head.page.get_by_role("button", name="Nhắn bằng ghi âm").click()
    expect(head.page.locator("#recorder-stop")).to_be_focused()
    head.check()
    head.page.get_by_role("button", name="Bỏ", exact=True).click()
    expect(head.page.locator("#text")).to_be_visible()
    records(head)
    expect(head.page.locator("#recorder audio")).to_be_visible()
    head.check()
    sends(head)
    head.reads("Xã nhận ghi âm rồi, cảm ơn bác Hyưh")
    expect(head.page.locator("#entries audio")).to_have_count(1)
    assert head.page.evaluate(PLAYS)
    head.check()

    officer = Visitor(chromium, rehearsal.url, WIDE)
    officer.becomes("Nguyễn Thị Hà")
    officer.writes("xem Tơ Bla")
    officer.reads("đợi ghi")
    assert officer.page.evaluate(PLAYS)
    officer.check()
    officer.presses("Nghe rồi ghi giúp")
    officer.reads("Ghi giúp bác Hyưh")
    officer.writes("150 43 không")
    officer.reads("Bác Hyưh được nhắn lại các số này")
    head.reads("cô Hà nghe rồi ghi giúp bác")
    head.leaves()
    officer.leaves()


def test_it_keeps_a_recording_without_a_network_and_sends_it_once(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url)
    joins(head)
    head.context.set_offline(True)
    records(head)
    sends(head)
    expect(head.page.locator("#unsent audio")).to_have_count(1)
    head.context.set_offline(False)
    head.reads("cô Hà sẽ nghe")
    expect(head.page.locator("#unsent li")).to_have_count(0)
    expect(head.page.locator("#entries audio")).to_have_count(1)
    head.leaves()


@pytest.mark.parametrize(
    ("lacking", "is_there"),
    [
        ("delete window.MediaRecorder", False),
        ("delete Navigator.prototype.mediaDevices", False),
        ("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error())", True),
    ],
)
def test_it_offers_nothing_that_a_browser_cannot(
    chromium: Browser, standing: Program, lacking: str, is_there: bool
) -> None:
    visitor = Visitor(chromium, standing.url)
    visitor.context.add_init_script(lacking)
    visitor.page.reload()
    visitor.reads("mã")
    button = visitor.page.get_by_role("button", name="Nhắn bằng ghi âm")
    expect(button).to_have_count(int(is_there))
    if is_there:
        button.click()
        expect(visitor.page.locator("#note")).to_contain_text("chưa cho trang này dùng micrô")
        expect(visitor.page.locator("#text")).to_be_visible()
    visitor.leaves()
