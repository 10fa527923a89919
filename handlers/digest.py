"""Who is missing, told once: to the officer when a form is due, and one level up after a week of silence.

Such a word goes in the lane of replies: if nobody knows whether it arrived, it is said once more and marked, because
nothing else would tell them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.authority import Role
from campaigns.calendar import local_day
from campaigns.holidays import OFFICE, Holidays, later, may_write
from campaigns.ids import Id
from campaigns.obligation import Obligation, Standing
from campaigns.people import Person
from campaigns.reminder import SILENCE, SILENT_PERIODS
from dialogue.say import Choice, Say, person, unit
from handlers.asking import Addressed
from handlers.periods import named
from storage.reminders import Digest
from storage.store import Store

NUDGES_AT_MOST = 3
CALLS_AT_MOST = 2
EVERYWHERE = "/"


def tell(digest: Digest, holidays: Holidays, store: Store) -> Addressed:
    """Compose what is to be told, once people may be written to."""
    if not may_write(store.now, holidays, OFFICE):
        store.reminders.wait_with(digest, later(store.now, holidays, OFFICE))
        return []
    store.reminders.told(digest)
    every = store.obligations.of_period(digest.campaign, EVERYWHERE, *digest.period)
    return _escalated(digest, every, store) if digest.up else _digested(digest, every, store)


def _digested(digest: Digest, every: Sequence[Obligation], store: Store) -> Addressed:
    addressed: Addressed = []
    for officer, theirs in _by_holder(every, Role.OFFICER, store).items():
        account = store.people.account_of(officer)
        if account:
            addressed.append((account, [_digest(digest, theirs, officer, store)]))
    return addressed


def _by_holder(obligations: Sequence[Obligation], role: Role, store: Store) -> dict[Id, list[Obligation]]:
    """Who is told of what: the holders of a role at the unit itself or the nearest above it that has any."""
    found: dict[Id, list[Obligation]] = {}
    nearest = store.many.nearest_above((one.path for one in obligations), role)
    for one in obligations:
        for holder in nearest[one.path]:
            found.setdefault(holder.id, []).append(one)
    return found


def _digest(digest: Digest, every: Sequence[Obligation], officer: Id, store: Store) -> Say:
    standing = {one.id: one.standing(store.now) for one in every}
    missing = [one for one in every if standing[one.id] is Standing.MISSING]
    silent = _Silent.of(missing, store)
    worst_first = sorted(missing, key=lambda one: -silent.missed[one.id])
    waited_for = [one for one in every if standing[one.id] is Standing.OPEN]
    values = {
        "period": named(every[0].period),
        "expected": len(every),
        "excused": sum(each is Standing.EXCUSED for each in standing.values()),
        "rows": [silent.row(one) for one in worst_first],
        "close_at": max(one.close_at for one in missing).isoformat() if missing else None,
        **_asked_for(officer, store),
        "extended": [{"unit": unit(one.unit), "due_at": one.due_at.isoformat()} for one in waited_for],
    }
    return Say("reminder.digest", values, _choices(worst_first, silent), key=f"digest:{digest.number}")


def _asked_for(officer: Id, store: Store) -> dict[str, int]:
    """How much units have asked for that is promised and not answered, and how much of it after its day: the office's
    own debts are told before anybody else's."""
    paths = [grant.path for grant in store.people.grants(officer) if grant.role is Role.OFFICER]
    promised = {one.id: one for path in paths for one in store.requests.open_below(path)}
    return {"promised": len(promised), "overdue": sum(r.overdue(local_day(store.now)) for r in promised.values())}


@dataclass(frozen=True)
class _Silent:
    """Who is missing: their heads, which of these are reached, and how many periods in a row nothing came."""

    heads: Mapping[Id, list[Person]]
    reached: set[Id]
    missed: Mapping[Id, int]

    @classmethod
    def of(cls, obligations: Sequence[Obligation], store: Store) -> "_Silent":
        heads = store.many.holders((one.unit for one in obligations), Role.REPORTER)
        reached = store.many.reachable(head.id for each in heads.values() for head in each)
        return cls(heads, reached, store.many.missed_before(obligations))

    def reaches(self, obligation: Obligation) -> bool:
        return any(head.id in self.reached for head in self.heads.get(obligation.unit, []))

    def row(self, obligation: Obligation) -> dict[str, Any]:
        heads, missed = self.heads.get(obligation.unit, []), self.missed[obligation.id]
        return {
            "unit": unit(obligation.unit),
            "head": person(heads[0].id) if heads else None,
            "reachable": self.reaches(obligation),
            "missed": missed,
            "visit": missed >= SILENT_PERIODS,
        }


def _choices(missing: Sequence[Obligation], silent: _Silent) -> tuple[Choice, ...]:
    """Nudge who is reached, write down for who is to be phoned, give more time; without buttons the text says how.

    The worst few have a button of their own, so that all choices are seen at a glance.
    """
    reached = [one for one in missing if silent.reaches(one)]
    phoned = [one for one in missing if one not in reached]
    return (
        *(_button("buttons.nudge", "reminder.nudge", one, unit=unit(one.unit)) for one in reached[:NUDGES_AT_MOST]),
        *(_button("buttons.nudge_all", "reminder.nudge_all", one) for one in reached[1:2]),
        *(
            _button("buttons.write_down_for", "behalf.begin", one, unit=unit(one.unit))
            for one in phoned[:CALLS_AT_MOST]
        ),
        *(_button("buttons.extend", "extension.how", one) for one in missing[:1]),
    )


def _button(label: str, name: str, about: Obligation, **values: Any) -> Choice:
    return Choice(label, f"{name}:{about.id}", values, typed=True)


def _escalated(digest: Digest, every: Sequence[Obligation], store: Store) -> Addressed:
    """One level up: units that said nothing since, neither for this period nor for a later one."""
    missing = [one for one in every if _is_silent(one, store)]
    since = store.many.reported_since(missing)
    silent = [one for one in missing if one.id not in since]
    known = _Silent.of(silent, store)
    addressed: Addressed = []
    for leader, theirs in _by_holder(silent, Role.LEADER, store).items():
        account = store.people.account_of(leader)
        if account:
            values = {"period": named(theirs[0].period), "rows": [known.row(one) for one in theirs]}
            said = Say("reminder.escalation", values, key=f"escalation:{digest.number}")
            addressed.append((account, [said]))
    return addressed


def _is_silent(obligation: Obligation, store: Store) -> bool:
    return obligation.standing(store.now) is Standing.MISSING and store.now - obligation.due_at >= SILENCE
