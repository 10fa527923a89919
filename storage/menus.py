"""Which menu of commands each chat shows, and which would be its person's."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, col, select

from campaigns.authority import Role
from campaigns.ids import Id
from storage.database import Database
from storage.rows import AccountRow, RoleRow


@dataclass(frozen=True)
class Owed:
    """A chat whose menu is not its person's. ``roles`` are joined by a plus; nobody's are empty."""

    account: Id
    chat: str
    roles: str


def owed(database: Database, bot: str, now: datetime) -> list[Owed]:
    """The chats of a bot that show another menu than their person's roles call for."""
    holds = and_(
        col(RoleRow.person_id) == col(AccountRow.person_id),
        col(RoleRow.since) <= now,
        col(RoleRow.until).is_(None) | (col(RoleRow.until) > now),
    )
    rows = (
        select(AccountRow, RoleRow.role)
        .outerjoin(RoleRow, holds)
        .where(AccountRow.bot == bot, ~col(AccountRow.group), col(AccountRow.gone_at).is_(None))
    )
    with database.transaction() as session:
        held: dict[Id, set[str]] = {}
        accounts: dict[Id, AccountRow] = {}
        for account, role in session.exec(rows):
            accounts[Id(account.id)] = account
            held.setdefault(Id(account.id), set()).update([role] if role else [])
    found = {one: "+".join(role for role in Role if role in roles) for one, roles in held.items()}
    return [Owed(one, accounts[one].chat, roles) for one, roles in found.items() if accounts[one].menu != roles]


def shown(database: Database, one: Owed) -> None:
    """That chat shows that menu now, or never will: it is not owed until the roles change."""
    with database.transaction() as session:
        session.get_one(AccountRow, one.account).menu = one.roles
