"""Files that an officer asks for, made for real and opened by other programs: Excel, Word, printed invitations."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from bot.channels.channel import File
from bot.documenting import Documenting
from bot.documenting import documenting as job
from campaigns.document import KEPT_FOR, Kind
from config.texts import Texts
from dialogue.doors import Door
from storage.documents import LEASE
from storage.store import Store
from tests.stage import BOT, Stage, opened

DOORS = (Door("Zalo", "https://zalo.example/xa-lo-ku"), Door("Telegram", "https://t.me/lo_ku_bot?start={code}"))


@pytest.fixture
def week(set_stage: Callable[..., Stage], tmp_path: Path) -> Stage:
    """Week 18 was asked for; Hyưh, Krŏng and Hà can be reached. Files are kept."""
    return _kept(set_stage(begun=_asked), tmp_path)


@pytest.fixture
def week_anywhere(set_stage: Callable[..., Stage], tmp_path: Path, database_kind: str) -> Stage:
    """The same, on both databases."""
    return _kept(set_stage(database_kind, begun=_asked), tmp_path)


def _kept(stage: Stage, folder: Path) -> Stage:
    stage.files = folder
    return stage


def _asked(stage: Stage) -> None:
    stage.joins("Hyưh", "Krŏng", "Hà")
    stage.at("5/5 18:30")


def files(stage: Stage, who: str = "Hà") -> list[File]:
    """The files that somebody's screen shows, the newest last."""
    return [file for message in stage.recorder.screen(who) for file in message.parcel.documents]


def newest(stage: Stage) -> BytesIO:
    """What is in the newest file on Hà's screen."""
    assert stage.files
    return BytesIO((stage.files / f"{files(stage)[-1].id}.file").read_bytes())


def table(stage: Stage) -> Any:
    """The first sheet of the newest file."""
    return openpyxl.load_workbook(newest(stage)).active


def row(sheet: Any, place: str) -> dict[str, Any]:
    """What a sheet says of a place, by the heads of its columns."""
    top = next(at for at, cells in enumerate(sheet.values, 1) if cells[0] == "TT")
    heads = [cell.value for cell in sheet[top]]
    found = next(cells for cells in sheet.iter_rows(min_row=top + 1) if cells[1].value == place)
    return dict(zip(heads, found, strict=True))


def test_it_is_a_table_that_another_program_opens_and_adds_up(week_anywhere: Stage) -> None:
    week = week_anywhere
    week.says("Hyưh", "150,5; khoảng 43,25; đường lầy quá, xin xã hai xe đá")
    for answer in ("chưa rõ", "chưa rõ", "chưa rõ", "không", "gửi"):  # Krŏng answers step by step
        week.says("Krŏng", answer)
    [said] = week.says("Hà", "excel")
    assert said.startswith("Bảng số liệu mới nhất: phong trào thi đua")
    assert files(week)[-1].name == "so-lieu-05-05-2022.xlsx"
    sheet = table(week)
    assert sheet.title == "Tuần 18"
    assert sheet["A2"].value == "BẢNG TỔNG HỢP SỐ LIỆU TUẦN 18 (29/4–5/5)"
    hyuh, krong, missing = (row(sheet, place) for place in ("Làng Tơ Bla", "Làng Đăk Tơ", "Làng Mơ Hra"))
    sown = hyuh["Gieo trồng (ha)"]
    assert (sown.value, sown.number_format) == (43.25, '"ước "#,##0.0###')
    assert hyuh["Công trình, phần việc"].value == "đường làng: 150,5 m"
    assert hyuh["Tình hình"].value == "đúng hạn"
    assert f"{hyuh['Báo lúc'].value:%H:%M %d/%m/%Y}" == "18:30 05/05/2022"
    assert "hai xe đá" in hyuh["Việc khác, khó khăn"].value
    assert krong["Gieo trồng (ha)"].value == "chưa rõ"
    assert missing["Gieo trồng (ha)"].value is None
    assert missing["Tình hình"].value == "chưa có tin"
    sums = sheet[sown.row + 9]
    assert sums[1].value == "Cộng 2/9 nơi"
    assert sums[sown.column - 1].value == f"=SUM(E{sown.row}:E{sown.row + 8})"


@pytest.mark.parametrize(
    "words", ["=1+1", '=HYPERLINK("http://x.example","x")', "@SUM(A1)", "+84 905", "-2+3", "https://x.example"]
)
def test_it_takes_whatever_was_typed_for_words_and_never_for_a_formula(week: Stage, words: str) -> None:
    week.says("Hyưh", "150 43 không")
    database = opened(week.url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update version set story = ?", (words,))
    database.close()
    week.says("Hà", "excel")
    told = row(table(week), "Làng Tơ Bla")["Việc khác, khó khăn"]
    assert (told.value, told.data_type, told.hyperlink) == (words, "s", None)


def test_it_has_the_results_in_a_paper_for_word(week: Stage) -> None:
    week.says("Hyưh", "150; khoảng 43; không")
    week.says("Hà", "xem tơ bla")
    week.presses("Hà", "Tổng hợp")
    week.at("6/5 12:00")
    week.says("Hà", "kết quả")
    [said] = week.presses("Hà", "Tải Word")
    assert said.startswith("Kết quả đến giờ này")
    paper = docx.Document(newest(week))
    titles = [paragraph.text for paragraph in paper.paragraphs]
    assert "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU" in titles
    assert "(tính đến 12:00 ngày 6/5/2022)" in titles
    [found] = paper.tables
    heads = [cell.text for cell in found.rows[0].cells]
    assert heads == ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "So với kế hoạch", "Chưa có số"]
    assert [cell.text for cell in found.rows[1].cells[1:]] == [
        *("Tổng diện tích gieo trồng", "3.994 ha", "ước 43 ha", "1,1%", "8 nơi"),
    ]
    insured = next(one for one in found.rows if "BHYT" in one.cells[1].text)  # asked in households, planned in per cent
    assert [cell.text for cell in insured.cells[2:]] == ["96 %", "", "", "9 nơi"]


def words(content: BytesIO) -> str:
    """Everything that stands on the pages, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(content).pages).split())


def codes_in(pages: str) -> list[str]:
    """The codes that stand on some invitations."""
    return re.findall(r"\b\d{4} \d{4}\b", pages)


def test_it_prints_an_invitation_for_each_who_is_not_in_yet(week: Stage) -> None:
    week.doors = DOORS
    old = week.codes["Lành"]
    [offer] = week.says("Hà", "phiếu mời")
    assert "In giấy mời cho 7 nơi chưa vào: làng Kon Bla" in offer
    [said] = week.presses("Hà", "In giấy mời")
    assert said.startswith("Giấy mời để in và cắt")
    told = words(newest(week))
    assert told.count("GIẤY MỜI · THI ĐUA XÃ LƠ KU") == len(set(codes_in(told))) == 7
    assert "Làng Tơ Bla" not in told  # Hyưh is in
    assert "Mã ấy chưa dùng được" in week.says("Ai đó", old)[-1]
    code = re.search(r"Lành.*?(\d{4} \d{4})", told)
    assert code
    assert "Trần Thị Lành" in week.says("Lành", code[1])[-1]


def test_it_prints_none_where_everybody_is_in(week: Stage) -> None:
    week.joins(*(who for who in week.codes if who not in ("Hyưh", "Krŏng", "Hà")))
    assert "Mọi đầu mối đã vào rồi" in week.says("Hà", "phiếu mời")[0]
    assert not files(week)


def test_it_gives_heads_and_strangers_no_file_and_foreign_presses_nothing(week: Stage) -> None:
    week.says("Hyưh", "150 43 không")
    week.says("Hà", "bảng")
    presses = (week.button("Hà", "Tải Excel"), f"document.invitations:{home(week)}")
    for who in ("Hyưh", "Ai đó"):
        for words in ("excel", "word", "phiếu mời"):
            assert "không thuộc phần của" in week.says(who, words)[-1]
        for press in presses:
            assert "không thuộc phần của" in week.presses_data(who, press)[-1]
        assert not files(week, who)


def home(stage: Stage) -> str:
    """The commune's own id."""
    database = opened(stage.url)
    with database.transaction() as session:
        found = Store.reading(session).people.roots()[0].id
    database.close()
    return str(found)


def test_it_makes_what_is_asked_for_twice_at_once_only_once(week: Stage) -> None:
    week.says("Hà", "excel", run=False)
    week.says("Hà", "tải excel", run=False)
    week.run()
    assert len(files(week)) == 1
    week.says("Hà", "excel")
    assert len(files(week)) == 2


def documenting(stage: Stage) -> tuple[Documenting, Any]:
    """The job by itself, over the stage's database."""
    database = opened(stage.url)
    return Documenting(database, Texts(), Random(3), stage.files), database


def asks(stage: Stage) -> None:
    """Hà has asked for a table; nobody has made it yet."""
    app, database = stage.program()
    stage.says("Hà", "excel", run=False)
    while app.inbox.take_turn(stage.clock()):
        pass
    database.close()


def test_it_is_made_again_by_another_where_one_died_at_it_and_comes_once(
    week_anywhere: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = week_anywhere
    week.says("Hyưh", "150 43 không")
    asks(week)
    one, database = documenting(week)
    steps: list[bool] = []

    def while_another_is_faster(sheets: Any, texts: Any, now: Any) -> bytes:
        """Takes longer than it may: another is put at it, and ends first."""
        if steps:
            return b"in time"
        steps.append(one.step(week.clock()))
        week.now += LEASE
        steps.append(one.step(week.clock()))
        return b"too late"

    monkeypatch.setattr(job, "reports", while_another_is_faster)
    assert one.step(week.clock())
    database.close()
    week.run()
    assert steps == [False, True], "nobody else is put at it before its minute is over"
    assert len(files(week)) == 1
    assert newest(week).read() == b"in time"


def test_it_says_so_where_a_file_cannot_be_made_and_goes_on(week: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> bytes:
        raise RuntimeError("no room on the disk")

    with monkeypatch.context() as worse:
        worse.setattr(job, "reports", broken)
        assert "Xã chưa làm được tệp này" in week.says("Hà", "excel")[0]
    assert not files(week)
    week.says("Hà", "excel")
    assert len(files(week)) == 1


@pytest.mark.parametrize("kind", [Kind.REPORTS, Kind.RESULTS, Kind.INVITATIONS])
def test_it_gives_nothing_to_whoever_was_an_officer_only_when_asking(week: Stage, kind: Kind) -> None:
    database = opened(week.url)
    with database.transaction() as session:
        store = Store(session, week.now, Random(1), BOT)
        subject = store.people.roots()[0].id if kind is Kind.INVITATIONS else store.campaigns.all()[0]
        store.documents.ask(store.people.account_in(BOT, "Hà").id, kind, subject)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update role set until = since where role = 'officer'")
    database.close()
    week.passes(minutes=1)
    assert not files(week)
    assert ("Không còn ai cần giấy mời" if kind is Kind.INVITATIONS else "chưa có gì") in week.screen("Hà")[-1]


def test_it_is_kept_no_longer_than_three_days(week: Stage) -> None:
    week.says("Hà", "excel")
    assert week.files
    kept = week.files / f"{files(week)[-1].id}.file"
    week.now += KEPT_FOR - timedelta(minutes=1)
    week.run()
    assert kept.exists()
    week.now += timedelta(minutes=2)
    week.run()
    assert not kept.exists()
