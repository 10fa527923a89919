"""Days of a campaign in random order, and the paper of a clerk who knows what people said and what reached them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.channels.channel import Parcel
from campaigns.calendar import LOCAL
from campaigns.edition import Edition
from storage.beat import beat
from storage.store import Store
from tests.crash.mortal import MARK, Died, Points, World
from tests.stage import local, opened

HEADS = {"Hyưh": "Tơ Bla", "Blĕnh": "Kon Bla", "Tâm": "Suối Mây"}
FIGURES = {"Hyưh": 2, "Blĕnh": 3, "Tâm": 2}
VILLAGES, ALLIED = 9, "Mặt trận"
DUE = {week: local("6/5 16:00") + timedelta(weeks=week - 18) for week in range(18, 23)}
ASKED = {week: due - timedelta(hours=21, minutes=30) for week, due in DUE.items()}
CLOSED = {week: due + timedelta(days=2, hours=18) for week, due in DUE.items()}
NEVER = local("1/1/2000 00:00")  # when something was said that nobody said
_WEEK = re.compile(r"tuần (\d+)")
_RECEIPT = re.compile(r"Số (\d+-\d+)")
_NOT_TAKEN = re.compile("chưa hiểu tin này|chọn một trong các ý")
_READ = re.compile(r"^Làng ([^,]+), tuần (\d+), số (\d+-\d+)")
MOVES = {
    "_reports": 6,
    "_begins": 3,
    "_passes": 7,
    "_jumps": 2,
    "_is_gone": 2,
    "_goes_back": 1,
    "_asks_back": 2,
    "_extends": 2,
    "_excuses": 1,
    "_looks": 2,
    "_changes_the_edition": 1,
}


@dataclass
class Chancy(Points):
    """Dies at moments of chance, while ``chance`` is given."""

    chance: Random | None = None

    def reach(self, name: str) -> None:
        """Pass a point, or die there: once in eighty."""
        if self.chance and self.chance.random() < 1 / 80:
            raise Died(name)


@dataclass
class Paper:
    """What a clerk writes down of one village in one week."""

    first_said: datetime | None = None
    due: datetime | None = None
    excused: bool = False
    numbers: set[str] = field(default_factory=set)

    def stands(self, week: int) -> tuple[str, datetime]:
        """How the village stands in that week once it is over, and when its report was due."""
        due = self.due or DUE[week]
        if self.first_said:
            return "on_time" if self.first_said <= due else "late", due
        return "excused" if self.excused else "missing", due


@dataclass(frozen=True)
class Said:
    """What a head said of a form: all of it, or a beginning."""

    at: datetime
    whole: bool


@dataclass(frozen=True)
class Heard:
    """A message as it reached somebody."""

    at: datetime
    chat: str
    words: str
    outbox: int
    again: bool


class Days(World):
    """A world whose people act in random order; every message is kept with its hour."""

    def __init__(self, url: str, seed: int) -> None:
        super().__init__(url, Chancy(), [], now="5/5 18:00")
        self.chance = Random(seed)
        self.heard: list[Heard] = []
        self.paper: dict[tuple[str, int], Paper] = {(head, week): Paper() for head in HEADS for week in DUE}
        self.said: dict[str, list[Said]] = {head: [] for head in HEADS}  # and not known yet to have been taken
        self.editions = 1
        self.points = Chancy(chance=self.chance)

    def _after(self, parcel: Parcel) -> None:
        words = parcel.text.replace(f"\n{MARK}", "")
        again = parcel.repeated or parcel.edits is not None
        self.heard.append(Heard(self.now, parcel.chat, words, parcel.outbox, again))
        self._notes(parcel.chat, words)
        super()._after(parcel)

    def _notes(self, chat: str, words: str) -> None:
        """The clerk reads a receipt, or the report on the officer's screen where its receipt was lost."""
        receipt, read = _RECEIPT.search(words), _READ.search(words)
        if chat in HEADS and receipt and "hỏi lại" not in words:
            self._taken(chat, receipt.group(1))
        elif chat == "Hà" and read and read.group(1) in HEADS.values():
            head = next(head for head, village in HEADS.items() if village == read.group(1))
            self._taken(head, read.group(3))

    def _taken(self, head: str, number: str) -> None:
        """A report was taken: it was said when all of it was said; a mere beginning, when last something was."""
        paper = self.paper[head, int(number.split("-", maxsplit=1)[0])]
        paper.numbers.add(number)
        if paper.first_said is None:
            said = self.said[head] or [Said(NEVER, whole=False)]
            paper.first_said = next((one.at for one in said if one.whole), said[-1].at)
            self.said[head] = []

    def acts(self) -> None:
        """Somebody does something, or time passes."""
        getattr(self, self.chance.choices(list(MOVES), list(MOVES.values()))[0])()

    def _open(self) -> list[int]:
        return [week for week in DUE if ASKED[week] <= self.now < CLOSED[week]]

    def _somebody(self) -> tuple[str, int] | None:
        """A head and the week that is open, if one is."""
        head, weeks = self.chance.choice(list(HEADS)), self._open()
        return (head, weeks[0]) if weeks else None

    def _reports(self) -> None:
        """A head answers the whole form, or corrects the first figure of what was sent."""
        if found := self._somebody():
            head, _ = found
            if self.paper[found].first_said:
                self.arrives(head, "sửa 1: 151")
            else:
                self._says(head, " ".join([*("chưa rõ",) * FIGURES[head], "không"]), whole=True)

    def _begins(self) -> None:
        """A head answers the first question and puts the phone away."""
        if (found := self._somebody()) and not self.paper[found].first_said:
            self._says(found[0], "chưa rõ", whole=False)

    def _says(self, head: str, words: str, *, whole: bool) -> None:
        """What a head says counts, unless it is answered that it was no answer."""
        before = len(self.heard)
        self.said[head].append(Said(self.now, whole))
        self.arrives(head, words)
        if self.said[head] and any(one.chat == head and _NOT_TAKEN.search(one.words) for one in self.heard[before:]):
            self.said[head].pop()

    def _asks_back(self) -> None:
        self._reads(self.chance.choice(list(HEADS)), "Hỏi lại một chỗ", "Bác xem lại giúp")

    def _reads(self, head: str, label: str, *then: str) -> None:
        """The officer opens a report, presses a button where there is such, and says what is asked then."""
        self.arrives("Hà", f"xem {HEADS[head]}")
        labels = {b.label: b.data for b in self.recorder.screen("Hà")[-1].parcel.buttons}
        if label in labels:
            self.arrives("Hà", press=labels[label])
            for words in then:
                self.arrives("Hà", words)

    def _extends(self) -> None:
        if (found := self._somebody()) and self.paper[found].first_said is None:
            until = (self.now + timedelta(days=2)).astimezone(LOCAL)
            answer = self._asks(f"gia hạn {HEADS[found[0]]} đến 19:00 {until:%-d/%-m}: lũ")
            if "Đã đợi thêm" in answer and (week := _WEEK.search(answer)):
                self.paper[found[0], int(week.group(1))].due = until.replace(hour=19, minute=0, second=0, microsecond=0)

    def _excuses(self) -> None:
        if (found := self._somebody()) and self.paper[found].first_said is None:
            answer = self._asks(f"khất {HEADS[found[0]]}: đám tang")
            if "khất" in answer and (week := _WEEK.search(answer)):
                self.paper[found[0], int(week.group(1))].excused = True

    def _asks(self, words: str) -> str:
        """What the officer is answered, who says it again until there is an answer."""
        before = len(self.heard)
        for _ in range(5):
            self.arrives("Hà", words)
            if answers := [one.words for one in self.heard[before:] if one.chat == "Hà"]:
                return "\n".join(answers)
        raise AssertionError(f"no answer to {words}")

    def _looks(self) -> None:
        self.arrives("Hà", "bảng")

    def _changes_the_edition(self) -> None:
        """The campaign goes on with other choices; what was planned keeps those it was planned with."""
        if self.editions == 1:
            self.editions = 2
            self._outside(self._adds_an_edition)

    def _outside(self, act: Callable[[Session], object]) -> None:
        """What is done to the database by nobody who could die at it."""
        database = opened(self.url)
        with database.transaction() as session:
            act(session)
        database.close()

    def _adds_an_edition(self, session: Session) -> None:
        campaigns = Store(session, self.now, Random(1)).campaigns
        (campaign,) = campaigns.all()
        old = campaigns.edition(campaign)
        choices = replace(old.choices, figures_at_most=1, reminders=())
        campaigns._add_edition(campaign, Edition(2, old.campaign, choices))

    def _passes(self) -> None:
        """Some time passes, and the program looks at its clock whenever it has to."""
        until = self.now + self.chance.choice([timedelta(minutes=40), timedelta(hours=5), timedelta(hours=11)])
        while (due := self.survives(lambda app: app.timetable.next_moment(self.clock()))) and due < until:
            self.now = due
            self.tick()
        self.now = until
        self.tick()

    def _jumps(self) -> None:
        """The clock jumps forward, as a rehearsal's may."""
        self.now += timedelta(hours=self.chance.choice([20, 36, 72]))
        self.tick()

    def _goes_back(self) -> None:
        """The machine's clock is put back an hour."""
        self.now -= timedelta(hours=1)
        self.tick()

    def _is_gone(self) -> None:
        """The program dies with what it has just decided unsent; hours later it is started again."""
        self.now = self.survives(lambda app: app.timetable.next_moment(self.clock())) or self.now
        self.survives(lambda app: app.timetable.tick(self.clock()))
        since, gone = self.now, timedelta(hours=self.chance.choice([2, 7, 30]))
        self._outside(lambda session: beat(session, since, since))
        self.now += gone
        self._database.close()
        self._app, self._database = self._started()
        self.survives(lambda app: app.timetable.beat(self.clock()))
        for (head, week), paper in self.paper.items():
            due = paper.due or DUE[week]
            if self._knows(head, week):
                continue
            if since < due <= self.now:
                paper.due = due + gone
            elif since < ASKED[week] <= self.now < due and (due - self.now) * 3 < due - ASKED[week]:
                paper.due = due + (self.now - ASKED[week])
        self.tick()

    def _knows(self, head: str, week: int) -> bool:
        """Whether the village's report came, or it was excused, by what the clerk knows."""
        return self.paper[head, week].first_said is not None or self.paper[head, week].excused

    def tick(self) -> None:
        """The program looks at its clock, then does everything that is to be done."""
        self.survives(lambda app: app.timetable.tick(self.clock()))
        self.works()

    def ends(self) -> None:
        """Nothing dies any more; everything is closed, and the officer reads all that came."""
        self.points = Chancy()
        for week in DUE:
            self.now = max(self.now, CLOSED[week] + timedelta(days=3))
            self.tick()
        for head in HEADS:
            for _ in DUE:
                self._reads(head, "Tổng hợp")
