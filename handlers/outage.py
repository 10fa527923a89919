"""After an outage of the program: who could not reach it is given time back; what lay unsent waits for its hour."""

from datetime import datetime, timedelta

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.obligation import Obligation, lost_to
from dialogue.say import Say, unit
from handlers.asking import Addressed
from storage.store import Store

OUTAGE = timedelta(minutes=30)  # a shorter one keeps nobody from reporting
REASON = "outage"


def give_time_back(since: datetime, until: datetime, store: Store) -> Addressed:
    """What the outage left nobody time for is due as much later as it took; officers are told."""
    lost = [(one, lost_to(since, until, one)) for one in store.obligations.open_within(since, until)]
    extended = [store.obligations.extend(one, one.due_at + time, REASON) for one, time in lost if time]
    officers: dict[Id, list[Obligation]] = {}
    for one in extended:
        for officer in store.people.nearest_above(one.path, Role.OFFICER):
            officers.setdefault(officer.id, []).append(one)
    found = [(store.people.account_of(officer), theirs) for officer, theirs in officers.items()]
    return [(account, [_told(theirs, since, until)]) for account, theirs in found if account]


def take_back(store: Store) -> None:
    """What was decided before and lies unsent is decided anew: the report may be here, or it may be night."""
    for one in store.unsent.take_back():
        obligation = store.obligations.obligation(one)
        assert obligation is not None
        store.reminders.put_off(obligation, store.now)


def _told(extended: list[Obligation], since: datetime, until: datetime) -> Say:
    rows = [{"unit": unit(one.unit), "due_at": one.due_at.isoformat()} for one in extended]
    values = {"since": since.isoformat(), "until": until.isoformat(), "rows": rows}
    return Say("reminder.outage", values, key=f"outage:{until.isoformat()}")
