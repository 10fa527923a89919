"""Any order of reporting, correcting, asking back, extending, excusing, clock jumps and sudden deaths of the program.

What must hold is looked for on people's screens and on a clerk's paper, never in the program's own counting: nobody is
reminded after the report, or twice of one thing, or at night; what the officer is shown adds up; and every report
stands as the clerk wrote it down.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from campaigns.authority import Role
from campaigns.calendar import LOCAL
from campaigns.obligation import owes
from storage import outbox
from storage.campaigns import Campaigns
from storage.obligations import Obligations
from storage.reminders import Reminders
from storage.rows import ObligationRow, PersonRow, RoleRow
from storage.store import Store
from tests.conftest import ON_POSTGRES, Copies
from tests.properties.days import ALLIED, FIGURES, HEADS, NEVER, VILLAGES, Days, Heard
from tests.stage import Stage, opened

RUNS, ORDERS, ACTS = 2, 16, 40
LONG = {"sqlite": range(100, 120), "postgresql": range(200, 212)}
_WEEK = re.compile(r"tuần (\d+)")
_RECEIPT = re.compile(r"Số (\d+)-\d+")
_STEP = re.compile(r"\(1/(\d)\)")
_ON_THE_BOARD = re.compile(r"(?:Đúng hạn|Đến sau hạn|Chưa có tin|Khất) (\d+):")
_IN_THE_DIGEST = re.compile(r"đã có tin (\d+)/(\d+)(?:, khất (\d+))?(?:, còn đợi (\d+) nơi)?")
EVENINGS_AND_MORNINGS = ((time(5, 30), time(7)), (time(18), time(20)))


def check(days: Days) -> None:
    """Look at the screens in the order in which they came."""
    reported: set[tuple[str, str]] = set()
    for one in days.heard:
        receipt, week = _RECEIPT.search(one.words), _WEEK.search(one.words)
        assert ALLIED not in one.words, f"allied bodies owe nothing: {one}"
        if week and _reminds(one.words):
            assert (one.chat, week.group(1)) not in reported, f"reminded after the report: {one}"
            assert _is_awake(one.at), f"reminded at night: {one}"
        elif one.chat in HEADS and receipt and "hỏi lại" not in one.words:
            reported.add((one.chat, receipt.group(1)))
        elif one.chat in HEADS and "xin tin" in one.words:
            _look_at_form(one)
        else:
            _look_at_sums(one.words)
    _look_for_twins(days)


def _reminds(words: str) -> bool:
    return "ơi, xã" in words and "đợi" in words and "thêm đến" not in words


def _look_for_twins(days: Days) -> None:
    """Nothing was sent twice unmarked, nobody reminded twice of one thing, no report given two numbers."""
    unmarked = Counter(one.outbox for one in days.heard if not one.again)
    reminded = Counter((one.chat, one.words) for one in days.heard if _reminds(one.words))
    assert max(*unmarked.values(), *reminded.values(), *(len(p.numbers) for p in days.paper.values())) == 1, "doubled"


def _is_awake(at: datetime) -> bool:
    return any(start <= at.astimezone(LOCAL).time() <= end for start, end in EVENINGS_AND_MORNINGS)


def _look_at_form(form: Heard) -> None:
    """It asks what the village undertook and the one figure of the first edition, then one open question."""
    assert time(5, 30) <= form.at.astimezone(LOCAL).time() <= time(20), f"asked at night: {form}"
    step = _STEP.search(form.words)
    asked = int(step.group(1)) if step else len(re.findall(r"^\d\. ", form.words, re.MULTILINE))
    assert not asked or asked == FIGURES[form.chat] + 1, f"asked by another edition: {form}"


def _look_at_sums(words: str) -> None:
    """On time, late, missing and excused are nine villages, each told on its own."""
    if standing := [int(number) for number in _ON_THE_BOARD.findall(words)]:
        assert sum(standing) == VILLAGES, f"sums: {words}"
    elif digest := _IN_THE_DIGEST.search(words):
        had, expected, excused, waited = (int(number or 0) for number in digest.groups())
        extended = words.count("được đợi đến")
        assert had + excused + waited + extended == expected == VILLAGES, f"sums: {words}"


def standings(url: str) -> dict[tuple[str, int], tuple[str, datetime]]:
    """How every report stands by the rows alone, and when it was due."""
    database = opened(url)
    rows = (
        select(ObligationRow, PersonRow.called)
        .where(ObligationRow.unit_id == RoleRow.unit_id, RoleRow.person_id == PersonRow.id)
        .where(col(PersonRow.called).in_(HEADS), RoleRow.role == Role.REPORTER)
    )
    with database.transaction() as session:
        found = {(called, row.number): (_standing(row), row.due_at) for row, called in session.exec(rows)}
    database.close()
    return found


def _standing(row: ObligationRow) -> str:
    if row.first_said_at is not None:
        return "on_time" if row.first_said_at <= row.due_at else "late"
    return "excused" if row.excused_at is not None else "missing"


def prepared(copies: Copies, kind: str) -> str:
    """Three heads, the officer and the chairman have joined; an allied body takes part."""
    url = copies.copy(kind)
    stage = Stage(url, copies.invitations)
    stage.joins(*HEADS, "Hà", "Lực")
    database = opened(url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(3))
        (campaign,), (root,) = store.campaigns.all(), store.people.roots()
        front = store.roster.add_unit("khối", ALLIED, above=root, roster=20, allied=True)
        store.changes.join(campaign, front.id)
    database.close()
    return url


def plays(copies: Copies, seed: int, kind: str = "sqlite", name: str = "three heads") -> Days:
    """Play some days in random order to the end, and check them."""
    url = copies.of(kind, name, prepared)
    days = Days(url, seed)
    for _ in range(ACTS):
        days.acts()
    days.ends()
    days.close()
    check(days)
    assert not any(days.said.values()), f"the clerk heard answers that were thrown away: {days.said}"
    assert all(paper.first_said != NEVER for paper in days.paper.values()), "nobody said what was taken"
    kept = standings(url)
    assert {key: paper.stands(key[1]) for key, paper in days.paper.items()} == kept, "not as the clerk wrote it down"
    copies.drop(url)
    return days


def test_it_holds_whatever_happens(copies: Copies) -> None:
    _hold(copies, range(RUNS), "sqlite")


@pytest.mark.storm
@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_holds_in_many_orders(copies: Copies, kind: str) -> None:
    _hold(copies, LONG[kind], kind)


def _hold(copies: Copies, seeds: range, kind: str) -> None:
    played = [plays(copies, seed, kind) for seed in seeds]
    assert sum(len(paper.numbers) for days in played for paper in days.paper.values()) > len(seeds)
    assert sum(days.deaths for days in played) > len(seeds)
    assert any("ơi, xã đợi tin" in one.words for days in played for one in days.heard)


def reminds_after_the_report(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("handlers.reminding.cleared", lambda *_: None)
    patch.setattr(Reminders, "came", lambda *_: None)
    patch.setattr("handlers.reminding.BUDGET", 9)


def reminds_at_night(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("campaigns.reminder.earlier", lambda moment, *_: moment)
    patch.setattr("campaigns.reminder.later", lambda moment, *_: moment)
    patch.setattr("handlers.reminding.may_write", lambda *_: True)


def asks_at_night(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("handlers.asking.form_at", lambda _obligation, now, _holidays: now)


def repeats_what_may_have_arrived(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("bot.outbox._decide_unknown", lambda row, _channel, now: outbox.put_back(row, now))


def counts_one_too_few(patch: pytest.MonkeyPatch) -> None:
    whole = Obligations.of_period
    patch.setattr(Obligations, "of_period", lambda self, *period: whole(self, *period)[1:])


def asks_by_the_newest_edition(patch: pytest.MonkeyPatch) -> None:
    edition = Campaigns.edition
    patch.setattr(Campaigns, "edition", lambda self, campaign, _number=None: edition(self, campaign))


def asks_allied_bodies(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("storage.obligations.owes", lambda one, *about: owes(replace(one, allied=False), *about))


def lets_a_correction_count_as_the_report(patch: pytest.MonkeyPatch) -> None:
    def newest(self: Obligations, obligation: Any, said_at: datetime) -> None:
        self._session.get_one(ObligationRow, obligation).first_said_at = said_at

    patch.setattr(Obligations, "fulfil", newest)


def forgets_an_extension(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Obligations, "extend", lambda _self, obligation, *_: obligation)


def throws_drafts_away(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("handlers.asking._adds_nothing", lambda *_: True)


def forgets_that_it_was_gone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("bot.timetable.give_time_back", lambda *_: [])


CONTROLS: list[Any] = [
    (reminds_after_the_report, "reminded after the report", 1),
    (reminds_at_night, "at night", 0),
    (counts_one_too_few, "sums", 0),
    (asks_allied_bodies, "allied bodies", 0),
    (asks_by_the_newest_edition, "another edition", 0),
    (lets_a_correction_count_as_the_report, "clerk", 2),
    (asks_at_night, "asked at night", 0),
    (repeats_what_may_have_arrived, "doubled", 1),
    (forgets_an_extension, "clerk", 0),
    (throws_drafts_away, "clerk", 0),
    (forgets_that_it_was_gone, "clerk", 0),
]


@pytest.mark.storm
@pytest.mark.parametrize(("sabotage", "noticed", "first"), CONTROLS)
def test_it_would_notice_a_program_that(
    sabotage: Callable[[pytest.MonkeyPatch], None],
    noticed: str,
    first: int,
    copies: Copies,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same days, played with a guard taken away, from the order in which it was noticed first."""
    sabotage(monkeypatch)
    complaints = (_complaint(copies, (first + at) % ORDERS, sabotage.__name__) for at in range(ORDERS))
    assert any(noticed in complaint for complaint in complaints)


def _complaint(copies: Copies, seed: int, name: str) -> str:
    try:
        plays(copies, seed, name=name)
    except AssertionError as wrong:
        return str(wrong)
    return ""
