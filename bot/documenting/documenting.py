"""The job: claim what was asked for, gather it, make the file, settle it and say so in one unit of work."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import structlog
from sqlmodel import Session

from bot.clock import Now
from bot.documenting.invitations import invitations
from bot.documenting.reports import reports
from bot.documenting.results import results
from bot.inbox import Doors, no_doors
from bot.keeping import keep_aside
from bot.planning import plan_one
from campaigns.authority import Actor
from campaigns.document import Document, Kind
from campaigns.ids import Id
from config.texts import Texts
from dialogue.say import Say
from handlers.documents import card_of, invitations_of, reports_of, results_of
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()

TRIES = 3
Made = Callable[[], bytes]


class Documenting:
    """Makes one file after another. Without a folder nothing is kept of them."""

    def __init__(
        self, database: Database, texts: Texts, chance: Random, folder: Path | None, doors: Doors = no_doors
    ) -> None:
        self._database = database
        self._texts = texts
        self._chance = chance
        self._folder = folder
        self._doors = doors

    def step(self, now: Now) -> bool:
        """Make the next one, if any waits; whether one did. Dying on the way leaves it to be made once more."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            document = store.documents.claim(now.machine)
            if document is None:
                return False
            make = self._gathered(document, store)
        made = self._made(document, make) if make else None
        with self._database.transaction() as session:
            self._settle(document, made, session, now, empty=make is None)
        return True

    def _gathered(self, document: Document, store: Store) -> Made | None:
        """Everything that the file will hold, with names as they are now; none where there is nothing to tell.

        That is also told to whoever may not see it any more since they asked.
        """
        actor = store.people.actor(store.people.account(document.account))
        gather = {
            Kind.REPORTS: self._reports,
            Kind.RESULTS: self._results,
            Kind.INVITATIONS: self._invitations,
            Kind.CARD: self._card,
        }[document.kind]
        return gather(document.subject, actor, store)

    def _reports(self, campaign: Id, actor: Actor, store: Store) -> Made | None:
        tables, now = reports_of(campaign, actor, store), store.now
        return (lambda: reports(tables, self._texts, now)) if tables else None

    def _results(self, campaign: Id, actor: Actor, store: Store) -> Made | None:
        found, now = results_of(campaign, actor, store), store.now
        return (lambda: results(found, self._texts, now)) if found else None

    def _invitations(self, home: Id, actor: Actor, store: Store) -> Made | None:
        invited, place = invitations_of(home, actor, self._doors(), store), store.people.unit(home)
        return (lambda: invitations(invited, place, self._texts)) if invited else None

    def _card(self, highlight: Id, actor: Actor, store: Store) -> Made | None:
        card, folder = card_of(highlight, actor, store), self._folder
        return (folder / f"{card}.jpg").read_bytes if card and folder else None

    def _made(self, document: Document, make: Made) -> bytes | None:
        """None for what cannot be made: that must not stop what comes after it."""
        try:
            return make() if document.attempt <= TRIES else None
        except Exception:
            log.exception("a file was not made", document=str(document.id), kind=str(document.kind))
            return None

    def _settle(self, document: Document, made: bytes | None, session: Session, now: Now, *, empty: bool) -> None:
        store = Store(session, now.campaign, self._chance)
        if made is None:
            if store.documents.failed(document):
                text = "document.empty" if empty else "document.failed"
                self._say(document, Say(text, {"kind": str(document.kind)}), session, store)
            return
        name = self._texts.plain("document.name", {"kind": str(document.kind), "at": now.campaign})
        if store.documents.made(document, f"{name}.{document.ending}"):
            if self._folder:
                keep_aside(self._folder / f"{document.id}.file", made)
            done = store.documents.good(document.id)
            assert done is not None
            values = {"kind": str(document.kind), "title": _title(document, store)}
            self._say(document, Say("document.ready", values, documents=(done,)), session, store)

    def _say(self, document: Document, said: Say, session: Session, store: Store) -> None:
        account = store.people.account(document.account)
        plan_one(session, store, account, said, store.now)


def _title(document: Document, store: Store) -> str:
    if document.kind not in (Kind.REPORTS, Kind.RESULTS):
        return ""
    return store.campaigns.edition(document.subject).campaign.plan.title
