"""Groups: asked for by an officer, linked by a code, ended."""

import hashlib
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from campaigns.group import CODE_VALID_FOR, Group, GroupPurpose
from campaigns.ids import Id
from campaigns.invitation import new_code
from storage.group_rows import GroupRow
from storage.rows import AccountRow, CampaignRow, UnitRow
from storage.scribe import Scribe

Rows = Select[GroupRow, UnitRow]


class Groups:
    """Questions about groups."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def ask(self, campaign: Id, purpose: GroupPurpose, name: str) -> str:
        """A new code that links one group; only its digest is kept, so it can be told once."""
        code = new_code(self._scribe.chance)
        row = GroupRow(
            id=self._scribe.new_id(),
            campaign_id=campaign,
            purpose=purpose,
            name=name,
            digest=_digest(code),
            asked_by_id=self._scribe.by,
            expires_at=self._scribe.now + CODE_VALID_FOR,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("ask_for", "group", row.id, after={"purpose": purpose})
        return code

    def link(self, code: str, account: Id) -> Group | None:
        """Link the group whose code was typed there; none where the code opens nothing (any more)."""
        waiting = select(GroupRow).where(GroupRow.digest == _digest(code), col(GroupRow.linked_at).is_(None))
        row = self._session.exec(waiting.with_for_update()).first()
        if row is None or row.ended_at is not None or row.expires_at <= self._scribe.now:
            return None
        row.account_id, row.linked_at = account, self._scribe.now
        self._session.get_one(AccountRow, account).group = True
        self._session.flush()
        self._scribe.note("link", "group", row.id)
        return self._found(_linked().where(GroupRow.id == row.id))[0]

    def asked_by(self, group: Id) -> Id | None:
        """The officer who asked for its code."""
        asked = self._session.get_one(GroupRow, group).asked_by_id
        return Id(asked) if asked else None

    def group(self, group: UUID) -> Group | None:
        """The linked group of that id."""
        return next(iter(self._found(_linked().where(GroupRow.id == group))), None)

    def linked(self, campaign: Id, purpose: GroupPurpose | None = None) -> list[Group]:
        """The groups of a campaign, of one purpose or of any, in the order of linking."""
        rows = _linked().where(GroupRow.campaign_id == campaign)
        if purpose is not None:
            rows = rows.where(GroupRow.purpose == purpose)
        return self._found(rows.order_by(col(GroupRow.linked_at), col(GroupRow.id)))

    def below(self, path: str) -> list[Group]:
        """The groups of all campaigns below a path."""
        return self._found(_linked().where(col(UnitRow.path).startswith(path)).order_by(col(GroupRow.linked_at)))

    def of_account(self, account: Id) -> list[Group]:
        """What a group follows; the same group may follow several purposes."""
        return self._found(_linked().where(GroupRow.account_id == account).order_by(col(GroupRow.linked_at)))

    def of_bot(self, bot: str) -> list[tuple[str, str]]:
        """The groups that are linked with a bot: the officer's name and the chat of each, once."""
        rows = select(GroupRow.name, AccountRow.chat).where(
            GroupRow.account_id == AccountRow.id, AccountRow.bot == bot, col(GroupRow.ended_at).is_(None)
        )
        return list({chat: (name, chat) for name, chat in self._session.exec(rows)}.values())

    def end(self, group: Group) -> None:
        """Nothing is posted there any more."""
        self._session.get_one(GroupRow, group.id).ended_at = self._scribe.now
        self._scribe.note("end", "group", group.id)

    def _found(self, rows: Rows) -> list[Group]:
        return [_group(row, unit) for row, unit in self._session.exec(rows)]


def _linked() -> Rows:
    return select(GroupRow, UnitRow).where(
        GroupRow.campaign_id == CampaignRow.id,
        CampaignRow.unit_id == UnitRow.id,
        col(GroupRow.linked_at).is_not(None),
        col(GroupRow.ended_at).is_(None),
    )


def _group(row: GroupRow, unit: UnitRow) -> Group:
    assert row.account_id is not None
    return Group(Id(row.id), Id(row.account_id), Id(row.campaign_id), unit.path, GroupPurpose(row.purpose), row.name)


def _digest(code: str) -> str:
    return hashlib.sha256(f"thi-dua-group:{code}".encode()).hexdigest()
