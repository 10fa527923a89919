"""Each guard against losing and doubling, removed by name: the same check then goes red."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.inbox import Inbox
from bot.outbox import Outbox
from storage import inbox, outbox
from storage.machine_rows import InboxRow, OutboxRow
from storage.reports import Reports
from tests.conftest import Copies
from tests.crash.week import Ended, check, played

Remove = Callable[[pytest.MonkeyPatch], None]


def without_knowing_events_again(patch: pytest.MonkeyPatch) -> None:
    """What arrives is stored again however often it comes."""
    store = inbox.store
    numbers = iter(range(10_000))

    def forgetful(session: Any, **values: Any) -> int | None:
        return store(session, **{**values, "event": f"{values['event']}-{next(numbers)}"})

    patch.setattr(inbox, "store", forgetful)


def without_settling_in_the_turn(patch: pytest.MonkeyPatch) -> None:
    """That a message was handled is noted in a unit of work of its own, after the turn's."""
    settle, take = inbox.settle, Inbox.take_turn
    later: list[Any] = []

    def keep_for_later(row: Any, state: str, now: Any) -> None:
        later.append((row.id, state, now))

    def settle_after(self: Inbox, now: Any) -> bool:
        taken = take(self, now)
        while later:
            number, state, at = later.pop()
            with self._database.transaction() as session:
                settle(session.get_one(InboxRow, number), state, at)
        return taken

    patch.setattr(inbox, "settle", keep_for_later)
    patch.setattr(Inbox, "take_turn", settle_after)


def without_planning_in_the_turn(patch: pytest.MonkeyPatch) -> None:
    """What is to be said is kept in memory until the turn is over."""
    plan, take = outbox.plan, Inbox.take_turn
    later: list[dict[str, Any]] = []

    def plan_after(self: Inbox, now: Any) -> bool:
        taken = take(self, now)
        with self._database.transaction() as session:
            while later:
                plan(session, **later.pop(0))
        return taken

    patch.setattr(outbox, "plan", lambda _, **values: later.append(values))
    patch.setattr(Inbox, "take_turn", plan_after)


def without_recovering(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks after messages whose sender died."""
    patch.setattr(Outbox, "recover", lambda *_, **__: 0)


def without_marking(patch: pytest.MonkeyPatch) -> None:
    """A repeat does not say that it is one."""
    put_back = outbox.put_back
    patch.setattr(outbox, "put_back", lambda row, due, **options: put_back(row, due, **{**options, "repeated": False}))


def without_marking_in_flight(patch: pytest.MonkeyPatch) -> None:
    """A message is not marked before it is sent, so after a crash it is simply sent again."""
    claim = outbox.claim

    def unmarked(session: Any, *arguments: Any) -> Any:
        row = claim(session, *arguments)
        if row:
            session.flush()
            session.expunge(row)
            session.rollback()
            row.lease_by = None
        return row

    patch.setattr(outbox, "claim", unmarked)
    patch.setattr(outbox, "held", lambda session, number, _: session.get(OutboxRow, number))


def without_knowing_the_button_that_sent(patch: pytest.MonkeyPatch) -> None:
    """A second tap on the button that sent is not known for what it is."""
    patch.setattr(Reports, "confirmed_with", lambda *_: None)


GUARDS: list[Remove] = [
    without_knowing_events_again,
    without_settling_in_the_turn,
    without_planning_in_the_turn,
    without_recovering,
    without_marking,
    without_marking_in_flight,
]


@pytest.mark.storm
@pytest.mark.parametrize("remove", GUARDS, ids=lambda remove: remove.__name__)
def test_it_goes_red_without_this_guard(remove: Remove, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed = played(copies, "sqlite")
    points = [n for n, name in enumerate(undisturbed.names, 1) if n < 60]
    assert first_fault(copies, points[::7], undisturbed) is None

    remove(monkeypatch)

    assert first_fault(copies, points, undisturbed) is not None


def first_fault(copies: Copies, points: list[int], undisturbed: Ended) -> str | None:
    """The first point at which a death costs more than it may."""
    for point in points:
        try:
            check(played(copies, "sqlite", point), undisturbed)
        except (AssertionError, StopIteration) as fault:
            return f"{point}: {fault}"
    return None


def test_it_goes_red_without_knowing_the_button_that_sent(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed = played(copies, "sqlite")
    without_knowing_the_button_that_sent(monkeypatch)
    with pytest.raises(AssertionError):
        check(played(copies, "sqlite"), undisturbed)
