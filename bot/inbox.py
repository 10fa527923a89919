"""Store what arrived; take one turn at a time per chat. A turn that raises is tried three times, then set aside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.clock import Now
from bot.economy import turned_away
from bot.planning import plan
from bot.rendering import Renderer
from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.people import Account
from dialogue.capabilities import Capabilities
from dialogue.doors import Door
from dialogue.incoming import Incoming, Kind
from dialogue.routes import Routes
from dialogue.say import Lane, Say, person
from dialogue.text import LONGEST, cleaned
from handlers.dispatch import take
from handlers.turn import Turn
from storage import inbox, outbox
from storage.database import Database
from storage.machine_rows import InboxRow
from storage.store import Store

log = structlog.get_logger()

TOGETHER = timedelta(seconds=1.5)  # for the parts of an album; and to a grown group the program comes and moves in one


@dataclass(frozen=True)
class Arrival:
    """What a channel received. ``event`` is the vendor's id of it, unique within the bot.

    What is said in a ``group`` is for the program only where it is ``addressed`` to it (named, commanded, answered).
    ``photos`` and ``recordings`` are kept aside already, what lies at ``sources`` is still to be fetched from where the
    channel keeps it: recordings where it is a VOICE, photos otherwise. Arrivals of one ``album`` are one turn, which
    waits a moment for the next part. ``corrects`` is the event whose words these replace.
    """

    bot: str
    event: str
    chat: str
    kind: Kind
    said_at: datetime
    text: str = ""
    press: str = ""
    photos: tuple[Id, ...] = field(default=())
    recordings: tuple[Id, ...] = ()
    sources: tuple[str, ...] = ()
    label: str = ""
    album: str = ""
    corrects: str = ""
    group: bool = False
    addressed: bool = True


Doors = Callable[[], tuple[Door, ...]]


def no_doors() -> tuple[Door, ...]:
    """Nobody is shown a way in."""
    return ()


class Inbox:
    """Messages in, decisions out; sending is somebody else's. ``address`` is where the web chat is, if people can."""

    def __init__(
        self,
        database: Database,
        routes: Routes,
        abilities: Mapping[str, Capabilities],
        chance: Random,
        doors: Doors = no_doors,
        address: str = "",
        renderer: Renderer | None = None,
    ) -> None:
        self._database = database
        self._address = address
        self._renderer = renderer
        self._routes = routes
        self._abilities = abilities
        self._doors = doors
        self.chance = chance

    def receive(self, arrival: Arrival, now: Now) -> int | None:
        """Store an arrival; its number, or none for one stored before. Once this returns it is never lost.

        What people say to each other in a group is dropped here, unstored.
        """
        if arrival.group and not arrival.addressed:
            return None
        with self._database.transaction() as session:
            return self.store(session, arrival, now)

    def store(self, session: Session, arrival: Arrival, now: Now) -> int | None:
        """Store an arrival within a unit of work."""
        store = Store(session, now.campaign, self.chance, arrival.bot)
        account = store.people.account_in(arrival.bot, arrival.chat, group=arrival.group)
        if arrival.corrects and _needs_no_turn(session, arrival):
            return None
        if arrival.album:
            return self._store_part(session, store, account, arrival, now)
        return self._store_one(session, store, account, arrival, now)

    def _store_part(self, session: Session, store: Store, account: Account, arrival: Arrival, now: Now) -> int | None:
        """The first part of an album is stored as its turn, the others join it; a late one has a turn of its own."""
        store.people.lock_account(account.id)
        where, row = inbox.part_of_album(session, arrival.bot, arrival.album, arrival.event)
        if where is inbox.Album.FIRST:
            return self._store_one(session, store, account, replace(arrival, event=arrival.album), now, arrival.event)
        if where is inbox.Album.ALONE:
            return self._store_one(session, store, account, arrival, now)
        if row and where is inbox.Album.JOINED:
            photos = [str(store.photos.announced(account.id, source)) for source in arrival.sources]
            room = max(0, LONGEST - len(row.content["text"]) - 1)
            inbox.join_album(row, arrival.event, photos, cleaned(arrival.text[:room]), now.machine + TOGETHER)
        return None

    def _store_one(
        self, session: Session, store: Store, account: Account, arrival: Arrival, now: Now, part: str = ""
    ) -> int | None:
        if arrival.sources and inbox.known(session, arrival.bot, arrival.event):
            return None
        content = _content(_announced(arrival, account, store))
        return inbox.store(
            session,
            bot=arrival.bot,
            event=arrival.event,
            account=account.id,
            kind=arrival.kind,
            content={**content, "parts": [part]} if part else content,
            said_at=min(arrival.said_at, now.campaign),
            received_at=now.campaign,
            ready_at=now.machine + TOGETHER if part or arrival.kind is Kind.ADDED else None,
        )

    def take_turn(self, now: Now) -> bool:
        """Take the next turn, if there is one. Whether there was."""
        taken: int | None = None
        try:
            with self._database.transaction() as session:
                row = inbox.next_turn(session, now.machine)
                if row is None:
                    return False
                taken = row.id
                self._handle(session, row, now)
        except OperationalError:
            raise
        except Exception:
            log.exception("turn failed", inbox=taken)
            assert taken is not None
            self._failed(taken, now)
        return True

    def _handle(self, session: Session, row: InboxRow, now: Now) -> None:
        store = Store(session, now.campaign, self.chance, row.bot)
        account = store.people.lock_account(row.account_id)
        store.acts(account.person)
        store.people.seen(account.id)
        actor = store.people.actor(account)
        menu = outbox.last_menu(session, account.id, row.said_at)
        labels = () if self._abilities[row.bot].buttons else self._labels(menu, session)
        incoming = _incoming(row, tuple(choice["data"] for choice in menu), labels)
        turn = Turn(account, actor, self._abilities[row.bot], incoming, now.campaign, self._doors())
        says = turned_away(account, turn.capabilities, self._address) or take(turn, self._routes, store)
        inbox.settle(row, "done", now.campaign)
        if incoming.kind is Kind.CONTACT:
            inbox.forget_words(row)  # the number of somebody who has not been asked; an answer keeps what it needs
        plan(session, store, account, says, now.campaign, answers=row.id, in_place=row.kind == Kind.PRESS)

    def _labels(self, menu: list[dict[str, Any]], session: Session) -> tuple[str, ...]:
        return self._renderer.labels(menu, session) if self._renderer and menu else ()

    def _failed(self, inbox_id: int, now: Now) -> None:
        with self._database.transaction() as session:
            if inbox.failed(session, inbox_id) < inbox.TRIES:
                return
            row = session.get_one(InboxRow, inbox_id)
            store = Store(session, now.campaign, self.chance, row.bot)
            account = store.people.lock_account(row.account_id)
            inbox.settle(row, "set_aside", now.campaign)
            store.conversations.park(account.id)
            plan(session, store, account, _apology(account, store), now.campaign, answers=row.id)


def _apology(account: Account, store: Store) -> list[Say]:
    """One apology to the person, and a word to the officer, who will call."""
    if account.person is None:
        return [Say("dialogue.broken")]
    paths = [grant.path for grant in store.people.grants(account.person)]
    officers = [o for path in paths[:1] for o in store.people.holders_above(path, Role.OFFICER)]
    about = {"person": person(account.person)}
    told = [
        Say("dialogue.broken_for_officer", about, to=o.id, lane=Lane.BULK) for o in officers if o.id != account.person
    ]
    return [Say("dialogue.broken"), *told]


def _announced(arrival: Arrival, account: Account, store: Store) -> Arrival:
    """The arrival with the ids under which its sources will be found once they are fetched."""
    if arrival.kind is Kind.VOICE:
        told = tuple(store.recordings.announced(account.id, source) for source in arrival.sources)
        return replace(arrival, recordings=arrival.recordings + told)
    shown = tuple(store.photos.announced(account.id, source) for source in arrival.sources)
    return replace(arrival, photos=arrival.photos + shown)


def _content(arrival: Arrival) -> dict[str, object]:
    """What is kept of an arrival: of a very long text only that it was one."""
    photos, recordings = (list(map(str, attached)) for attached in (arrival.photos, arrival.recordings))
    said = {**_said(arrival), "photos": photos, "recordings": recordings}
    return {**said, "press": cleaned(arrival.press[:200]), "label": cleaned(arrival.label[:100])}


def _needs_no_turn(session: Session, arrival: Arrival) -> bool:
    known = inbox.known(session, arrival.bot, arrival.event)
    return known or inbox.corrected(session, arrival.bot, arrival.corrects, _said(arrival))


def _said(arrival: Arrival) -> dict[str, object]:
    too_long = len(arrival.text) > LONGEST
    text = cleaned(arrival.text[: LONGEST + 1])[:LONGEST]
    return {"text": "" if too_long else text, "too_long": too_long}


def _incoming(row: InboxRow, menu: tuple[str, ...], labels: tuple[str, ...]) -> Incoming:
    return Incoming(
        kind=Kind(row.kind),
        said_at=row.said_at,
        received_at=row.received_at,
        text=row.content["text"],
        press=row.content["press"],
        photos=tuple(Id(UUID(photo)) for photo in row.content["photos"]),
        recordings=tuple(Id(UUID(recording)) for recording in row.content.get("recordings", ())),
        too_long=row.content["too_long"],
        menu=menu,
        labels=labels,
        number=row.id or 0,
    )
