"""Reminding (nhắc): steps planned when a form goes out, and an officer's own word. Who has sent hears nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.holidays import HEADS, Holidays, later, may_write
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.people import Person
from campaigns.reminder import (
    BUDGET,
    NUDGES_APART,
    SILENT_PERIODS,
    WITHIN,
    Cleared,
    cleared,
    digest_at,
    escalation_at,
    leaves_room,
    planned,
)
from dialogue.routes import Routes
from dialogue.say import Choice, Lane, Say, person, unit
from dialogue.text import folded
from handlers.asking import Abilities, Addressed, ask_for
from handlers.board import boards, current_obligation, find_unit
from handlers.conversation import begin
from handlers.periods import named
from handlers.report import REPORT, context_of
from handlers.turn import Turn
from storage.reminders import Waiting
from storage.store import Store

routes = Routes()

EVERYBODY = ("tat ca", "het", "moi noi")


def plan_steps(about: Id, holidays: Holidays, store: Store) -> Addressed:
    """Plan everything that follows if a form is not answered: reminders, the officer's digest, word to one level up."""
    obligation = store.obligations.obligation(about)
    assert obligation is not None
    steps = store.campaigns.edition(obligation.campaign, obligation.edition).choices.reminders
    due_at = obligation.due_at
    reminders = planned(obligation, steps, holidays)
    store.reminders.plan(obligation, reminders, digest_at(due_at, holidays), escalation_at(due_at, holidays))
    return []


def remind(first: Waiting, abilities: Abilities, holidays: Holidays, store: Store) -> Addressed:
    """Compose what a unit's reporters are reminded of, all their forms in one message; or clear it, and why."""
    obligation = _locked(first.obligation, store)
    if first.is_form:
        return _ask_now(first, obligation, abilities, holidays, store)
    if not may_write(store.now, holidays, HEADS):
        _wait(first, obligation, later(store.now, holidays, HEADS), store)
        return []
    heads = store.people.holders(obligation.unit, Role.REPORTER)
    wanted = [one for one in _together(first, heads, store) if _still_wanted(one, store)]
    if wanted:
        return _addressed(wanted, heads, store)
    return []


def _ask_now(
    first: Waiting, obligation: Obligation, abilities: Abilities, holidays: Holidays, store: Store
) -> Addressed:
    """The moment has come to which a form was put off. It is of use until the figures are closed."""
    why = cleared(obligation, store.now, store.now)
    if why is not None:
        store.reminders.clear([first], why)
        return []
    store.reminders.sent([first], f"ask:{obligation.id}")
    return ask_for(obligation, abilities, holidays, store)


def _wait(reminder: Waiting, obligation: Obligation, until: datetime, store: Store) -> None:
    """Until people may be written to, unless it would be of no use then."""
    why = cleared(obligation, reminder.at, until)
    if why is None:
        store.reminders.wait(reminder, until)
    else:
        store.reminders.clear([reminder], why)


def _locked(identifier: Id, store: Store) -> Obligation:
    obligation = store.obligations.obligation(identifier)
    assert obligation is not None
    return obligation


def _together(first: Waiting, heads: list[Person], store: Store) -> list[Waiting]:
    """Everything these same people are to be reminded of by now."""
    grants = store.people.grants(heads[0].id) if heads else ()
    units = [grant.unit for grant in grants if grant.role is Role.REPORTER]
    same = [one for one in units if store.people.holders(one, Role.REPORTER) == heads]
    return [one for one in store.reminders.due_for(same) if not one.is_form] if same else [first]


def _still_wanted(reminder: Waiting, store: Store) -> bool:
    obligation = _locked(reminder.obligation, store)
    why = cleared(obligation, reminder.at, store.now)
    if why is None and not reminder.is_nudge and store.obligations.missed_before(obligation) >= SILENT_PERIODS:
        why = Cleared.SILENT
    if why is not None:
        store.reminders.clear([reminder], why)
    return why is None


def _addressed(wanted: Sequence[Waiting], heads: Sequence[Person], store: Store) -> Addressed:
    accounts = [(head, account) for head in heads if (account := store.people.account_of(head.id))]
    asked_for = any(one.is_nudge for one in wanted)
    within = [account for head, account in accounts if asked_for or _within_budget(head, store)]
    if not within:
        store.reminders.clear(wanted, Cleared.BUDGET if accounts else Cleared.UNREACHED)
        return []
    message = f"remind:{wanted[0].number}:{store.now.isoformat()}"
    store.reminders.sent(wanted, message)
    return [(account, [_reminder(wanted, message, store)]) for account in within]


def _within_budget(head: Person, store: Store) -> bool:
    units = [grant.unit for grant in store.people.grants(head.id) if grant.role is Role.REPORTER]
    coming = store.reminders.forms_to_come(units, store.now + WITHIN)
    return leaves_room(store.reminders.pushed(head.id, store.now - WITHIN), coming, store.now, BUDGET)


def _reminder(wanted: Sequence[Waiting], message: str, store: Store) -> Say:
    about = {one.obligation: _locked(one.obligation, store) for one in wanted}
    rows = [
        {
            "unit": unit(one.unit),
            "period": named(one.period),
            "due_at": one.due_at.isoformat(),
            "over": one.due_at < store.now,
        }
        for one in about.values()
    ]
    first = next(iter(about.values()))
    values = {"rows": rows, "close_at": first.close_at.isoformat()}
    button = Choice("buttons.report_now", f"reminder.answer:{first.id}", typed=True)
    return Say("reminder.reminder", values, (button,), lane=Lane.BULK, key=message)


@routes.button("reminder.answer", action=Action.REPORT, loads="obligation")
def answer(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """Open the form that a reminder is about."""
    return begin(turn, REPORT, obligation, store, context=context_of(obligation, store))


@routes.button("reminder.nudge", action=Action.NUDGE, loads="obligation")
def nudge_one(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """Remind one unit."""
    return [_nudged([obligation], store)]


@routes.button("reminder.nudge_all", action=Action.NUDGE, loads="obligation")
def nudge_all(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """Remind every unit that is missing in the period of this one."""
    one = obligation.period
    reach = [g.path for g in turn.actor.grants if g.role is Role.OFFICER]
    found = [store.obligations.of_period(obligation.campaign, path, one.kind, one.number, one.start) for path in reach]
    return [_nudged([o for each in found for o in each if may(turn.actor, Action.NUDGE, o.path)], store)]


@routes.command("nhac", "don doc", action=Action.NUDGE, tail=True)
def nudge(turn: Turn, tail: str, store: Store) -> list[Say]:
    """ "nhắc Tơ Bla", "nhắc tất cả"."""
    if folded(tail) in EVERYBODY:
        missing = [row.obligation for rows in boards(turn, store) for row in rows]
        return [_nudged([one for one in missing if may(turn.actor, Action.NUDGE, one.path)], store)]
    units, _ = find_unit(tail, turn, Action.NUDGE, store)
    obligation = current_obligation(units[0], turn, store) if len(units) == 1 else None
    if obligation is None:
        return [Say("reminder.how_to_nudge", {"units": [unit(u.id) for u in units]})]
    return [_nudged([obligation], store)]


def _nudged(obligations: Sequence[Obligation], store: Store) -> Say:
    """Say who will be reminded, who is to be phoned, who was reminded a moment ago, who was given more time, and whose
    report is here."""
    told: dict[str, list[Any]] = {"nudged": [], "phone": [], "lately": [], "extended": [], "came": []}
    heads = store.many.holders((one.unit for one in obligations), Role.REPORTER)
    known = store.many.with_account(head.id for each in heads.values() for head in each)
    last = store.many.nudged_at(obligations)
    wanted: list[Obligation] = []
    for one in obligations:
        how = _nudge(one, last.get(one.id), has_account=any(head.id in known for head in heads[one.unit]), store=store)
        head = person(heads[one.unit][0].id) if heads[one.unit] else None
        told[how].append({"unit": unit(one.unit), "head": head, "due_at": one.due_at.isoformat()})
        wanted += [one] if how == "nudged" else []
    store.reminders.nudge(wanted)
    return Say("reminder.nudged", told)


def _nudge(obligation: Obligation, last: datetime | None, *, has_account: bool, store: Store) -> str:
    if obligation.first_said_at is not None or obligation.excused_at is not None or obligation.closed(store.now):
        return "came"
    if obligation.extended and obligation.due_at > store.now:
        return "extended"
    if not has_account:
        return "phone"
    return "lately" if last is not None and store.now - last < NUDGES_APART else "nudged"
