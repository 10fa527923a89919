"""Each test of a known defect goes red where the program is given that defect: what it guards is really looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.planning import plan
from bot.timetable import Timetable
from campaigns import reminder
from campaigns.obligation import Obligation, Standing
from campaigns.reminder import Cleared
from handlers import board, digest, periods, reminding
from storage.obligations import Obligations
from storage.people import People, person_value
from storage.reminder_rows import ReminderRow
from storage.reminders import Reminders
from storage.rows import ObligationRow, PersonRow, RoleRow
from storage.store import Store
from tests import test_known_defects as defects
from tests.stage import Stage

Patch = pytest.MonkeyPatch


def names_the_period_of_today(patch: Patch) -> None:
    named = periods.named
    patch.setattr(reminding, "named", lambda period: {**named(period), "number": period.number + 1})


def counts_both_ways_towards_the_end(patch: Patch) -> None:
    moment = reminder._moment
    patch.setattr(reminder, "_moment", lambda step, due: moment(replace(step, days=-abs(step.days)), due))


def is_due_when_the_period_ends(patch: Patch) -> None:
    def standing(one: Obligation, now: Any) -> Standing:
        said = one.first_said_at
        return Standing.LATE if said and said.date() > one.period.end else Standing.ON_TIME

    patch.setattr(Obligation, "standing", standing)


def forgets_what_it_missed(patch: Patch) -> None:
    patch.setattr(reminder, "CATCH_UP", timedelta())


def reminds_everybody(patch: Patch) -> None:
    patch.setattr(reminding, "cleared", lambda *_: None)


def tells_every_officer_everything(patch: Patch) -> None:
    found = digest._by_holder

    def everything(obligations: Any, role: Any, store: Store) -> Any:
        return {holder: list(obligations) for holder in found(obligations, role, store)}

    patch.setattr(digest, "_by_holder", everything)


def writes_to_whoever_held_a_role(patch: Patch) -> None:
    def ever(self: People, unit: Any, role: Any) -> Any:
        rows = select(PersonRow).join(RoleRow, RoleRow.person_id == PersonRow.id)  # type: ignore[arg-type]
        held = self._session.exec(rows.where(RoleRow.unit_id == unit, RoleRow.role == role))
        return [person_value(row) for row in held]

    patch.setattr(People, "holders", ever)


def counts_by_todays_members(patch: Patch) -> None:
    def forget(self: Obligations, registration: Any) -> int:
        gone = select(ObligationRow).where(ObligationRow.registration_id == registration)
        for row in self._session.exec(gone).all():
            row.kind = "nobody's"
        return 0

    patch.setattr(Obligations, "forget_unasked", forget)


def counts_every_version(patch: Patch) -> None:
    boards = board.boards

    def each(*given: Any) -> Any:
        rows = boards(*given)
        return [[row for row in one for _ in (row.report.versions if row.report else (0,))] for one in rows]

    patch.setattr(board, "boards", each)


def lets_a_correction_be_the_report(patch: Patch) -> None:
    def newest(self: Obligations, obligation: Any, said_at: Any) -> None:
        self._session.get_one(ObligationRow, obligation).first_said_at = said_at

    patch.setattr(Obligations, "fulfil", newest)


def counts_only_what_was_called_complete(patch: Patch) -> None:
    patch.setattr("handlers.asking._adds_nothing", lambda *_: True)


def looks_ahead_of_its_clock(patch: Patch) -> None:
    moment = reminder._moment
    patch.setattr(reminder, "_moment", lambda step, due: moment(step, due) - timedelta(minutes=5))


def forgets_that_it_reminded(patch: Patch) -> None:
    def sent(self: Reminders, reminders: Any, message: str) -> None:
        for row in self._rows(reminders):
            row.at = self._scribe.now + timedelta(minutes=1)

    patch.setattr(Reminders, "sent", sent)
    patch.setattr(reminding, "BUDGET", 9)


def forgets_which_step_it_was(patch: Patch) -> None:
    """Whatever is planned anew was never sent."""
    plan_steps = Reminders.plan

    def planned(self: Reminders, obligation: Obligation, *given: Any) -> None:
        for row in self._session.exec(select(ReminderRow).where(ReminderRow.obligation_id == obligation.id)).all():
            self._session.delete(row)
        self._session.flush()
        plan_steps(self, obligation, *given)

    patch.setattr(Reminders, "plan", planned)


def overlooks_excuses(patch: Patch) -> None:
    cleared = reminder.cleared
    found = lambda *about: None if (why := cleared(*about)) is Cleared.EXCUSED else why  # noqa: E731  # shorter so
    patch.setattr(reminding, "cleared", found)


def believes_that_everybody_reads(patch: Patch) -> None:
    row = digest._Silent.row
    patch.setattr(digest._Silent, "row", lambda self, about: {**row(self, about), "reachable": True})


def sends_before_it_remembers(patch: Patch) -> None:
    def one(self: Timetable, now: Any, due: Any, act: Any) -> bool:
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            first = due(store)
            sent = Reminders.sent
            Reminders.sent = lambda *_: None  # type: ignore[method-assign]
            addressed = act(first, store) if first else []
            Reminders.sent = sent  # type: ignore[method-assign]
            for account, says in addressed:
                plan(session, store, account, says, now.campaign)
        if first is not None and addressed and hasattr(first, "step"):
            with self._database.transaction() as session:
                Store(session, now.campaign, self._chance).reminders.sent([first], "later")
        return first is not None

    patch.setattr(Timetable, "_one", one)


CONTROLS: list[tuple[Callable[..., None], Callable[[Patch], None]]] = [
    (defects.test_it_reminds_of_the_period_that_is_owed_not_of_the_one_that_has_begun, names_the_period_of_today),
    (defects.test_it_reminds_before_and_after_the_due_moment_on_different_days, counts_both_ways_towards_the_end),
    (defects.test_it_counts_from_the_due_moment_not_from_the_periods_end, is_due_when_the_period_ends),
    (defects.test_it_makes_up_for_a_missed_hour_and_keeps_what_it_sent, forgets_what_it_missed),
    (defects.test_it_reminds_only_who_owes, reminds_everybody),
    (defects.test_it_gives_officers_names_within_their_reach, tells_every_officer_everything),
    (defects.test_it_writes_to_nobody_whose_role_has_ended, writes_to_whoever_held_a_role),
    (defects.test_it_counts_by_who_was_there_then_not_by_who_is_there_today, counts_by_todays_members),
    (defects.test_it_adds_up_whoever_reports_twice, counts_every_version),
    (defects.test_it_keeps_a_report_on_time_that_is_corrected_after_the_due_moment, lets_a_correction_be_the_report),
    (
        defects.test_it_counts_what_was_told_without_a_step_that_calls_it_complete,
        counts_only_what_was_called_complete,
    ),
    (defects.test_it_sends_nothing_whose_hour_has_not_come, looks_ahead_of_its_clock),
    (defects.test_it_sends_nothing_twice_however_often_it_looks, forgets_that_it_reminded),
    (defects.test_it_passes_by_who_has_this_very_reminder_already, forgets_which_step_it_was),
    (defects.test_it_spares_who_was_excused, overlooks_excuses),
    (defects.test_it_names_who_can_only_be_phoned_instead_of_writing, believes_that_everybody_reads),
    (defects.test_it_sends_nothing_when_it_cannot_keep_that_it_did, sends_before_it_remembers),
]


def test_it_has_a_control_for_each_of_them() -> None:
    tests = {getattr(defects, name) for name in dir(defects) if name.startswith("test_")}
    assert {test for test, _ in CONTROLS} == tests


@pytest.mark.storm
@pytest.mark.parametrize(("test", "defect"), CONTROLS, ids=lambda one: one.__name__)
def test_it_goes_red_with_the_defect(
    test: Callable[..., None], defect: Callable[[Patch], None], set_stage: Callable[..., Stage]
) -> None:
    wanted = test.__code__.co_varnames[: test.__code__.co_argcount]
    with pytest.MonkeyPatch.context() as patch:
        defect(patch)
        given = {"asked": defects.has_asked(set_stage()), "monkeypatch": patch}
        with pytest.raises((AssertionError, ValueError, pytest.fail.Exception)):
            test(**{name: given[name] for name in wanted})
