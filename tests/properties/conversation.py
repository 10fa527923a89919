"""Random conversations with the real stories and the real store, each undone at its end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import text
from sqlmodel import Session

from bot.app import routes
from bot.rendering import Renderer, packed_choices
from campaigns.figures import plain
from campaigns.holidays import NONE
from campaigns.people import Account
from config.texts import Texts
from dialogue.capabilities import PROFILES
from dialogue.incoming import Incoming, Kind
from dialogue.say import Say
from dialogue.spans import plain_text
from dialogue.text import cleaned
from handlers.asking import ask_for
from handlers.dispatch import take
from handlers.turn import Turn
from storage.database import Database
from storage.store import Store
from tests.stage import BOT, local

ASKED = local("5/5 18:30")
NUMBER = r"-?\d[\d.]*(?:,\d+)?"
FIGURE = re.compile(
    rf"(?P<label>.+?):? (?:chưa rõ số|như cũ, (?P<same>{NUMBER}) .*|không phát sinh(?: \(vẫn (?P<still>{NUMBER}) .*\))?"
    rf"|(?:khoảng )?(?P<value>{NUMBER})(?:/{NUMBER})? .*)$"
)
SAVED = """
    select figure.how, figure.amount, version.story, version.number, report.receipt from report
    join version on version.report_id = report.id and version.number =
        (select max(number) from version v where v.report_id = report.id)
    join figure on figure.version_id = version.id join obligation on obligation.id = report.obligation_id
    join unit on unit.id = obligation.unit_id where unit.name = 'Tơ Bla' order by figure.place
"""


@dataclass(frozen=True)
class Shown:
    """One message on a screen."""

    name: str
    text: str
    buttons: tuple[str, ...]
    menu: tuple[str, ...]


@dataclass
class Talk:
    """One conversation of the head of Tơ Bla, and now and then of the officer, within one transaction."""

    session: Session
    chance: Random
    profile: str
    renderer: Renderer = field(default_factory=lambda: Renderer(Texts()))
    screen: list[Shown] = field(default_factory=list)
    officer: list[Shown] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = ASKED
        self.abilities = PROFILES[self.profile]
        store = self._store()
        place = next(u for u in store.people.units_below("/") if u.name == "Tơ Bla")
        obligation = store.obligations.open_for(place.id)[0]
        for account, says in ask_for(obligation, {BOT: self.abilities}, NONE, store):
            self._show(account, says, self.screen)

    def _store(self) -> Store:
        return Store(self.session, self.now, self.chance, BOT)

    def says(self, words: str = "", *, press: str = "", chat: str = "Hyưh") -> None:
        """Somebody writes or presses."""
        self.now += timedelta(minutes=1)
        self.said.append(f"{chat}> {press or words}")
        screen = self.officer if chat == "Hà" else self.screen
        store = self._store()
        account = store.people.account_in(BOT, chat)
        store.acts(account.person)
        menu = next((shown.menu for shown in reversed(screen) if shown.menu), ())
        kind = Kind.PRESS if press else Kind.TEXT
        incoming = Incoming(kind, self.now, self.now, cleaned(words), press, menu=menu)
        turn = Turn(account, store.people.actor(account), self.abilities, incoming, self.now)
        self._show(account, take(turn, ROUTES, store), screen)

    def _show(self, account: Account, says: list[Say], screen: list[Shown]) -> None:
        for say in says:
            choices = packed_choices(say.choices)
            html, buttons = self.renderer.shown(
                say.text, say.values, choices, account.person, self.session, self.abilities
            )
            if say.to is None:
                menu = tuple(choice["data"] for choice in choices if not choice["typed"])
                screen.append(Shown(say.text, plain_text(html), tuple(b.data for b in buttons), menu))
            if say.text == "report.receipt" and account.chat == "Hyưh":
                self.receipts.append(plain_text(html))

    def saved(self) -> tuple[str, int, list[Decimal | None], str | None] | None:
        """What the database holds of the report: number, version, figures as they count, story."""
        rows = self.session.connection().execute(text(SAVED)).all()
        if not rows:
            return None
        figures = [None if how == "unknown" else plain(amount or 0) for how, amount, *_ in rows]
        return rows[0][4], rows[0][3], figures, rows[0][2]


ROUTES = routes()


def figures_in(words: list[str]) -> list[Decimal | None]:
    """The figures that a person reads in these lines."""
    return [_figure(line) for line in words]


def _figure(line: str) -> Decimal | None:
    found = FIGURE.match(line)
    assert found, line
    number = found["value"] or found["same"] or found["still"]
    if number is None:
        return None if "chưa rõ" in line else Decimal(0)
    return Decimal(number.replace(".", "").replace(",", "."))


def read_receipt(receipt: str) -> tuple[str, int, list[Decimal | None], str | None]:
    """What a receipt tells the head: number, version, figures, story."""
    number = re.search(r"[Ss]ố (\d+-\d+)(?: \(bản (\d+)\))?", receipt)
    line = re.search(r"^Làng Tơ Bla: (.*)\.$", receipt, re.MULTILINE)
    story = re.search(r"^Lời kể: «(.*)»$", receipt, re.MULTILINE | re.DOTALL)
    assert number
    assert line
    figures = figures_in(line.group(1).split("; "))
    return number.group(1), int(number.group(2) or 1), figures, story.group(1) if story else None


def read_preview(preview: str) -> tuple[list[Decimal | None], str | None]:
    """What a preview shows before it is sent: figures and story."""
    lines = re.findall(r"^\d\. (.*)$", preview, re.MULTILINE)
    stories = [line for line in lines if line.startswith("«")]
    figures = [line for line in lines if not line.startswith("«")]
    return figures_in(figures), stories[0].strip("«»") if stories else None


@contextmanager
def undone(database: Database) -> Iterator[Session]:
    """A transaction that leaves nothing behind."""
    connection = database.engine.connect()
    begun = connection.begin()
    session = Session(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    try:
        yield session
    finally:
        session.close()
        begun.rollback()
        connection.close()
