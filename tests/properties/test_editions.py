"""However often a campaign is changed: what was asked for stays, nothing is asked for twice, everything is counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, select

from campaigns import replanning as rules
from campaigns.calendar import LOCAL
from campaigns.campaign import CadenceKind
from campaigns.edition import TILED, Cadence, Choices, Moment
from campaigns.ids import Id
from campaigns.obligation import Standing
from campaigns.proposal import standard
from campaigns.replanning import ending
from handlers.edition_effect import outcome
from storage.database import Database
from storage.rows import ObligationRow
from storage.store import Store
from tests.conftest import Copies
from tests.properties.conversation import undone

HISTORIES, MANY = 2, 60
FIRST, OVER = datetime(2022, 4, 29, 8, tzinfo=LOCAL), datetime(2022, 9, 30, tzinfo=LOCAL)
COUNTED = (Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.EXCUSED)


@pytest.fixture(scope="module")
def database(copies: Copies) -> Iterator[Database]:
    opened = Database(copies.copy("sqlite"))
    yield opened
    opened.close()


class Office:
    """An officer who cannot make up their mind, in a campaign that goes on meanwhile."""

    def __init__(self, session: Session, chance: Random) -> None:
        self.session, self.chance, self.now = session, chance, FIRST
        found = self.store().campaigns.by_slug("lo-ku-2022")
        assert found is not None
        self.campaign = found
        self.editions = 0

    def store(self) -> Store:
        return Store(self.session, self.now, self.chance)

    def goes_on(self) -> None:
        self.now += timedelta(hours=self.chance.uniform(3, 60))
        self._clock(self.store())
        self.chance.choices([self._reports, self._excuses, self._joins, self._leaves, self._changes], [4, 1, 1, 1, 4])[
            0
        ]()
        self.session.flush()

    def _clock(self, store: Store) -> None:
        while one := store.obligations.to_close():
            store.obligations.close(one.id)
            self.session.flush()
        while one := store.obligations.to_ask():
            store.obligations.asked(one.id)
            self.session.flush()

    def _open(self) -> list[ObligationRow]:
        rows = self.session.exec(select(ObligationRow).where(ObligationRow.ask_at <= self.now)).all()
        return [row for row in rows if row.close_at > self.now]

    def _reports(self) -> None:
        for row in self.chance.sample(self._open(), min(3, len(self._open()))):
            self.store().obligations.fulfil(Id(row.id), self.now)

    def _excuses(self) -> None:
        for row in self._open()[:1]:
            self.store().obligations.excuse(Id(row.id), "đám tang")

    def _joins(self) -> None:
        store = self.store()
        (root,) = store.people.roots()
        new = store.roster.add_unit("làng", f"Mới {self.now}", above=root)
        store.changes.join(self.campaign, new.id)

    def _leaves(self) -> None:
        here = [one for one in self.store().campaigns.registrations(self.campaign) if one.left_at is None]
        if len(here) > 4:
            self.store().changes.leave(self.chance.choice(here).id)

    def _changes(self) -> None:
        """A new edition; whatever was asked for by then is the same before and after it."""
        store = self.store()
        before = store.campaigns.edition(self.campaign).choices
        after = self.chance.choice([self._end, self._hours, self._weekday, self._pace])(before)
        coming = outcome(
            before,
            after,
            store.campaigns.registrations(self.campaign),
            store.replanning.planned(self.campaign),
            self.now,
        )
        asked = self._asked()
        edition = store.campaigns.change(self.campaign, coming.choices)
        said = Counter({"added": 0, "moved": 0, "dropped": 0})
        for effect in coming.effects:
            done = store.replanning.replan(self.campaign, edition.number, effect.registration, effect.wanted)
            said.update(done._asdict())
        assert asked.items() <= self._asked().items(), "an obligation that was asked for was changed"
        assert dict(said) == coming.counts(), "the preview counted otherwise"
        self.editions += 1
        self.check()

    def _asked(self) -> dict[str, str]:
        rows = self.session.exec(select(ObligationRow)).all()
        return {str(row.id): repr(row.model_dump()) for row in rows if row.ask_at <= self.now}

    def _end(self, choices: Choices) -> Choices:
        day = self.now.date() + timedelta(days=self.chance.randint(0, 60))
        return ending(choices, max(day, choices.start))

    def _hours(self, choices: Choices) -> Choices:
        due = Moment(1, time(self.chance.randint(8, 17)))
        return self._cadence(choices, due=due, close=Moment(self.chance.randint(2, 6), time(10)))

    def _weekday(self, choices: Choices) -> Choices:
        return self._cadence(choices, begins=self.chance.randint(0, 6))

    def _pace(self, choices: Choices) -> Choices:
        return replace(choices, cadences=(standard(self.chance.choice([CadenceKind.WEEK, CadenceKind.MONTH])),))

    def _cadence(self, choices: Choices, **other: Any) -> Choices:
        (one,) = choices.cadences
        return replace(choices, cadences=(replace(one, **other),))

    def check(self) -> None:
        """Nothing doubled, nothing overlapping, everything counted once."""
        rows = self.session.exec(select(ObligationRow)).all()
        keys = Counter((row.registration_id, row.kind, row.number, row.start) for row in rows)
        assert max(keys.values()) == 1
        for registration in {row.registration_id for row in rows}:
            spans = sorted((r.start, r.end) for r in rows if r.registration_id == registration and r.kind in TILED)
            assert all(one[1] < other[0] for one, other in pairwise(spans)), spans
        standings = Counter(one.standing(OVER) for one in self.store().replanning.planned(self.campaign))
        assert sum(standings[one] for one in COUNTED) == len(rows) == standings.total()


def _history(database: Database, seed: int) -> Office:
    with undone(database) as session:
        office = Office(session, Random(seed))
        while office.now.date() < date(2022, 6, 20):
            office.goes_on()
        office.check()
    return office


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_it_keeps_what_was_asked_and_asks_for_nothing_twice(seed: int, database: Database) -> None:
    assert _history(database, seed).editions > 5


@pytest.mark.storm
@pytest.mark.parametrize("seed", range(HISTORIES, MANY))
def test_it_does_so_in_many_histories(seed: int, database: Database) -> None:
    _history(database, seed)


def _caught(database: Database) -> bool:
    try:
        for seed in range(HISTORIES):
            _history(database, seed)
    except AssertionError:
        return True
    return False


def test_it_would_notice_weeks_that_begin_within_an_asked_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anew(cadence: Cadence, *_: object) -> Cadence:
        return replace(cadence, since=None)

    monkeypatch.setattr(rules, "_going_on", anew)
    assert _caught(database)


def test_it_would_notice_an_asked_obligation_that_is_planned_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.replanning.fixed", lambda *_: False)
    monkeypatch.setattr(rules, "fixed", lambda *_: False)
    assert _caught(database)
