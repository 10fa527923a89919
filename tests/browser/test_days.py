"""The day above what was said on it, and what renews itself in place, as a browser shows a stream of entries."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.program import Rehearsal

Opens = Callable[..., Page]


def entry(number: int, at: str, html: str, **more: Any) -> dict[str, Any]:
    """One entry as the server tells it, at a moment of the campaign."""
    attached: dict[str, list[str]] = {"choices": [], "photos": [], "recordings": [], "documents": []}
    told = {"id": number, "kind": "out", "at": at, "html": html, **attached}
    return told | {"client": None, "replaces": None, "repeated": False} | more


def renewed(number: int, of: int, at: str, html: str) -> dict[str, Any]:
    """An entry in place of another."""
    return entry(number, at, html, kind="edit", replaces=of)


@pytest.fixture(params=["America/New_York", pytest.param("Asia/Ho_Chi_Minh", marks=pytest.mark.storm)])
def opens(chromium: Browser, standing: Rehearsal, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Opens the chat on what is told at first and then on what comes, wherever the device thinks it is."""
    context = chromium.new_context(locale="vi-VN", timezone_id=request.param)

    def opened(first: list[dict[str, Any]], then: list[dict[str, Any]] | None = None) -> Page:
        told = iter([first, then or []])

        def answer(route: Route) -> None:
            lines = [f"id: {one['id']}\nevent: entry\ndata: {json.dumps(one)}\n\n" for one in next(told, [])]
            route.fulfill(body=": \n\n" + "".join(lines), content_type="text/event-stream")

        page = context.new_page()
        page.route("**/events?*", answer)
        page.goto(f"{standing.url}/?vai")
        page.wait_for_selector("#log[aria-busy=false]", state="attached")
        return page

    yield opened
    context.close()


def lines(page: Page) -> list[str]:
    """Days and words, from the top."""
    found = page.locator("#entries .day, #entries .words").all()
    return [one.inner_text().strip() for one in found]


def test_it_names_each_day_once_and_changes_at_midnight_of_the_campaign(opens: Opens) -> None:
    page = opens(
        [
            entry(1, "2022-05-05T18:30:00+07:00", "xin tin"),
            entry(2, "2022-05-05T23:59:59+07:00", "còn hôm ấy"),
            entry(3, "2022-05-06T00:00:00+07:00", "hôm sau"),
            entry(4, "2022-05-06T00:00:01+07:00", "vẫn hôm sau", kind="in"),
            entry(5, "2022-12-31T23:59:00+07:00", "cuối năm"),
            entry(6, "2023-01-01T00:01:00+07:00", "năm mới"),
        ]
    )
    assert lines(page) == [
        "Thứ Năm, 5/5/2022",
        "xin tin",
        "còn hôm ấy",
        "Thứ Sáu, 6/5/2022",
        "hôm sau",
        "vẫn hôm sau",
        "Thứ Bảy, 31/12/2022",
        "cuối năm",
        "Chủ Nhật, 1/1/2023",
        "năm mới",
    ]
    assert page.locator("#entries time").first.inner_text() == "18:30"


def test_it_renews_a_bubble_under_the_day_it_stands_on_and_calls_nobody_to_it(opens: Opens) -> None:
    page = opens(
        [entry(1, "2022-05-05T23:59:00+07:00", "Đã đến 0/9"), entry(2, "2022-05-05T23:59:30+07:00", "tin khác")],
        [renewed(3, 1, "2022-05-06T00:00:05+07:00", "Đã đến 4/9"), renewed(4, 1, "2022-05-06T00:00:10+07:00", "8/9")],
    )
    expect(page.locator("#entries .words").first).to_have_text("8/9")
    assert lines(page) == ["Thứ Năm, 5/5/2022", "8/9", "tin khác"]
    assert page.locator(".new-mark").count() == 0
    assert page.locator("#newer").is_hidden()
    assert not page.title().startswith("(")


def test_it_renews_what_lies_further_back_than_is_read_in_one_bubble(opens: Opens) -> None:
    page = opens(
        [renewed(7, 1, "2022-05-06T08:00:00+07:00", "Đã đến 4/9")],
        [renewed(9, 1, "2022-05-06T08:00:05+07:00", "Đã đến 8/9")],
    )
    expect(page.locator("#entries .words")).to_have_text(["Đã đến 8/9"])
