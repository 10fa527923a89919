"""The command line, as somebody who installs it meets it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.__main__ as command
from bot.__main__ import app
from bot.app import offer_of
from campaigns.proposal import Offer
from config.campaign_file import load_campaign
from storage.database import Database
from storage.migrate import migrate
from storage.store import Store
from tests.program import ROOT, Program

LIMIT = 90


def thidua(*words: str, data: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    told = os.environ | environment | ({"THIDUA_DATA": str(data)} if data else {})
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, check=False, cwd=ROOT, env=told, capture_output=True, text=True, timeout=LIMIT)


@pytest.mark.parametrize("command", ["demo", "run", "launch", "simulate"])
def test_it_has_help_for_every_command(command: str) -> None:
    helped = CliRunner().invoke(app, [command, "--help"])
    assert helped.exit_code == 0
    assert "Usage" in helped.output
    assert command in CliRunner().invoke(app, ["--help"]).output


def test_it_prints_everybodys_code_once(tmp_path: Path) -> None:
    first = thidua("launch", "lo-ku-2022", data=tmp_path, COLUMNS="120")
    assert len(set(re.findall(r"\d{4} \d{4}", first.stdout))) == 11
    assert "Đinh Hyưh" in first.stdout
    again = thidua("launch", "lo-ku-2022", data=tmp_path)
    assert again.returncode != 0
    assert "đã phát động rồi" in again.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["simulate", "khong-co"],
            "Không có phong trào khong-co. Có: bo-trach-2020, cat-ne-2024, duyen-hai-2021, ha-hoa-2022, lo-ku-2022.",
        ),
        (["simulate", "lo-ku-2022", "--profile", "lua"], "Không có kênh kiểu lua. Có: bare, full."),
        (["launch", "../../etc/passwd"], "Không có phong trào"),
    ],
)
def test_it_says_in_plain_words_what_is_wrong(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    answered = CliRunner().invoke(app, words)
    assert isinstance(answered.exception, SystemExit), "a traceback"
    assert says in str(answered.exception.code)


@pytest.mark.parametrize("slug", ["ha-hoa-2022", "lo-ku-2022", "bo-trach-2020", "cat-ne-2024", "duyen-hai-2021"])
def test_it_tells_what_it_understands_of_a_campaigns_file(slug: str) -> None:
    told = CliRunner().invoke(app, ["campaign", "check", str(ROOT / "config" / "campaigns" / f"{slug}.yaml")])
    assert told.exit_code == 0
    assert "Đọc được: Phát động" in told.output
    assert "Cán bộ còn phải trả lời: " in told.output
    rehearsed = CliRunner().invoke(app, ["campaign", "check", str(ROOT / "config" / "rehearsal" / f"{slug}.yaml")])
    assert rehearsed.exit_code == 0
    assert "nơi tham gia" in rehearsed.output


def test_it_tells_deadlines_as_they_count() -> None:
    told = CliRunner().invoke(app, ["campaign", "check", str(ROOT / "config" / "campaigns" / "bo-trach-2020.yaml")])
    assert "Mốc đến hết ngày 14/02/2020" in told.output


def test_it_refuses_a_wrong_campaign_file_by_line_and_field(tmp_path: Path) -> None:
    right = (ROOT / "config" / "campaigns" / "ha-hoa-2022.yaml").read_text("utf-8")
    (tmp_path / "sai.yaml").write_text(right.replace("goal: 50", "goal: năm mươi"), "utf-8")
    line = right[: right.index("goal: 50")].count("\n") + 1
    told = CliRunner().invoke(app, ["campaign", "check", str(tmp_path / "sai.yaml")])
    assert told.exit_code != 0
    assert f"sai.yaml, dòng {line}, ô targets[1].goal" in str(told.exception)
    assert "9007.4" in str(told.exception)


def test_it_says_that_it_runs_already_or_that_the_port_is_taken(tmp_path: Path) -> None:
    program = Program("run", tmp_path)
    try:
        same_data = thidua("run", data=tmp_path, THIDUA_PORT="65000")
        same_port = thidua("run", data=tmp_path / "other", THIDUA_PORT=str(program.port))
    finally:
        program.stop()
    assert "đang chạy ở một cửa sổ khác" in same_data.stderr
    assert f"Không mở được cổng {program.port} (Address already in use)" in same_port.stderr


@pytest.mark.parametrize("port", ["abc", "99999"])
def test_it_says_which_setting_is_of_no_use(tmp_path: Path, port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    monkeypatch.setenv("THIDUA_PORT", port)
    monkeypatch.setattr(command, "keep_secrets", lambda: None)  # for a whole process
    monkeypatch.setattr(sys, "argv", ["thidua", "run"])
    with pytest.raises(SystemExit, match=f"THIDUA_PORT={port} không dùng được"):
        command.main()


def test_a_wrong_campaign_file_takes_only_itself_off_the_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "sai.yaml"
    wrong.write_text("slug: SAI\n")

    def offer(slug: str) -> Offer:
        return Offer(load_campaign(wrong)) if slug == "cat-ne-2024" else offer_of(slug)

    monkeypatch.setattr(command, "offer_of", offer)
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    migrate(database)
    command._put_on_offer(database)
    with database.transaction() as session:
        slugs = [one.campaign.slug for one in Store.reading(session).campaigns.on_offer()]
    database.close()
    assert slugs == ["bo-trach-2020", "duyen-hai-2021", "ha-hoa-2022", "lo-ku-2022"]
    assert "sai.yaml" in capsys.readouterr().out
