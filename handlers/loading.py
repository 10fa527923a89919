"""Loading what a route acts on, with the place it belongs to, so that the dispatcher can ask whether one may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campaigns.ids import Id
from storage.store import Store


@dataclass(frozen=True)
class Loaded:
    """An object and the path of the unit it belongs to."""

    value: Any
    path: str


Loader = Callable[[Id, Store], Loaded | None]


def load(kind: str, identifier: Id, store: Store) -> Loaded | None:
    """The object of that kind and id, locked for this turn; none where there is no such. Raises KeyError for a kind."""
    return _LOADERS[kind](identifier, store)


@dataclass(frozen=True)
class Invited:
    """An open invitation and whom it is for."""

    id: Id
    person: Any


@dataclass(frozen=True)
class Claimed:
    """The open claim on an empty program."""

    id: Id


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


def _invitation(identifier: Id, store: Store) -> Loaded | None:
    person = store.invitations.invited(identifier)
    return Loaded(Invited(identifier, person), "") if person else None


def _claim(identifier: Id, store: Store) -> Loaded | None:
    claim = store.offices.claim(identifier)
    return Loaded(Claimed(claim), "") if claim else None


def _of(question: Callable[[Store, Id], Any]) -> Loader:
    """A loader of what knows its own path."""

    def loaded(identifier: Id, store: Store) -> Loaded | None:
        found = question(store, identifier)
        return Loaded(found, found.path) if found else None

    return loaded


_LOADERS: dict[str, Loader] = {
    "announcement": _of(lambda store, one: store.announcements.announcement(one)),
    "campaign": _campaign,
    "claim": _claim,
    "group": _of(lambda store, one: store.groups.group(one)),
    "highlight": _of(lambda store, one: store.highlights.highlight(one)),
    "invitation": _invitation,
    "obligation": _of(lambda store, one: store.obligations.obligation(one)),
    "open_code": _of(lambda store, one: store.participants.code(one)),
    "participant": _of(lambda store, one: store.participants.participant(one)),
    "original": _of(lambda store, one: store.originals.original(one)),
    "pending": _of(lambda store, one: store.offices.pending(one)),
    "registration": _of(lambda store, one: store.registrations.registration(one)),
    "report": _report,
    "request": _of(lambda store, one: store.requests.request(one)),
    "role": _of(lambda store, one: store.offices.held(one)),
    "unit": _of(lambda store, one: store.people.unit(one)),
}
