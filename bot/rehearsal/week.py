"""The week that is played for whoever watches: who answers when and how, what the office does."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from bot.rehearsal.beginning import CHAT
from bot.rehearsal.live import Line, LiveStage
from bot.simulation.cast import Cast
from bot.simulation.duties import Duty
from bot.simulation.parts import Part
from campaigns.calendar import LOCAL, first_form
from campaigns.figures import SCALE
from campaigns.group import GroupPurpose
from campaigns.rehearsal import Rehearsal

SEED = 43
# Of the heads who write, in roster order. The sixth is late, the last is not heard of.
PARTS = (
    Part(0.12, closing="need"),
    Part(0.3, "steps"),
    Part(0.75, closing="news", slips=True),
    Part(11.8, "same"),
    Part(12.3),
    Part(24.4),
    Part(1.2, closing="news"),
    Part(None),
)
JOINS, ADMIRED, UNSURE, ADMIRES = 0, 1, 4, 6
WITHIN = timedelta(days=5)  # a wish is answered, so that the next form opens with the answer
MINUTE = timedelta(minutes=1)


class Week:
    """Puts a week on a cast's agenda, from wherever its clock stands."""

    def __init__(self, stage: LiveStage, cast: Cast, rehearsal: Rehearsal, owed: list[Duty]) -> None:
        self._stage = stage
        self._cast = cast
        self._rehearsal = rehearsal
        self._first = owed[0]
        self._asked = first_form(rehearsal.choices)
        self._monday = owed[0].closes.astimezone(LOCAL).date()

    @property
    def begun(self) -> datetime:
        """When the head joins."""
        return self._asked - 9 * MINUTE

    @property
    def ends(self) -> datetime:
        """A minute after the next form goes out."""
        return self._asked + timedelta(days=7) + MINUTE

    def opening(self) -> set[str]:
        """The chats that are looked at first: of the head who joins, of the officer, of the group for examples."""
        joining = next(iter(self._cast.heads.values())).chat
        return {joining, self._cast.officer.chat, CHAT.format(GroupPurpose.EXAMPLES)}

    def begins(self, code: str) -> None:
        """Everybody gets their part. ``code`` is on the invitation of the head who joins."""
        heads = list(self._cast.heads.values())
        for head, part in zip(heads, PARTS, strict=False):
            head.parts[self._first.period] = part
        units = list(self._cast.heads)
        self._cast.officer.unsure_about[self._first.period] = units[UNSURE]
        self._cast.officer.promises.within = WITHIN
        self._knows_the_figures()
        joining = heads[JOINS].chat
        self._at(self.begun, partial(self._stage.opens, joining))
        self._at(self.begun, partial(self._stage.says, joining, code))
        self._plan_office(units)
        self._plan_example([head.chat for head in heads])

    def _knows_the_figures(self) -> None:
        """Heads know their own villages: what was true last week."""
        units = {unit.name: unit for unit in self._rehearsal.units}
        for name, head in self._cast.heads.items():
            known = [baseline.amount for baseline in units[name].baselines]
            head.knows = {n: Decimal(each) / SCALE for n, each in enumerate(known, 1) if each is not None}

    def _plan_office(self, units: list[str]) -> None:
        officer, due = self._cast.officer, self._first.due.astimezone(LOCAL).date()
        phoning = next(unit.name for unit in self._rehearsal.units if unit.name not in units)
        self._on(due, "09:10", partial(officer.writes_down, self._first.period, phoning))
        self._on(due, "16:35", officer.goes_through_the_board)
        see = f"{self._cast.word('cast.see')} {units[UNSURE]}"
        self._on(due, "17:30", partial(self._stage.says, officer.chat, see))
        self._on(self._monday, "08:30", officer.goes_through_the_board)
        self._plays(self._monday + timedelta(days=1), "09:00", officer.chat, "announce", "call_out", 1, 1)

    def _plan_example(self, chats: list[str]) -> None:
        """A head tells of another, who agrees; the officer posts it."""
        admired = list(self._cast.heads)[ADMIRED]
        head = next(unit.head for unit in self._rehearsal.units if unit.name == admired)
        saturday = self._monday - timedelta(days=2)
        at = self._plays(saturday, "18:30", chats[ADMIRES], "nominate")
        for said in (f"{head.address} {head.called}", 2, admired):
            at = self._then(at, chats[ADMIRES], said)
        self._follow(at, chats[ADMIRES], "bridge", "this_morning", 1, 3)
        self._plays(saturday + timedelta(days=1), "06:10", chats[ADMIRED], "examples", 1)
        self._plays(self._monday, "08:00", self._cast.officer.chat, "examples", 1, 1)

    def _plays(self, day: date, at: str, chat: str, *lines: Line) -> datetime:
        """Lines are names of what is typed, or numbers of buttons."""
        return self._follow(datetime.combine(day, time.fromisoformat(at), LOCAL) - MINUTE, chat, *lines)

    def _follow(self, at: datetime, chat: str, *lines: Line) -> datetime:
        for line in lines:
            at = self._then(at, chat, line if isinstance(line, int) else self._cast.word(f"cast.{line}"))
        return at

    def _then(self, at: datetime, chat: str, line: Line) -> datetime:
        """A minute later somebody types this, or presses the button of that number."""
        at += MINUTE
        self._at(at, partial(self._stage.plays, chat, line))
        return at

    def _on(self, day: date, at: str, act: Callable[[], None]) -> None:
        self._at(datetime.combine(day, time.fromisoformat(at), LOCAL), act)

    def _at(self, at: datetime, act: Callable[[], None]) -> None:
        """What lies behind was played before the program was gone."""
        if at >= self._stage.now:
            self._stage.later(at, act)
