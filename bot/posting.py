"""Posting good examples: the card is drawn outside any turn, then the post and its mark are one unit of work."""

from pathlib import Path
from random import Random

import structlog
from sqlmodel import Session

from bot.clock import Now
from bot.planning import plan_one
from campaigns.group import Group, GroupPurpose
from campaigns.highlight import Highlight
from campaigns.ids import Id
from config.texts import Texts
from dialogue.say import Lane, Say
from documents.card import Card, picture
from handlers.highlights import held, post_values, slot_of
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()


class Posting:
    """Draws and posts what was approved. Without a folder for photos nothing is kept of the picture."""

    def __init__(self, database: Database, texts: Texts, chance: Random, folder: Path | None) -> None:
        self._database = database
        self._texts = texts
        self._chance = chance
        self._folder = folder

    def step(self, now: Now) -> bool:
        """Post the next one, if any waits; whether one did. Dying on the way leaves it to be posted by the next."""
        with self._database.transaction() as session:
            store = Store(session, now.campaign, self._chance)
            highlight = store.highlights.to_post()
            if highlight is None:
                return False
            groups = store.groups.linked(highlight.campaign, GroupPurpose.EXAMPLES)
            card = store.highlights.card_for(highlight, groups[0].account) if groups else None
            words = self._card(highlight, store)
        drawn = card is not None and self._drawn(words, highlight.shown_photo, card)
        with self._database.transaction() as session:
            self._settle(highlight, card if drawn else None, session, now)
        return True

    def _card(self, highlight: Highlight, store: Store) -> Card:
        somebody, place = store.people.person(highlight.person), store.people.unit(highlight.unit)
        edition = store.campaigns.edition(highlight.campaign)
        values = {
            "person": somebody,
            "unit": place,
            "when": highlight.when,
            "deed": highlight.deed,
            "title": edition.campaign.plan.title,
        }
        fields = ("head", "name", "place", "deed", "foot")
        return Card(*(self._texts.plain(f"card.{field}", values) for field in fields))

    def _drawn(self, card: Card, photo: Id | None, identifier: Id) -> bool:
        """Whether the card could be drawn. What cannot be drawn must not stop what comes after it."""
        source = self._folder / f"{photo}.jpg" if self._folder and photo else None
        try:
            drawn = picture(card, source if source and source.exists() else None)
        except Exception:
            log.exception("a card was not drawn", card=str(identifier))
            return False
        if self._folder:
            (self._folder / f"{identifier}.jpg").write_bytes(drawn)
        return True

    def _settle(self, highlight: Highlight, card: Id | None, session: Session, now: Now) -> None:
        """Post it, or give it back to the officer; where it was withdrawn meanwhile, neither."""
        store = Store(session, now.campaign, self._chance)
        locked = store.highlights.highlight(highlight.id)
        if locked is None or locked.revision != highlight.revision:
            store.photos.let_go(card)
            return
        groups = store.groups.linked(locked.campaign, GroupPurpose.EXAMPLES)
        says = self._posted(locked, groups, card, store) if groups and card else held(locked, store)
        for say in says:
            plan_one(session, store, None, say, now.campaign)

    def _posted(self, highlight: Highlight, groups: list[Group], card: Id, store: Store) -> list[Say]:
        store.highlights.posted(highlight, groups)
        return [self._say(highlight, group, card, store) for group in groups]

    def _say(self, highlight: Highlight, group: Group, card: Id, store: Store) -> Say:
        return Say(
            "highlight.post",
            post_values(highlight, store),
            group=group.account,
            lane=Lane.BULK,
            slot=slot_of(highlight),
            key=f"post:{highlight.id}",
            photos=(card,),
        )
