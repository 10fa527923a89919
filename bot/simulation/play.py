"""Playing whole weeks of a campaign: the real program on a real database, a fixed cast, virtual time."""

import asyncio
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import build, files_of
from bot.channels.recorder.channel import Delivered, Recorder
from bot.launch import Invitation, launch
from bot.simulation.heads import Head, Temper
from bot.simulation.office import Officer
from bot.simulation.oracle import Due, counts
from bot.simulation.screen import Screen
from bot.simulation.stage import BOT, Stage, Word
from campaigns.authority import Role
from campaigns.calendar import LOCAL
from config.texts import Texts
from dialogue.capabilities import PROFILES
from storage.database import Database
from storage.migrate import migrate

# In roster order; the fourth head has no smartphone and phones.
TEMPERS = (
    Temper.PROMPT,
    Temper.PROMPT,
    Temper.SLOW,
    None,
    Temper.PROMPT,
    Temper.SLOW,
    Temper.LATE,
    Temper.SILENT,
    Temper.PROMPT,
)
MOURNS, MOURNING_WEEK = 5, 3  # the sixth village is excused in the third week
FRIDAY = 4


def simulate(slug: str, *, weeks: int, seed: int, profile: str) -> dict[str, Any]:
    """Play some weeks and count what reached people. The same seed gives the same counts, to the byte."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'simulation.db'}")
        try:
            migrate(database)
            return asyncio.run(_play(database, slug, weeks, seed, profile))
        finally:
            database.close()


async def _play(database: Database, slug: str, weeks: int, seed: int, profile: str) -> dict[str, Any]:
    campaign, rehearsal = files_of(slug)
    chance = Random(seed)
    recorder = Recorder(PROFILES[profile])
    app = build(database, {BOT: recorder}, Random(chance.random()))
    start = datetime.combine(rehearsal.choices.start, time(8), LOCAL)
    with database.transaction() as session:
        invitations = launch(session, campaign, rehearsal, start, chance)
    stage = Stage(app, recorder, start)
    cast = Cast(stage, invitations, [village.name for village in rehearsal.villages], chance, app.texts)
    recorder.watchers.append(cast.sees)
    due = Due(_first_friday(rehearsal.choices.start), weeks)
    cast.takes_part(start, due)
    await stage.play(due.closes(weeks - 1) + timedelta(hours=3))
    return counts(cast.heads, cast.officer, recorder, due, cast.phones) | {"profile": profile, "seed": seed}


def _first_friday(start: date) -> date:
    """The day on which the first week's report is due: the Friday after the week that begins at the start."""
    return start + timedelta(days=7 + (FRIDAY - start.weekday()) % 7)


class Cast:
    """Everybody who plays: heads who answer, one who phones, an officer, and a chairman who looks at the board."""

    def __init__(
        self, stage: Stage, invitations: list[Invitation], villages: list[str], chance: Random, texts: Texts
    ) -> None:
        self._stage = stage
        self._villages = villages
        self._word: Word = lambda name: texts.render(name, {})
        codes = {role: [i.code for i in invitations if i.role is role] for role in Role}
        self.phones = villages[TEMPERS.index(None)]
        self.heads = {
            village: Head(f"head-{number}", code, temper, stage, Random(chance.random()), self._word)
            for number, (village, code, temper) in enumerate(zip(villages, codes[Role.REPORTER], TEMPERS, strict=True))
            if temper is not None
        }
        self.officer = Officer("officer", codes[Role.OFFICER][0], villages, stage, Random(chance.random()), self._word)
        self._chairman = codes[Role.LEADER][0]
        self._screens = {head.chat: head.sees for head in self.heads.values()} | {"officer": self.officer.sees}

    def sees(self, message: Delivered) -> None:
        """A message has reached somebody's screen."""
        if message.chat in self._screens:
            self._screens[message.chat](message)
        elif Screen(message).says("dong y khong?"):
            self._stage.later(
                self._stage.now + timedelta(minutes=1), lambda: self._stage.says("chairman", self._word("cast.agree"))
            )

    def takes_part(self, start: datetime, due: Due) -> None:
        """Put on the agenda what everybody does of their own accord."""
        for number, head in enumerate(self.heads.values()):
            self._stage.later(start + timedelta(minutes=number), head.joins)
        self._stage.later(start, self.officer.joins)
        self._stage.later(start, lambda: self._stage.says("chairman", self._chairman))
        for week in range(due.weeks):
            self._plan_week(week, due)

    def _plan_week(self, week: int, due: Due) -> None:
        stage, officer, number = self._stage, self.officer, due.number(week)
        moment = due.moment(week)
        stage.later(moment - timedelta(hours=7), lambda: officer.writes_down(number, self.phones))
        stage.later(moment + timedelta(hours=1), lambda: officer.reviews(number))
        stage.later(moment + timedelta(hours=2), lambda: stage.says("chairman", self._word("cast.board")))
        stage.later(due.closes(week) - timedelta(hours=2), lambda: officer.reviews(number))
        stage.later(due.closes(week) + timedelta(hours=1), lambda: officer.reviews(number, last=True))
        if week + 1 == MOURNING_WEEK:
            mourning = self._villages[MOURNS]
            self.heads[mourning].away.add(number)
            stage.later(moment - timedelta(hours=20), lambda: officer.excuses(number, mourning))
