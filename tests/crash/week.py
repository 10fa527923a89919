"""One week with everything in it, played by a program that may die, and what must be true of it afterwards."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from bot.channels.recorder.channel import Delivered
from storage.database import Database
from tests.conftest import Copies
from tests.crash.mortal import Points, Reached, World
from tests.stage import Stage


def asked(copies: Copies, kind: str) -> str:
    """A database in which the cast has joined and the first form has gone out."""
    url = copies.copy(kind)
    stage = Stage(url, copies.invitations, "full")
    stage.joins("Hyưh", "Blĕnh", "Krŏng", "Hà")
    stage.at("5/5 18:30")
    copies.screens[kind] = stage.shown()
    return url


@dataclass(frozen=True)
class Ended:
    """What was left of a week: what the reports say, how they stand, and all that reached people."""

    reports: list[tuple[object, ...]]
    standings: list[tuple[object, ...]]
    log: list[Reached]
    names: list[str]
    deaths: int


def play(url: str, screens: list[Delivered], die_at: int | None = None) -> Ended:
    """Play the week on from these screens, dying at one point at most."""
    points = Points(die_at)
    world = World(url, points, screens)
    world.arrives("Hyưh", "125")
    world.arrives("Hyưh", "430")
    world.presses("Hyưh", "43 ha")
    world.arrives("Hyưh", "cần 2 xe đá")
    world.presses("Hyưh", "Gửi")
    world.presses("Hyưh", "Gửi")
    world.arrives("Blĕnh", "95 8 37 không")
    world.arrives("Hà", "xem to bla")
    world.presses("Hà", "Hỏi lại một chỗ")
    world.arrives("Hà", "Đường nhiều quá, bác xem lại giúp")
    world.arrives("Hyưh", "sửa 1: 130")
    world.arrives("Hà", "xem to bla")
    world.presses("Hà", "Tổng hợp")
    world.arrives("Hà", "ghi giúp Mơ Hra")
    world.arrives("Hà", "61 45 không")
    world.arrives("Krŏng", "190")
    world.ticks("9/5 10:00")
    world.close()
    return ended(url, world, points)


REPORTS = """
    select unit.name, report.receipt, report.state, version.number, version.story, figure.item, figure.how,
    figure.amount
    from report join obligation on obligation.id = report.obligation_id join unit on unit.id = obligation.unit_id
    join version on version.report_id = report.id left join figure on figure.version_id = version.id
    order by unit.name, report.receipt, version.number, figure.place
"""
STANDINGS = """
    select unit.name, first_said_at is null, first_said_at <= due_at, closed_at is null
    from obligation join unit on unit.id = unit_id where number = 18 order by unit.name
"""


def ended(url: str, world: World, points: Points) -> Ended:
    """What a week left behind."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            reports = [tuple(row) for row in connection.execute(text(REPORTS))]
            standings = [tuple(row) for row in connection.execute(text(STANDINGS))]
    finally:
        database.close()
    return Ended(reports, standings, world.log, points.names, world.deaths)


def check(disturbed: Ended, undisturbed: Ended) -> None:
    """A death costs at most one marked repeat: nothing is lost, nothing doubled, nothing different."""
    assert disturbed.reports == undisturbed.reports
    assert disturbed.standings == undisturbed.standings
    marked = [reached for reached in disturbed.log if reached.marked]
    assert len(marked) <= disturbed.deaths, f"marked repeats: {marked}"
    plain = Counter((r.chat, r.text) for r in disturbed.log if not r.marked and not r.edit)
    whole = Counter((r.chat, r.text) for r in disturbed.log if not r.edit)
    expected = Counter((r.chat, r.text) for r in undisturbed.log if not r.edit)
    assert plain - expected == Counter(), "an unmarked repeat"
    assert expected - whole == Counter(), "an answer that never came"
    edits = {(r.chat, r.text) for r in disturbed.log if r.edit}
    assert {(r.chat, r.text) for r in undisturbed.log if r.edit} <= edits, "a screen that never changed"


def played(copies: Copies, kind: str, die_at: int | None = None) -> Ended:
    """Play the week on a fresh database."""
    url = copies.of(kind, "asked", asked)
    try:
        return play(url, copies.screens[kind], die_at)
    finally:
        copies.drop(url)
