"""The board: who has reported, who is late, who is missing, by name; for officers and leaders."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.document import Kind
from campaigns.ids import Id
from campaigns.naming import SHOP_KIND
from campaigns.obligation import Obligation, Standing
from campaigns.original import Original
from campaigns.people import Person, Unit
from campaigns.report import Report, State
from dialogue.routes import Routes
from dialogue.say import Choice, Say, person, unit
from dialogue.text import folded
from handlers.offering import offered
from handlers.periods import named
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

FEW = 9  # lines of a menu that a phone shows at one glance
MANY = 20  # units; more than that stand in groups, so that the board stays one message where a month has few
NUMBERS_FOR = 25  # who is waited for; of more only those have their number on the board whom no message reaches


@dataclass(frozen=True)
class Row:
    """One unit on the board."""

    obligation: Obligation
    report: Report | None
    standing: Standing


@routes.command("bang", "danh sach", "tinh hinh", "ai chua bao", "xem bang", "ds", action=Action.SEE_BOARD)
def show_board(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The newest period of each kind that is still open, for every campaign within reach, and what can be opened."""
    return [_board(rows, turn, store) for rows in boards(turn, store)] or [Say("board.nothing")]


def boards(turn: Turn, store: Store) -> list[list[Row]]:
    """The rows that the actor may see, in a list for each campaign and period."""
    found = []
    for campaign in store.campaigns.all():
        seen = {o.id: o for g in turn.actor.grants for o in store.obligations.on_the_board(campaign, g.path)}
        mine = [one for one in seen.values() if may(turn.actor, Action.SEE_BOARD, one.path)]
        reports = store.many.reports(mine)
        rows = [Row(one, reports.get(one.id), one.standing(turn.now)) for one in mine]
        found += [list(group) for _, group in groupby(rows, key=lambda row: row.obligation.period)]
    return found


def _board(rows: list[Row], turn: Turn, store: Store) -> Say:
    first = rows[0].obligation
    groups: dict[str, list[dict[str, Any]]] = {str(standing): [] for standing in Standing}
    for row, entry in zip(rows, _entries(rows, store), strict=True):
        groups[row.standing].append(entry)
    values = {
        "period": named(first.period),
        "due_at": first.due_at.isoformat(),
        "total": len(rows),
        "groups": groups,
        "officer": turn.actor.holds(Role.OFFICER),
    }
    to_read = [row for row in rows if row.report and row.report.state is State.SUBMITTED]
    values |= {
        "many": len(rows) > MANY,
        "numbers_for": NUMBERS_FOR,
        "to_read": [unit(row.obligation.unit) for row in to_read[FEW:]],
    }
    choices = (*_to_open(to_read), offered(Kind.REPORTS, first.campaign))
    return Say("board.board", values, choices, slot=f"board:{first.campaign}:{first.period.kind}")


def _entries(rows: list[Row], store: Store) -> list[dict[str, Any]]:
    heads = store.many.holders((row.obligation.unit for row in rows), Role.REPORTER)
    reached = store.many.reachable(head.id for each in heads.values() for head in each)
    waiting = store.many.waiting(row.report for row in rows if row.report)
    return [_entry(row, heads[row.obligation.unit], reached, waiting) for row in rows]


def _entry(row: Row, heads: list[Person], reached: set[Id], waiting: Mapping[Id, list[Original]]) -> dict[str, Any]:
    waits = waiting.get(row.report.id, []) if row.report else []
    return {
        "unit": unit(row.obligation.unit),
        "head": person(heads[0].id) if heads else None,
        "reachable": any(head.id in reached for head in heads),
        "receipt": row.report.receipt if row.report else None,
        "state": str(row.report.state) if row.report else None,
        "written_down": row.report is not None and row.report.latest.written_down,
        "waits": str(waits[0].medium) if waits else None,
    }


def _to_open(rows: list[Row]) -> tuple[Choice, ...]:
    """A choice for each of a few; of more only the first are buttons, and a name is typed for the others."""
    reports = [(row, row.report) for row in rows if row.report]
    return tuple(
        Choice(
            "buttons.open_report",
            f"report.show:{report.id}",
            {"unit": unit(row.obligation.unit)},
            typed=len(rows) > FEW,
        )
        for row, report in reports[:FEW]
    )


def find_unit(words: str, turn: Turn, action: Action, store: Store) -> tuple[list[Unit], str]:
    """The units that the words start with the name of (marks and kind may be left out), and the words after it.

    The longest name wins; several units of the same name are all given. Shops only hold a name, and are no units here.
    """
    said = folded(words)
    units = {u.id: u for g in turn.actor.grants for u in store.people.units_below(g.path)}
    found: dict[int, list[Unit]] = {}
    for place in units.values():
        for name in (folded(place.name), folded(f"{place.kind} {place.name}")):
            if (
                place.kind != SHOP_KIND
                and may(turn.actor, action, place.path)
                and (said == name or said.startswith(f"{name} "))
            ):
                found.setdefault(len(name.split()), []).append(place)
    longest = max(found, default=0)
    return found.get(longest, []), " ".join(words.split()[longest:])


def current_obligation(place: Unit, turn: Turn, store: Store) -> Obligation | None:
    """What a unit may still answer now: the first that wants an answer, otherwise the newest."""
    still = store.obligations.open_for(place.id)
    owed = [obligation for obligation in still if obligation.first_said_at is None and obligation.excused_at is None]
    return next(iter(owed + still[::-1]), None)
