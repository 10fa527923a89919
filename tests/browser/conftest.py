"""A real browser on a real rehearsal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.needs import chromium_path
from tests.program import Rehearsal

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


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """A rehearsal that is only looked at; who knows when it stands in."""
    program = Rehearsal(tmp_path_factory.mktemp("standing"))
    yield program
    program.stop()


@pytest.fixture
def rehearsal(standing: Rehearsal) -> Rehearsal:
    """A rehearsal from its first minute."""
    return standing.begin_again()
