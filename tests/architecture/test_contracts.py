"""The import contracts bite: a small house of the same rooms, and for every contract files that break it."""

import subprocess
import sys
from pathlib import Path

from tests.needs import ROOT

HOUSE = {
    "bot/app.py": "import handlers.join, storage.people, config.settings, dialogue.say, aiohttp, asyncio",
    "handlers/join.py": "import storage.people, dialogue.say, campaigns.unit",
    "storage/people.py": "import campaigns.unit, sqlmodel",
    "dialogue/say.py": "import campaigns.unit, re",
    "config/settings.py": "import campaigns.unit, pathlib",
    "campaigns/unit.py": "import datetime",
    "tests/test_join.py": "import bot.app",
}
PURE = ("asyncio", "sqlalchemy", "sqlmodel", "aiohttp", "sqlite3", "psycopg", "os", "pathlib", "logging")
BREACHES = {
    "handlers": ("bot.app", "config.settings", "aiogram", "sqlalchemy", "sqlmodel", "apscheduler", "tests.test_join"),
    "storage": ("bot.app", "handlers.join", "dialogue.say", "config.settings", "tests.test_join"),
    "dialogue": ("bot.app", "handlers.join", "storage.people", "config.settings", "tests.test_join", *PURE),
    "config": ("bot.app", "handlers.join", "storage.people", "dialogue.say", "tests.test_join"),
    "campaigns": ("handlers.join", "storage.people", "dialogue.say", "config.settings", "tests.test_join", *PURE),
    "bot": ("tests.test_join",),
}


def build(folder: Path, files: dict[str, str]) -> None:
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for path, source in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).with_name("__init__.py").touch()
        (folder / path).write_text(f"{source}\n")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What lint-imports says of the house in a folder, under the real contracts."""
    program = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache"],
        cwd=folder,
        env={"COLUMNS": "400", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_accepts_a_house_in_order(tmp_path: Path) -> None:
    build(tmp_path, HOUSE)
    heard = lint(tmp_path)
    assert heard.returncode == 0, heard.stdout + heard.stderr
    assert "4 kept, 0 broken" in heard.stdout


def test_it_finds_every_import_that_goes_the_wrong_way(tmp_path: Path) -> None:
    wrong = {(room, f"breach_{name.replace('.', '_')}"): name for room, names in BREACHES.items() for name in names}
    build(tmp_path, HOUSE | {f"{room}/{file}.py": f"import {name}" for (room, file), name in wrong.items()})
    heard = lint(tmp_path)
    assert heard.returncode == 1, heard.stdout + heard.stderr
    assert "0 kept, 4 broken" in heard.stdout
    unseen = [
        f"{room}.{file}" for (room, file), name in wrong.items() if f"{room}.{file} -> {name}" not in heard.stdout
    ]
    assert not unseen, heard.stdout
