"""Playing a campaign, whole or its first weeks: the real program on a real database, a fixed cast, virtual time."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import build, files_of
from bot.channels.recorder.channel import Recorder
from bot.launch import Invitation, launch
from bot.simulation.cast import Cast, Seat, Seats
from bot.simulation.commune import of_so_many
from bot.simulation.duties import Duty, duties
from bot.simulation.oracle import counts
from bot.simulation.showing import OFFICER, Showing
from bot.simulation.stage import BOT, VirtualStage
from bot.simulation.watching import Watched
from campaigns.authority import Role
from campaigns.calendar import LOCAL, due_at, periods
from campaigns.edition import Choices
from campaigns.rehearsal import Rehearsal, Way
from config.holiday_file import national_holidays
from dialogue.capabilities import PROFILES
from storage.database import Database
from storage.migrate import migrate


@dataclass(frozen=True)
class Wanted:
    """What is to be played: which campaign, how long, on what kind of channel, with how many heads."""

    slug: str
    weeks: int | None
    seed: int
    profile: str
    outage: timedelta | None = None
    channel: Callable[[], Recorder] | None = None
    heads: int | None = None
    voices: int = 0

    def recorder(self) -> Recorder:
        """The recorder of the channel, or of the profile."""
        return self.channel() if self.channel else Recorder(PROFILES[self.profile])


def simulate(
    slug: str,
    *,
    weeks: int | None,
    seed: int,
    profile: str,
    outage: timedelta | None = None,
    channel: Callable[[], Recorder] | None = None,
    heads: int | None = None,
    voices: int = 0,
) -> dict[str, Any]:
    """Play some weeks, or all of the campaign, and count what reached people.

    The same seed gives the same counts, to the byte. ``periods`` is the program's own calendar. An ``outage`` begins
    two hours before the second due moment: for so long the program is gone, and what people write waits. ``channel``
    renders as a vendor's channel does; ``heads`` makes the commune as large. The first ``voices`` heads never type a
    figure: they speak.
    """
    wanted = Wanted(slug, weeks, seed, profile, outage, channel, heads, voices)
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'simulation.db'}")
        try:
            migrate(database)
            return asyncio.run(_play(database, wanted))
        finally:
            database.close()


async def _play(database: Database, wanted: Wanted) -> dict[str, Any]:
    campaign, rehearsal = files_of(wanted.slug)
    rehearsal = of_so_many(rehearsal, wanted.heads)
    chance = Random(wanted.seed)
    recorder = wanted.recorder()
    start = datetime.combine(rehearsal.choices.start, time(8), LOCAL)
    with database.transaction() as session:
        invitations = launch(session, campaign, rehearsal, start, chance)
    app = build(database, {BOT: recorder}, Random(chance.random()))
    owed = duties(rehearsal, wanted.weeks)
    down = _down(owed, wanted.outage)
    owed = [duty.after(down) for duty in owed]
    stage = VirtualStage(app, recorder, start, down)
    cast = Cast(stage, rehearsal, seated(invitations, rehearsal), chance, app.texts, stage.speaks, wanted.voices)
    watched = Watched(cast.heads, national_holidays(), stage.spoke)
    showing = Showing(stage, cast.word)
    recorder.watchers += [watched.sees, showing.sees, cast.sees]
    cast.joins(start)
    cast.takes_part(owed)
    showing.begins(start + timedelta(hours=2))
    await stage.play(max(duty.closes for duty in owed) + timedelta(hours=3))
    found = counts(cast.heads, cast.officer, recorder, owed, watched)
    told = {"campaign": wanted.slug, "periods": told_periods(rehearsal.choices), "profile": wanted.profile}
    return found | told | {"seed": wanted.seed, "weeks": wanted.weeks}


def seated(invitations: Sequence[Invitation], rehearsal: Rehearsal) -> Seats:
    """Everybody's chat, and the code on their invitation; who only phones has none."""
    codes = {role: [i.code for i in invitations if i.role is role] for role in Role}
    writing = [
        (unit.name, code)
        for unit, code in zip(rehearsal.units, codes[Role.REPORTER], strict=True)
        if unit.head.way is Way.ONLINE
    ]
    heads = {name: Seat(f"head-{n}", code) for n, (name, code) in enumerate(writing)}
    return Seats(heads, Seat(OFFICER, codes[Role.OFFICER][0]), Seat("chairman", codes[Role.LEADER][0]))


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
