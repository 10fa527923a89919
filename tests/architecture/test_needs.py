"""Proof that nothing is skipped in silence. Runs small suites of their own with the real plugin and settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import ROOT, may_create_databases

PASSES = "def test_it_passes(): pass\n"
EXCUSED = "import pytest\n@pytest.mark.browser\ndef test_it_looks(): pass\n"
SKIPS = {
    "bare": "import pytest\n@pytest.mark.skip(reason='later')\ndef test_it(): pass\n",
    "from_within": "import pytest\ndef test_it(): pytest.skip('not today')\n",
    "need_is_there": "import pytest\n@pytest.mark.needs_plans\ndef test_it(): pytest.skip('not today')\n",
    "whole_module": "import pytest\npytest.skip('not today', allow_module_level=True)\n",
    "missing_import": "import pytest\npytest.importorskip('no_such_module_anywhere')\n",
}
STORM = "import pytest\n@pytest.mark.storm\ndef test_it_rages(): pass\n"
WARNS = "import warnings\ndef test_it_warns(): warnings.warn('old')\n"
MISSPELT = "import pytest\n@pytest.mark.strom\ndef test_it_rages(): pass\n"


def run(
    folder: Path, suite: dict[str, str], *options: str, ci: str = "", chromium: bool = True
) -> subprocess.CompletedProcess[str]:
    """Runs a made-up suite beside made-up plans, under the real settings."""
    checkout = folder / "main"
    (checkout / "tests").mkdir(parents=True)
    (folder / "shared" / "plans").mkdir(parents=True)
    for name in ("pyproject.toml", "tests/__init__.py", "tests/needs.py"):
        (checkout / name).write_bytes((ROOT / name).read_bytes())
    for name, source in ({"passes": PASSES} | suite).items():
        (checkout / "tests" / f"test_{name}.py").write_text(source)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "THIDUA"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", *options],
        cwd=checkout,
        env=kept | {"CI": ci, "PATH": os.environ["PATH"] if chromium else ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), pytest.param(("-n", "2"), marks=pytest.mark.storm)], ids=["alone", "spread"])
def test_it_turns_every_skip_without_need_red_in_ci(tmp_path: Path, options: tuple[str, ...]) -> None:
    red = run(tmp_path, SKIPS, *options, ci="true")
    assert red.returncode == 1, red.stdout
    for name in SKIPS:
        assert f"SKIPPED WITHOUT NEED (red): tests/test_{name}.py" in red.stdout


def test_it_only_tells_of_them_elsewhere(tmp_path: Path) -> None:
    green = run(tmp_path, SKIPS)
    assert green.returncode == 0, green.stdout
    assert green.stdout.count("SKIPPED WITHOUT NEED: ") == len(SKIPS)


def test_it_skips_aloud_what_the_machine_cannot_do(tmp_path: Path) -> None:
    green = run(tmp_path, {"excused": EXCUSED}, ci="true", chromium=False)
    assert green.returncode == 0, green.stdout
    assert "browser: no Chromium here" in green.stdout
    assert "WITHOUT NEED" not in green.stdout


@pytest.mark.browser
def test_it_runs_what_the_machine_can_do(tmp_path: Path) -> None:
    assert "2 passed" in run(tmp_path, {"excused": EXCUSED}, ci="true").stdout


def test_it_takes_no_warning_tells_the_order_and_leaves_the_storm_for_its_own_command(tmp_path: Path) -> None:
    red = run(tmp_path, {"storm": STORM, "warns": WARNS})
    assert "--randomly-seed=" in red.stdout
    assert "1 failed, 1 passed, 1 deselected" in red.stdout


def test_it_takes_no_unknown_mark(tmp_path: Path) -> None:
    assert "'strom' not found in `markers`" in run(tmp_path, {"misspelt": MISSPELT}).stdout


def test_it_does_not_take_a_silent_port_for_a_database() -> None:
    assert not may_create_databases("postgresql+psycopg://127.0.0.1:1/postgres")
