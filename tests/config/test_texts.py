"""What the program says: everything that is named is there, and nothing is said that heads should not have to read."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from config.texts import TEXTS, Texts, UnknownText, _environment
from dialogue.forms import CHANGE, SEND
from handlers.join import NO, YES

ROOT = Path(__file__).parent.parent.parent
TO_HEADS = (
    *("report", "correction", "join", "dialogue", "page", "help", "buttons", "words", "launched", "edition_told"),
    "telling",
    "device",
)
# The list of what a village head should never have to read; "bạn" as a word of its own.
NEVER = (
    "hệ thống",
    "vui lòng",
    "thành công",
    "xác nhận",
    "lũy kế",
    "kỳ báo cáo",
    "trạng thái",
    "trả lại",
    "quá hạn",
    "vi phạm",
    "bắt buộc",
    "không hợp lệ",
    "sai cú pháp",
    "lỗi",
    r"\bbạn\b",
    r"(?<!trẻ )\bem\b",
    r"\bmình\b",
    r"\bbot\b",
    r"\bduyệt\b",
)
BY_FORM = (
    "report.whole",
    "report.figure",
    "report.story",
    "report.confirm",
    "join.consent",
    "approval.reason",
    *(f"buttons.{how}" for how in ("same", "nothing", "unknown", "back")),
    *(option.label for option in (SEND, CHANGE, YES, NO)),
)


def named() -> set[str]:
    """Every text that a handler, the program or the page names."""
    sources = [*ROOT.glob("handlers/*.py"), *ROOT.glob("bot/**/*.py"), *ROOT.glob("dialogue/*.py")]
    found = re.findall(
        r'(?:Say|Finding|Choice|render|_said|_stop|Option|_word)\(\s*"(?:[a-z]+", )?"?([a-z_]+\.[a-z_]+)"',
        "\n".join(path.read_text() for path in sources),
    )
    return set(found) | set(BY_FORM)


@pytest.mark.parametrize("name", sorted(named()))
def test_it_has_every_text_that_is_named(name: str) -> None:
    assert Texts().has(name)


def test_it_finds_the_texts_that_are_named() -> None:
    assert {"report.receipt", "correction.asked_back", "help.old_button", "board.board", "buttons.approve"} <= named()


@pytest.mark.parametrize("file", TO_HEADS)
@pytest.mark.parametrize("word", NEVER)
def test_it_spares_heads_the_words_of_offices(file: str, word: str) -> None:
    words = re.sub(r"\{[#%{].*?[#%}]\}", " ", (TEXTS / "vi" / f"{file}.j2").read_text(), flags=re.DOTALL)
    assert not re.search(word, words, re.IGNORECASE)


def test_it_refuses_a_text_that_is_not_there_and_a_value_that_is_missing() -> None:
    texts = Texts()
    assert not texts.has("report.nothing_of_the_kind")
    with pytest.raises(UnknownText):
        texts.render("report.nothing_of_the_kind", {})
    with pytest.raises(UndefinedError):
        texts.render("approval.no_report", {})


def test_it_escapes_what_people_wrote() -> None:
    unit = {"kind": "làng", "name": "<b>Tơ Bla</b>"}
    assert "&lt;b&gt;" in Texts().render("approval.no_report", {"unit": unit})


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("kinh tế - xã hội", "kinh tế - xã hội"),
        ("kinh tế - xã hội năm 2022", "kinh tế - xã hội năm…"),
        ("phát triển kinh tế - xã hội", "phát triển kinh tế…"),
        ("A & B " * 9, "A & B A & B…"),
    ],
)
def test_it_shortens_at_a_word_and_leaves_no_dash_behind(title: str, shown: str) -> None:
    said = Texts()._environment.from_string("{% macro a(t) %}{{ t }}{% endmacro %}{{ a(title) | gon(21) }}")
    assert said.render(title=title) == shown.replace("&", "&amp;")


def fresh() -> str:
    """A text, as a program says it that has just been started."""
    started = _environment.__wrapped__("vi", None)
    said: Any = started.get_template("document.j2").module
    return str(said.head_unit())


def test_it_says_the_same_from_what_an_earlier_start_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert fresh() == "Đơn vị"
    kept = list(tmp_path.rglob("__jinja2_*"))
    assert kept
    monkeypatch.setattr("jinja2.environment.Environment.compile", None)  # nothing is compiled again
    assert fresh() == "Đơn vị"


@pytest.mark.parametrize("spoilt", [b"", b"\x00" * 40, b"nonsense"])
def test_it_compiles_anew_what_was_spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fresh()
    for kept in tmp_path.rglob("__jinja2_*"):
        kept.write_bytes(kept.read_bytes()[:30] + spoilt)
    assert fresh() == "Đơn vị"


def test_it_does_without_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc/nowhere")
    assert fresh() == "Đơn vị"
