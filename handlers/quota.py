"""A bot's month: what is spent and on what, what is foreseen, who has to be phoned; officers are warned in time."""

from typing import Any

from campaigns.authority import Action, Role
from campaigns.calendar import local_day
from campaigns.quota import end_of_month, forecast, month_of, warned_at
from dialogue.routes import Routes
from dialogue.say import Say, person
from handlers.asking import Addressed
from handlers.turn import Turn
from storage.store import Store

routes = Routes()


@routes.command("han muc", "tin con lai", "con bao nhieu tin", action=Action.ANNOUNCE)
def show_quotas(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Every bot whose vendor counts: its month so far, and whom to phone because words cannot go out."""
    return [Say("quota.ledger", {"bots": [_month(bot, store) for bot in store.quotas.bots()]})]


def warn(bot: str, store: Store) -> Addressed:
    """Tell the officers once that a share of a bot's month is gone; at the end of it on another channel, if they have
    one."""
    month, quota = month_of(store.now), store.quotas.of(bot)
    assert quota is not None
    percent = 100 if store.quotas.used_up_until(bot, store.now) else quota.percent(store.quotas.spent(bot, month))
    share = warned_at(percent, store.quotas.told(bot, month))
    if share is None:
        return []
    store.quotas.tell(bot, month, share)
    say = Say("quota.warning" if share < 100 else "quota.gone", {"share": share, **_month(bot, store)})
    officers = dict.fromkeys(o.id for root in store.people.roots() for o in store.people.holders(root.id, Role.OFFICER))
    besides = bot if share >= 100 else None
    accounts = [store.people.account_of(officer, besides=besides) for officer in officers]
    return [(account, [say]) for account in accounts if account]


def _month(bot: str, store: Store) -> dict[str, Any]:
    """A bot's month as plain values."""
    month, quota = month_of(store.now), store.quotas.of(bot)
    assert quota is not None
    spent = store.quotas.spent(bot, month)
    waiting = store.quotas.waiting(bot, store.now)
    return {
        "bot": bot,
        "month": month.month,
        "spent": spent,
        "messages": quota.messages,
        "foreseen": forecast(spent, store.now),
        "stories": store.quotas.spent_by_story(bot, month).most_common(),
        "lanes": dict(store.quotas.spent_by_lane(bot, month)),
        "again": local_day(end_of_month(store.now)).isoformat(),
        "phone": [
            {"who": person(one.person) if one.person else None, "story": one.story, "messages": one.messages}
            for one in waiting
        ],
    }
