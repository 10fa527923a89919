"""A rehearsal: a campaign with an invented commune, in which one may be anybody and turn the clock forward."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.clock import Clock, Now
from bot.launch import launch
from bot.timetable import Timetable
from campaigns.authority import Role
from campaigns.calendar import first_form
from campaigns.campaign import Campaign
from campaigns.group import Group, GroupPurpose
from campaigns.ids import Id
from campaigns.invitation import shown_code
from campaigns.people import Account
from campaigns.rehearsal import Rehearsal, Way
from config.texts import Texts
from storage import chat
from storage import rehearsal as remembered
from storage.database import Database
from storage.store import Store

BEFORE_THE_FIRST_FORM = timedelta(minutes=10)
WORDING = "rehearsal"
CHAT = "rehearsal-{}"


@dataclass(frozen=True)
class Person:
    """Somebody one may be. ``code`` is shown as long as they have not joined; ``unread`` is what they got meanwhile."""

    id: Id
    name: str
    what: str
    current: bool
    code: str | None
    unread: int


def start(database: Database, campaign: Campaign, rehearsal: Rehearsal, bot: str, chance: Random) -> None:
    """Launch the campaign ten minutes before its first form, with everybody joined but the first head.

    That head joins by the code on the invitation; who only phones never has an account.
    """
    now = first_form(rehearsal.choices) - BEFORE_THE_FIRST_FORM
    by_phone = {unit.head.name for unit in rehearsal.units if unit.head.way is Way.PHONE}
    with database.transaction() as session:
        invitations = launch(session, campaign, rehearsal, now, chance)
        store = Store(session, now, chance, bot)
        heads = [i for i in invitations if i.role is Role.REPORTER and i.name not in by_phone]
        others = [i for i in invitations if i.role is not Role.REPORTER]
        for invitation in others + heads[1:]:
            account = store.people.account_in(bot, CHAT.format(invitation.person))
            opened = store.invitations.opened_by(invitation.code)
            assert opened is not None
            store.invitations.join(account, opened, WORDING)
        _link_groups(store, bot)
        remembered.start_at(session, now)


def _link_groups(store: Store, bot: str) -> None:
    """One group for each purpose, to be watched."""
    texts = Texts()
    for purpose in GroupPurpose:
        name = texts.plain("rehearsal.group", {"purpose": purpose})
        code = store.groups.ask(store.campaigns.all()[0], purpose, name)
        store.groups.link(code, store.people.account_in(bot, CHAT.format(purpose), group=True).id)


class Rehearsing:
    """A rehearsal that is going on."""

    def __init__(
        self, database: Database, clock: Clock, timetable: Timetable, texts: Texts, bot: str, chance: Random
    ) -> None:
        self._database = database
        self._clock = clock
        self._timetable = timetable
        self._texts = texts
        self._bot = bot
        self._chance = chance
        self._codes: dict[Id, str] = {}
        with database.transaction() as session:
            self._begins_after = chat.newest_entry(session)
        self._seen: dict[Id, int] = {}

    def people(self, current: Id) -> list[Person]:
        """Everybody one may be, in roster order, and the groups one may watch."""
        with self._database.transaction() as session:
            self.sees_all(session, current)
            store = Store(session, self._clock.now().campaign, self._chance, self._bot)
            people = [self._person(store, p.id, p.name, u.id, role, current) for p, u, role in store.people.everybody()]
            return people + [self._group(store, group, current) for group in store.groups.below("/")]

    def _group(self, store: Store, group: Group, current: Id) -> Person:
        what = self._texts.plain("rehearsal.watched", {"purpose": group.purpose})
        unread = chat.unread(store.scribe.session, group.account, self._seen.get(group.account, self._begins_after))
        return Person(group.account, group.name, what, group.account == current, None, unread)

    def sees_all(self, session: Session, account: Id) -> None:
        """Whoever has this account open has seen what it shows."""
        self._seen[account] = chat.newest_entry(session)

    def _person(self, store: Store, person: Id, name: str, unit: Id, role: Role, current: Id) -> Person:
        account = store.people.account_in(self._bot, CHAT.format(person))
        is_current = account.id == current
        code = self._code(store, person) if is_current and account.person is None else None
        what = self._texts.render("rehearsal.what", {"role": role, "unit": store.people.unit(unit)})
        unread = chat.unread(store.scribe.session, account.id, self._seen.get(account.id, self._begins_after))
        return Person(person, name, what, is_current, shown_code(code) if code else None, unread)

    def _code(self, store: Store, person: Id) -> str:
        """The code on this person's invitation; a digest cannot be read back, so one is issued for each start."""
        code = self._codes.get(person)
        if code is None or store.invitations.opened_by(code) is None:
            code = self._codes[person] = store.invitations.invite(person)
        return code

    def account_of(self, store: Store, person: Id) -> Account:
        """The chat in which one is this person."""
        return store.people.account_in(self._bot, CHAT.format(person))

    def account(self, store: Store, chosen: Id) -> Account | None:
        """The chat of whoever was chosen from the list: a person's or a group's; none where nobody has that id."""
        if chosen in (group.account for group in store.groups.below("/")):
            return store.people.account(chosen)
        known = chosen in (one.id for one, _, _ in store.people.everybody())
        return self.account_of(store, chosen) if known else None

    def first(self, store: Store) -> Id:
        """Whom a new visitor is: the first head, who is about to join."""
        return next(person.id for person, _, role in store.people.everybody() if role is Role.REPORTER)

    def turn(self, step: timedelta | None) -> None:
        """Turn the clock forward by a step, or to the next moment of the campaign, doing all that is due on the way."""
        now = self._clock.now().campaign
        end = now + step if step else self._next(now)
        while (moment := self._next(now)) <= end and moment > now:
            self._turn_to(moment)
            now = moment
        self._turn_to(end)

    def _next(self, now: datetime) -> datetime:
        moment = self._timetable.next_moment(Now(now, self._clock.now().machine))
        return moment or now + timedelta(days=1)

    def _turn_to(self, moment: datetime) -> None:
        ahead = self._clock.turn_to(moment)
        with self._database.transaction() as session:
            remembered.keep_ahead(session, ahead)
        self._timetable.tick(Now(moment, self._clock.now().machine))
