"""Who is who: new units with their heads, colleagues with a second yes, new codes, and roles that end."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action, Role
from campaigns.ids import Id
from campaigns.naming import UNSAID, read_unit
from campaigns.people import Person, Unit
from campaigns.registration import State
from dialogue.forms import CHANGE, SEND, Draft, Form, Option, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Lane, Say, person, unit
from handlers.claim import asked_phone, name_values, named_in, phone_in
from handlers.conversation import begin
from handlers.inviting import invitation
from handlers.registration import REGISTER, invite
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.offices import Held, Pending
from storage.store import Store

routes = Routes()

ROLES = (
    Option(Role.OFFICER, "buttons.as_officer", ("can bo",)),
    Option(Role.LEADER, "buttons.as_leader", ("lanh dao", "chu tich")),
)


@dataclass(frozen=True)
class Facts:
    """The unit that somebody or something is added below."""

    home: Unit


def facts(home: Unit, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn."""
    return Facts(home)


def unit_script(facts: Facts) -> Script:
    """Kind and name, who heads it, their number; then all of it for a yes."""
    draft = yield from ask(Form("staff", (OpenQuestion("unit", required=True),)))
    if read_unit(draft["unit"].words) is None:
        draft |= yield from ask(
            Form("staff", (OpenQuestion("unit_again", required=True),), {"said": draft["unit"].words})
        )
    draft |= yield from ask(Form("staff", (OpenQuestion("name", required=True),)))
    draft |= yield from asked_phone("staff")
    kind, name = _unit_in(draft) or ("", "")
    shown = {"kind": kind, "unit": name, "role": "", **name_values(draft)}
    draft |= yield from ask(Form("staff", (Pick("confirm", (SEND, CHANGE), shown),), shown))
    return draft


def _unit_in(draft: Draft) -> tuple[str, str] | None:
    return read_unit((draft.get("unit_again") or draft["unit"]).words)


def unit_finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """The unit, its reporter and their code, to be handed on; and whether it takes part in what runs here."""
    read = _unit_in(draft)
    if read is None:
        return [Say("staff.no_unit")]
    kind, name = read
    roster = store.offices.last_place(facts.home.id) + 1
    place = store.roster.add_unit(kind, name, above=facts.home, roster=roster)
    head = _somebody(draft, store)
    store.roster.give_role(head.id, Role.REPORTER, place.id)
    running = [one for one in store.campaigns.all() if place.path.startswith(store.campaigns.path(one))]
    joins = tuple(
        Choice("buttons.takes_part", f"staff.joins:{place.id}", {"unit": unit(place.id)}) for _ in running[-1:]
    )
    return [invitation(head, place.id, turn, store), Say("staff.added", {"unit": unit(place.id)}, joins)]


def _somebody(draft: Draft, store: Store) -> Person:
    read = named_in(draft)
    return store.roster.add_person(read.name, read.called, read.address or UNSAID, phone_in(draft))


ADD_UNIT = routes.story(Story("add_unit", Action.MANAGE_PEOPLE, "unit", facts, unit_script, unit_finish))


@routes.button("staff.joins", action=Action.MANAGE_PEOPLE, loads="unit")
def takes_part(turn: Turn, place: Unit, store: Store) -> list[Say]:
    """Invite the unit to what was launched last over it; whoever can only be phoned is asked by phone."""
    running = store.registrations.running_over(place.path)
    if not running:
        return [Say("roll.nothing")]
    sent = invite(running[0], place.id, store)
    asked = store.registrations.invite(running[0], place.id)
    if sent or asked.state is not State.INVITED:
        return [Say("staff.invited", {"unit": unit(place.id), "sent": bool(sent)}), *sent]
    return begin(turn, REGISTER, asked, store, context={"by_phone": True})


def colleague_script(facts: Facts) -> Script:
    """A name, a number, the role; then all of it for a yes."""
    draft = yield from ask(Form("staff", (OpenQuestion("name", required=True),)))
    draft |= yield from asked_phone("staff")
    draft |= yield from ask(Form("staff", (Pick("role", ROLES),)))
    shown = {"kind": facts.home.kind, "unit": facts.home.name, "role": draft["role"].value, **name_values(draft)}
    draft |= yield from ask(Form("staff", (Pick("confirm", (SEND, CHANGE), shown),), shown))
    return draft


def colleague_finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """A code to be handed on; the role counts once somebody has confirmed who came."""
    colleague = _somebody(draft, store)
    store.offices.offer(colleague.id, Role(str(draft["role"].value)), facts.home.id)
    return [
        invitation(colleague, facts.home.id, turn, store),
        Say("staff.second_yes", {"person": person(colleague.id)}),
    ]


ADD_COLLEAGUE = routes.story(
    Story("add_colleague", Action.MANAGE_PEOPLE, "unit", facts, colleague_script, colleague_finish)
)


@routes.command("them noi", "them lang", "them don vi", "them thon", action=Action.MANAGE_PEOPLE)
def add_unit(turn: Turn, tail: str, store: Store) -> list[Say]:
    """A new unit with its head."""
    return begin(turn, ADD_UNIT, _home(turn, store), store)


@routes.command("moi can bo", "them can bo", action=Action.MANAGE_PEOPLE)
def add_colleague(turn: Turn, tail: str, store: Store) -> list[Say]:
    """A new officer or leader."""
    return begin(turn, ADD_COLLEAGUE, _home(turn, store), store)


def _home(turn: Turn, store: Store) -> Unit:
    return store.people.unit(next(grant.unit for grant in turn.actor.grants if grant.role is Role.OFFICER))


@routes.command("nguoi", "ai giu viec", "can bo", action=Action.MANAGE_PEOPLE)
def show_people(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Who holds what, who has not come in yet, and a button to end each role."""
    held = store.offices.held_below(_home(turn, store).path)
    rows = [
        {
            "person": person(one.person),
            "unit": unit(one.unit),
            "role": str(one.role),
            "in": store.people.account_of(one.person) is not None,
        }
        for one in held
    ]
    offices = [one for one in held if one.role is not Role.REPORTER]
    ends = tuple(Choice("buttons.end_role", f"role.end:{one.id}", {"person": person(one.person)}) for one in offices)
    return [Say("staff.people", {"rows": rows}, ends)]


def joined(newcomer: Id, store: Store) -> list[Say]:
    """Somebody who was offered a role has come in: every officer there is asked whether it is them."""
    says = []
    for pending in store.offices.joined(newcomer):
        buttons = (
            Choice("buttons.is_them", f"role.confirm:{pending.id}", {"person": person(pending.person)}, typed=True),
            Choice("buttons.is_not_them", f"role.refuse:{pending.id}", typed=True),
        )
        values = {"person": person(pending.person), "role": str(pending.role)}
        key = f"confirm:{pending.id}"
        officers = store.people.holders_above(pending.path, Role.OFFICER)
        says += [Say("staff.is_it_them", values, buttons, to=one.id, key=key, lane=Lane.BULK) for one in officers]
    return says


@routes.command("dung nguoi", "xac nhan", action=Action.MANAGE_PEOPLE)
def confirm_newest(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Where there are no buttons: confirm whoever came in and waits."""
    waiting = [one for one in store.offices.waiting(_home(turn, store).path) if one.joined]
    if len(waiting) != 1:
        return [Say("staff.nobody_waits", {"count": len(waiting)})]
    return _confirmed(waiting[0], store)


@routes.button("role.confirm", action=Action.MANAGE_PEOPLE, loads="pending")
def confirm(turn: Turn, pending: Pending, store: Store) -> list[Say]:
    """It is them: the role counts from now on."""
    return _confirmed(pending, store)


def _confirmed(pending: Pending, store: Store) -> list[Say]:
    store.offices.settle(pending, confirmed=True)
    store.roster.give_role(pending.person, pending.role, pending.unit)
    values: dict[str, Any] = {"person": person(pending.person), "role": str(pending.role), "unit": unit(pending.unit)}
    key = f"confirmed:{pending.id}"
    return [Say("staff.confirmed", values), Say("staff.you_are_in", values, to=pending.person, key=key)]


@routes.button("role.refuse", action=Action.MANAGE_PEOPLE, loads="pending")
def refuse(turn: Turn, pending: Pending, store: Store) -> list[Say]:
    """It is somebody else: the offer is taken back and the chat is a stranger's again."""
    store.offices.settle(pending, confirmed=False)
    store.offices.turn_away(pending.person)
    return [Say("staff.refused", {"person": person(pending.person)})]


@dataclass(frozen=True)
class EndFacts:
    """The role that is to end."""

    held: Held


def end_facts(held: Held, turn: Turn, conversation: Conversation, store: Store) -> EndFacts:
    """Loaded anew each turn; a role that has ended is no longer found."""
    return EndFacts(held)


def end_script(facts: EndFacts) -> Script:
    """A yes before anybody loses a role."""
    shown = {"person": person(facts.held.person), "role": str(facts.held.role)}
    return (yield from ask(Form("staff", (Pick("end", (SEND_END, KEEP), str(facts.held.id)),), shown)))


SEND_END = Option("yes", "buttons.end_yes", ("dung", "dong y", "co"))
KEEP = Option("no", "buttons.end_no", ("khong", "ko"))


def end_finish(draft: Draft, facts: EndFacts, turn: Turn, store: Store) -> list[Say]:
    """The role ends; the last officer of a unit stays, so that somebody is there."""
    held = facts.held
    values = {"person": person(held.person), "role": str(held.role), "unit": unit(held.unit)}
    if draft["end"].value == KEEP.key:
        return [Say("staff.kept", values)]
    if held.role is Role.OFFICER and len(store.people.holders(held.unit, Role.OFFICER)) == 1:
        return [Say("staff.last_officer", values)]
    store.offices.end(held)
    account = store.people.account_of(held.person)
    if account and not store.people.grants(held.person):
        store.conversations.park(account.id)
    return [Say("staff.ended", values), Say("staff.thank_you", values, to=held.person, key=f"ended:{held.id}")]


END = routes.story(Story("end_role", Action.MANAGE_PEOPLE, "role", end_facts, end_script, end_finish))


@routes.button("role.end", action=Action.MANAGE_PEOPLE, loads="role")
def end(turn: Turn, held: Held, store: Store) -> list[Say]:
    """Ask before a role ends."""
    return begin(turn, END, held, store)
