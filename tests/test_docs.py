"""What the documents say can be typed can be typed, and does what they say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import app
from tests.stage import Stage

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_it_names_only_commands_that_exist(document: Path) -> None:
    words = document.read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {str(group.name) for group in app.registered_groups}
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]|$)", words)) - {"what", "sure"} <= targets
    assert set(re.findall(r"bin/thidua ([a-z]+)", words)) <= commands
    assert all((ROOT / name).is_file() for name in re.findall(r"bin/python (\S+\.py)", words))


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_it_links_only_to_what_is_there(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)", document.read_text()):
        assert (document.parent / link).exists(), link


@pytest.mark.parametrize("said", ["150 43 cần 2 xe đá", "1: 150 2: 43", "đường 150, gieo 43"])
def test_it_reads_what_the_readme_says_a_head_may_type(set_stage: Callable[..., Stage], said: str) -> None:
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    stage.at("5/5 18:30")
    assert said in (ROOT / "README.md").read_text()
    assert "đường làng 150/300 m (thêm 30); gieo trồng 43/462 ha" in stage.says("Hyưh", said)[-1]


def test_it_does_what_the_readme_says_an_officer_may_type(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hà")
    stage.at("6/5 9:00")
    words = (ROOT / "README.md").read_text()
    for typed, answer in {
        "bảng": "Đã có tin 0/9",
        "xem Tơ Bla": "chưa có tin kỳ này",
        "khất Kon Bla: đám tang": "khất tuần 18",
        "ghi giúp Mơ Hra gọi 8:10": "Ghi giúp bác Brương",
    }.items():
        assert f"`{typed}`" in words
        assert answer in stage.says("Hà", typed)[-1]
