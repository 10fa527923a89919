"""What the clock does with forms: asks for them when their hour has come, and closes the figures."""

from datetime import datetime

from campaigns.authority import Role
from campaigns.holidays import Holidays
from campaigns.obligation import Obligation
from campaigns.people import Account, Person
from campaigns.reminder import WITHIN, form_at, room_at
from dialogue.answers import Answer, Kept, unpacked
from dialogue.capabilities import Capabilities
from dialogue.incoming import Incoming, Kind
from dialogue.say import Lane, Say
from handlers.conversation import begin
from handlers.drafts import kept_answers
from handlers.periods import named
from handlers.report import REPORT, ReportFacts, context_of, facts, finish
from handlers.telling import tell_page
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

Addressed = list[tuple[Account, list[Say]]]
Abilities = dict[str, Capabilities]


def ask_for(obligation: Obligation, abilities: Abilities, holidays: Holidays, store: Store) -> Addressed:
    """Send the form to every reporter of the unit who can be reached; who has sent already is not asked.

    Where nobody of them may be written to again this week or, after an outage, at this hour, it is put off.
    """
    store.obligations.asked(obligation.id)
    store.requests.tell_with(obligation)
    if obligation.first_said_at is not None or obligation.excused_at is not None:
        return []
    found = [(head, store.people.account_of(head.id)) for head in store.people.holders(obligation.unit, Role.REPORTER)]
    room = {account: _room_at(head, store) for head, account in found if account}
    first = max(form_at(obligation, store.now, holidays), min(room.values(), default=store.now))
    if first > store.now:
        store.reminders.put_off(obligation, first)
        return []
    free = [account for account, at in room.items() if at <= store.now]
    return [(account, _ask(obligation, account, abilities[account.bot], store)) for account in free]


def _room_at(head: Person, store: Store) -> datetime:
    return room_at(store.reminders.pushed(head.id, store.now - WITHIN), store.now)


def _ask(obligation: Obligation, account: Account, abilities: Capabilities, store: Store) -> list[Say]:
    """Open the form, unless somebody is in the middle of something else: then only say that it waits."""
    key = f"ask:{obligation.id}"
    under_way = store.conversations.open_of(account.id)
    if under_way and under_way.subject != obligation.id:
        return [Say("report.waiting", {"period": named(obligation.period)}, lane=Lane.BULK, key=key)]
    turn = _of_the_clock(account, abilities, store)
    says = begin(turn, REPORT, obligation, store, context=context_of(obligation, store))
    return [Say(s.text, s.values, s.choices, slot=s.slot, lane=Lane.BULK, key=key) for s in says]


def _of_the_clock(account: Account, abilities: Capabilities, store: Store) -> Turn:
    silence = Incoming(Kind.OPENED, store.now, store.now)
    return Turn(account, store.people.actor(account), abilities, silence, store.now)


def close(obligation: Obligation, abilities: Abilities, store: Store) -> Addressed:
    """Close the figures. A draft that was never finished counts as far as it goes, the rest is "chưa rõ"."""
    addressed: Addressed = []
    for conversation in store.conversations.about(obligation.id):
        account = store.people.lock_account(conversation.account)
        turn = _of_the_clock(account, abilities[account.bot], store)
        addressed.append((account, _finish_draft(obligation, conversation, turn, store)))
    store.conversations.end_all_about(obligation.id)
    store.obligations.close(obligation.id)
    return addressed


def _finish_draft(obligation: Obligation, conversation: Conversation, turn: Turn, store: Store) -> list[Say]:
    draft = unpacked(conversation.answers)
    known = facts(obligation, turn, conversation, store)
    said = [answer.said_at for answer in draft.values()]
    if not said or _adds_nothing(known, draft, store):
        return []
    last = max(map(datetime.fromisoformat, said))
    spoken = Incoming(Kind.TEXT, last, last)
    store.acts(turn.actor.person)
    then = Turn(turn.account, turn.actor, turn.capabilities, spoken, spoken.said_at)
    if set(draft) == {"photos"}:  # nobody said what they show: an officer will see
        return [tell_page(then, obligation, draft, store)]
    return finish(draft, known, then, store)


def _adds_nothing(known: ReportFacts, draft: Kept, store: Store) -> bool:
    """Whether somebody else's report stands, or this draft only repeats what was sent."""
    report = store.reports.of(known.obligation.id)
    if report is None:
        return False
    kept = kept_answers(known, report)
    repeats = all(key in kept and _same(answer, kept[key]) for key, answer in draft.items())
    return known.base != known.begun_at or repeats


def _same(one: Answer, other: Answer) -> bool:
    return (one.how, one.value, one.estimate) == (other.how, other.value, other.estimate)
