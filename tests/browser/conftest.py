"""A real browser on a real rehearsal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.needs import chromium_path
from tests.program import Program

ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, talking to nobody but this machine; gone with its module, as its event loop bars others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ALONE))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A rehearsal that several tests only look at."""
    program = Program("demo", tmp_path_factory.mktemp("standing"))
    yield program
    program.stop()


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Program]:
    """A rehearsal from its first minute."""
    program = Program("demo", tmp_path)
    yield program
    program.stop()
