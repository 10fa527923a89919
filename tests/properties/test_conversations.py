"""Whatever a head says in whatever order: what is saved is what was confirmed, or what the receipt echoed."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from campaigns.report import Figure
from handlers import report as reporting
from storage import reports
from storage.database import Database
from tests.conftest import Copies
from tests.properties.conversation import Shown, Talk, read_preview, read_receipt, undone
from tests.stage import Stage

CONVERSATIONS, HALVES, MANY, PARTS, LONGEST = 80, 2, 2_000, 8, 9
WORDS = (
    "150 43 không",
    "150 43",
    "1: 160 2: 44",
    "2: 45,5 1: 170 3: bà con dọn đường",
    "đường 155, gieo 43,5",
    "1500 430",
    "430",
    "43",
    "150",
    "125,5",
    "12.5",
    "1,500",
    "khoảng 160 hơn 43 ha ko",
    "trăm rưỡi 43",
    "như cũ",
    "nhu cu 43",
    "?",
    "? 44 không",
    "không",
    "không phát sinh",
    "đúng",
    "gửi",
    "sửa 1: 180",
    "sửa 2: 46",
    "sửa 2: 999",
    "sửa 3: mưa to, cần 2 xe đá",
    "sửa",
    "quay lại",
    "thôi",
    "báo cáo",
    "giúp",
    "ok",
    "cảm ơn xã",
    "cần 2 xe đá",
    "bà con ơi 12 13 14",
    "<b>150</b> & 43",
    "5 kg",
    "giữ nguyên",
    "đường 150 43",
    "0",
    "-5",
    "１５０ ４３ không",
)


@pytest.fixture(scope="module")
def database(copies: Copies) -> Iterator[Database]:
    opened = Database(copies.of("sqlite", "head and officer", _joined))
    yield opened
    opened.close()


def _joined(copies: Copies, kind: str) -> str:
    url = copies.copy(kind)
    Stage(url, copies.invitations, "full").joins("Hyưh", "Hà")
    return url


def converse(database: Database, seed: int) -> Talk:
    """One random conversation, checked after every message."""
    chance = Random(seed)
    with undone(database) as session:
        talk = Talk(session, chance, chance.choice(["full", "bare"]))
        for _ in range(chance.randint(2, LONGEST)):
            _something_happens(talk, chance)
        return talk


def _something_happens(talk: Talk, chance: Random) -> None:
    before, receipts = talk.saved(), len(talk.receipts)
    preview = talk.screen[-1] if talk.screen[-1].name == "report.confirm" else None
    dice = chance.random()
    buttons = [data for shown in talk.screen for data in shown.buttons]
    if dice < 0.35 and buttons:
        talk.says(press=chance.choice(buttons[-4:] if dice < 0.28 else buttons))
    elif dice < 0.42 and before:
        _asks_back(talk, chance)
    else:
        talk.says(chance.choice(WORDS))
    _check(talk, before, receipts, preview)


def _asks_back(talk: Talk, chance: Random) -> None:
    talk.says("xem to bla", chat="Hà")
    menu = talk.officer[-1].menu
    if menu:
        talk.says(press=chance.choice(menu), chat="Hà")
    if talk.officer[-1].name == "approval.reason":
        talk.says("Đường bao nhiêu mét vậy?", chat="Hà")


def _check(talk: Talk, before: object, receipts: int, preview: Shown | None) -> None:
    saved, told = talk.saved(), talk.receipts[receipts:]
    if saved != before:
        assert len(told) == 1, f"saved without a receipt: {talk.said}"
        _check_preview(talk, saved, preview)
    if told:
        assert read_receipt(told[-1]) == saved, f"the receipt says something else: {talk.said}"


def _check_preview(talk: Talk, saved: object, preview: Shown | None) -> None:
    """What was confirmed by "gửi" is what the preview showed."""
    last = talk.said[-1]
    if preview is not None and (last.endswith(":send") or last == "Hyưh> gửi"):
        assert isinstance(saved, tuple)
        assert read_preview(preview.text) == (saved[2], saved[3]), talk.said


@pytest.mark.parametrize("half", range(HALVES))
def test_it_saves_exactly_what_was_confirmed_or_echoed(half: int, database: Database) -> None:
    _all_save_what_they_showed(database, range(half, CONVERSATIONS, HALVES))


@pytest.mark.storm
@pytest.mark.parametrize("part", range(PARTS))
def test_it_does_so_in_two_thousand_conversations(part: int, database: Database) -> None:
    _all_save_what_they_showed(database, range(part, MANY, PARTS))


def _all_save_what_they_showed(database: Database, seeds: range) -> None:
    talks = [converse(database, seed) for seed in seeds]
    reported = sum(bool(talk.receipts) for talk in talks)
    assert reported > len(talks) // 4, "too few conversations come to a report to prove anything"


def _two_hundred(database: Database) -> None:
    for seed in range(200):
        converse(database, seed)


def test_it_would_notice_a_report_that_is_saved_otherwise(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    row = reports._figure_row

    def one_more(identifier: Any, version: Any, place: int, figure: Figure) -> Any:
        return row(identifier, version, place, replace(figure, amount=(figure.amount or 0) + 10_000))

    monkeypatch.setattr(reports, "_figure_row", one_more)
    with pytest.raises(AssertionError):
        _two_hundred(database)


def test_it_would_notice_a_receipt_that_says_otherwise(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = reporting.report_lines

    def swapped(figures: Any, reported: Any) -> list[dict[str, Any]]:
        told = lines(figures, reported)
        told[0]["amount"], told[1]["amount"] = told[1]["amount"], told[0]["amount"]
        return told

    monkeypatch.setattr(reporting, "report_lines", swapped)
    with pytest.raises(AssertionError):
        _two_hundred(database)
