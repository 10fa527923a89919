"""Registrations as they are kept: what is owed follows what counts, works have their time, codes have their limits."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from campaigns.figures import scaled
from campaigns.ids import Id
from campaigns.participant import Kind, OpenCode
from campaigns.people import Unit
from campaigns.registration import Entry, Registration, State, Step, Undertaking
from storage.database import Database
from storage.registrations import StaleRegistration
from storage.store import Store
from tests.stage import local, opened

BEFORE, AFTER = "12/5 08:00", "9/6 12:00"
ROAD = Undertaking("duong", "đường", "", "m", scaled(300))
TREES = Undertaking("cay", "cây", "", "cây", scaled(50))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = opened(database_url)
    yield database
    database.close()


def at(database: Database, when: str, act: Callable[[Store], Any]) -> Any:
    """Do something at a moment, in a unit of work of its own, as the officer."""
    with database.transaction() as session:
        store = Store(session, local(when), Random(when))
        store.acts(next(p.id for p, _, role in store.people.everybody() if role == "officer"))
        return act(store)


def unit(store: Store, name: str) -> Unit:
    (root,) = store.people.roots()
    return next(unit for unit in store.people.units_below(root.path) if unit.name == name)


def campaign(store: Store) -> Id:
    found = store.campaigns.by_slug("lo-ku-2022")
    assert found is not None
    return found


def registration(store: Store, name: str) -> Registration:
    return store.registrations.invite(campaign(store), unit(store, name).id)


def weeks(store: Store, name: str) -> list[int]:
    return [obligation.period.number for obligation in store.obligations.all_of(unit(store, name).id)]


def new_village(store: Store) -> Registration:
    (root,) = store.people.roots()
    village = store.roster.add_unit("làng", "Mới", above=root)
    return store.registrations.invite(campaign(store), village.id)


def test_who_is_invited_owes_nothing_and_is_nowhere_counted(database: Database) -> None:
    def invites(store: Store) -> None:
        first, again = new_village(store), registration(store, "Mới")
        assert first == again
        assert first.state is State.INVITED
        assert not [one for one in store.campaigns.topmost(campaign(store)) if one.unit == first.unit]

    at(database, "30/4 08:00", invites)
    assert at(database, AFTER, lambda store: weeks(store, "Mới")) == []


def test_who_registers_owes_from_then_on_and_nothing_after_withdrawing(database: Database) -> None:
    at(database, "30/4 08:00", lambda store: store.registrations.register(new_village(store), Entry((ROAD,))))
    assert at(database, AFTER, lambda store: weeks(store, "Mới")) == [18, 19, 20, 21, 22]

    at(database, BEFORE, lambda store: store.registrations.step(registration(store, "Mới"), Step.WITHDRAW))
    assert at(database, AFTER, lambda store: weeks(store, "Mới")) == [18]

    at(database, "17/5 08:00", lambda store: store.registrations.register(registration(store, "Mới"), Entry((TREES,))))
    assert at(database, AFTER, lambda store: weeks(store, "Mới")) == [18, 21, 22]


def test_a_step_on_what_has_changed_meanwhile_is_refused(database: Database) -> None:
    def twice(store: Store) -> None:
        seen = registration(store, "Tơ Bla")
        store.registrations.amend(seen, Entry((TREES,)))
        with pytest.raises(StaleRegistration):
            store.registrations.amend(seen, Entry((ROAD,)))
        with pytest.raises(StaleRegistration):
            store.registrations.register(registration(store, "Tơ Bla"), Entry())

    at(database, "30/4 08:00", twice)


def test_what_was_asked_for_keeps_the_works_it_was_asked_with(database: Database) -> None:
    at(database, "6/5 08:00", lambda store: store.registrations.amend(registration(store, "Tơ Bla"), Entry((TREES,))))

    def looks(store: Store) -> None:
        one = registration(store, "Tơ Bla").id
        assert [work.key for work in store.campaigns.undertakings(one, local("5/5 18:30"))] == ["duong-lang"]
        assert [work.key for work in store.campaigns.undertakings(one, local(BEFORE))] == ["cay"]
        assert [work.key for work in store.campaigns.undertakings(one)] == ["cay"]

    at(database, AFTER, looks)


def test_a_pledge_is_recorded_changed_and_taken_back(database: Database) -> None:
    def signs(store: Store) -> None:
        for day in (date(2022, 3, 7), date(2022, 3, 9), None):
            kept = store.registrations.amend(registration(store, "Tơ Bla"), Entry(pledge_signed_on=day))
            assert kept.pledge_signed_on == day

    at(database, "30/4 08:00", signs)


def test_a_unit_in_another_cluster_owes_what_that_owes(database: Database) -> None:
    def moves(store: Store) -> None:
        assert store.registrations.put_in_cluster(registration(store, "Tơ Bla"), "sông") == 5
        assert registration(store, "Tơ Bla").cluster == "sông"

    at(database, "30/4 08:00", moves)
    assert at(database, AFTER, lambda store: weeks(store, "Tơ Bla")) == [18, 19, 20, 21, 22]


def code_for(store: Store, name: str, at_most: int = 5) -> OpenCode:
    until = store.now + timedelta(days=3)
    found = store.participants.opened_by(
        store.participants.offer_code(campaign(store), unit(store, name).id, until, at_most)
    )
    assert found is not None
    return found


def household(store: Store, code: OpenCode, name: str = "Y Hlan") -> Id:
    somebody = store.roster.add_person(name, name, "bà")
    one = store.participants.register(code, Kind.HOUSEHOLD, somebody.id, place=code.unit, shop=None, task="sạch ngõ")
    return one.id


def test_a_code_lets_in_so_many_until_its_day_or_its_end(database: Database) -> None:
    code = at(database, "30/4 08:00", lambda store: code_for(store, "Tơ Bla", 2))
    assert code.opens(local("30/4 08:00"))
    assert not code.opens(local("3/5 08:00"))
    at(database, "30/4 09:00", lambda store: [household(store, code) for _ in range(2)])
    full = at(database, "30/4 09:00", lambda store: store.participants.code(code.id))
    assert not full.opens(local("30/4 09:00"))

    def ends(store: Store) -> None:
        other = code_for(store, "Tơ Bla")
        store.participants.end_code(other)
        found = store.participants.code(other.id)
        assert found is not None
        assert not found.opens(store.now)

    at(database, "30/4 10:00", ends)


def test_who_withdraws_is_counted_nowhere_and_who_is_done_once(database: Database) -> None:
    def plays(store: Store) -> None:
        code = code_for(store, "Tơ Bla")
        ones = [store.participants.participant(household(store, code, name)) for name in ("Y Hlan", "Y Bơ")]
        assert all(ones)
        first, second = (one for one in ones if one)
        assert store.participants.step(first, Step.WITHDRAW)
        done = store.participants.step(second, Step.FINISH)
        assert done
        again = store.participants.step(done, Step.FINISH)
        assert again
        assert again.done_at == done.done_at
        (root,) = store.people.roots()
        assert store.participants.counts(campaign(store), root.path) == {(Kind.HOUSEHOLD, State.DONE): 1}
        assert [one.id for one in store.participants.in_place(campaign(store), code.unit)] == [second.id]
        assert store.participants.step(second, Step.CONFIRM) is None

    at(database, "30/4 08:00", plays)


def test_villages_that_become_one_bring_their_households_pledges_and_counts(database: Database) -> None:
    def prepares(store: Store) -> None:
        for name, day in (("Tơ Bla", date(2022, 3, 7)), ("Đăk Tơ", date(2022, 3, 9))):
            kept = store.registrations.amend(registration(store, name), Entry((ROAD,), pledge_signed_on=day))
            store.registrations.count(kept, 20, 40)
            household(store, code_for(store, name))

    def looks(store: Store) -> None:
        one = registration(store, "Tơ Bla Mới")
        assert (one.counted, one.counted_of, one.pledge_signed_on) == (40, 80, date(2022, 3, 9))
        assert len(store.participants.in_place(campaign(store), one.unit)) == 2
        assert [code.unit for code in store.participants.open_codes(one.path)] == [one.unit, one.unit]
        (root,) = store.people.roots()
        names = [store.people.unit(each.unit).name for each in store.registrations.below(campaign(store), root.path)]
        assert "Tơ Bla" not in names

    at(database, "30/4 08:00", prepares)
    merging = ("Tơ Bla", "Đăk Tơ")
    at(database, "30/4 09:00", lambda s: s.changes.merge([unit(s, n).id for n in merging], "làng", "Tơ Bla Mới"))
    at(database, "30/4 10:00", looks)


def test_a_village_that_is_split_leaves_its_households_with_the_unit_above(database: Database) -> None:
    at(database, "30/4 08:00", lambda store: household(store, code_for(store, "Suối Mây")))
    parts = [("thôn", "Mây Trên"), ("thôn", "Mây Dưới")]
    at(database, "30/4 09:00", lambda store: store.changes.split(unit(store, "Suối Mây").id, parts))

    def looks(store: Store) -> None:
        (root,) = store.people.roots()
        assert len(store.participants.in_place(campaign(store), root.id)) == 1
        assert registration(store, "Mây Trên").takes_part
        assert registration(store, "Mây Dưới").counted is None

    at(database, "30/4 10:00", looks)


def test_a_village_that_only_waits_is_merged_as_one_that_waits(database: Database) -> None:
    def merges(store: Store) -> None:
        invited = new_village(store)
        merged = store.changes.merge([invited.unit, unit(store, "Tơ Bla").id], "làng", "Chung")
        assert store.registrations.invite(campaign(store), merged.id).state is State.CONFIRMED

    at(database, "30/4 08:00", merges)
