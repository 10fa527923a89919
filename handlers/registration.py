"""Registering a unit (đăng ký thi đua): a yes to what was shown, tasks, works one by one, the day of the pledge."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.authority import Action, Grant, Role
from campaigns.calendar import local_day
from campaigns.edition import Edition
from campaigns.entry import Invited, chosen_tasks, invited, signed_on
from campaigns.ids import Id
from campaigns.measure import MEASURES
from campaigns.registration import Entry, Registration, State, Step, Undertaking
from campaigns.work_words import Unread, read_work
from dialogue.answers import CHOICE, Answer
from dialogue.forms import SEND, Draft, Form, Option, Photos, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.conversation import begin
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.registrations import StaleRegistration
from storage.store import Store

routes = Routes()

SAID_AT_MOST = 60

YES = Option("yes", "buttons.yes_take_part", ("co", "dong y", "tham gia", "duoc", "nhat tri"))
NO = Option("no", "buttons.not_now", ("khong", "ko", "thoi", "chua"))
HEARD = Option("yes", "buttons.heard_yes", ("da hoi", "dong y", "roi", "co"))
NOT_HEARD = Option("no", "buttons.not_asked", ("chua hoi", "chua", "khong"))
NONE = Option("none", "buttons.no_task", ("khong", "ko", "khong co"))
ENOUGH = Option(
    "enough", "buttons.enough", ("du roi", "thoi du roi", "thoi, du roi", "thoi", "du", "het", "khong", "xong")
)
NOT_SIGNED = Option("not_signed", "buttons.not_signed", ("chua", "chua ky", "khong", "ko"))
AGAIN = Option("again", "buttons.start_over", ("lam lai", "sua", "khong", "ko", "chua", "khong dung"))


@dataclass(frozen=True)
class Facts:
    """The registration, the edition it is for, and what the plan invites such a unit to; perhaps said by phone."""

    registration: Registration
    edition: Edition
    invited: Invited
    by_phone: bool = False
    head: Id | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What every text of registering may name."""
        choices = self.edition.choices
        return {
            **about_campaign(self.edition),
            "unit": unit(self.registration.unit),
            "head": person(self.head) if self.head else None,
            "until": choices.last_day_to_register().isoformat(),
            "tasks": self.invited.tasks,
            "works": self.invited.works,
            "pledge": self.invited.pledge,
            "at_least": self.invited.quota.at_least,
            "at_most": self.invited.quota.at_most,
            "allied": self.registration.allied,
            "by_phone": self.by_phone,
        }


def about_campaign(edition: Edition) -> dict[str, Any]:
    """A campaign's title and days, as texts show them."""
    choices = edition.choices
    days = {"start": choices.start.isoformat(), "end": choices.end.isoformat()}
    return {"title": edition.campaign.plan.title, **days}


def facts(registration: Registration, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    by_phone = bool(conversation.context.get("by_phone"))
    return facts_of(registration, store, by_phone=by_phone)


def facts_of(registration: Registration, store: Store, *, by_phone: bool = False) -> Facts:
    """What can be said of a registration outside a conversation as well."""
    assert registration.campaign is not None
    edition = store.campaigns.edition(registration.campaign)
    place = store.people.unit(registration.unit)
    plan = invited(edition.campaign.entry_rules, place.kind, edition.choices.figures_at_most)
    heads = store.people.holders(registration.unit, Role.REPORTER)
    return Facts(registration, edition, plan, by_phone, heads[0].id if heads else None)


def script(facts: Facts) -> Script:
    """A yes; tasks, works and the pledge where the plan invites to them; then all of it once more for a yes."""
    options = (HEARD, NOT_HEARD) if facts.by_phone else (YES, NO)
    draft = yield from ask(Form("registration", (Pick("takes_part", options, facts.about),), facts.about))
    if draft["takes_part"].value == NO.key:
        return draft
    draft |= yield from asked_tasks(facts)
    draft |= yield from asked_works(facts)
    draft |= yield from asked_pledge(facts)
    shown = {**facts.about, **shown_entry(entry_in(draft, facts), facts)}
    if facts.invited.tasks or facts.invited.works or facts.invited.pledge:
        draft |= yield from ask(Form("registration", (Pick("confirm", (SEND, AGAIN), shown),), shown))
    return draft


def asked_tasks(facts: Facts) -> Script:
    """Headings by number or a task in words of one's own, where the plan lets units choose."""
    if facts.invited.tasks is None:
        return {}
    values = {**facts.about, "areas": list(facts.edition.campaign.areas)}
    question = OpenQuestion("tasks", required=True, options=(NONE,))
    return (yield from ask(Form("registration", (question,), values)))


def asked_works(facts: Facts) -> Script:
    """Works one by one until there are enough; what cannot be read is asked again with an example."""
    draft: Draft = {}
    tries, told, enough = 0, "", facts.invited.works is None
    while not enough and facts.invited.quota.has_room(len(works_in(draft))):
        values = {**facts.about, "named": shown_works(works_in(draft)), "why": told, "said": _last_said(draft)}
        question = OpenQuestion(f"work_{tries}", required=True, options=(ENOUGH,), text="work")
        draft |= yield from ask(Form("registration", (question,), values))
        answer = draft[f"work_{tries}"]
        enough = _is(answer, ENOUGH) and (told == "fewer" or not facts.invited.quota.missing(len(works_in(draft))))
        told = "fewer" if _is(answer, ENOUGH) else _why(answer, draft)
        tries += 1
    return draft


def _is(answer: Answer, option: Option) -> bool:
    return answer.how == CHOICE and answer.value == option.key


def _last_said(draft: Draft) -> str:
    return list(draft.values())[-1].words[:SAID_AT_MOST] if draft else ""


def _why(answer: Answer, draft: Draft) -> str:
    """Why the words are no work; nothing where they are one."""
    before = works_in({key: one for key, one in draft.items() if one is not answer})
    read = read_work(answer.words, before)
    return str(read.why) if isinstance(read, Unread) else ""


def works_in(draft: Draft) -> tuple[Undertaking, ...]:
    """The works that were named, in order."""
    named: list[Undertaking] = []
    for key, answer in draft.items():
        if key.startswith("work_") and not _is(answer, ENOUGH):
            read = read_work(answer.words, named)
            named += [read] if isinstance(read, Undertaking) else []
    return tuple(named)


def asked_pledge(facts: Facts) -> Script:
    """The day on which the paper was signed, and a photo of it; the program records it and never signs."""
    draft: Draft = {}
    if facts.invited.pledge is None:
        return draft
    tries, said = 0, ""
    while tries == 0 or (signed_in(draft) is None and not _is(draft[f"pledge_{tries - 1}"], NOT_SIGNED)):
        question = OpenQuestion(f"pledge_{tries}", required=True, options=(NOT_SIGNED,), text="sign")
        values = {**facts.about, "said": said}
        draft |= yield from ask(Form("registration", (question, Photos(f"paper_{tries}", 1)), values))
        said = draft[f"pledge_{tries}"].words[:SAID_AT_MOST]
        tries += 1
    return draft


def signed_in(draft: Draft) -> Any:
    """The day that was said; none where the paper is not signed."""
    said = [one for key, one in draft.items() if key.startswith("pledge_") and not _is(one, NOT_SIGNED)]
    days = [signed_on(one.words, local_day(datetime.fromisoformat(one.said_at))) for one in said]
    return next((day for day in days if day), None)


def entry_in(draft: Draft, facts: Facts) -> Entry:
    """All that was said, as it will be kept."""
    tasks = draft.get("tasks")
    said = tasks is not None and not _is(tasks, NONE) and tasks.value is not None
    photos = [photo for key, one in draft.items() if key.startswith("paper_") for photo in one.value]
    signed = signed_in(draft)
    return Entry(
        works=works_in(draft),
        tasks=chosen_tasks(tasks.words, facts.edition.campaign.areas) if tasks and said else (),
        pledge_signed_on=signed,
        pledge_photo=Id(UUID(photos[-1])) if photos and signed else None,
    )


def shown_works(works: tuple[Undertaking, ...]) -> list[dict[str, Any]]:
    """Works as texts show them, amounts in ten-thousandths."""
    return [{"label": one.label, "goal": one.goal, "measure": MEASURES[one.measure].name} for one in works]


def shown_entry(entry: Entry, facts: Facts) -> dict[str, Any]:
    """What is registered, as every text shows it."""
    return {
        "chosen": list(entry.tasks),
        "named": shown_works(entry.works),
        "signed": entry.pledge_signed_on.isoformat() if entry.pledge_signed_on else None,
        "paper": entry.pledge_photo is not None,
        "fewer": facts.invited.quota.missing(len(entry.works)) if facts.invited.works else 0,
    }


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Keep it, once; a no is kept nowhere. After the last day the officer is there to talk to."""
    if draft["takes_part"].value == NO.key:
        return [Say("registration.not_now", facts.about)]
    if "confirm" in draft and _is(draft["confirm"], AGAIN):
        return begin(turn, REGISTER, facts.registration, store, context={"by_phone": facts.by_phone})
    if closed(facts.edition, turn):
        return [Say("registration.closed", facts.about)]
    entry = entry_in(draft, facts)
    try:
        kept = store.registrations.register(facts.registration, entry, for_person=_spoke(facts))
        if facts.by_phone and kept.state is State.PENDING:
            kept = store.registrations.step(kept, Step.CONFIRM)  # who writes it down has seen it
    except StaleRegistration:
        return [Say("registration.there_already", facts.about)]
    values = {**facts.about, **shown_entry(entry, facts), "state": str(kept.state)}
    return [Say("registration.receipt", values), *_told(kept, values, facts, turn, store)]


def _spoke(facts: Facts) -> Id | None:
    return facts.head if facts.by_phone else None


def closed(edition: Edition, turn: Turn) -> bool:
    """Whether the last day to register has passed."""
    return local_day(turn.now) > edition.choices.last_day_to_register()


def _told(kept: Registration, values: dict[str, Any], facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """The officer hears of what waits for a yes; a head hears what was written down for them."""
    says = tell_officers(kept, turn, store) if kept.state is State.PENDING else []
    if facts.by_phone and facts.head and store.people.account_of(facts.head):
        key = f"registered:{kept.id}:{kept.revision}"
        says.append(Say("registration.written_down", values, to=facts.head, key=key))
    return says


def tell_officers(kept: Registration, turn: Turn, store: Store) -> list[Say]:
    """Something waits for an officer's yes."""
    button = Choice("buttons.show_registration", f"registration.show:{kept.id}", {"unit": unit(kept.unit)}, typed=True)
    key = f"waits:{kept.id}:{kept.revision}"
    officers = store.people.nearest_above(kept.path, Role.OFFICER)
    return [
        Say("roll.waits", {"unit": unit(kept.unit)}, (button,), to=one.id, lane=Lane.BULK, key=key)
        for one in officers
        if one.id != turn.actor.person
    ]


REGISTER = routes.story(Story("register", Action.REGISTER, "registration", facts, script, finish))


@routes.button("registration.begin", action=Action.REGISTER, loads="registration")
def open_registration(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """From an invitation or a menu: register, or see what is registered."""
    return opened(turn, registration, store)


def opened(turn: Turn, registration: Registration, store: Store) -> list[Say]:
    """Begin with who has not registered and still may; anybody else is shown where they stand."""
    known = facts_of(registration, store)
    if registration.state not in (State.INVITED, State.WITHDRAWN, State.DECLINED):
        return [sheet(registration, turn, store)]
    if closed(known.edition, turn):
        return [Say("registration.closed", known.about)]
    return begin(turn, REGISTER, registration, store)


def invite(campaign: Id, place: Id, store: Store) -> list[Say]:
    """Invite a unit: its heads are told, whoever can be reached, once. It owes nothing for being asked."""
    registration = store.registrations.invite(campaign, place)
    if registration.state is not State.INVITED:
        return []
    heads = [one for one in store.people.holders(place, Role.REPORTER) if store.people.account_of(one.id)]
    said, key = _invitation(registration, store), f"invite:{registration.id}"
    return [replace(said, to=one.id, lane=Lane.BULK, key=key) for one in heads]


def waiting_invitations(grants: Iterable[Grant], store: Store) -> list[Say]:
    """What the units of somebody who has just come in were invited to before anybody could be told."""
    units = [(grant.unit, grant.path) for grant in grants if grant.role is Role.REPORTER]
    found = [
        store.registrations.of_unit(c, unit) for unit, path in units for c in store.registrations.running_over(path)
    ]
    return [_invitation(one, store) for one in found if one is not None and one.state is State.INVITED]


def _invitation(registration: Registration, store: Store) -> Say:
    button = Choice("buttons.register", f"registration.begin:{registration.id}", typed=True)
    return Say("registration.invitation", facts_of(registration, store).about, (button,))


def sheet(registration: Registration, turn: Turn, store: Store) -> Say:
    """What a unit has registered, and what its head may do about it."""
    known = facts_of(registration, store)
    kinds = store.participants.counts(known.registration.campaign or registration.id, registration.path)
    values = {**known.about, **shown_entry(entry_of(registration, store), known), **_standing(registration)}
    buttons = [("amend", "registration.amend"), ("withdraw", "registration.withdraw")]
    choices = [Choice(f"buttons.{name}_registration", f"{data}:{registration.id}") for name, data in buttons]
    if kinds:
        choices.append(Choice("buttons.who_registered", f"registration.names:{registration.id}"))
    return Say("registration.sheet", {**values, "people": sum(kinds.values())}, tuple(choices))


def entry_of(registration: Registration, store: Store) -> Entry:
    """What is registered now."""
    works = tuple(store.campaigns.undertakings(registration.id))
    return Entry(works, registration.tasks, registration.pledge_signed_on, registration.pledge_photo)


def _standing(registration: Registration) -> dict[str, Any]:
    return {
        "state": str(registration.state),
        "counted": registration.counted,
        "counted_of": registration.counted_of,
        "reason": registration.reason,
    }
