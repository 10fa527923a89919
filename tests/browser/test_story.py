"""The whole story in real browsers: an empty program, an officer at a wide screen, two heads with their phones.

Launch, join, register, report, remind, ask back, correct, take in, a good example with its card in a group, an
announcement. The officer's guide and the heads' take their pictures from here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, expect

from bot.channels.web.issuing import Issuer
from bot.channels.web.sessions import COOKIE
from bot.channels.web.site import BOT
from storage.database import Database
from storage.sessions import Sessions, signing_key
from storage.store import Store
from tests.browser.visitor import PHONE, WIDE, Visitor
from tests.program import Turnable
from tests.stage import local

pytestmark = pytest.mark.browser

FIRST_DAY = local("29/4/2022 08:00")
CAMPAIGN = re.compile("UBND xã Lơ Ku: phong trào thi đua")
CODE = re.compile(r"\b\d{4} \d{4}\b")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Turnable]:
    """A program that nobody has claimed yet, on the first day of the campaign."""
    program = Turnable(tmp_path, FIRST_DAY)
    yield program
    program.stop()


class Group:
    """A group on the program's own channel, as the rehearsal has them: watched with a browser that holds its chat."""

    def __init__(self, program: Turnable) -> None:
        self._program = program
        self._database = Database(f"sqlite:///{program.data / 'thidua.db'}")
        self._secret = Issuer(signing_key(self._database, "never used")).new()

    def types(self, code: str) -> None:
        """Somebody types the code in the group."""
        with self._database.transaction() as session:
            store = Store(session, FIRST_DAY, Random(1), BOT)
            account = store.people.account_in(BOT, "group", group=True)
            assert store.groups.link(code.replace(" ", ""), account.id)
            Sessions(store.scribe, FIRST_DAY).open(self._secret, account.id, "Firefox")

    def watched(self, chromium: Browser) -> Visitor:
        """Somebody of the group looks at it on a phone."""
        return Visitor(chromium, self._program.url, PHONE, cookie=(COOKIE, self._secret))

    def close(self) -> None:
        """Nobody looks any more."""
        self._database.close()


def claims(officer: Visitor, code: str) -> None:
    """The officer types the code that the program printed and says who they are."""
    officer.writes(code)
    officer.presses("Xã")
    for words in ("Lơ Ku", "cô Nguyễn Thị Hà", "0905 000 111"):
        officer.writes(words)
        officer.waits()
    officer.presses("Gửi")
    officer.reads("cô là cán bộ thi đua của xã Lơ Ku")


def invites(officer: Visitor, place: str, head: str, phone: str) -> str:
    """The officer adds a village with its head; the code to pass on."""
    for words in ("thêm nơi", place, head, phone):
        officer.writes(words)
        officer.waits()
    officer.presses("Gửi")
    officer.reads(f"Đã thêm {place}")
    return officer.newest(CODE)


def joins(head: Visitor, code: str) -> None:
    """A head types the code and agrees."""
    head.writes(code)
    head.reads("đồng ý không?")
    head.presses("Đồng ý")
    head.reads("đã vào với")


def launches(officer: Visitor) -> None:
    """The officer answers what the plan left open, looks at what people will see, and launches."""
    officer.writes("phát động")
    officer.presses(CAMPAIGN)
    officer.writes("29/4 đến 2/6")
    officer.presses("Mỗi tuần")
    officer.reads("hỏi 18:30 thứ Năm")
    officer.writes("đồng ý")
    officer.reads("nhiều nhất 3 số")
    officer.writes("7 mỗi tuần: Giờ cả đàn heo của làng có mấy con?")
    officer.reads("«Giờ cả đàn heo của làng có mấy con?»")
    officer.writes("đồng ý")
    officer.reads("Nhắc nơi chưa có tin")
    officer.writes("đồng ý")
    officer.presses("Mời từng nơi")
    officer.reads("sẽ nhận tin này lúc 18:30 thứ Năm 5/5")
    officer.check()
    officer.keeps("can-bo-phat-dong.png")
    officer.presses("Xem tiếp")
    officer.presses("Phát động")
    officer.reads("Đã mời 2 nơi")


def registers(head: Visitor) -> None:
    """A head takes part: a yes to what is shown, and what the plan invites to."""
    head.reads("Tham gia là tự nguyện")
    head.presses("Đăng ký")
    head.presses("Có, tham gia")
    head.presses("Chưa ký")
    head.presses("Gửi")


def test_it_carries_a_campaign_from_the_first_code_to_a_neighbour_in_the_group(
    chromium: Browser, program: Turnable
) -> None:
    officer = Visitor(chromium, program.url, WIDE)
    claims(officer, CODE.findall(program.printed[0])[0])
    hyuh, blenh = Visitor(chromium, program.url, PHONE), Visitor(chromium, program.url, PHONE)
    joins(hyuh, invites(officer, "làng Tơ Bla", "bác Đinh Hyưh", "0905 000 101"))
    joins(blenh, invites(officer, "làng Kon Bla", "cô Đinh Thị Blĕnh", "0905 000 102"))
    launches(officer)
    for head in (hyuh, blenh):
        registers(head)
        head.reads("nhận đăng ký")
        head.check()
    officer.writes("đăng ký")
    officer.reads("2 làng")
    officer.check()

    program.turns_to(local("5/5/2022 18:30"))
    hyuh.reads("(1/3)")
    hyuh.writes("43 20 cần 2 xe đá")
    hyuh.reads("đúng hạn")
    hyuh.keeps("dau-moi-bao-cao.png")
    program.turns_to(local("6/5/2022 06:00"))
    blenh.reads("xã đợi tin tuần 18 của làng Kon Bla")
    blenh.check()
    officer.writes("bảng")
    officer.reads("Đã có tin 1/2")
    officer.keeps("can-bo-bang.png")

    officer.presses("Xem làng Tơ Bla")
    officer.presses("Hỏi lại một chỗ")
    officer.writes("20 con heo hay 200 vậy bác?")
    hyuh.reads("hỏi lại một chỗ")
    hyuh.writes("2: 200")
    hyuh.reads("(bản 2)")
    officer.writes("xem Tơ Bla")
    officer.reads("200 con")
    officer.presses("Tổng hợp")
    officer.reads("Đã tổng hợp số 18-01")

    group = Group(program)
    officer.writes("nhóm")
    officer.presses("Thêm nhóm")
    officer.presses("Người tốt, việc tốt")
    officer.writes("Nhóm bà con")
    officer.reads("Mã của «Nhóm bà con»")
    group.types(officer.newest(CODE))
    hyuh.writes("nêu gương")
    for words in ("bà Y Hlan", "ở đây", "Nhặt được ví, bà hỏi khắp làng rồi mang tận nhà trả lại.", "sáng 4/5"):
        hyuh.waits()
        hyuh.writes(words)
    hyuh.presses("Người lớn")
    hyuh.presses("Đồng ý, không ảnh")
    hyuh.reads("Cảm ơn bác Hyưh đã kể về Y Hlan")
    officer.writes("gương")
    officer.presses("Y Hlan (đợi đăng)")
    officer.reads("Trong nhóm sẽ thấy")
    officer.presses("Đăng")
    officer.reads("Đang làm ảnh và đăng")
    neighbour = group.watched(chromium)
    neighbour.reads("hỏi khắp làng")
    expect(neighbour.page.locator("#entries img").last).to_be_visible()
    neighbour.check()
    neighbour.keeps("nhom-guong.png")

    officer.writes("thông báo")
    officer.writes("Chiều mai họp ở nhà rông, 14 giờ.")
    officer.presses("Mọi nơi tham gia")
    officer.reads("bác Hyưh, cô Blĕnh")
    officer.presses("Gửi")
    for head in (hyuh, blenh):
        head.reads("Chiều mai họp ở nhà rông, 14 giờ.")
    officer.reads("Đã đến 2/2")
    officer.check()
    group.close()
