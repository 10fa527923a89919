"""Two hands on one thing at once: with our settings nothing is lost, with the drivers' defaults it is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from storage.database import Database
from storage.rows import CampaignRow
from storage.store import Store
from tests.conftest import ON_POSTGRES, Copies
from tests.stage import LAUNCHED

HANDS, TIMES = 4, 25


def give_receipts(database: Database, *, locking: bool) -> tuple[int, int]:
    """Four hands each give receipt numbers, as reports do; how many were given and how many were counted."""
    together = Barrier(HANDS)

    def one_hand(_: int) -> int:
        together.wait()
        return sum(_given(database, locking=locking) for _ in range(TIMES))

    with ThreadPoolExecutor(HANDS) as hands:
        given = sum(hands.map(one_hand, range(HANDS)))
    with database.transaction() as session:
        return given, session.exec(select(CampaignRow.receipts)).one()


def _given(database: Database, *, locking: bool) -> bool:
    try:
        with database.transaction() as session:
            campaign = select(CampaignRow)
            row = session.exec(campaign.with_for_update() if locking else campaign).one()
            row.receipts += 1
    except DBAPIError:  # "database is locked", where a read could not become a write
        return False
    return True


@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_loses_no_update(kind: str, copies: Copies) -> None:
    database = Database(copies.copy(kind))
    given, counted = give_receipts(database, locking=True)
    database.close()
    assert (given, counted) == (HANDS * TIMES, HANDS * TIMES)


def test_it_would_lose_updates_with_the_defaults_of_sqlite(copies: Copies) -> None:
    database = Database(copies.copy("sqlite"), pragmas=("PRAGMA busy_timeout=2000",), begin=None)
    given, counted = give_receipts(database, locking=True)
    database.close()
    assert counted < given or given < HANDS * TIMES


@pytest.mark.needs_postgres
def test_it_would_lose_updates_with_the_defaults_of_postgresql(copies: Copies) -> None:
    database = Database(copies.copy("postgresql"))
    given, counted = give_receipts(database, locking=False)
    database.close()
    assert counted < given == HANDS * TIMES


@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_keeps_one_account_to_one_hand_at_a_time(kind: str, copies: Copies) -> None:
    database = Database(copies.copy(kind))
    with database.transaction() as session:
        account = Store(session, LAUNCHED, Random(1)).people.account_in("stage", "somebody")

    def habit(stepwise: bool) -> Callable[[], None]:
        def change() -> None:
            with database.transaction() as session:
                people = Store(session, LAUNCHED, Random(1)).people
                before = people.lock_account(account.id).stepwise
                people.habit(account.id, stepwise=not before if before is not None else stepwise)

        return change

    with ThreadPoolExecutor(HANDS) as hands:
        for done in [hands.submit(habit(False)) for _ in range(HANDS * TIMES + 1)]:
            done.result()
    with database.transaction() as session:
        kept = Store.reading(session).people.account(account.id).stepwise
    database.close()
    assert kept is False, "an even number of flips after the first"
