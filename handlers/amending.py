"""Changing a registration (sửa đăng ký) until its last day: one thing at a time, shown once more before it counts."""

from dataclasses import dataclass, replace
from uuid import UUID

from campaigns.authority import Action
from campaigns.entry import chosen
from campaigns.ids import Id
from campaigns.registration import Entry, Registration, State, Undertaking
from campaigns.work_words import Unread, read_work
from dialogue.change_words import Change, Sort, read_change
from dialogue.forms import SEND, Draft, Form, Photos, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, unit
from handlers.conversation import begin
from handlers.entry_questions import SAID_AT_MOST, Facts, entry_of, shown_entry, shown_offer, signed_in
from handlers.own_name import shown_participant
from handlers.own_registrations import own_registrations
from handlers.own_word import TASK
from handlers.registration import AGAIN, closed, facts_of, tell_officers
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.registrations import StaleRegistration
from storage.store import Store

routes = Routes()

MAY_AMEND = (State.PENDING, State.ASKED_BACK, State.CONFIRMED)


@dataclass(frozen=True)
class AmendFacts:
    """What is registered now, and what the plan invites to."""

    known: Facts
    entry: Entry


def facts(registration: Registration, turn: Turn, conversation: Conversation, store: Store) -> AmendFacts:
    """Loaded anew each turn."""
    return AmendFacts(facts_of(registration, store), entry_of(registration, store))


def script(facts: AmendFacts) -> Script:
    """What is to change, asked again with an example where it is not understood; then all of it for a yes."""
    draft: Draft = {}
    tries, why = 0, ""
    while tries == 0 or why:
        values = {**facts.known.about, **shown_entry(facts.entry, facts.known), "why": why, "said": _said(draft)}
        values |= shown_offer(facts.known)
        question = OpenQuestion(f"change_{tries}", required=True, text="change")
        draft |= yield from ask(Form("amending", (question, Photos(f"paper_{tries}", 1)), values))
        changed = _changed(draft, tries, facts)
        why = changed if isinstance(changed, str) else ""
        tries += 1
    shown = {**facts.known.about, **shown_entry(entry_in(draft, facts), facts.known)}
    draft |= yield from ask(Form("amending", (Pick("confirm", (SEND, AGAIN), shown),), shown))
    return draft


def _said(draft: Draft) -> str:
    return list(draft.values())[-1].words[:SAID_AT_MOST] if draft else ""


def _changed(draft: Draft, tries: int, facts: AmendFacts) -> Entry | str:
    """What the last answer makes of the registration, or why it makes nothing."""
    answer = draft[f"change_{tries}"]
    change = read_change(answer.words)
    works = list(facts.entry.works)
    match change:
        case Change(Sort.SIGNED):
            day = signed_in({"pledge_0": answer})
            return replace(facts.entry, pledge_signed_on=day) if day else "no_day"
        case Change(Sort.DROP, at):
            return replace(facts.entry, works=(*works[: at - 1], *works[at:])) if 0 < at <= len(works) else "no_such"
        case Change(Sort.REPLACE, at, words):
            return _with(works, at, words, facts)
        case Change(Sort.ADD, _, words):
            return _with(works, len(works) + 1, words, facts)
        case Change(Sort.CHOOSE, _, words):
            return _choosing(words, facts)
    return "not_understood"


def _choosing(words: str, facts: AmendFacts) -> Entry | str:
    """The entry with other headings and targets; without any words, or where a number is not there, the list again."""
    choice = chosen(words, facts.known.offered) if words else None
    return replace(facts.entry, tasks=choice.tasks, targets=choice.targets) if choice else "choose"


def _with(works: list[Undertaking], at: int, words: str, facts: AmendFacts) -> Entry | str:
    """The entry with another work in that place; none where the quota has no room or the words are no work."""
    if not 0 < at <= len(works) + 1:
        return "no_such"
    if at > len(works) and not facts.known.invited.quota.has_room(len(works)):
        return "full"
    others = [*works[: at - 1], *works[at:]]
    read = read_work(words, others)
    if isinstance(read, Unread):
        return str(read.why)
    return replace(facts.entry, works=(*works[: at - 1], read, *works[at:]))


def entry_in(draft: Draft, facts: AmendFacts) -> Entry:
    """The registration as it will be, from the first answer that was understood."""
    tries = [int(key.rpartition("_")[2]) for key in draft if key.startswith("change_")]
    found = [changed for at in tries if isinstance(changed := _changed(draft, at, facts), Entry)]
    photos = [photo for key, one in draft.items() if key.startswith("paper_") for photo in one.value]
    entry = found[0] if found else facts.entry
    return replace(entry, pledge_photo=Id(UUID(photos[-1]))) if photos and entry.pledge_signed_on else entry


def finish(draft: Draft, facts: AmendFacts, turn: Turn, store: Store) -> list[Say]:
    """Keep it; what is asked for next goes by it, what was asked for already by what it was asked with."""
    registration = facts.known.registration
    if draft["confirm"].value == AGAIN.key:
        return begin(turn, AMEND, registration, store)
    if closed(facts.known.edition, turn):
        return [Say("registration.closed", facts.known.about)]
    entry = entry_in(draft, facts)
    try:
        kept = store.registrations.amend(registration, entry)
    except StaleRegistration:
        return [Say("registration.there_already", facts.known.about)]
    values = {**facts.known.about, **shown_entry(entry, facts.known), "state": str(kept.state)}
    waits = tell_officers(kept, turn, store) if kept.state is State.PENDING else []
    return [Say("amending.receipt", values), *waits]


AMEND = routes.story(Story("amend", Action.REGISTER, "registration", facts, script, finish))


@routes.button("registration.amend", action=Action.REGISTER, loads="registration")
def amend(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Change something, as long as registrations are taken."""
    return _begins(turn, registration, store)


def _begins(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    known = facts_of(registration, store)
    if registration.state not in MAY_AMEND:
        return [Say("registration.there_already", known.about)]
    if closed(known.edition, turn):
        return [Say("registration.closed", known.about)]
    store.conversations.forget(turn.account.id, AMEND.name, registration.id)
    return begin(turn, AMEND, registration, store)


@routes.command("sua dang ky", "sua dk", "doi dang ky", action=Action.ENTER)
def amend_mine(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Change the only registration there is, or choose among several."""
    mine = [one for one in own_registrations(turn, store) if one.state in MAY_AMEND]
    people = store.participants.of_person(turn.actor.person) if turn.actor.person else []
    own = [one for one in people if one.state is State.CONFIRMED]
    if len(mine) + len(own) == 1:
        return _begins(turn, mine[0], store) if mine else begin(turn, TASK, own[0], store)
    choices = [
        Choice("buttons.registration_of", f"registration.amend:{one.id}", {"unit": unit(one.unit)}) for one in mine
    ]
    choices += [Choice("buttons.participant", f"participant.task:{one.id}", shown_participant(one)) for one in own]
    return [Say("amending.which", {"number": len(choices)}, tuple(choices))]
