"""A stage with two bots at once: a counted one, as Zalo is, and a page without limits beside it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from bot.app import App, build
from bot.channels.channel import QUOTA, Channel, Outcome, Parcel, Paused
from bot.channels.recorder.channel import Recorder
from bot.inbox import Arrival
from campaigns.ids import Id
from campaigns.quota import end_of_month
from dialogue.capabilities import BARE, FULL
from dialogue.incoming import Kind
from handlers.join import NOTICE
from storage.database import Database
from storage.store import Store
from tests.stage import BOT, Stage, opened

PAGE = "page"
ADDRESS = "https://thidua.example"


@dataclass
class Counted(Recorder):
    """A recorder whose vendor takes so many messages in a month, whatever we believe."""

    takes: int = 10**6
    refused: int = 0

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Take it, or say that the month is over."""
        if len(self.delivered) >= self.takes:
            self.refused += 1
            return Paused(end_of_month(now), QUOTA)
        return await super().send(parcel, now)


@dataclass
class TwoChannels(Stage):
    """The stage, counted; ``page`` is the second channel. Whoever is on the page is in a chat of the same name."""

    monthly: int = 3_000
    users: int = 50
    groups: int = 3
    page: Recorder = field(default_factory=lambda: Recorder(FULL))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.channels: dict[str, Channel] = {BOT: self.recorder, PAGE: self.page}

    def _recorder(self) -> Recorder:
        able = replace(BARE, monthly_quota=self.monthly, users=self.users, groups=self.groups)
        self.counted = Counted(able)
        return self.counted

    def program(self) -> tuple[App, Database]:
        """A new program over the database, with both bots."""
        database = opened(self.url)
        seed = next(self.events)
        app = build(database, self.channels, Random(seed), holder=f"program-{seed}", address=ADDRESS)
        return app, database

    def joins_page(self, name: str) -> Id:
        """Somebody who joined with the counted bot is known on the page as well; they wrote there last."""
        database = opened(self.url)
        with database.transaction() as session:
            store = Store(session, self.now, Random(next(self.events)), PAGE)
            account = store.people.account_in(PAGE, name)
            first = store.people.account_of_chat(BOT, name)
            if first and first.person:
                store.pairings.join(account, first.person)
            else:
                invitation = store.invitations.opened_by(self.codes[name])
                assert invitation
                store.invitations.join(account, invitation, NOTICE)
            store.people.seen(account.id)
        database.close()
        return account.id

    def says_on_page(self, name: str, text: str) -> list[str]:
        """Somebody writes on the page; what came there."""
        before = len(self.page.screen(name))
        app, database = self.program()
        event = f"p{next(self.events)}"
        app.inbox.receive(Arrival(PAGE, event, name, Kind.TEXT, self.now, text), self.clock())
        database.close()
        self.run()
        return [message.text for message in self.page.screen(name)[before:]]
