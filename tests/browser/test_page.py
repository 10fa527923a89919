"""The page as people keep it: in their colours, where they stopped reading, on their home screen, on two devices."""

import io
import os
import re
import signal
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, expect

from tests.browser.conftest import ALONE
from tests.browser.visitor import NARROW, PHONE, WIDE, Visitor
from tests.needs import chromium_path
from tests.program import Program, launched_codes

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(246, 241, 232)", "rgb(23, 18, 15)"
# What the page is painted on at its first frame with anything in it.
FIRST_PAINT = """
    new PerformanceObserver((all) => all.getEntries().forEach((each) => {
        if (each.name === "first-contentful-paint") window.painted = getComputedStyle(document.body).backgroundColor;
    })).observe({ type: "paint", buffered: true });
"""
# To the end, until the page has noticed; it stands there already where everything fits on the screen.
READ_ON = """new Promise((done) => {
    addEventListener("scroll", () => setTimeout(done));
    scrollTo(0, document.documentElement.scrollHeight);
    setTimeout(done, 500);
})"""
HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def photo(name: str, colour: tuple[int, int, int]) -> FilePayload:
    """A photo as a file chooser gives it."""
    kept = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(kept, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def joined(chromium: Browser, url: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> Visitor:
    """The first head, who has come in."""
    head = Visitor(chromium, url, size, dark=dark)
    _comes_in(head, head.code())
    return head


def test_it_is_light_or_dark_as_the_phone_or_as_chosen_without_a_flash(chromium: Browser, rehearsal: Program) -> None:
    head = Visitor(chromium, rehearsal.url, NARROW)
    head.page.add_init_script(FIRST_PAINT)
    body = head.page.locator("body")
    expect(body).to_have_css("background-color", LIGHT)
    head.page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("background-color", DARK)
    head.page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", LIGHT)

    head.page.click("#menu")
    expect(head.page.locator("#devices li")).to_have_count(1)
    head.check()
    head.page.get_by_label("Tối").check()
    expect(body).to_have_css("background-color", DARK)
    head.check()
    head.page.reload()
    head.page.wait_for_function("window.painted")
    assert head.page.evaluate("window.painted") == DARK

    head.page.click("#menu")
    head.page.get_by_label("Theo máy").check()
    expect(body).to_have_css("background-color", LIGHT)
    head.leaves()


def test_it_shows_where_reading_stopped(chromium: Browser, rehearsal: Program) -> None:
    head = joined(chromium, rehearsal.url)
    head.page.goto("about:blank")
    officer = Visitor(chromium, rehearsal.url)
    officer.becomes("Nguyễn Thị Hà")
    officer.turns("Mốc tiếp theo")
    expect(officer.page.locator("#person option", has_text="Đinh Hyưh")).to_contain_text("(1 tin mới)")
    head.page.goto(rehearsal.url)
    head.reads("(1/3)")
    mark = head.page.locator(".new-mark")
    expect(mark).to_have_text("Tin mới")
    expect(mark.locator("xpath=following-sibling::li[1]")).to_contain_text("xin tin làng Tơ Bla")
    head.page.evaluate(READ_ON)
    head.page.reload()
    head.reads("(1/3)")
    expect(mark).to_have_count(0)

    head.page.evaluate(HIDE, True)
    officer.writes("nhắc Tơ Bla")
    officer.reads("Tơ Bla")
    officer.turns("Mốc tiếp theo")
    expect(head.page).to_have_title(re.compile(r"^\([1-9]\) "), timeout=20_000)
    expect(mark).to_have_count(1)
    head.page.evaluate(HIDE, False)
    expect(head.page).to_have_title(re.compile(r"^[^(]"))
    head.check()
    head.writes("giúp")
    expect(mark).to_have_count(0)
    head.leaves()
    officer.leaves()


def test_it_makes_photos_large_in_their_place(chromium: Browser, rehearsal: Program) -> None:
    head = joined(chromium, rehearsal.url)
    head.turns("Mốc tiếp theo")
    head.reads("(1/3)")
    head.page.set_input_files("#files", [photo("1.jpg", (200, 60, 40)), photo("2.jpg", (40, 160, 60))])
    expect(head.page.locator("#entries .photos img")).to_have_count(2)
    head.writes("150 43 không")
    head.reads("đúng hạn")
    officer = Visitor(chromium, rehearsal.url, WIDE)
    officer.becomes("Nguyễn Thị Hà")
    officer.writes("xem Tơ Bla")
    links = officer.page.locator("#entries li").filter(has_text="Làng Tơ Bla").last.locator(".photos a")
    expect(links).to_have_count(2)

    links.first.click()
    shown, place = officer.page.locator("#viewer-image"), officer.page.locator("#viewer-place")
    expect(place).to_have_text("Ảnh 1 trên 2")
    officer.check()
    officer.page.keyboard.press("ArrowRight")
    expect(place).to_have_text("Ảnh 2 trên 2")
    second = shown.get_attribute("src")
    officer.page.get_by_role("button", name="Ảnh trước").click()
    expect(place).to_have_text("Ảnh 1 trên 2")
    assert shown.get_attribute("src") != second
    expect(shown).to_have_js_property("complete", True)
    assert shown.bounding_box()["width"] > 600  # type: ignore[index]
    officer.page.keyboard.press("Escape")
    expect(officer.page.locator("#viewer")).to_be_hidden()
    assert officer.page.evaluate("document.activeElement.href.includes('/photos/')")
    head.leaves()
    officer.leaves()


def test_it_keeps_what_is_half_written_for_whom_it_was_written(chromium: Browser, rehearsal: Program) -> None:
    one = Visitor(chromium, rehearsal.url)
    one.page.fill("#text", "lời của bác Hyưh")
    one.page.reload()
    expect(one.page.locator("#text")).to_have_value("lời của bác Hyưh")
    one.becomes("Nguyễn Thị Hà")
    expect(one.page.locator("#text")).to_have_value("")
    one.becomes("Đinh Hyưh")
    expect(one.page.locator("#text")).to_have_value("lời của bác Hyưh")
    one.leaves()


@pytest.mark.storm
def test_it_hands_unsent_words_to_the_page_that_is_opened_anew(chromium: Browser, tmp_path: Path) -> None:
    program = Program("run", tmp_path)
    try:
        somebody = Visitor(chromium, program.url)
        somebody.reads("mã tám số")
        somebody.context.clear_cookies()
        somebody.writes("chưa gửi được")
        somebody.page.fill("#text", "đang gõ dở")
        somebody.page.get_by_role("button", name="Mở lại trang").click()
        expect(somebody.page.locator("#text")).to_have_value("chưa gửi được\nđang gõ dở")
        expect(somebody.page.locator("#unsent > li")).to_have_count(0)
        somebody.leaves()
    finally:
        program.stop()


def _browsers_of(profile: Path) -> list[int]:
    """The processes of a browser that runs on this profile, without its children."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
        except OSError:
            continue
        if str(profile) in command and "--type=" not in command and "chrom" in command.split("\0")[0]:
            found.append(int(process.name))
    return found


def _persistent(chromium: Browser, profile: Path) -> BrowserContext:
    return chromium.browser_type.launch_persistent_context(profile, executable_path=chromium_path(), args=list(ALONE))


@pytest.mark.storm
def test_it_keeps_words_and_photos_when_the_browser_itself_is_killed(
    chromium: Browser, rehearsal: Program, tmp_path: Path
) -> None:
    context = _persistent(chromium, tmp_path)
    context.pages[0].goto(f"{rehearsal.url}/?vai")
    context.close()  # who they are was kept long ago: a browser writes new cookies down only after half a minute
    context = _persistent(chromium, tmp_path)
    page = context.pages[0]
    page.goto(f"{rehearsal.url}/?vai")
    page.wait_for_selector("#log[aria-busy=false]", state="attached")
    page.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    page.fill("#text", "nhắn lúc mất mạng")
    page.press("#text", "Enter")
    page.set_input_files("#files", [photo("1.jpg", (200, 60, 40))])
    expect(page.locator("#unsent > li")).to_have_count(2)
    page.fill("#text", "đang gõ dở")
    page.wait_for_timeout(1000)  # the disk of a machine under load
    for process in _browsers_of(tmp_path):
        os.kill(process, signal.SIGKILL)

    context = _persistent(chromium, tmp_path)
    context.set_offline(True)
    page = context.pages[0]
    page.goto(rehearsal.url)
    expect(page.locator("#text")).to_have_value("đang gõ dở")
    expect(page.locator("#unsent > li")).to_have_count(2)
    expect(page.locator("#unsent > li").first).to_contain_text("nhắn lúc mất mạng")
    expect(page.locator("#unsent img")).to_have_count(1)
    context.set_offline(False)
    expect(page.locator("#entries")).to_contain_text("nhắn lúc mất mạng", timeout=20_000)
    expect(page.locator("#unsent > li")).to_have_count(0, timeout=20_000)
    context.close()


CACHED = """caches.keys().then((names) => Promise.all(names.map(async (name) => {
    const cache = await caches.open(name);
    return Promise.all((await cache.keys()).map(async (key) => [key.url, await (await cache.match(key)).text()]));
}))).then((found) => found.flat())"""


def test_it_opens_without_a_network_and_keeps_nothing_that_was_said(chromium: Browser, rehearsal: Program) -> None:
    head = joined(chromium, rehearsal.url, NARROW)
    head.page.evaluate("navigator.serviceWorker.ready")
    head.page.reload()
    head.reads("bác đã vào")
    kept = head.page.evaluate(CACHED)
    assert any(address.endswith("/chat.js") for address, _ in kept)
    assert [address for address, _ in kept if "/static/" not in address] == [f"{rehearsal.url}/"]
    assert not [address for address, text in kept if "bác đã vào" in text]

    head.context.set_offline(True)
    head.page.reload()
    expect(head.page.locator("#quiet")).to_contain_text("các tin cũ chưa hiện ra")
    expect(head.page.locator("#entries li")).to_have_count(0)
    head.check()
    head.writes("giúp")
    head.page.reload()
    expect(head.page.locator("#unsent > li")).to_contain_text("giúp")
    head.context.set_offline(False)
    head.reads("có dấu hay không dấu")
    expect(head.page.locator("#entries .mine").filter(has_text="giúp")).to_have_count(1)
    head.leaves()


@pytest.mark.storm
def test_it_opens_on_a_second_device_and_is_ended_there(chromium: Browser, tmp_path: Path) -> None:
    codes = launched_codes(tmp_path)
    program = Program("run", tmp_path)
    try:
        head, other = Visitor(chromium, program.url), Visitor(chromium, program.url, NARROW)
        _comes_in(head, codes["Đinh Hyưh"])
        head.writes("máy khác")
        head.page.get_by_role("button", name="Mở thêm ở máy khác").click()
        expect(head.page.locator("#device-digits")).to_have_text(re.compile(r"^\d{4} \d{4}$"))
        head.check()
        other.writes(head.page.inner_text("#device-digits"))
        other.reads("bác đã vào với làng Tơ Bla")
        other.reads("vừa mở thêm ở")
        head.page.click("#options-close")
        head.reads("vừa mở thêm ở")

        head.page.click("#menu")
        end = head.page.locator("#devices li").filter(has_not_text="máy này").get_by_role("button")
        end.click()
        expect(end).to_have_text("Bấm lần nữa để đóng")
        end.click()
        expect(head.page.locator("#devices li")).to_have_count(1)
        expect(other.page.locator("#banner")).to_contain_text("Cuộc nhắn tin đã được đóng trên máy này")
        expect(other.page.locator("#entries li")).to_have_count(0)
        other.check()
        other.page.get_by_role("button", name="Mở lại trang").click()
        other.reads("mã tám số trong giấy mời")
        expect(other.page.locator("main")).to_contain_text("Cuộc nhắn tin đã được đóng trên máy này")
        expect(other.page.locator("#entries")).not_to_contain_text("làng Tơ Bla")
        head.leaves()
        other.leaves()
    finally:
        program.stop()


def _comes_in(head: Visitor, code: str) -> None:
    head.writes(code)
    head.reads("đồng ý không?")
    head.presses("Đồng ý")
    head.reads("bác đã vào với làng Tơ Bla")


def test_it_gives_the_officer_a_file_to_keep(chromium: Browser, rehearsal: Program) -> None:
    officer = Visitor(chromium, rehearsal.url)
    officer.turns("Mốc tiếp theo")
    officer.becomes("Hà")
    officer.writes("bảng")
    officer.reads("Chưa có tin 9")
    officer.presses("Tải Excel")
    officer.reads("Bảng số liệu mới nhất")
    officer.check()
    with officer.page.expect_download() as coming:
        officer.page.get_by_role("link", name="Tải tệp so-lieu").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    assert Path(coming.value.path()).read_bytes().startswith(b"PK")
    officer.leaves()
