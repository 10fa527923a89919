"""Any order of reporting, correcting, asking back, extending, excusing, clock jumps and sudden deaths of the program.

What must hold is looked for on people's screens and on a clerk's paper, never in the program's own counting: nobody is
reminded after the report, or twice of one thing, or at night; and every report stands as the clerk wrote it down.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.channel import Parcel
from campaigns.calendar import LOCAL
from storage.obligations import Obligations
from storage.reminders import Reminders
from tests.conftest import Copies
from tests.crash.mortal import MARK, Died, Points, World
from tests.stage import Stage, local, opened

RUNS, ORDERS, ACTS = 3, 8, 40
HEADS = {"Hyưh": "Tơ Bla", "Blĕnh": "Kon Bla", "Tâm": "Suối Mây"}
FIGURES = {"Hyưh": 2, "Blĕnh": 3, "Tâm": 2}
DUE = {week: local("6/5 16:00") + timedelta(weeks=week - 18) for week in range(18, 23)}
ASKED = {week: due - timedelta(hours=21, minutes=30) for week, due in DUE.items()}
CLOSED = {week: due + timedelta(days=2, hours=18) for week, due in DUE.items()}
_WEEK = re.compile(r"tuần (\d+)")
_RECEIPT = re.compile(r"Số (\d+-\d+)")


@dataclass
class Chancy(Points):
    """Dies at moments of chance, while ``chance`` is given."""

    chance: Random | None = None

    def reach(self, name: str) -> None:
        """Pass a point, or die there: once in eighty."""
        if self.chance and self.chance.random() < 1 / 80:
            raise Died(name)


@dataclass
class Paper:
    """What a clerk writes down of one village in one week."""

    first_said: datetime | None = None
    due: datetime | None = None
    excused: bool = False

    def standing(self, week: int) -> str:
        due = self.due or DUE[week]
        if self.first_said:
            return "on_time" if self.first_said <= due else "late"
        return "excused" if self.excused else "missing"


class Days(World):
    """A world whose people act in random order; every message is kept with its hour."""

    def __init__(self, url: str, seed: int) -> None:
        super().__init__(url, Chancy(), [], now="5/5 18:00")
        self.chance = Random(seed)
        self.heard: list[tuple[datetime, str, str]] = []
        self.paper: dict[tuple[str, int], Paper] = {(head, week): Paper() for head in HEADS for week in DUE}
        self.receipts: dict[tuple[str, int], str] = {}
        self.last_said: dict[str, datetime] = {}
        self.points = Chancy(chance=self.chance)

    def _after(self, parcel: Parcel) -> None:
        words = parcel.text.replace(f"\n{MARK}", "")
        self.heard.append((self.now, parcel.chat, words))
        if parcel.chat in HEADS and (found := _RECEIPT.search(words)) and "hỏi lại" not in words:
            key = parcel.chat, int(found.group(1).split("-")[0])
            if key not in self.receipts:  # also at closing, for a draft that was never finished
                self.paper[key].first_said = self.last_said[parcel.chat]
            self.receipts[key] = found.group(1)
        super()._after(parcel)

    def acts(self) -> None:
        """Somebody does something, or time passes."""
        weights = {"_reports": 5, "_passes": 6, "_asks_back": 2, "_extends": 1, "_excuses": 1}
        getattr(self, self.chance.choices(list(weights), list(weights.values()))[0])()

    def _open(self) -> list[int]:
        return [week for week in DUE if ASKED[week] <= self.now < CLOSED[week]]

    def _reports(self) -> None:
        """A head answers the whole form, or corrects the first figure of what was sent."""
        head, open_weeks = self.chance.choice(list(HEADS)), self._open()
        if not open_weeks:
            return
        week = open_weeks[0]
        before = self.receipts.get((head, week))
        words = "sửa 1: 151" if before else " ".join([*("chưa rõ",) * FIGURES[head], "không"])
        self.last_said[head] = self.now
        self.arrives(head, words)

    def _asks_back(self) -> None:
        head = self.chance.choice(list(HEADS))
        self.arrives("Hà", f"xem {HEADS[head]}")
        labels = {b.label: b.data for b in self.recorder.screen("Hà")[-1].parcel.buttons}
        if "Hỏi lại một chỗ" in labels:
            self.arrives("Hà", press=labels["Hỏi lại một chỗ"])
            self.arrives("Hà", "Bác xem lại giúp")

    def _extends(self) -> None:
        head, open_weeks = self.chance.choice(list(HEADS)), self._open()
        until = (self.now + timedelta(days=2)).astimezone(LOCAL)
        if open_weeks and self.paper[head, open_weeks[0]].first_said is None:
            paper, week = self.paper[head, open_weeks[0]], open_weeks[0]
            self.arrives("Hà", f"gia hạn {HEADS[head]} đến 19:00 {until:%-d/%-m}: lũ")
            if "Đã đợi thêm" in self.recorder.screen("Hà")[-1].text or self._told("Hà", "Đã đợi thêm"):
                paper.due = until.replace(hour=19, minute=0, second=0, microsecond=0)
            assert week

    def _excuses(self) -> None:
        head, open_weeks = self.chance.choice(list(HEADS)), self._open()
        if open_weeks and self.paper[head, open_weeks[0]].first_said is None:
            self.arrives("Hà", f"khất {HEADS[head]}: đám tang")
            self.paper[head, open_weeks[0]].excused |= self._told("Hà", "khất tuần này")

    def _told(self, chat: str, words: str) -> bool:
        return any(at == self.now and to == chat and words in said for at, to, said in self.heard)

    def _passes(self) -> None:
        """Time passes: some minutes, some hours, or a jump of a day and a half."""
        self.now += self.chance.choice(
            [timedelta(minutes=40), timedelta(hours=5), timedelta(hours=11), timedelta(hours=36)]
        )
        self.survives(lambda app: app.timetable.tick(self.clock()))
        self.works()

    def ends(self) -> None:
        """Everything is closed, and nothing dies any more."""
        self.points = Chancy()
        for week in DUE:
            self.now = max(self.now, CLOSED[week] + timedelta(days=3))
            self.survives(lambda app: app.timetable.tick(self.clock()))
            self.works()

    def check(self) -> None:
        """Look at the screens and at the clerk's paper."""
        seen: Counter[tuple[str, str]] = Counter()
        reported: set[tuple[str, int]] = set()
        for at, chat, said in self.heard:
            week = _WEEK.search(said)
            if "ơi, xã" in said and "đợi" in said and "thêm đến" not in said and week:
                assert (chat, int(week.group(1))) not in reported, "reminded after the report"
                seen[chat, f"{at:%j} {said}"] += 1
                here = at.astimezone(LOCAL).time()
                assert (5, 30) <= (here.hour, here.minute) <= (7, 0) or 18 <= here.hour <= 20, "reminded at night"
            elif chat in HEADS and (found := _RECEIPT.search(said)) and "hỏi lại" not in said:
                reported.add((chat, int(found.group(1).split("-")[0])))
        assert not [one for one, times in seen.items() if times > 1], "reminded twice"


STANDINGS = """
    select person.called, obligation.number, obligation.first_said_at, obligation.due_at, obligation.excused_at
    from obligation join role on role.unit_id = obligation.unit_id join person on person.id = role.person_id
    where person.called in ('Hyưh', 'Blĕnh', 'Tâm') and role.role = 'reporter'
"""


def standings(url: str) -> dict[tuple[str, int], str]:
    """How every report stands by the rows alone."""
    database = opened(url)
    with database.engine.connect() as connection:
        rows = connection.execute(text(STANDINGS)).all()
    database.close()
    return {(head, week): _standing(said, due, excused) for head, week, said, due, excused in rows}


def _standing(said: Any, due: Any, excused: Any) -> str:
    if said is not None:
        return "on_time" if said <= due else "late"
    return "excused" if excused is not None else "missing"


def prepared(copies: Copies, kind: str) -> str:
    url = copies.copy(kind)
    Stage(url, copies.invitations).joins(*HEADS, "Hà", "Lực")
    return url


def plays(copies: Copies, seed: int) -> Days:
    """Play some days in random order to the end, and check them."""
    url = copies.of("sqlite", "three heads", prepared)
    days = Days(url, seed)
    for _ in range(ACTS):
        days.acts()
    days.ends()
    days.close()
    days.check()
    kept = standings(url)
    assert {key: paper.standing(key[1]) for key, paper in days.paper.items()} == kept, "not as the clerk wrote it down"
    copies.drop(url)
    return days


def test_it_holds_whatever_happens(copies: Copies) -> None:
    _hold(copies, range(RUNS))


def _hold(copies: Copies, seeds: range) -> None:
    played = [plays(copies, seed) for seed in seeds]
    assert sum(len(days.receipts) for days in played) > len(seeds)
    assert sum(days.deaths for days in played) > len(seeds)
    assert any("ơi, xã đợi tin" in said for days in played for _, _, said in days.heard)


def _many(copies: Copies) -> None:
    for seed in range(ORDERS):
        plays(copies, seed)


def test_it_would_notice_a_reminder_after_the_report(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.reminding.cleared", lambda *_: None)
    monkeypatch.setattr(Reminders, "came", lambda *_: None)
    monkeypatch.setattr("handlers.reminding.BUDGET", 9)
    with pytest.raises(AssertionError, match="after the report"):
        _many(copies)


def test_it_would_notice_a_reminder_at_night(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaigns.reminder.earlier", lambda moment, *_: moment)
    monkeypatch.setattr("campaigns.reminder.later", lambda moment, *_: moment)
    monkeypatch.setattr("handlers.reminding.may_write", lambda *_: True)
    with pytest.raises(AssertionError, match="at night"):
        _many(copies)


def test_it_would_notice_a_correction_that_counts_as_the_report(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newest(self: Obligations, obligation: Any, said_at: datetime) -> None:
        from storage.rows import ObligationRow

        self._session.get_one(ObligationRow, obligation).first_said_at = said_at

    monkeypatch.setattr(Obligations, "fulfil", newest)
    with pytest.raises(AssertionError, match="clerk"):
        _many(copies)


def test_it_would_notice_an_extension_that_is_forgotten(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Obligations, "extend", lambda _self, obligation, *_: obligation)
    with pytest.raises(AssertionError, match="clerk"):
        _many(copies)
