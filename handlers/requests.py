"""A difficulty told in a report becomes a request (việc nhờ xã): somebody owns it, promises a day, and answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.calendar import local_day
from campaigns.dates import Day, read_date
from campaigns.holidays import OFFICE, Holidays, may_write
from campaigns.ids import Id
from campaigns.report import Report
from campaigns.request import SOON, Request, remind_at, upwards_at
from dialogue.forms import Draft, Form, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, person, unit
from dialogue.text import folded
from handlers.asking import Addressed
from handlers.conversation import begin
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

LONGEST = 300


@dataclass(frozen=True)
class TakeFacts:
    """The report whose words are taken on."""

    report: Report
    unit: Id
    path: str
    taken: Request | None


def take_facts(report: Report, turn: Turn, conversation: Conversation, store: Store) -> TakeFacts:
    """Loaded anew each turn."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    return TakeFacts(report, obligation.unit, obligation.path, store.requests.of(report.id))


def take_script(facts: TakeFacts) -> Script:
    """One thing is asked: by which day, and who sees to it."""
    values: dict[str, Any] = {"unit": unit(facts.unit), "said": facts.report.latest.story, "owner": None}
    if facts.taken:
        values |= {"owner": person(facts.taken.owner), "promised": facts.taken.promised.isoformat()}
    return (yield from ask(Form("request", (OpenQuestion("promise", required=True),), values)))


def take_finish(draft: Draft, facts: TakeFacts, turn: Turn, store: Store) -> list[Say]:
    """Keep owner and day, and tell the unit that somebody has it; a day that is none is asked for again."""
    words = draft["promise"].words
    promised = _day(words, turn)
    if promised is None:
        return [Say("request.no_day", {"said": words[:60]}), *begin(turn, TAKE, facts.report, store)]
    obligation = store.obligations.obligation(facts.report.obligation)
    assert obligation is not None
    request = store.requests.take(facts.report, obligation, _owner(words, facts.path, turn, store), promised)
    values = _about(request)
    return [Say("request.taken", values), *_to_reporters("request.promised", values, request, store)]


def _day(words: str, turn: Turn) -> date | None:
    """The day that is named among the words, today or later; none where there is no such."""
    today = local_day(turn.now)
    tries = [" ".join(words.split()[start:]) for start in range(len(words.split()))]
    days = [found.last for each in tries if isinstance(found := read_date(folded(each), today), Day)]
    return next((day for day in days if day >= today), None)


def _owner(words: str, path: str, turn: Turn, store: Store) -> Id:
    """Whoever is named among those who hold a role above the unit, otherwise who takes it."""
    assert turn.actor.person is not None
    said = f" {folded(words)} "
    colleagues = [p for role in (Role.OFFICER, Role.LEADER) for p in store.people.holders_above(path, role)]
    return next((p.id for p in colleagues if f" {folded(p.called)} " in said), turn.actor.person)


def _about(request: Request) -> dict[str, Any]:
    return {
        "unit": unit(request.unit),
        "receipt": request.receipt,
        "said": request.said[:LONGEST],
        "owner": person(request.owner),
        "promised": request.promised.isoformat(),
        "answer": request.answer,
    }


def _to_reporters(text: str, values: dict[str, Any], request: Request, store: Store) -> list[Say]:
    heads = store.people.holders(request.unit, Role.REPORTER)
    key = f"{text}:{request.id}:{store.now.isoformat()}"
    return [Say(text, values, to=head.id, key=key) for head in heads if store.people.account_of(head.id)]


TAKE = routes.story(Story("take", Action.TAKE_REQUEST, "report", take_facts, take_script, take_finish))


@routes.button("request.take", action=Action.TAKE_REQUEST, loads="report")
def take(turn: Turn, report: Report, store: Store) -> list[Say]:
    """Take on what a report asks for."""
    request = store.requests.of(report.id)
    if request is not None and request.answer is not None:
        return [Say("request.answered", _about(request))]
    return begin(turn, TAKE, report, store)


@routes.command("viec", "viec nho", "kien nghi", "viec can lam", action=Action.SEE_REQUESTS)
def show_open(turn: Turn, tail: str, store: Store) -> list[Say]:
    """What was taken on and is not answered, the earliest promise first."""
    found = {r.id: r for g in turn.actor.grants for r in store.requests.open_below(g.path)}
    seen = [one for one in found.values() if may(turn.actor, Action.SEE_REQUESTS, one.path)]
    today = local_day(turn.now)
    rows = [{**_about(one), "overdue": one.overdue(today)} for one in seen]
    mine = [one for one in seen if may(turn.actor, Action.TAKE_REQUEST, one.path)]
    choices = tuple(
        Choice("buttons.answer_request", f"request.answer:{one.id}", {"unit": unit(one.unit)}) for one in mine
    )
    return [Say("request.open", {"rows": rows}, choices)]


def answer_facts(request: Request, turn: Turn, conversation: Conversation, store: Store) -> Request:
    """Loaded anew each turn."""
    return request


def answer_script(request: Request) -> Script:
    """One thing is asked: what to tell the unit."""
    return (yield from ask(Form("request", (OpenQuestion("answer", required=True),), _about(request))))


def answer_finish(draft: Draft, request: Request, turn: Turn, store: Store) -> list[Say]:
    """Keep the answer. The unit's next form opens with it; where none comes soon, it goes alone."""
    if request.answer is not None:
        return [Say("request.answered", _about(request))]
    coming = store.obligations.next_for(request.unit)
    alone = coming is None or coming.ask_at - turn.now > SOON
    answered = store.requests.answer(request, draft["answer"].words[:LONGEST], told=alone)
    values = {**_about(answered), "next": None if alone or coming is None else coming.ask_at.isoformat()}
    told = _to_reporters("request.told", values, answered, store) if alone else []
    return [Say("request.kept", values), *told]


ANSWER = routes.story(
    Story("answer_request", Action.TAKE_REQUEST, "request", answer_facts, answer_script, answer_finish)
)


@routes.button("request.answer", action=Action.TAKE_REQUEST, loads="request")
def answer(turn: Turn, request: Request, store: Store) -> list[Say]:
    """Ask what the unit is to be told."""
    return begin(turn, ANSWER, request, store)


def due(holidays: Holidays, store: Store) -> Request | None:
    """A request whose owner, or whose leader, is to hear of it now; only in office hours."""
    if not may_write(store.now, holidays, OFFICE):
        return None
    promised = [one for one in store.requests.to_remind() if remind_at(one.promised, holidays) <= store.now]
    waiting = [one for one in store.requests.to_raise() if upwards_at(one.taken_at, holidays) <= store.now]
    return next(iter(promised + waiting), None)


def tell(request: Request, holidays: Holidays, store: Store) -> Addressed:
    """Remind the owner on the promised day; after a week without an answer tell a leader."""
    if request in store.requests.to_remind() and remind_at(request.promised, holidays) <= store.now:
        store.requests.reminded(request)
        return _addressed([request.owner], "request.today", request, store)
    store.requests.raised(request)
    return _addressed(
        [p.id for p in store.people.nearest_above(request.path, Role.LEADER)], "request.raised", request, store
    )


def _addressed(people: list[Id], text: str, request: Request, store: Store) -> Addressed:
    accounts = [account for one in people if (account := store.people.account_of(one))]
    said = Say(text, _about(request), key=f"{text}:{request.id}:{request.promised}")
    return [(account, [said]) for account in accounts]
