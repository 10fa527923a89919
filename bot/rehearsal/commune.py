"""The invented commune at play: a cast on the running program, who sees what the web chat shows, and who counts it."""

from collections import defaultdict
from random import Random
from typing import Any

from sqlmodel import Session

from bot.app import App
from bot.channels.channel import Parcel
from bot.channels.recorder.channel import Delivered
from bot.rehearsal.captions import Captions
from bot.rehearsal.live import LiveStage
from bot.rehearsal.players import players
from bot.rehearsal.tally import Tally
from bot.rehearsal.week import SEED, Week
from bot.rendering import Renderer
from bot.simulation.cast import Cast, Seat, Seats
from bot.simulation.duties import Duty, duties
from campaigns.authority import Role
from campaigns.ids import Id, parse_id
from campaigns.rehearsal import Rehearsal, Way
from dialogue.spans import spans
from storage import chat
from storage.chat import Entry
from storage.store import Store

Glimpse = tuple[str, Delivered | None]  # whose screen; none for what they wrote themselves


class Commune:
    """Everybody of one rehearsal, as its database tells who they are and what their screens show."""

    def __init__(self, app: App, stage: LiveStage, rehearsal: Rehearsal, bot: str) -> None:
        self._app = app
        self._bot = bot
        self._renderer = Renderer(app.texts)
        self._last = 0
        self.stage = stage
        with app.database.transaction() as session:
            store = Store(session, stage.now, app.inbox.chance, bot)
            self.players = players(store, bot, app.texts)
        self._units = [unit.name for unit in rehearsal.units if not unit.allied]
        self.tally = self.new_tally()
        writing = {unit.name for unit in rehearsal.units if unit.head.way is Way.ONLINE}
        self.cast = Cast(stage, rehearsal, self._seats(writing), Random(SEED), app.texts)
        self._owed = duties(rehearsal, None)
        self.captions = Captions(self.players, self.tally, self._owed[0].closes, self.cast.officer.chat)
        self.week = Week(stage, self.cast, rehearsal, self._owed)
        self._remembers()

    def new_tally(self) -> Tally:
        """A count that begins now."""
        return Tally(self.players, self._units)

    def _seats(self, writing: set[str]) -> Seats:
        reporting = [p for p in self.players.values() if p.role is Role.REPORTER and p.unit in writing]
        written = {player.unit: Seat(player.chat) for player in reporting}
        holding = {player.role: Seat(player.chat) for player in self.players.values()}
        return Seats(written, holding[Role.OFFICER], holding[Role.LEADER])

    def _remembers(self) -> None:
        """Whoever plays finds on their screens what came before this program was started."""
        shown: dict[str, list[Delivered | None]] = defaultdict(list)
        for whose, message in self._glimpses():
            self._counts(whose, message)
            shown[whose].append(message)
        self._seen = dict(shown)

    def takes_up_again(self) -> None:
        """Let everybody go on with what stands last on their screens."""
        self.cast.remembers(self._seen)

    def goes_on(self) -> None:
        """Put on the agenda what everybody does of their own accord from now on."""
        self.cast.goes_on(self.still_owed())

    def still_owed(self) -> list[Duty]:
        """What everybody owes that is not closed yet."""
        return [duty for duty in self._owed if duty.closes > self.stage.now]

    def looks(self, also: Tally | None = None) -> list[Delivered]:
        """Let everybody see what has reached them since the last look; all of it."""
        glimpses = self._glimpses()
        for whose, message in glimpses:
            self._counts(whose, message)
            _count(also, whose, message)
            if message:
                self.cast.sees(message)
        return [message for _, message in glimpses if message]

    def _counts(self, whose: str, message: Delivered | None) -> None:
        _count(self.tally, whose, message)
        if message:
            self.stage.sees(message)

    def _glimpses(self) -> list[Glimpse]:
        found: list[Glimpse] = []
        with self._app.database.transaction() as session:
            chats = {player.account: player.chat for player in self.players.values()}
            while entries := chat.entries_of_all(session, self._last):
                found += [self._glimpse(chats[a], entry, a, session) for a, entry in entries if a in chats]
                self._last = entries[-1][1].id
        return found

    def _glimpse(self, whose: str, entry: Entry, account: Id, session: Session) -> Glimpse:
        if entry.said is not None:
            return whose, None
        reader = Store.reading(session).people.account(account).person
        abilities = self._app.channels[self._bot].capabilities
        html, buttons = self._renderer.shown(entry.text, entry.content, entry.choices, reader, session, abilities)
        photos = tuple(identifier for each in entry.photos if (identifier := parse_id(each)))
        told: dict[str, Any] = {"outbox": entry.id, "account": account, "chat": whose, "name": entry.text}
        told |= {"edits": str(entry.replaces) if entry.replaces else None, "repeated": entry.repeated}
        parcel = Parcel(**told, spans=spans(html), buttons=buttons, photos=photos)
        return whose, Delivered(str(entry.id), whose, entry.at, parcel)


def _count(tally: Tally | None, whose: str, message: Delivered | None) -> None:
    if tally and message:
        tally.sees(message)
    elif tally:
        tally.wrote_something(whose)
