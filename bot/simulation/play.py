"""Playing a campaign, whole or its first weeks: the real program on a real database, a fixed cast, virtual time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import build, files_of
from bot.channels.recorder.channel import Delivered, Recorder
from bot.launch import Invitation, launch
from bot.simulation.duties import Duty, duties
from bot.simulation.heads import Head, Temper
from bot.simulation.office import Officer
from bot.simulation.oracle import counts
from bot.simulation.screen import Screen
from bot.simulation.showing import Showing
from bot.simulation.stage import BOT, Stage, Word
from bot.simulation.watching import Watched
from campaigns.authority import Role
from campaigns.calendar import LOCAL, due_at, periods
from campaigns.edition import Choices
from campaigns.rehearsal import Rehearsal, Way
from config.holiday_file import national_holidays
from config.texts import Texts
from dialogue.capabilities import PROFILES
from storage.database import Database
from storage.migrate import migrate

# In roster order, again and again; who has no smartphone phones instead.
TEMPERS = (
    Temper.PROMPT,
    Temper.PROMPT,
    Temper.SLOW,
    Temper.PROMPT,
    Temper.SLOW,
    Temper.LATE,
    Temper.SILENT,
    Temper.PROMPT,
)
MOURNS, MOURNING = 4, 3  # the fifth of the heads who write is excused from the third of its reports


def simulate(
    slug: str, *, weeks: int | None, seed: int, profile: str, outage: timedelta | None = None
) -> dict[str, Any]:
    """Play some weeks, or all of the campaign, and count what reached people.

    The same seed gives the same counts, to the byte. ``periods`` is the program's own calendar. An ``outage`` begins
    two hours before the second due moment: for so long the program is gone, and what people write waits.
    """
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'simulation.db'}")
        try:
            migrate(database)
            return asyncio.run(_play(database, slug, weeks, seed, profile, outage))
        finally:
            database.close()


async def _play(
    database: Database, slug: str, weeks: int | None, seed: int, profile: str, outage: timedelta | None
) -> dict[str, Any]:
    campaign, rehearsal = files_of(slug)
    chance = Random(seed)
    recorder = Recorder(PROFILES[profile])
    start = datetime.combine(rehearsal.choices.start, time(8), LOCAL)
    with database.transaction() as session:
        invitations = launch(session, campaign, rehearsal, start, chance)
    app = build(database, {BOT: recorder}, Random(chance.random()))
    owed = duties(rehearsal, weeks)
    down = _down(owed, outage)
    owed = [duty.after(down) for duty in owed]
    stage = Stage(app, recorder, start, down)
    cast = Cast(stage, invitations, rehearsal, chance, app.texts)
    watched = Watched(cast.heads, national_holidays())
    showing = Showing(stage, cast.word)
    recorder.watchers += [watched.sees, showing.sees, cast.sees]
    cast.takes_part(start, owed)
    showing.begins(start + timedelta(hours=2))
    await stage.play(max(duty.closes for duty in owed) + timedelta(hours=3))
    found = counts(cast.heads, cast.officer, recorder, owed, watched)
    told = {"campaign": slug, "periods": told_periods(rehearsal.choices), "profile": profile, "seed": seed}
    return found | told | {"weeks": weeks}


def _down(owed: Sequence[Duty], outage: timedelta | None) -> tuple[datetime, datetime] | None:
    """From when until when the program is gone."""
    if outage is None:
        return None
    moments = sorted({duty.due for duty in owed})
    begins = moments[min(1, len(moments) - 1)] - timedelta(hours=2)
    return begins, begins + outage


def told_periods(choices: Choices) -> list[dict[str, Any]]:
    """Every period of the campaign with its due moment (local, aware), in the order in which they are due.

    ``owed_by`` are the clusters that report on it: none means everybody, an empty list nobody (the calendar alone).
    """
    found = [
        {
            "cadence": str(period.kind),
            "number": period.number,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "due": due_at(period, cadence).isoformat(),
            "owed_by": None if cadence.who is None else list(cadence.who),
        }
        for cadence in choices.cadences
        for period in periods(choices, cadence)
    ]
    return sorted(found, key=lambda told: (told["due"], told["start"], told["cadence"]))


class Cast:
    """Everybody who plays: heads who answer, those who phone, an officer, and a chairman who looks at the board."""

    def __init__(
        self, stage: Stage, invitations: list[Invitation], rehearsal: Rehearsal, chance: Random, texts: Texts
    ) -> None:
        self._stage = stage
        self.word: Word = lambda name: texts.render(name, {})
        codes = {role: [i.code for i in invitations if i.role is role] for role in Role}
        writing = [
            (unit, code)
            for unit, code in zip(rehearsal.units, codes[Role.REPORTER], strict=True)
            if unit.head.way is Way.ONLINE
        ]
        self._phoning = [unit.name for unit in rehearsal.units if unit.head.way is Way.PHONE]
        self.heads = {
            unit.name: Head(f"head-{n}", code, TEMPERS[n % len(TEMPERS)], stage, Random(chance.random()), self.word)
            for n, (unit, code) in enumerate(writing)
        }
        self.officer = Officer("officer", codes[Role.OFFICER][0], stage, Random(chance.random()), self.word)
        self._chairman = codes[Role.LEADER][0]
        self._screens = {head.chat: head.sees for head in self.heads.values()} | {"officer": self.officer.sees}

    def sees(self, message: Delivered) -> None:
        """A message has reached somebody's screen."""
        if message.chat in self._screens:
            self._screens[message.chat](message)
        elif Screen(message).says("dong y khong?"):
            self._stage.later(
                self._stage.now + timedelta(minutes=1), lambda: self._stage.says("chairman", self.word("cast.agree"))
            )

    def takes_part(self, start: datetime, owed: Sequence[Duty]) -> None:
        """Put on the agenda what everybody does of their own accord."""
        for number, head in enumerate(self.heads.values()):
            self._stage.later(start + timedelta(minutes=number), head.joins)
        self._stage.later(start, self.officer.joins)
        self._stage.later(start, lambda: self._stage.says("chairman", self._chairman))
        together: dict[tuple[str, datetime, datetime], list[str]] = {}
        for duty in owed:
            together.setdefault((duty.period, duty.due, duty.closes), []).append(duty.unit)
        for (period, due, closes), units in together.items():
            self._plan_period(period, due, closes, units)
        self._plan_mourning(owed)

    def _plan_period(self, period: str, due: datetime, closes: datetime, units: list[str]) -> None:
        stage, officer = self._stage, self.officer
        for number, unit in enumerate(unit for unit in units if unit in self._phoning):
            at = due - timedelta(hours=7, minutes=-15 * number)
            stage.later(at, partial(officer.writes_down, period, unit))
        stage.later(due + timedelta(hours=1), lambda: officer.reviews(units))
        stage.later(due + timedelta(hours=2), lambda: stage.says("chairman", self.word("cast.board")))
        stage.later(closes - timedelta(hours=2), lambda: officer.reviews(units))
        stage.later(closes + timedelta(hours=1), lambda: officer.reviews(units, last=True))

    def _plan_mourning(self, owed: Sequence[Duty]) -> None:
        writing = list(self.heads)
        mourning = writing[min(MOURNS, len(writing) - 1)]
        theirs = [duty for duty in owed if duty.unit == mourning]
        if theirs:
            duty = theirs[min(MOURNING, len(theirs)) - 1]
            self.heads[mourning].away.add(duty.period)
            self._stage.later(duty.due - timedelta(hours=20), partial(self.officer.excuses, duty.period, mourning))
