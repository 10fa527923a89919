"""Somebody in front of a screen."""

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.pictures import for_guides

PHONE, NARROW, WIDE = (390, 780), (320, 640), (1280, 860)
GRAVE = {"serious", "critical"}


class Visitor:
    """Plays whom the rehearsal's bar says, on a screen of some size."""

    def __init__(
        self,
        chromium: Browser,
        url: str,
        size: tuple[int, int] = PHONE,
        *,
        dark: bool = False,
        stranger: bool = False,
        cookie: tuple[str, str] | None = None,
    ) -> None:
        self.context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if dark else "light",
        )
        if cookie:
            self.context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": url}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.goto(url if stranger else f"{url}/?vai")
        if not stranger:
            self._opened()

    def _opened(self) -> None:
        self.page.wait_for_selector("#log[aria-busy=false]", state="attached")

    def code(self) -> str:
        """The code on the invitation."""
        expect(self.page.locator("#invitation")).to_contain_text(re.compile(r"\d{4} \d{4}"))
        found = re.search(r"\d{4} \d{4}", self.page.inner_text("#invitation"))
        assert found
        return found.group()

    def writes(self, words: str) -> None:
        """Type and send with Enter."""
        self.page.fill("#text", words)
        self.page.press("#text", "Enter")

    def reads(self, words: str) -> None:
        """Wait until the newest messages say this."""
        expect(self.page.locator("#entries > li").filter(has_text=words).last).to_be_visible(timeout=20_000)

    def waits(self) -> None:
        """Wait until what was written last is answered."""
        expect(self.page.locator("#unsent li")).to_have_count(0)
        expect(self.page.locator("#entries > li").last).to_have_class(re.compile("theirs"))

    def newest(self, words: re.Pattern[str]) -> str:
        """The newest words of this kind that the conversation shows."""
        return str(words.findall(self.page.inner_text("#entries"))[-1])

    def presses(self, label: str | re.Pattern[str]) -> None:
        """Press the newest button of that label in the conversation."""
        exact = isinstance(label, str)
        self.page.locator("#entries").get_by_role("button", name=label, exact=exact).last.click()

    def turns(self, label: str) -> None:
        """Turn the clock with the bar's button."""
        self._in_bar(lambda: self.page.get_by_role("button", name=label, exact=True).click())

    def becomes(self, name: str) -> None:
        """Play somebody else from now on."""
        option = self.page.locator("#person option").filter(has_text=name)
        expect(option).to_have_count(1)
        with self.page.expect_navigation():
            self._in_bar(lambda: self.page.select_option("#person", option.get_attribute("value")), close=False)
        self._opened()

    def _in_bar(self, act: Any, *, close: bool = True) -> None:
        folded = self.page.locator("#stage-toggle").is_visible()
        if folded:
            self.page.click("#stage-toggle")
        act()
        if folded and close:
            self.page.click("#stage-toggle")

    def check(self) -> None:
        """Nothing grave for people who cannot see or point well, and nothing that runs off the screen."""
        self.page.emulate_media(reduced_motion="reduce")  # what is half faded in has half its contrast
        found = Axe().run(self.page).response["violations"]
        grave = [
            (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found if each["impact"] in GRAVE
        ]
        assert not grave, grave
        sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        inside, screen = self.page.evaluate(sizes)
        assert inside <= screen, "the page is wider than the screen"

    def picture(self) -> bytes:
        """The screen as it is."""
        self.page.mouse.move(0, 0)
        return self.page.screenshot()

    def keeps(self, name: str) -> None:
        """Keep a picture of the screen for the guides, where pictures are asked for."""
        folder = os.environ.get("THIDUA_PICTURES")
        if folder:
            for_guides(self.picture(), Path(folder) / name)

    def leaves(self) -> None:
        """Close the browser's window."""
        self.context.close()
