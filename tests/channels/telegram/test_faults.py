"""Telegram on a bad day: 5xx, 429, broken answers and cut connections, by seed, and everything is accounted for.

What the books say is held against what stood on people's screens: nothing that was said is lost or stored twice, what
is called sent has arrived, a reply is repeated once at most and says so, and nothing else is ever repeated by itself.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

import pytest
from aiogram.exceptions import AiogramError
from sqlmodel import select

from bot.channels.channel import Channel, Outcome, Parcel, Retry, Sent
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.send import TelegramChannel
from dialogue.say import Lane
from storage.machine_rows import InboxRow, OutboxRow
from storage.rows import VersionRow
from tests.channels.telegram.stage import TelegramStage
from tests.channels.telegram.test_pace import WORDS, announced
from tests.conftest import Copies
from tests.fakes.telegram.faults import Fault
from tests.stage import opened

RATES = {
    Fault.TOO_MANY: 0.05,
    Fault.SERVER: 0.08,
    Fault.GATEWAY: 0.03,
    Fault.TIMEOUT: 0.03,
    Fault.GARBLED: 0.04,
    Fault.BEFORE: 0.06,
    Fault.AFTER: 0.06,
}
HEADS = ("Hyưh", "Blĕnh", "Krŏng", "Hơñ", "Tâm")
MINUTES = 12  # in which whatever can still go out has gone


pytestmark = pytest.mark.usefixtures("network")


class Counting(TelegramChannel):
    """Counts how often each message stood on a screen because of it, whatever Telegram answered."""

    def __init__(self, stage: "BadDay") -> None:
        super().__init__(stage.network.telegram, stage.folder)
        self._stage = stage

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """As ever."""
        before = self._stage.changes()
        outcome = await super().send(parcel, now)
        came = self._stage.changes() - before
        self._stage.arrived[parcel.outbox, parcel.repeated] += came
        return outcome


@dataclass
class BadDay(TelegramStage):
    """A stage on a network where calls fail by chance once ``breaks`` was called."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.arrived: Counter[tuple[int, bool]] = Counter()

    def breaks(self, seed: int) -> None:
        """From now on."""
        self.fake.faults.chance, self.fake.faults.rates = Random(seed), RATES

    def changes(self) -> int:
        """How often the bot has changed anybody's screen."""
        shown = [one for chat in self.fake.world.chats.values() for one in chat.shown.values() if one.by_bot]
        return sum(1 + one.edited for one in shown)

    def _channel(self) -> Channel:
        return Counting(self)

    async def _polls(self, polling: Polling) -> None:
        """As ``going`` does, without its rests."""
        while self.fake.world.updates:
            with suppress(AiogramError):
                await polling.step()
        self.fake.faults.rates, rates = {}, self.fake.faults.rates
        await super()._polls(polling)
        self.fake.faults.rates = rates

    def rests(self) -> None:
        """Whatever can still go out goes out."""
        for _ in range(MINUTES):
            self.passes(minutes=1)


def burst(copies: Copies, seed: int, asking: int = 12) -> BadDay:
    """Neighbours ask while an announcement goes to all of them."""
    stage = BadDay(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hà", *HEADS)
    announced(stage, asking)
    stage.breaks(seed)
    for number in range(asking):
        chat = stage.fake.people.private(f"N{number}")
        stage.fake.people.says(chat, chat.name, "giúp")
    stage.says("Hyưh", "giúp")
    stage.rests()
    return stage


def week(stage: BadDay) -> None:
    """Two heads report, the others are reminded; the officer gets a digest."""
    for when in ("5/5 18:30", "6/5 7:00", "6/5 18:30", "7/5 18:30", "8/5 18:30", "9/5 8:00"):
        stage.at(when)
        if when == "6/5 7:00":
            stage.says("Hyưh", "150 43 không")
            stage.says("Blĕnh", "95 8 37 không")
        stage.rests()


def books(stage: BadDay) -> tuple[list[InboxRow], list[OutboxRow], int]:
    """What was stored of what people said, what was to be said to them, and how many reports there are."""
    database = opened(stage.url)
    with database.transaction() as session:
        stored, said = list(session.exec(select(InboxRow))), list(session.exec(select(OutboxRow)))
        reports = len(session.exec(select(VersionRow)).all())
        session.expunge_all()
    database.close()
    return stored, said, reports


def accounted(stage: BadDay, reports: int = 0) -> Counter[str]:
    """Hold the books against the screens. Raises AssertionError; what became of all messages."""
    stored, said, submitted = books(stage)
    assert len(stored) == len(stage.fake.world.brought), "lost or stored twice"
    assert {row.state for row in stored} == {"done"}, "not handled"
    assert submitted == reports, "reports lost or doubled"
    answers = Counter(row.answers for row in said if row.answers)
    assert answers.keys() == {row.id for row in stored}, "without an answer"
    for row in said:
        assert row.state in {"sent", "unknown", "superseded"}, f"{row.text} is {row.state}: {row.why}"
        _once(row, stage)
    return Counter(f"{row.lane} {row.state}" for row in said)


def _once(row: OutboxRow, stage: BadDay) -> None:
    anew, marked = stage.arrived[row.id or 0, False], stage.arrived[row.id or 0, True]
    parts = row.part + 1
    assert anew <= parts, f"{row.text} came {anew} times"
    assert row.state != "sent" or row.edits or anew + marked >= 1, f"{row.text} is called sent and was lost"
    if row.lane == Lane.REPLY:
        assert marked <= parts, f"{row.text} was repeated {marked} times"
        assert row.state != "unknown" or row.repeated, f"{row.text} was given up at once"
    else:
        assert not marked, f"{row.text} was repeated by itself"


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.storm) for seed in range(2, 12))])
def test_it_loses_and_doubles_nothing_on_a_bad_day(copies: Copies, seed: int) -> None:
    stage = burst(copies, seed, asking=30)
    week(stage)
    fates = accounted(stage, reports=2)
    assert stage.fake.faults.of.keys() == RATES.keys()
    assert min(fates["reply sent"], fates["bulk sent"]) > 20
    assert fates["bulk unknown"] > 0
    assert sum(times for (_, marked), times in stage.arrived.items() if marked) > 0
    heard = Counter(one.chat for one in stage.shown() if WORDS in one.text and one.chat.startswith("N"))
    assert max(heard.values()) == 1


@pytest.mark.storm
def test_it_meets_the_same_faults_with_the_same_seed(copies: Copies) -> None:
    first, second, other = (_met(copies, seed) for seed in (5, 5, 6))
    assert first == second != other


def _met(copies: Copies, seed: int) -> tuple[Counter[Fault], list[str]]:
    stage = burst(copies, seed)
    return stage.fake.faults.of, [one.text for one in stage.shown()]


def _called_sent(_error: object, _now: datetime) -> Outcome:
    return Sent("1")


def _always_again(_error: object, _now: datetime) -> Outcome:
    return Retry(1.0)


@pytest.mark.parametrize(
    ("sabotage", "seen"),
    [(_called_sent, "called sent and was lost"), (_always_again, "came 2 times")],
)
def test_it_would_see_a_message_that_was_lost_or_doubled(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, sabotage: Callable[..., Outcome], seen: str
) -> None:
    monkeypatch.setattr("bot.channels.telegram.send.outcome", sabotage)
    stage = burst(copies, 1, asking=30)
    with pytest.raises(AssertionError, match=seen):
        accounted(stage)


def test_it_would_see_words_that_telegram_forgot_before_they_were_stored(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Polling.step

    async def forgets(polling: Polling) -> int:
        """As libraries do that move the offset on before their handlers are done."""
        waiting = list(TelegramStage.network.fake.world.updates)
        try:
            return await step(polling)
        except AiogramError:
            polling._offset = waiting[-1]["update_id"] + 1
            raise

    monkeypatch.setattr(Polling, "step", forgets)
    stage = burst(copies, 1, asking=30)
    with pytest.raises(AssertionError, match="lost or stored twice"):
        accounted(stage)
