"""However many units there are: a head's turn asks the database the same, an officer's screen next to nothing more."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.app import App
from bot.inbox import Arrival
from campaigns.holidays import NONE
from campaigns.ids import Id
from dialogue.incoming import Kind
from handlers.digest import tell
from storage.database import Database
from storage.reminders import Digest
from storage.store import Store
from tests.conftest import Copies
from tests.crowd import counting, crowd, loading
from tests.stage import BOT, Stage, local

FEW, MANY = 10, 60
ASKED = local("5/5 18:30")
HEAD = ("báo cáo", "150", "43", "không", "sửa 1: 140", "đăng ký", "trợ giúp")
OFFICER = ("bảng", "kết quả", "đăng ký", "xem Số 4", "thông báo", "thôi", "sửa phong trào", "thôi")


class Commune:
    """A commune that was asked for its first form, and every third of its villages answered."""

    def __init__(self, copies: Copies, units: int) -> None:
        self.stage: Stage = crowd(copies, units)
        self.stage.now = ASKED
        self.app: App
        self.database: Database
        self.app, self.database = self.stage.program()
        self.app.timetable.tick(self.stage.clock())
        self.turns = 0
        for number in range(1, units + 1, 3):
            self.says(f"Đinh {number}", "150 43 không")

    def says(self, chat: str, words: str) -> int:
        """How many statements what somebody writes takes."""
        self.turns += 1
        arrival = Arrival(BOT, f"turn-{self.turns}", chat, Kind.TEXT, self.stage.now, words)
        self.app.inbox.receive(arrival, self.stage.clock())
        with counting() as statements:
            while self.app.inbox.take_turn(self.stage.clock()):
                pass
        return len(statements)

    def digests(self, *, up: bool = False) -> int:
        """How many statements it takes to compose what the officer, or one level up, is told when a form is due."""
        now = local("6/5 16:30") + (timedelta(days=10) if up else timedelta())
        with self.database.transaction() as session:
            campaign, period = _first_period(Store(session, ASKED, self.app.inbox.chance, BOT))
            with counting() as statements:
                store = Store(session, now, self.app.inbox.chance, BOT)
                told = tell(Digest(1, campaign, period, up, now), NONE, store)
            assert told
            return len(statements)

    def files(self) -> int:
        """How many statements the officer's table and results take, from being asked for to being told of."""
        for words in ("excel", "word"):
            self.says("Hà", words)
        with counting() as statements:
            while self.app.documenting.step(self.stage.clock()):
                pass
        return len(statements)


def _first_period(store: Store) -> tuple[Id, tuple[str, int, date]]:
    campaign = store.campaigns.all()[0]
    period = store.obligations.on_the_board(campaign, "/")[0].period
    return campaign, (str(period.kind), period.number, period.start)


@pytest.fixture(scope="module")
def communes(copies: Copies) -> Iterator[tuple[Commune, Commune]]:
    few, many = Commune(copies, FEW), Commune(copies, MANY)
    yield few, many
    few.database.close()
    many.database.close()


def test_a_heads_turn_does_not_depend_on_other_units(communes: tuple[Commune, Commune]) -> None:
    few, many = ([one.says("Đinh 2", words) for words in HEAD] for one in communes)
    assert few == many


def test_a_heads_turn_reads_nothing_of_other_units(communes: tuple[Commune, Commune]) -> None:
    """Every form read the registrations of the whole campaign, to find that nobody is below a village."""
    read = []
    for one in communes:
        with loading() as rows:
            one.says("Đinh 5", "báo cáo")
        read.append(sorted(rows))
    assert read[0]
    assert read[0] == read[1]


def test_an_officers_screen_asks_for_all_units_at_once(communes: tuple[Commune, Commune]) -> None:
    few, many = ({words: one.says("Hà", words) for words in OFFICER} for one in communes)
    assert few == many


def test_a_digest_asks_for_all_units_at_once(communes: tuple[Commune, Commune]) -> None:
    few, many = ((one.digests(), one.digests(up=True)) for one in communes)
    assert few == many


def test_a_file_asks_for_all_units_at_once(communes: tuple[Commune, Commune]) -> None:
    few, many = (one.files() for one in communes)
    assert few == many


def test_nudging_everybody_asks_once_and_writes_for_each(communes: tuple[Commune, Commune]) -> None:
    few, many = (one.says("Hà", "nhắc tất cả") for one in communes)
    missing = [len(range(units)) - len(range(1, units + 1, 3)) for units in (FEW, MANY)]
    assert many - few <= 2 * (missing[1] - missing[0])
