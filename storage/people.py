"""Who is who: accounts, persons, roles, units."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from campaigns.authority import STRANGER, Actor, Grant, Role
from campaigns.ids import Id
from campaigns.people import Account, Person, Unit
from storage.machine_rows import BotRow
from storage.merging import merge_into
from storage.rows import AccountRow, PersonRow, RoleRow, UnitRow
from storage.scribe import Scribe

R = TypeVar("R", PersonRow, UnitRow)


class People:
    """Questions about people."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def account_in(self, bot: str, chat: str, *, group: bool = False) -> Account:
        """The account of a chat with a bot; a new one, of nobody yet, where there was none."""
        row = self._session.exec(select(AccountRow).where(AccountRow.bot == bot, AccountRow.chat == chat)).first()
        if row is None:
            row = self._new_account(bot, chat, group)
        return account_value(row)

    def _new_account(self, bot: str, chat: str, group: bool) -> AccountRow:
        before = select(func.count()).where(AccountRow.bot == bot, AccountRow.group == group)
        row = AccountRow(
            id=self._scribe.new_id(),
            bot=bot,
            chat=chat,
            group=group,
            place=self._session.exec(before).one(),
            seen_at=self._scribe.now,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def account(self, account: UUID) -> Account:
        """The account; raises NoResultFound where none has that id."""
        return account_value(self._session.get_one(AccountRow, account))

    def account_of_chat(self, bot: str, chat: str) -> Account | None:
        """The account of a chat with a bot, if it ever wrote."""
        row = self._session.exec(select(AccountRow).where(AccountRow.bot == bot, AccountRow.chat == chat)).first()
        return account_value(row) if row else None

    def lock_account(self, account: UUID) -> Account:
        """The account, held until the end of this unit of work so that its messages are handled one at a time."""
        row = self._session.exec(select(AccountRow).where(AccountRow.id == account).with_for_update()).one()
        return account_value(row)

    def seen(self, account: Id) -> None:
        """Remember that the account just wrote; messages to its person go where they wrote last."""
        row = self._session.get_one(AccountRow, account)
        row.seen_at, row.gone_at = self._scribe.now, None

    def gone(self, account: Id) -> None:
        """This chat cannot be reached until something comes from it; its person is reached elsewhere if at all."""
        self._session.get_one(AccountRow, account).gone_at = self._scribe.now

    def moves(self, account: Id, chat: str) -> None:
        """The chat has another address from now on; one that wrote from there already becomes one with it."""
        row = self._session.get_one(AccountRow, account)
        if row.chat != chat:
            merge_into(self._session, row, chat)
            row.chat, row.gone_at = chat, None
            self._scribe.note("move", "account", account)

    def habit(self, account: Id, *, stepwise: bool) -> None:
        """Remember how this person likes to answer."""
        self._session.get_one(AccountRow, account).stepwise = stepwise

    def bind(self, account: Id, person: Id) -> None:
        """The account is that person's from now on: a stranger has said who they are."""
        self._session.get_one(AccountRow, account).person_id = person
        self._scribe.note("bind", "account", account, for_person=person)

    def account_of(self, person: Id, *, besides: str | None = None) -> Account | None:
        """Where this person wrote last, rather than where they cannot be reached; none for who has no account.

        Best with another bot than ``besides``.
        """
        rows = select(AccountRow).where(AccountRow.person_id == person, col(AccountRow.bot).not_in(taken_away()))
        gone, other = col(AccountRow.gone_at).is_not(None), col(AccountRow.bot) == besides
        best = rows.order_by(gone, other, col(AccountRow.seen_at).desc(), col(AccountRow.id).desc())
        row = self._session.exec(best).first()
        return account_value(row) if row else None

    def reachable(self, person: Id) -> bool:
        """Whether a message reaches this person anywhere; who cannot be reached is phoned."""
        account = select(AccountRow.id).where(AccountRow.person_id == person, col(AccountRow.gone_at).is_(None))
        return self._session.exec(account.where(col(AccountRow.bot).not_in(taken_away()))).first() is not None

    def actor(self, account: Account) -> Actor:
        """What the account's person may act as, now."""
        if account.person is None:
            return STRANGER
        return Actor(account.person, self.grants(account.person))

    def grants(self, person: Id) -> tuple[Grant, ...]:
        """The roles a person holds now."""
        held = (
            select(RoleRow, UnitRow)
            .where(RoleRow.unit_id == UnitRow.id, RoleRow.person_id == person)
            .where(col(RoleRow.until).is_(None) | (col(RoleRow.until) > self._scribe.now))
            .order_by(col(RoleRow.id))
        )
        return tuple(Grant(Role(role.role), Id(unit.id), unit.path) for role, unit in self._session.exec(held))

    def person(self, person: UUID) -> Person:
        """The person; raises NoResultFound where nobody has that id."""
        return person_value(self._session.get_one(PersonRow, person))

    def unit(self, unit: UUID) -> Unit:
        """The unit; raises NoResultFound where none has that id."""
        return unit_value(self._session.get_one(UnitRow, unit))

    def roots(self) -> list[Unit]:
        """The units that stand below no other."""
        rows = select(UnitRow).where(col(UnitRow.parent_id).is_(None)).order_by(col(UnitRow.id))
        return [unit_value(row) for row in self._session.exec(rows)]

    def root_of(self, path: str) -> Unit:
        """The root of the tree in which a path lies."""
        return self.unit(UUID(path.strip("/").split("/")[0]))

    def kind_of_root(self) -> str | None:
        """What the first root of the forest is (xã, phường, huyện); none where there is no unit yet."""
        return next((root.kind for root in self.roots()), None)

    def units_below(self, path: str) -> list[Unit]:
        """The units strictly below a path, in roster order."""
        below = select(UnitRow).where(col(UnitRow.path).startswith(path), UnitRow.path != path)
        return [unit_value(row) for row in self._session.exec(below.order_by(col(UnitRow.roster), col(UnitRow.name)))]

    def holders(self, unit: Id, role: Role) -> list[Person]:
        """Who holds a role over exactly this unit, longest first."""
        held = (
            select(PersonRow)
            .join(RoleRow, col(RoleRow.person_id) == col(PersonRow.id))
            .where(RoleRow.unit_id == unit, RoleRow.role == role)
            .where(col(RoleRow.until).is_(None) | (col(RoleRow.until) > self._scribe.now))
            .order_by(col(RoleRow.since), col(RoleRow.id))
        )
        return [person_value(row) for row in self._session.exec(held)]

    def nearest_above(self, path: str, role: Role) -> list[Person]:
        """Who holds a role over the unit at a path, or over the nearest unit above it where anybody does."""
        ids = [UUID(part) for part in reversed(path.strip("/").split("/"))]
        return next((found for unit in ids if (found := self.holders(Id(unit), role))), [])

    def holders_above(self, path: str, role: Role) -> list[Person]:
        """Who holds a role over this unit or any above it, nearest first."""
        ids = [UUID(part) for part in reversed(path.strip("/").split("/"))]
        return [person for unit in ids for person in self.holders(Id(unit), role)]

    def everybody(self) -> list[tuple[Person, Unit, Role]]:
        """All who hold a role, with it, in roster order. For the rehearsal, where one may be anybody."""
        rows = (
            select(PersonRow, UnitRow, RoleRow)
            .where(RoleRow.person_id == PersonRow.id, RoleRow.unit_id == UnitRow.id, col(RoleRow.until).is_(None))
            .order_by(col(UnitRow.path), col(UnitRow.roster), col(RoleRow.id))
        )
        everybody = [(person_value(p), unit_value(u), Role(r.role), u.roster) for p, u, r in self._session.exec(rows)]
        return [found[:3] for found in sorted(everybody, key=lambda found: found[3])]


def taken_away() -> SelectOfScalar[str]:
    """The bots that the program does not serve any more."""
    return select(BotRow.key).where(col(BotRow.served).is_(False))


def names(session: Session, people: Iterable[UUID], units: Iterable[UUID]) -> tuple[dict[str, Person], dict[str, Unit]]:
    """Persons and units by id, for rendering."""
    found = _rows(session, PersonRow, people)
    places = _rows(session, UnitRow, units)
    return {str(p.id): person_value(p) for p in found}, {str(u.id): unit_value(u) for u in places}


def _rows(session: Session, kind: type[R], ids: Iterable[UUID]) -> Sequence[R]:
    """The rows with these ids; most messages name nobody, and then nothing is asked."""
    wanted = list(ids)
    return session.exec(select(kind).where(col(kind.id).in_(wanted))).all() if wanted else []


def account_value(row: AccountRow) -> Account:
    person = Id(row.person_id) if row.person_id else None
    return Account(Id(row.id), row.bot, row.chat, person, row.stepwise, row.group, row.place)


def person_value(row: PersonRow) -> Person:
    """The row as a value."""
    return Person(Id(row.id), row.name, row.called, row.address, row.phone)


def unit_value(row: UnitRow) -> Unit:
    """The row as a value."""
    return Unit(Id(row.id), row.path, row.kind, row.name, row.allied)
