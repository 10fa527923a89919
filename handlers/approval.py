"""Approval: an officer opens a report with its versions, takes it in, asks back about one place, or excuses a unit."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action, Role
from campaigns.obligation import Obligation
from campaigns.original import Medium, Original
from campaigns.people import Unit
from campaigns.report import Report, State, Step
from dialogue.forms import Draft, Form, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, person, unit
from handlers.board import current_obligation, find_unit
from handlers.conversation import begin
from handlers.periods import named
from handlers.report import plain_facts, report_lines
from handlers.told import HEARABLE, rows_of
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.reports import StaleReport
from storage.store import Store

routes = Routes()


@routes.command("xem", "mo", action=Action.SEE_BOARD, tail=True)
def show_of_unit(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Open the report of the unit that is named."""
    units, _ = find_unit(tail, turn, Action.SEE_REPORT, store)
    if len(units) != 1:
        return [Say("board.which_unit", {"said": tail[:60], "units": [unit(u.id) for u in units], "word": "xem"})]
    report = report_to_read(units[0], store)
    if report is None:
        heads = store.people.holders(units[0].id, Role.REPORTER)
        values = {"unit": unit(units[0].id), "head": person(heads[0].id) if heads else None}
        return [Say("approval.no_report", values | {"officer": turn.actor.holds(Role.OFFICER)})]
    return [shown(report, turn, store)]


def report_to_read(place: Unit, store: Store) -> Report | None:
    """What an officer should look at next: a report that waits to be taken in, the oldest first.

    Where none waits: one that was asked back about, else the newest; on the unit's last period where nothing is open.
    """
    newest = store.obligations.newest_for(place.id)
    about = store.obligations.open_for(place.id) or ([newest] if newest else [])
    reports = [report for one in about if (report := store.reports.of(one.id))]
    waiting = store.reports.waiting(place.id)
    returned = [report for report in reports if report.state is State.RETURNED]
    return next(iter(waiting + returned + reports[::-1]), None)


@routes.button("report.show", action=Action.SEE_REPORT, loads="report")
def show(turn: Turn, report: Report, store: Store) -> list[Say]:
    """Open a report with its versions."""
    return [shown(report, turn, store)]


def shown(report: Report, turn: Turn, store: Store, *, text: str = "approval.report") -> Say:
    """A report as an officer reads it: figures beside the last ones, story, photos, and every earlier version."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    facts = plain_facts(obligation, turn, store)
    versions = [_version(version, facts.figures) for version in report.versions]
    originals = store.originals.of(report.id)
    values = {
        "unit": unit(obligation.unit),
        "period": named(obligation.period),
        "receipt": report.receipt,
        "state": str(report.state),
        "reason": report.reason,
        "versions": versions,
        "late": obligation.first_said_at is not None and obligation.first_said_at > obligation.due_at,
        "originals": rows_of(originals),
    }
    recordings = tuple(one.attached for one in originals if one.medium is Medium.VOICE and one.state in HEARABLE)
    choices = _choices(report, originals, turn)
    return Say(text, values, choices, photos=report.latest.photos, recordings=recordings)


def _version(version: Any, figures: Any) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.said_at.isoformat(),
        "by": person(version.by),
        "for_person": person(version.on_behalf_of) if version.on_behalf_of else None,
        "lines": report_lines(figures, version.figures),
        "story": version.story,
        "photos": [str(photo) for photo in version.photos],
        "source": str(version.source),
    }


def _choices(report: Report, originals: list[Original], turn: Turn) -> tuple[Choice, ...]:
    if not turn.actor.holds(Role.OFFICER):
        return ()
    waiting = [one for one in originals if one.settled_at is None]
    stem = f"{report.id}:{report.revision}"
    take = Choice("buttons.take_request", f"request.take:{report.id}")
    approve = Choice("buttons.approve", f"report.approve:{stem}")
    ask_back = Choice("buttons.return", f"report.return:{stem}")
    about_figures = {State.SUBMITTED: (approve, ask_back), State.APPROVED: (ask_back,)}.get(report.state, ())
    if waiting and not report.latest.complete:
        write = Choice("buttons.write_down", f"original.write:{report.id}", {"medium": str(waiting[0].medium)})
        about_figures = (write, *about_figures[-1:])
    elif waiting:
        keep = Choice("buttons.nothing_to_change", f"original.keep:{stem}", {"medium": str(waiting[0].medium)})
        about_figures = (*about_figures, keep)
    praise = Choice("buttons.take_highlight", f"highlight.take:{report.id}")
    return (*about_figures, take, praise) if report.latest.story else about_figures


@routes.button("report.approve", action=Action.APPROVE, loads="report", revised=True)
def approve(turn: Turn, report: Report, store: Store, revision: str) -> list[Say]:
    """Take a report in as it was seen; a second tap says the same, a changed report is shown anew."""
    if report.state is State.APPROVED:
        return [_said("approval.approved", report, store)]
    if str(report.revision) != revision:
        return [shown(report, turn, store, text="approval.changed")]
    store.originals.settle(store.originals.waiting(report.id))
    return [_said("approval.approved", store.reports.step(report, Step.APPROVE), store)]


def _said(text: str, report: Report, store: Store) -> Say:
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    return Say(text, {"unit": unit(obligation.unit), "receipt": report.receipt, "reason": report.reason})


@dataclass(frozen=True)
class ReturnFacts:
    """The report that is asked back about, as the officer saw it."""

    report: Report
    unit: dict[str, str]
    revision: int


def return_facts(report: Report, turn: Turn, conversation: Conversation, store: Store) -> ReturnFacts:
    """Loaded anew each turn, with the revision that was on the officer's screen."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    return ReturnFacts(report, unit(obligation.unit), int(conversation.context.get("revision", report.revision)))


def return_script(facts: ReturnFacts) -> Script:
    """One thing is asked: what should be looked at again."""
    values = {"unit": facts.unit, "receipt": facts.report.receipt}
    return (yield from ask(Form("approval", (OpenQuestion("reason", required=True),), values)))


def return_finish(draft: Draft, facts: ReturnFacts, turn: Turn, store: Store) -> list[Say]:
    """Return the report with the reason, and tell every reporter of the unit who can be reached."""
    if facts.report.revision != facts.revision:
        return [shown(facts.report, turn, store, text="approval.changed")]
    try:
        report = store.reports.step(facts.report, Step.RETURN, draft["reason"].words)
    except StaleReport:
        return [shown(facts.report, turn, store, text="approval.changed")]
    store.originals.settle(store.originals.waiting(report.id))
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    told = _tell_reporters(report, store.obligations.reopen(obligation), turn, store)
    said = _said("approval.returned", report, store)
    return [Say(said.text, {**said.values, "told": bool(told)}), *told]


def _tell_reporters(report: Report, obligation: Obligation, turn: Turn, store: Store) -> list[Say]:
    assert turn.actor.person is not None
    facts = plain_facts(obligation, turn, store)
    values = {
        "by": person(turn.actor.person),
        "reason": report.reason,
        "receipt": report.receipt,
        "period": named(obligation.period),
        "unit": unit(obligation.unit),
        "lines": report_lines(facts.figures, report.latest.figures),
        "close_at": obligation.close_at.isoformat(),
    }
    heads = store.people.holders(obligation.unit, Role.REPORTER)
    reachable = [head for head in heads if store.people.account_of(head.id)]
    key = f"return:{report.id}:{report.revision}"
    return [Say("correction.asked_back", values, to=head.id, key=key) for head in reachable]


RETURN = routes.story(Story("return", Action.RETURN, "report", return_facts, return_script, return_finish))


@routes.button("report.return", action=Action.RETURN, loads="report", revised=True)
def ask_why(turn: Turn, report: Report, store: Store, revision: str) -> list[Say]:
    """Ask for the reason that the head will read."""
    if str(report.revision) != revision:
        return [shown(report, turn, store, text="approval.changed")]
    return begin(turn, RETURN, report, store, context={"revision": report.revision})


@routes.command("khat", "cho khat", action=Action.EXCUSE, tail=True)
def excuse(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Excuse a unit for this period, with a reason: "khất Kon Bla: đám tang"."""
    name, _, reason = tail.partition(":")
    units, rest = find_unit(name, turn, Action.EXCUSE, store)
    if len(units) != 1 or not (reason.strip() or rest):
        return [Say("approval.how_to_excuse", {"units": [unit(u.id) for u in units]})]
    obligation = current_obligation(units[0], turn, store)
    if obligation is None or obligation.first_said_at is not None:
        return [Say("approval.nothing_to_excuse", {"unit": unit(units[0].id)})]
    return _excused(obligation, reason.strip() or rest, store)


def _excused(obligation: Obligation, reason: str, store: Store) -> list[Say]:
    store.obligations.excuse(obligation.id, reason[:200])
    return [
        Say(
            "approval.excused",
            {"unit": unit(obligation.unit), "period": named(obligation.period), "reason": reason[:200]},
        )
    ]
