"""Units that join, leave, are renamed, merged and split in mid-campaign, and more time for one of them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest

from bot.app import files_of
from bot.launch import launch
from campaigns.authority import Role
from campaigns.figures import scaled
from campaigns.ids import Id
from campaigns.obligation import Obligation, Standing
from campaigns.people import Unit
from storage.database import Database
from storage.migrate import migrate
from storage.store import Store
from tests.stage import Stage, local, opened

BEFORE, AFTER = "12/5 08:00", "9/6 12:00"  # in the second of five weeks; after everything was closed


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = opened(database_url)
    yield database
    database.close()


def at(database: Database, when: str, act: Callable[[Store], object]) -> None:
    """Do something at a moment, in a unit of work of its own."""
    with database.transaction() as session:
        act(Store(session, local(when), Random(when)))


def unit(store: Store, name: str) -> Unit:
    (root,) = store.people.roots()
    return next(unit for unit in store.people.units_below(root.path) if unit.name == name)


def campaign(store: Store) -> Id:
    found = store.campaigns.by_slug("lo-ku-2022")
    assert found is not None
    return found


def owed(store: Store, name: str) -> list[Obligation]:
    """All that a unit ever owed, week by week."""
    return store.obligations.all_of(unit(store, name).id)


def weeks(store: Store, name: str) -> list[int]:
    return [obligation.period.number for obligation in owed(store, name)]


def test_a_village_that_joins_in_mid_week_owes_from_the_first_week_it_lived_through(database: Database) -> None:
    def joins(store: Store) -> None:
        (root,) = store.people.roots()
        new = store.roster.add_unit("làng", "Mới", above=root)
        store.changes.join(campaign(store), new.id)

    at(database, "10/5 08:00", joins)  # Tuesday: three days of week 19 are left, four days are asked for
    at(database, AFTER, lambda store: _are(weeks(store, "Mới"), [20, 21, 22]))


def _are(found: object, expected: object) -> None:
    assert found == expected


def test_a_village_that_leaves_answers_for_what_it_was_asked(database: Database) -> None:
    def leaves(store: Store) -> None:
        ((_, registration),) = store.campaigns.registrations_of(unit(store, "Đồi Sim").id)
        store.changes.leave(registration.id)

    at(database, BEFORE, leaves)
    at(database, AFTER, lambda store: _are(weeks(store, "Đồi Sim"), [18]))
    at(database, AFTER, lambda store: _are(weeks(store, "Suối Mây"), [18, 19, 20, 21, 22]))


def test_a_renamed_village_keeps_its_past_and_its_old_name_in_it(database: Database) -> None:
    at(database, BEFORE, lambda store: store.changes.rename(unit(store, "Đồi Sim").id, "tổ dân phố", "Sim Hồng"))

    def looks(store: Store) -> None:
        renamed = unit(store, "Sim Hồng")
        assert renamed.kind == "tổ dân phố"
        assert weeks(store, "Sim Hồng") == [18, 19, 20, 21, 22]
        assert store.changes.name_at(renamed.id, local("5/5 18:30")) == ("thôn", "Đồi Sim")
        assert store.changes.name_at(renamed.id, local(AFTER)) == ("tổ dân phố", "Sim Hồng")

    at(database, AFTER, looks)


def test_two_villages_that_become_one_go_on_with_both_their_works_and_figures(database: Database) -> None:
    at(
        database,
        BEFORE,
        lambda store: store.changes.merge([unit(store, n).id for n in ("Tơ Bla", "Đăk Tơ")], "làng", "Tơ Bla Mới"),
    )

    def looks(store: Store) -> None:
        ((_, one),) = store.campaigns.registrations_of(unit(store, "Tơ Bla Mới").id)
        works = {work.key: work.goal for work in store.campaigns.undertakings(one.id)}
        stood = store.campaigns.baselines(one.id)
        assert works == {"duong-lang": scaled(800), "cay-bong-mat": scaled(120)}
        assert (stood["duong-lang"].amount, stood["gieo-trong"].amount) == (scaled(300), scaled(94))
        assert stood["gieo-trong"].goal == scaled(967)
        assert weeks(store, "Tơ Bla") == weeks(store, "Đăk Tơ") == [18]
        assert weeks(store, "Tơ Bla Mới") == [20, 21, 22]
        assert store.changes.after(unit(store, "Tơ Bla").id) == [unit(store, "Tơ Bla Mới").id]

    at(database, AFTER, looks)


def test_a_village_that_is_split_leaves_no_figures_to_its_parts(database: Database) -> None:
    at(
        database,
        BEFORE,
        lambda store: store.changes.split(unit(store, "Suối Mây").id, [("thôn", "Mây Trên"), ("thôn", "Mây Dưới")]),
    )

    def looks(store: Store) -> None:
        for name in ("Mây Trên", "Mây Dưới"):
            ((_, part),) = store.campaigns.registrations_of(unit(store, name).id)
            assert store.campaigns.baselines(part.id) == {}
            assert weeks(store, name) == [20, 21, 22]

    at(database, AFTER, looks)


def test_the_old_head_may_answer_until_the_old_weeks_are_closed(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Tâm")
    stage.at("5/5 18:30")
    database = opened(stage.url)
    at(database, "6/5 08:00", lambda s: s.changes.split(unit(s, "Suối Mây").id, [("thôn", "Mây Trên")]))
    stage.at("6/5 09:00")
    assert "nhận rồi" in stage.says("Tâm", "150 58 không")[-1]
    stage.at("10/5 09:00")
    assert "không thuộc phần" in stage.says("Tâm", "báo cáo")[-1]
    at(database, "6/5 09:30", lambda s: _are(len(s.people.holders(unit(s, "Suối Mây").id, Role.REPORTER)), 1))
    database.close()


def test_one_village_gets_more_time_with_a_reason(database: Database) -> None:
    def extends(store: Store) -> None:
        first = owed(store, "Đồi Sim")[0]
        store.obligations.extend(first, first.due_at + timedelta(days=2), "đường ngập")

    def reports(store: Store) -> None:
        store.obligations.fulfil(owed(store, "Đồi Sim")[0].id, store.now)
        store.obligations.fulfil(owed(store, "Suối Mây")[0].id, store.now)

    at(database, "6/5 12:00", extends)
    at(database, "7/5 09:00", reports)

    def looks(store: Store) -> None:
        extended, other = owed(store, "Đồi Sim")[0], owed(store, "Suối Mây")[0]
        assert (extended.standing(store.now), other.standing(store.now)) == (Standing.ON_TIME, Standing.LATE)
        assert extended.planned_due_at == other.due_at
        assert extended.close_at - extended.due_at == other.close_at - other.due_at

    at(database, AFTER, looks)


@pytest.mark.parametrize(("said", "hours"), [(False, -1), (False, 0), (True, 24)])
def test_it_gives_no_time_back_and_none_to_who_has_reported(database: Database, said: bool, hours: int) -> None:
    def extends(store: Store) -> None:
        first = owed(store, "Đồi Sim")[0]
        if said:
            store.obligations.fulfil(first.id, store.now)
            first = owed(store, "Đồi Sim")[0]
        with pytest.raises(ValueError, match="cannot be extended"):
            store.obligations.extend(first, first.due_at + timedelta(hours=hours), "mưa")

    at(database, "6/5 12:00", extends)


def test_who_is_there_at_a_late_launch_takes_part_from_the_first_day(empty_database_url: Callable[[str], str]) -> None:
    """A rehearsal is launched ten minutes before the first form goes out, on the last day of its week."""
    database = opened(empty_database_url("sqlite"))
    migrate(database)
    with database.transaction() as session:
        launch(session, *files_of("lo-ku-2022"), local("5/5 18:20"), Random(7))
    at(database, AFTER, lambda store: _are(weeks(store, "Tơ Bla"), [18, 19, 20, 21, 22]))
    database.close()
