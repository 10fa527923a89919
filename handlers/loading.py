"""Loading what a route acts on, with the place it belongs to, so that the dispatcher can ask whether one may."""

from dataclasses import dataclass
from typing import Any

from campaigns.ids import Id
from storage.store import Store


@dataclass(frozen=True)
class Loaded:
    """An object and the path of the unit it belongs to."""

    value: Any
    path: str


def load(kind: str, identifier: Id, store: Store) -> Loaded | None:
    """The object of that kind and id, locked for this turn; none where there is no such."""
    match kind:
        case "obligation":
            obligation = store.obligations.obligation(identifier)
            return Loaded(obligation, obligation.path) if obligation else None
        case "report":
            return _report(identifier, store)
        case "request":
            request = store.requests.request(identifier)
            return Loaded(request, request.path) if request else None
        case "campaign":
            return _campaign(identifier, store)
        case "group":
            group = store.groups.group(identifier)
            return Loaded(group, group.path) if group else None
        case "announcement":
            announcement = store.announcements.announcement(identifier)
            return Loaded(announcement, announcement.path) if announcement else None
        case "invitation":
            person = store.invitations.invited(identifier)
            return Loaded(Invited(identifier, person), "") if person else None
    raise KeyError(kind)


@dataclass(frozen=True)
class Invited:
    """An open invitation and whom it is for."""

    id: Id
    person: Any


@dataclass(frozen=True)
class Launched:
    """A launched campaign."""

    id: Id


def _campaign(identifier: Id, store: Store) -> Loaded | None:
    return (
        Loaded(Launched(identifier), store.campaigns.path(identifier)) if identifier in store.campaigns.all() else None
    )


def _report(identifier: Id, store: Store) -> Loaded | None:
    """The obligation is locked before its report, in the order in which reporting locks them."""
    about = store.reports.obligation_of(identifier)
    obligation = store.obligations.obligation(about) if about else None
    return Loaded(store.reports.report(identifier), obligation.path) if obligation else None
