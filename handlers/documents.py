"""Files for officers: reports as a table, results for a report upwards, invitations to be printed, a card to hand on.

A turn only asks for a file; a job makes it from what the functions below, named after it, gather.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from campaigns.authority import Action, Actor, Role, may
from campaigns.document import Kind
from campaigns.edition import Edition
from campaigns.highlight import Highlight
from campaigns.ids import Id
from campaigns.invitation import shown_code
from campaigns.obligation import Obligation, Standing
from campaigns.people import Person, Unit
from campaigns.registration import Undertaking
from campaigns.report import Figure, Report
from campaigns.target import Asking, Holder, Target
from dialogue.doors import Door, links
from dialogue.routes import Routes
from dialogue.say import Choice, Say, unit
from handlers.loading import Launched
from handlers.periods import named
from handlers.results import results_in
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

SHEETS_AT_MOST = 200  # invitations in one file: forty pages


@dataclass(frozen=True)
class Line:
    """One unit in one period. ``works`` are its own undertakings: what each is called, and what was reported of it."""

    unit: Unit
    obligation: Obligation
    standing: Standing
    report: Report | None
    works: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class PeriodTable:
    """Everything reported on one period; ``asked`` are its figures, in the order of the form."""

    edition: Edition
    period: dict[str, Any]
    due_at: str
    asked: tuple[Asking, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Results:
    """How far the targets have come by now; ``rows`` as on the screen, with the names of units in place."""

    edition: Edition
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Invited:
    """One invitation: for whom, at the head of what, by which code; ``ways`` are names and links that bring it."""

    person: Person
    unit: Unit
    code: str
    ways: list[dict[str, str]]


@routes.command("excel", "tai excel", "xuat excel", "tep excel", "file excel", action=Action.SEE_BOARD)
def ask_for_table(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The reports of every campaign within reach, a file for each."""
    return _asked_for_all(Kind.REPORTS, turn, store)


@routes.command("word", "tai word", "tep word", "file word", action=Action.SEE_BOARD)
def ask_for_results(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The results of every campaign within reach, a file for each."""
    return _asked_for_all(Kind.RESULTS, turn, store)


def _asked_for_all(kind: Kind, turn: Turn, store: Store) -> list[Say]:
    seen = [one for one in store.campaigns.all() if _reaches(one, turn.actor, store)]
    if not seen:
        return [Say("document.nothing")]
    return [said for one in seen for said in _asked(kind, one, turn, store)]


def _reaches(campaign: Id, actor: Actor, store: Store) -> bool:
    return any(may(actor, Action.SEE_BOARD, one.path) for one in store.campaigns.topmost(campaign))


def _asked(kind: Kind, subject: Id, turn: Turn, store: Store) -> list[Say]:
    """Nothing is said: the file itself is the answer, a moment later. Twice asked is made once."""
    store.documents.ask(turn.account.id, kind, subject)
    return []


@routes.button("document.reports", action=Action.ENTER, loads="campaign")
def table(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """The reports of one campaign."""
    return _one(Kind.REPORTS, launched, turn, store)


@routes.button("document.results", action=Action.ENTER, loads="campaign")
def results(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """The results of one campaign."""
    return _one(Kind.RESULTS, launched, turn, store)


def _one(kind: Kind, launched: Launched, turn: Turn, store: Store) -> list[Say]:
    """A campaign lies above a village's officer, so it is asked about what of it they may see."""
    if not _reaches(launched.id, turn.actor, store):
        return [Say("help.not_yours")]
    return _asked(kind, launched.id, turn, store)


@routes.command("phieu moi", "in phieu moi", "in ma", "giay moi", action=Action.MANAGE_PEOPLE)
def offer_invitations(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Who would get a printed invitation: every head below who is not in yet. Codes handed out before stop working."""
    homes = [grant.unit for grant in turn.actor.grants if may(turn.actor, Action.MANAGE_PEOPLE, grant.path)]
    found = {home: waiting for home in homes if (waiting := _not_in(store.people.unit(home), store))}
    if not found:
        return [Say("document.everybody_is_in")]
    return [
        Say(
            "document.offer",
            {"units": [unit(place.id) for _, place in waiting], "at_most": SHEETS_AT_MOST},
            (Choice("buttons.document_invitations", f"document.invitations:{home}"),),
        )
        for home, waiting in found.items()
    ]


@routes.button("document.invitations", action=Action.MANAGE_PEOPLE, loads="unit")
def print_invitations(turn: Turn, home: Unit, store: Store) -> list[Say]:
    """Have them made."""
    if not _not_in(home, store):
        return [Say("document.everybody_is_in")]
    return _asked(Kind.INVITATIONS, home.id, turn, store)


def _not_in(home: Unit, store: Store) -> list[tuple[Person, Unit]]:
    """The heads below a unit who have never been here, in roster order."""
    held = [one for one in store.offices.held_below(home.path) if one.role is Role.REPORTER]
    places = {place.id: place for place in store.people.units_below(home.path)}
    come = store.many.with_account(one.person for one in held)
    away = [one for one in held if one.unit in places and one.person not in come]
    return [(store.people.person(one.person), places[one.unit]) for one in away]


@routes.button("document.card", action=Action.DECIDE_HIGHLIGHT, loads="highlight")
def card(turn: Turn, highlight: Highlight, store: Store) -> list[Say]:
    """The card of what is posted, as it was drawn: to be printed, or handed on where the program does not speak."""
    if store.highlights.card(highlight.id) is None:
        return [Say("help.old_button")]
    return _asked(Kind.CARD, highlight.id, turn, store)


def card_of(highlight: Id, actor: Actor, store: Store) -> Id | None:
    """Under which id the card lies; none where it was taken down, or is not the actor's to decide about any more."""
    found = store.highlights.highlight(highlight)
    allowed = found is not None and may(actor, Action.DECIDE_HIGHLIGHT, found.path)
    return store.highlights.card(highlight) if allowed else None


def reports_of(campaign: Id, actor: Actor, store: Store) -> list[PeriodTable]:
    """The newest period of each kind that is on the board, with what was reported of it."""
    paths = [grant.path for grant in actor.grants if may(actor, Action.SEE_BOARD, grant.path)]
    seen = {one.id: one for path in paths for one in store.obligations.on_the_board(campaign, path)}
    periods = groupby(seen.values(), key=lambda one: one.period)
    return [_table(list(owed), store) for _, owed in periods]


def _table(owed: Sequence[Obligation], store: Store) -> PeriodTable:
    first = owed[0]
    edition = store.campaigns.edition(first.campaign, first.edition)
    lines = tuple(_lines(owed, store))
    reported = {figure.item for line in lines if line.report for figure in line.report.latest.figures}
    asked = (one for one in edition.choices.askings if one.holder is Holder.UNIT and one.measure)
    figures = tuple(sorted((one for one in asked if one.target in reported), key=lambda one: one.rank))
    return PeriodTable(edition, named(first.period), first.due_at.isoformat(), figures, lines)


def _lines(owed: Sequence[Obligation], store: Store) -> Iterator[Line]:
    units, reports = store.many.units(one.unit for one in owed), store.many.reports(owed)
    works = store.many.undertakings_asked(owed)
    for one in owed:
        report = reports.get(one.id)
        own = _reported(works[one.id], report) if report else ()
        yield Line(units[one.unit], one, one.standing(store.now), report, own)


def _reported(works: Sequence[Undertaking], report: Report) -> tuple[tuple[str, Figure], ...]:
    """What was reported of a unit's own works; those it chose from the plan have a column."""
    said = {figure.item: figure for figure in report.latest.figures}
    return tuple((work.label, said[work.key]) for work in works if work.key in said and not work.of_the_plan)


def results_of(campaign: Id, actor: Actor, store: Store) -> Results | None:
    """What was taken in so far; none where nothing of it is the actor's to see."""
    found = results_in(campaign, actor, store)
    if found is None:
        return None
    edition = store.campaigns.edition(campaign)
    units = store.many.units(UUID(one["id"]) for row in found for one in row["missing"])
    return Results(edition, [_for_paper(row, edition.campaign.target(row["target"]), units) for row in found])


def _for_paper(row: dict[str, Any], target: Target, units: dict[Id, Unit]) -> dict[str, Any]:
    """A row of the screen with the plan's own goal, also where units are asked for something else than it counts."""
    plan = {"amount": target.goal, "to": target.goal_to, "comparator": target.comparator, "measure": target.measure}
    return {**row, "plan": plan, "missing": [units[Id(UUID(one["id"]))] for one in row["missing"]]}


def invitations_of(home: Id, actor: Actor, doors: tuple[Door, ...], store: Store) -> list[Invited]:
    """A new code for each who is not in yet: only its digest is kept, so a code is known when it is made or never."""
    over = store.people.unit(home)
    if not may(actor, Action.MANAGE_PEOPLE, over.path):
        return []
    found = []
    for somebody, place in _not_in(over, store)[:SHEETS_AT_MOST]:
        store.offices.void_codes(somebody.id)
        code = store.invitations.invite(somebody.id)
        found.append(Invited(somebody, place, shown_code(code), links(doors, code)))
    return found
