"""Getting along with a month's messages: what goes out now, what waits for the next month, who has no place any more.

Where a vendor counts, announcements wait first, then reminders, replies last. Whatever waits is kept; it goes out when
the month begins, except a reminder that is too old to help: the officer was told whom to phone.
"""

from collections.abc import Mapping

from sqlmodel import Session

from bot.channels.channel import QUOTA, Outcome, Paused, Unreachable
from bot.clock import Now
from campaigns.people import Account
from campaigns.quota import STALE, Quota, Urgency, end_of_month, month_of
from dialogue.capabilities import Capabilities
from dialogue.say import Lane, Say
from storage import outbox
from storage.database import Database
from storage.machine_rows import OutboxRow
from storage.people import account_value
from storage.quotas import spend
from storage.rows import AccountRow
from storage.store import Store

WAIT_FIRST = ("announcement", "highlight", "praising", "group")
GROW_STALE = ("reminder", "report")
ABOUT_THE_MONTH = "quota"


def quota_of(abilities: Capabilities) -> Quota | None:
    """What a bot's vendor counts; none where it counts nothing."""
    if abilities.monthly_quota is None:
        return None
    return Quota(abilities.monthly_quota, abilities.users, abilities.groups)


def note_quotas(database: Database, abilities: Mapping[str, Capabilities]) -> None:
    """Remember what every bot's vendor allows, for whoever asks."""
    counted = {bot: quota for bot, able in abilities.items() if (quota := quota_of(able))}
    if counted:
        with database.transaction() as session:
            for bot, quota in counted.items():
                Store.reading(session).quotas.allow(bot, quota)


def urgency_of(row: OutboxRow) -> Urgency:
    """What a message is for: whoever asked is answered before the program speaks of its own accord."""
    if row.lane == Lane.REPLY:
        return Urgency.REPLY
    return Urgency.ANNOUNCEMENT if story_of(row) in WAIT_FIRST else Urgency.REMINDER


def story_of(row: OutboxRow) -> str:
    """The story that says a message."""
    return row.text.partition(".")[0]


def kept_back(row: OutboxRow, abilities: Capabilities, session: Session, now: Now) -> bool:
    """Whether a claimed message is not sent now: it waits for the next month, or came too late to help."""
    quota = quota_of(abilities)
    if quota is None:
        return False
    urgency = urgency_of(row)
    if _grew_stale(row, urgency, now):
        outbox.settle(row, "unreachable", now.campaign, why=QUOTA)
        return True
    spent = Store.reading(session).quotas.spent(row.bot, month_of(now.machine))
    if quota.allows(spent, urgency):
        return False
    outbox.hold(row, end_of_month(now.machine))
    return True


def _grew_stale(row: OutboxRow, urgency: Urgency, now: Now) -> bool:
    """Whether it helps nobody any more: an old reminder, or a word about the quota of a month that is over."""
    if story_of(row) == ABOUT_THE_MONTH:
        return row.held_until is not None
    return urgency is Urgency.REMINDER and story_of(row) in GROW_STALE and now.campaign - row.created_at > STALE


def count(row: OutboxRow, abilities: Capabilities, session: Session, now: Now) -> None:
    """A message went out, or may have: it counts."""
    if quota_of(abilities):
        spend(session, row.bot, month_of(now.machine), story_of(row), row.lane)


def judged(outcome: Outcome, row: OutboxRow, abilities: Capabilities, session: Session) -> Outcome:
    """What a refusal for the quota means. To who has no place in the plan it is about them, not about the month."""
    if isinstance(outcome, Paused) and outcome.why == QUOTA:
        account = account_value(session.get_one(AccountRow, row.account_id))
        if has_no_place(account, abilities):
            return Unreachable()
    return outcome


def has_no_place(account: Account, abilities: Capabilities) -> bool:
    """Whether a bot already had all the people (or groups) that its vendor allows when this one came."""
    places = abilities.groups if account.group else abilities.users
    return places is not None and account.place >= places


def turned_away(account: Account, abilities: Capabilities, address: str) -> list[Say] | None:
    """The kind word, said once, to who has no place; none for everybody else."""
    if not has_no_place(account, abilities):
        return None
    text = "group.no_place" if account.group else "join.no_place"
    return [Say(text, {"address": address}, key="no_place")]
