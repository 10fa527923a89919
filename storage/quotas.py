"""What a bot's vendor lets it send in a month, what of it is spent and on what, and who waits for words meanwhile."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select, update

from campaigns.ids import Id
from campaigns.quota import Quota
from storage.machine_rows import BotRow, OutboxRow
from storage.quota_rows import QuotaToldRow, SpentRow
from storage.rows import AccountRow
from storage.scribe import Scribe

USED_UP = "quota"  # why a bot is paused whose vendor takes no more this month


@dataclass(frozen=True)
class Waits:
    """So many messages of a story that could not go out, to a person (none: to a group)."""

    person: Id | None
    story: str
    messages: int


class Quotas:
    """Questions about the months of bots."""

    def __init__(self, scribe: Scribe) -> None:
        self._session = scribe.session

    def allow(self, bot: str, quota: Quota) -> None:
        """Note what a bot's vendor allows now. Where it allows more than before, nothing waits any longer for that."""
        row = self._session.get(BotRow, bot) or BotRow(key=bot)
        if row.messages is not None and row.messages < quota.messages:
            self._let_go(row)
        row.messages, row.users, row.groups = quota.messages, quota.users, quota.groups
        self._session.add(row)
        self._session.flush()

    def _let_go(self, row: BotRow) -> None:
        if row.paused_why == USED_UP:
            row.paused_until = row.paused_why = None
        held = update(OutboxRow).where(col(OutboxRow.bot) == row.key, col(OutboxRow.state) == "new")
        self._session.exec(held.values(held_until=None))

    def of(self, bot: str) -> Quota | None:
        """What a bot's vendor allows; none where it counts nothing."""
        row = self._session.get(BotRow, bot)
        return Quota(row.messages, row.users, row.groups) if row and row.messages else None

    def bots(self) -> list[str]:
        """The bots whose vendor counts."""
        return list(
            self._session.exec(select(BotRow.key).where(col(BotRow.messages).is_not(None)).order_by(BotRow.key))
        )

    def spent(self, bot: str, month: date) -> int:
        """How many messages a bot sent in a month."""
        return sum(self._by(bot, month, col(SpentRow.story)).values())

    def spent_by_story(self, bot: str, month: date) -> Counter[str]:
        """The same by the story that said them."""
        return self._by(bot, month, col(SpentRow.story))

    def spent_by_lane(self, bot: str, month: date) -> Counter[str]:
        """The same by lane."""
        return self._by(bot, month, col(SpentRow.lane))

    def _by(self, bot: str, month: date, what: Mapped[str]) -> Counter[str]:
        rows = select(what, func.sum(SpentRow.messages)).where(SpentRow.bot == bot, SpentRow.month == month)
        return Counter({name: int(number) for name, number in self._session.exec(rows.group_by(what))})

    def used_up_until(self, bot: str, machine: datetime) -> datetime | None:
        """Until when the vendor takes nothing more of a bot, as it said itself; none where it never did."""
        row = self._session.get(BotRow, bot)
        if row is None or row.paused_why != USED_UP or row.paused_until is None:
            return None
        return row.paused_until if row.paused_until > machine else None

    def told(self, bot: str, month: date) -> frozenset[int]:
        """At which shares the officers were told this month."""
        rows = select(QuotaToldRow.percent).where(QuotaToldRow.bot == bot, QuotaToldRow.month == month)
        return frozenset(self._session.exec(rows))

    def tell(self, bot: str, month: date, percent: int) -> None:
        """They are told at this share."""
        self._session.add(QuotaToldRow(bot=bot, month=month, percent=percent))
        self._session.flush()

    def waiting(self, bot: str, machine: datetime) -> list[Waits]:
        """Who waits for words of a bot that cannot go out before the month is over."""
        used_up = self.used_up_until(bot, machine) is not None
        held = or_(col(OutboxRow.held_until) > machine, used_up)
        rows = (
            select(AccountRow.person_id, OutboxRow.text, func.count())
            .where(AccountRow.id == OutboxRow.account_id, OutboxRow.bot == bot, OutboxRow.state == "new", held)
            .group_by(col(AccountRow.person_id), col(OutboxRow.text), col(OutboxRow.account_id))
            .order_by(col(OutboxRow.account_id))
        )
        found: Counter[tuple[UUID | None, str]] = Counter()
        for person, text, number in self._session.exec(rows):
            found[person, text.partition(".")[0]] += number
        return [Waits(Id(person) if person else None, story, n) for (person, story), n in found.items()]


def spend(session: Session, bot: str, month: date, story: str, lane: str) -> None:
    """One more message went out, or may have."""
    insert = insert_on_sqlite if session.get_bind().dialect.name == "sqlite" else insert_on_postgresql
    row = insert(SpentRow).values(bot=bot, month=month, story=story, lane=lane, messages=1)
    more = {"messages": SpentRow.messages + 1}
    session.execute(row.on_conflict_do_update(index_elements=["bot", "month", "story", "lane"], set_=more))
