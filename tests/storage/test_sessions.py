"""Browsers and their codes, at moments that no test could wait for."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from campaigns.device import CODE_VALID_FOR, SETTLED_AFTER, Device, is_settled, may_end
from campaigns.ids import Id
from campaigns.invitation import ATTEMPTS_PER_ACCOUNT, ATTEMPTS_WITHIN
from storage.database import Database
from storage.sessions import Sessions, signing_key
from storage.store import Store

NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(("waited", "opens"), [(CODE_VALID_FOR - MOMENT, True), (CODE_VALID_FOR, False)])
def test_it_opens_a_chat_within_ten_minutes(database_url: str, waited: timedelta, opens: bool) -> None:
    database = Database(database_url)
    with database.transaction() as session:
        store = Store(session, NOW, Random(1), "web")
        account = store.people.account_in("web", "one").id
        code = Sessions(store.scribe, NOW).ask_code(account)
        later = Sessions(store.scribe, NOW + waited)
        assert later.take_code(code) == (account if opens else None)
        assert later.take_code(code) is None
    database.close()


def test_it_forgets_wrong_codes_after_an_hour(database_url: str) -> None:
    database = Database(database_url)
    with database.transaction() as session:
        store = Store(session, NOW, Random(1), "web")
        account, other = (store.people.account_in("web", name).id for name in ("one", "other"))
        sessions = Sessions(store.scribe, NOW)
        for _ in range(ATTEMPTS_PER_ACCOUNT):
            assert sessions.may_try(account)
            sessions.tried(account)
        assert not sessions.may_try(account)
        assert sessions.may_try(other)
        assert Sessions(store.scribe, NOW + ATTEMPTS_WITHIN + MOMENT).may_try(account)
    database.close()


def test_it_lists_every_browser_of_a_person_and_none_that_ended(database_url: str) -> None:
    database = Database(database_url)
    with database.transaction() as session:
        store = Store(session, NOW, Random(1), "web")
        sessions = Sessions(store.scribe, NOW)
        account = store.people.account_in("web", "one").id
        kept = sessions.open("a secret", account, "iphone/safari")
        gone = sessions.open("another", account, "windows/edge")
        sessions.open("of somebody else", store.people.account_in("web", "other").id, "mac/safari")
        sessions.end(gone.id)
        assert [device.what for device in sessions.devices(account)] == ["iphone/safari"]
        found = sessions.find("another")
        assert found is not None
        assert found.ended
        Sessions(store.scribe, NOW + timedelta(hours=1)).seen(kept.id, "iphone/chrome")
        (device,) = sessions.devices(account)
        assert (device.what, device.seen_at) == ("iphone/chrome", NOW + timedelta(hours=1))
    database.close()


def test_it_has_one_key_for_all_processes(database_url: str) -> None:
    database = Database(database_url)
    assert signing_key(database, "first") == signing_key(database, "second") == "first"
    database.close()


ONE, OTHER = Id(UUID(int=1)), Id(UUID(int=2))


def test_it_gives_a_linked_device_its_full_say_after_a_day() -> None:
    old = Device("old", ONE, "", NOW, NOW, linked=False)
    new = Device("new", ONE, "", NOW + MOMENT, NOW, linked=True)
    newest = Device("newest", ONE, "", NOW + 2 * MOMENT, NOW, linked=True)
    soon, later = NOW + SETTLED_AFTER, NOW + MOMENT + SETTLED_AFTER
    assert (is_settled(old, NOW), is_settled(new, soon), is_settled(new, later)) == (True, False, True)
    assert may_end(old, new, soon)
    assert not may_end(new, old, soon)
    assert may_end(new, old, later)
    assert may_end(new, newest, soon)
    assert may_end(new, new, soon)


def test_it_gives_no_say_over_another_chat_of_the_same_person_on_the_first_day() -> None:
    """A code that joins two channels, typed in a browser, is no way round."""
    old = Device("old", ONE, "", NOW, NOW, linked=False)
    paired = Device("paired", OTHER, "", NOW + MOMENT, NOW, linked=False)
    assert not may_end(paired, old, NOW + SETTLED_AFTER)
    assert may_end(paired, old, NOW + MOMENT + SETTLED_AFTER)
    assert may_end(old, paired, NOW + MOMENT)
