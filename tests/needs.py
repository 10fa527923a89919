"""What tests may need from the machine, and what happens where it is missing.

A test marked `needs_postgres`, `needs_plans` or `browser` is skipped, aloud, where its need is missing.
Nothing else may ever be skipped: under CI (CI=true) any other skip turns the run red.
"""

import os
import shutil
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

ROOT = Path(__file__).parent.parent
LOCAL_POSTGRES = (
    "postgresql+psycopg:///postgres",
    "postgresql+psycopg://127.0.0.1:5432/postgres",
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
)
SEED = 20220907
SKIPPED = pytest.StashKey[list[pytest.TestReport | pytest.CollectReport]]()


@cache
def postgres_url() -> str | None:
    """Where databases may be created, for SQLAlchemy: THIDUA_TEST_POSTGRES if set, else a local one that answers."""
    told = os.environ.get("THIDUA_TEST_POSTGRES")
    return told or next(filter(may_create_databases, LOCAL_POSTGRES), None)


def may_create_databases(url: str) -> bool:
    """Whether a PostgreSQL answers there that lets us create databases."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(plain, connect_timeout=3) as there:
            row = there.execute("select rolcreatedb or rolsuper from pg_roles where rolname = current_user").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and bool(row[0])


@cache
def chromium_path() -> str | None:
    """The Chromium that browser tests drive: THIDUA_CHROMIUM if it is set, else the first one installed."""
    names = (os.environ.get("THIDUA_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(shutil.which, names) if found), None)


def plans_dir() -> Path | None:
    """The folder of the real plans, which is kept beside the checkout."""
    beside = ROOT.parent / "shared" / "plans"
    return beside if beside.is_dir() else None


NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "needs_postgres": (
        postgres_url,
        "no PostgreSQL here in which databases may be created; name one in THIDUA_TEST_POSTGRES",
    ),
    "needs_plans": (plans_dir, "the real plans are not beside this checkout (../shared/plans)"),
    "browser": (chromium_path, "no Chromium here; Debian: apt install chromium; or name one in THIDUA_CHROMIUM"),
}


def missing(marks: Collection[str]) -> list[str]:
    """Why a test with these marks cannot run here; empty if it can."""
    return [f"{mark}: {why}" for mark, (find, why) in NEEDS.items() if mark in marks and not find()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for reason in missing({mark.name for mark in item.iter_markers()}):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = SEED  # another order: make test ARGS="--randomly-seed=1"
    config.stash[SKIPPED] = []
    config.pluginmanager.register(Watch(config.stash[SKIPPED]))


class Watch:
    """Keeps what was skipped, however it came about."""

    def __init__(self, skipped: list[pytest.TestReport | pytest.CollectReport]) -> None:
        self.skipped = skipped

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report)


def unexcused(config: pytest.Config) -> list[str]:
    """The tests that were skipped although nothing that they may need is missing."""
    return [report.nodeid for report in config.stash[SKIPPED] if not missing(getattr(report, "keywords", ()))]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if in_ci() and not session.exitstatus and unexcused(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.write_line(f"order: --randomly-seed={config.getoption('randomly_seed', None)}")
    for name in unexcused(config):
        terminalreporter.write_line(f"SKIPPED WITHOUT NEED{' (red)' if in_ci() else ''}: {name}", red=True)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}
