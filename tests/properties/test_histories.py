"""Whatever happens to units in mid-campaign: on time + late + missing + excused = expected, each counted on its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from sqlmodel import Session, select

from campaigns.calendar import LOCAL
from campaigns.ids import Id
from storage.database import Database
from storage.rows import ObligationRow
from storage.store import Store
from tests.conftest import Copies
from tests.properties.conversation import undone

HISTORIES = 24
LAUNCH = date(2022, 4, 29)
WEEKS = [LAUNCH + timedelta(days=7 * week + 6) for week in range(5)]  # their last days
NAMES = iter(f"Làng {number}" for number in range(1, 100_000))


@dataclass
class Village:
    """What a careful clerk would keep of one village, on paper."""

    since: date
    registered: datetime
    left: datetime | None = None
    said: dict[date, datetime] = field(default_factory=dict)
    excused: set[date] = field(default_factory=set)
    due: dict[date, datetime] = field(default_factory=dict)

    def owes(self, week: date) -> bool:
        asked = datetime.combine(week, time(18, 30), LOCAL)
        closed = datetime.combine(week + timedelta(days=4), time(10), LOCAL)
        there = (week - self.since).days >= 3 and closed > self.registered
        return there and (self.left is None or asked <= self.left)

    def standing(self, week: date) -> str:
        due = self.due.get(week, datetime.combine(week + timedelta(days=1), time(16), LOCAL))
        if week in self.said:
            return "on_time" if self.said[week] <= due else "late"
        return "excused" if week in self.excused else "missing"


@pytest.fixture(scope="module")
def database(copies: Copies) -> Iterator[Database]:
    opened = Database(copies.copy("sqlite"))
    yield opened
    opened.close()


class History:
    """A random history, written down twice: by the program and by the clerk."""

    def __init__(self, session: Session, chance: Random) -> None:
        self.session, self.chance = session, chance
        self.now = datetime.combine(LAUNCH, time(8), LOCAL)
        self.clerk: dict[Id, Village] = {}
        store = self.store()
        (self.root,) = store.people.roots()
        found = store.campaigns.by_slug("lo-ku-2022")
        assert found is not None
        self.campaign = found
        for one in store.campaigns.registrations(found):
            self.clerk[one.unit] = Village(LAUNCH, self.now)

    def store(self) -> Store:
        return Store(self.session, self.now, self.chance)

    def goes_on(self) -> None:
        self.now += timedelta(hours=self.chance.uniform(1, 40))
        act = self.chance.choices(
            [self.reports, self.excuses, self.extends, self.joins, self.leaves, self.renames, self.merges, self.splits],
            [10, 2, 2, 1, 1, 1, 1, 1],
        )[0]
        act(self.store())
        self.session.flush()

    def _here(self) -> list[Id]:
        return [unit for unit, village in self.clerk.items() if village.left is None]

    def _open(self, store: Store) -> list[tuple[Id, ObligationRow]]:
        """What could be answered now, by the program's rows."""
        rows = self.session.exec(select(ObligationRow).where(ObligationRow.ask_at <= self.now)).all()
        return [(Id(row.unit_id), row) for row in rows if row.close_at > self.now]

    def reports(self, store: Store) -> None:
        for unit, row in self.chance.sample(self._open(store), min(3, len(self._open(store)))):
            store.obligations.fulfil(Id(row.id), self.now)
            self.clerk[unit].said.setdefault(row.end, self.now)

    def excuses(self, store: Store) -> None:
        for unit, row in self._open(store)[:1]:
            store.obligations.excuse(Id(row.id), "đám tang")
            self.clerk[unit].excused.add(row.end)

    def extends(self, store: Store) -> None:
        for unit, row in self._open(store)[-1:]:
            obligation = store.obligations.obligation(row.id)
            if obligation is not None and obligation.first_said_at is None:
                until = obligation.due_at + timedelta(hours=self.chance.randint(1, 60))
                store.obligations.extend(obligation, until, "đường ngập")
                self.clerk[unit].due[row.end] = until

    def joins(self, store: Store) -> None:
        unit = store.roster.add_unit("làng", next(NAMES), above=self.root)
        store.changes.join(self.campaign, unit.id)
        self.clerk[unit.id] = Village(self.now.date(), self.now)

    def leaves(self, store: Store) -> None:
        unit = self.chance.choice(self._here())
        ((_, registration),) = store.campaigns.registrations_of(unit)
        store.changes.leave(registration.id)
        self.clerk[unit].left = self.now

    def renames(self, store: Store) -> None:
        store.changes.rename(self.chance.choice(list(self.clerk)), "làng", next(NAMES))

    def merges(self, store: Store) -> None:
        if len(self._here()) < 3:
            return
        units = self.chance.sample(self._here(), 2)
        merged = store.changes.merge(units, "làng", next(NAMES))
        for unit in units:
            self.clerk[unit].left = self.now
        self.clerk[merged.id] = Village(self.now.date(), self.now)

    def splits(self, store: Store) -> None:
        unit = self.chance.choice(self._here())
        for part in store.changes.split(unit, [("làng", next(NAMES)), ("làng", next(NAMES))]):
            self.clerk[part.id] = Village(self.now.date(), self.now)
        self.clerk[unit].left = self.now


def _program(history: History) -> Counter[tuple[str, str]]:
    history.now = datetime(2022, 7, 1, tzinfo=LOCAL)
    store = history.store()
    rows = history.session.exec(select(ObligationRow)).all()
    found = [(row, store.obligations.obligation(row.id)) for row in rows]
    return Counter((str(row.end), str(one.standing(history.now))) for row, one in found if one is not None)


def _paper(history: History) -> Counter[tuple[str, str]]:
    owed = [(village, week) for village in history.clerk.values() for week in WEEKS if village.owes(week)]
    return Counter((str(week), village.standing(week)) for village, week in owed)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_it_counts_every_history_as_a_careful_clerk_would(seed: int, database: Database) -> None:
    with undone(database) as session:
        history = History(session, Random(seed))
        while history.now < datetime(2022, 6, 8, tzinfo=LOCAL):
            history.goes_on()
        program, paper = _program(history), _paper(history)
    assert program == paper
    assert sum(program.values()) > 20


def test_it_would_notice_an_obligation_that_is_taken_away(database: Database) -> None:
    with undone(database) as session:
        history = History(session, Random(1))
        while history.now < datetime(2022, 6, 8, tzinfo=LOCAL):
            history.goes_on()
        session.delete(session.exec(select(ObligationRow)).all()[-1])
        session.flush()
        assert _program(history) != _paper(history)
