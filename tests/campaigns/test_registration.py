"""What leads from where to where, and what a unit made of several goes on with."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import Period
from campaigns.campaign import CadenceKind
from campaigns.edition import Cadence, Moment
from campaigns.ids import Id
from campaigns.obligation import owes
from campaigns.registration import Baseline, Registration, State, Step, Undertaking, joined, moved, together

ROAD = Undertaking("duong", "đường", "Mấy mét?", "m", 300)
LONGER = Undertaking("duong", "đường", "Mấy mét?", "m", 500)
TREES = Undertaking("cay", "cây", "Mấy cây?", "cây")


def test_it_goes_on_with_all_works_and_one_of_a_kind_with_both_goals() -> None:
    works, _ = joined([[ROAD, TREES], [LONGER]], [{}, {}])
    assert [(work.key, work.goal) for work in works] == [("duong", 800), ("cay", None)]


def test_it_has_no_goal_where_one_had_none() -> None:
    works, _ = joined([[ROAD], [Undertaking("duong", "đường", "Mấy mét?", "m")]], [{}, {}])
    assert [work.goal for work in works] == [None]


def test_it_adds_up_figures_and_shares() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", 12, 300)}, {"duong": Baseline("duong", 30, 500)}])
    assert stood == [Baseline("duong", 42, 800)]


def test_it_knows_no_sum_of_what_one_does_not_know() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", None, 300)}, {"duong": Baseline("duong", 30, None)}])
    assert stood == [Baseline("duong", None, None)]


def test_it_keeps_what_only_one_has() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", 12)}, {"cay": Baseline("cay", 5, 9)}])
    assert stood == [Baseline("duong", 12), Baseline("cay", 5, 9)]


def test_it_counts_at_once_where_no_officer_is_asked() -> None:
    assert moved(State.INVITED, Step.REGISTER) is State.CONFIRMED
    assert moved(State.INVITED, Step.REGISTER, officer_confirms=True) is State.PENDING
    assert moved(State.WITHDRAWN, Step.REGISTER) is State.CONFIRMED


STEPS = st.lists(st.sampled_from(Step), max_size=12)
OWN = (Step.REGISTER, Step.AMEND, Step.FINISH, Step.WITHDRAW)


def walked(steps: list[Step], *, officer_confirms: bool) -> list[State]:
    """The states that a registration comes through; a step that leads nowhere leaves it as it is."""
    states = [State.INVITED]
    for step in steps:
        states.append(moved(states[-1], step, officer_confirms=officer_confirms) or states[-1])
    return states


@given(STEPS)
def test_nobody_takes_part_who_never_said_so(steps: list[Step]) -> None:
    if Step.REGISTER not in steps:
        assert set(walked(steps, officer_confirms=True)) == {State.INVITED}


@given(STEPS)
def test_where_an_officer_is_asked_nothing_counts_without_their_yes(steps: list[Step]) -> None:
    if Step.CONFIRM not in steps:
        assert not {State.CONFIRMED, State.DONE} & set(walked(steps, officer_confirms=True))


@given(STEPS, st.booleans())
def test_whoever_said_yes_may_always_withdraw_and_come_back(steps: list[Step], asks: bool) -> None:
    """Voluntary by law: no state that a yes leads to holds anybody."""
    state = walked(steps, officer_confirms=asks)[-1]
    if state not in (State.INVITED, State.DECLINED, State.WITHDRAWN):
        assert moved(state, Step.WITHDRAW) is State.WITHDRAWN
    assert moved(State.WITHDRAWN, Step.REGISTER, officer_confirms=asks) in (State.PENDING, State.CONFIRMED)


@given(STEPS, st.booleans())
def test_no_officer_leads_anybody_out_of_withdrawn(steps: list[Step], asks: bool) -> None:
    states = [State.WITHDRAWN]
    for step in (step for step in steps if step not in OWN):
        states.append(moved(states[-1], step, officer_confirms=asks) or states[-1])
    assert set(states) == {State.WITHDRAWN}


def _one(**fields: Any) -> Registration:
    some = Id(UUID(int=1))
    values: dict[str, Any] = {
        "id": some,
        "unit": some,
        "path": "/a/",
        "registered_at": datetime(2022, 4, 29, tzinfo=UTC),
    }
    return Registration(**values | fields)


@pytest.mark.parametrize("state", [State.INVITED, State.PENDING, State.ASKED_BACK, State.DECLINED])
def test_it_owes_nothing_before_it_counts(state: State) -> None:
    week = Period(CadenceKind.WEEK, 18, date(2022, 4, 29), date(2022, 5, 5))
    moment = Moment(0, time(18))
    cadence = Cadence(CadenceKind.WEEK, moment, moment, moment)
    assert owes(_one(), week, cadence)
    assert not owes(_one(state=state), week, cadence)


def test_several_that_become_one_take_part_where_any_did_and_have_signed_where_all_had() -> None:
    first = _one(counted=10, counted_of=20, pledge_signed_on=date(2022, 3, 7), tasks=("1",))
    second = _one(state=State.PENDING, counted=5, counted_of=8, pledge_signed_on=date(2022, 3, 9), tasks=("1", "2"))
    both = together([second, first])
    assert both.state is State.CONFIRMED
    assert (both.counted, both.counted_of) == (15, 28)
    assert both.pledge_signed_on == date(2022, 3, 9)
    assert both.tasks == ("1", "2")
    assert together([first, _one()]).pledge_signed_on is None
    assert together([first, _one()]).counted is None
