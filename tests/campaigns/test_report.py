"""The table of transitions, written out."""

import pytest

from campaigns.report import State, Step, moved


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        (State.SUBMITTED, Step.CORRECT, State.SUBMITTED),
        (State.SUBMITTED, Step.APPROVE, State.APPROVED),
        (State.SUBMITTED, Step.RETURN, State.RETURNED),
        (State.RETURNED, Step.CORRECT, State.SUBMITTED),
        (State.RETURNED, Step.APPROVE, None),
        (State.RETURNED, Step.RETURN, None),
        (State.APPROVED, Step.CORRECT, State.SUBMITTED),
        (State.APPROVED, Step.APPROVE, None),
        (State.APPROVED, Step.RETURN, State.RETURNED),
    ],
)
def test_it_moves_only_as_the_table_says(state: State, step: Step, after: State | None) -> None:
    assert moved(state, step) is after
