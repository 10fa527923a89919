"""More time for one unit, with a reason: "gia hạn Kon Bla đến 17:00 9/5: đường ngập"."""

import re
from datetime import datetime, time, timedelta

from campaigns.authority import Action, Role
from campaigns.calendar import LOCAL, local_day
from campaigns.dates import Day, read_date
from campaigns.obligation import Obligation
from dialogue.routes import Routes
from dialogue.say import Say, person, unit
from dialogue.text import folded
from handlers.board import current_obligation, find_unit
from handlers.periods import named
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

_TIME = re.compile(r"\b(\d{1,2})(?:[:h](\d{2})?)(?!\d)")
_BEFORE_REASON = re.compile(r"(?<!\d):|:(?!\d)")
_EXAMPLE_AT = time(17)


@routes.command("gia han", "cho them han", "doi them", action=Action.EXTEND, tail=True)
def extend(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Give a unit until a day and hour to report; it and its reporters are told."""
    units, rest = find_unit(tail, turn, Action.EXTEND, store)
    when, *reasons = _BEFORE_REASON.split(rest, maxsplit=1)
    reason = "".join(reasons).strip()
    obligation = current_obligation(units[0], turn, store) if len(units) == 1 else None
    if obligation is None or obligation.first_said_at is not None:
        return [Say("extension.how", {"units": [unit(u.id) for u in units]})]
    until = _moment(when, obligation, turn.now)
    if until is None or not reason:
        return [Say("extension.how", {"units": [unit(u.id) for u in units]})]
    return _extended(obligation, until, reason[:200], turn, store)


@routes.button("extension.how", action=Action.EXTEND, loads="obligation")
def how_to_extend(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """An example that can be typed as it stands, for the unit that has been silent longest when the list was made."""
    if obligation.first_said_at is not None or obligation.closed(turn.now):
        return [Say("extension.how", {"units": []})]
    day = local_day(max(obligation.due_at, turn.now)) + timedelta(days=1)
    until = datetime.combine(day, _EXAMPLE_AT, LOCAL)
    return [Say("extension.how_for", {"unit": unit(obligation.unit), "until": until.isoformat()})]


def _moment(words: str, obligation: Obligation, now: datetime) -> datetime | None:
    """The moment that is named, at the hour of the due moment where none is; none where it gives no time."""
    at = _TIME.search(folded(words))
    hour, minute = (int(at.group(1)), int(at.group(2) or 0)) if at else (0, 0)
    day = read_date(_TIME.sub(" ", folded(words)), local_day(now))
    if not isinstance(day, Day) or hour > 23 or minute > 59:
        return None
    clock = time(hour, minute) if at else obligation.due_at.astimezone(LOCAL).time()
    until = datetime.combine(day.last, clock, LOCAL)
    said_again = obligation.extended and until == obligation.due_at > now
    return until if said_again or until > max(obligation.due_at, now) else None


def _extended(obligation: Obligation, until: datetime, reason: str, turn: Turn, store: Store) -> list[Say]:
    """Said twice it is granted once, and answered the same."""
    if until > obligation.due_at:
        store.obligations.extend(obligation, until, reason)
    about = {"unit": unit(obligation.unit), "period": named(obligation.period)}
    values = {**about, "due_at": until.isoformat(), "reason": reason}
    heads = store.people.holders(obligation.unit, Role.REPORTER)
    reachable = [head for head in heads if store.people.account_of(head.id)]
    told = {"head": person(heads[0].id) if heads else None, "told": bool(reachable)}
    key = f"extend:{obligation.id}:{until.isoformat()}"
    says = [Say("extension.granted", values, to=head.id, key=key) for head in reachable]
    return [Say("extension.extended", {**values, **told}), *says]
