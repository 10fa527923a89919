"""As fast as Telegram permits and never faster: an announcement to very many, with a reply in the middle of it."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlmodel import select

from bot.app import App
from bot.channels.recorder.channel import Recorder
from bot.channels.telegram.send import PACE, TELEGRAM
from bot.clock import Now
from bot.outbox import Outbox
from bot.planning import plan_one
from bot.rendering import Renderer
from campaigns.announcement import Recipient
from campaigns.authority import Role
from campaigns.ids import Id
from config.texts import Texts
from dialogue.say import Lane, Say
from handlers.join import NOTICE
from storage.database import Database
from storage.machine_rows import OutboxRow
from storage.rows import PersonRow
from storage.store import Store
from tests.channels.telegram.stage import TelegramStage
from tests.conftest import ON_POSTGRES, Copies
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.limits import Limits
from tests.stage import BOT, Stage, opened

WORDS = "Mai họp ở nhà rông xã lúc 8 giờ."
PERMITTED = 30


pytestmark = pytest.mark.usefixtures("quick_network")


def announced(stage: TelegramStage, heads: int) -> None:
    """So many heads on Telegram, and an announcement to all of them."""
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(1), BOT)
        root = store.people.roots()[0]
        for number in range(heads):
            person = store.roster.add_person(f"Người {number}", f"N{number}", "bác")
            store.roster.give_role(person.id, Role.REPORTER, root.id)
            code = store.invitations.opened_by(store.invitations.invite(person.id))
            assert code
            store.invitations.join(store.people.account_in(BOT, stage.address(f"N{number}")), code, NOTICE)
        officer = session.exec(select(PersonRow).where(PersonRow.called == "Hà")).one()
        store.acts(Id(officer.id))
        people = session.exec(select(PersonRow.id).where(PersonRow.name.startswith("Người"))).all()
        recipients = [Recipient(person=Id(one)) for one in people]
        store.announcements.send(store.campaigns.all()[0], WORDS, "all", recipients, "token")
    database.close()


class Sender:
    """A program that sends with the machine's clock in a test's hand."""

    def __init__(self, stage: TelegramStage) -> None:
        self.stage = stage
        self.app: App
        self.app, self.database = stage.program()

    def goes_on(self, until: int) -> None:
        """Send until so many have been accepted, or nothing is left."""
        self.stage.network.runner.run(self._goes_on(until))

    async def _goes_on(self, until: int) -> None:
        limits = self.stage.fake.limits
        while len(self.stage.fake.calls) + limits.refused < until:
            if await self.app.outbox.send_next(self.stage.clock):
                continue
            if self.app.announcing.step(self.stage.clock()):
                continue
            opens = await self.app.outbox.opens_in(BOT, self.stage.clock())
            if opens is None:
                return
            self.stage.waited += timedelta(seconds=opens + 0.0005)


def reaches(heads: int, copies: Copies) -> None:
    """Everybody hears once, nothing is refused, at the rate that is permitted; who asks is answered within a second."""
    stage = TelegramStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hà", "Hyưh")
    announced(stage, heads)
    sender = Sender(stage)
    sender.goes_on(heads // 2)
    asked = stage.clock().machine
    stage.fake.people.says(stage.fake.people.private("Hyưh"), "Hyưh", "giúp")
    stage.polls(sender.app)
    assert sender.app.inbox.take_turn(stage.clock())
    sender.goes_on(heads * 2)
    sender.database.close()

    heard = Counter(one.chat for one in stage.shown() if WORDS in one.text and one.chat.startswith("N"))
    assert heard == {f"N{number}": 1 for number in range(heads)}
    assert stage.fake.limits.refused == 0
    sent = sorted(call.at for call in stage.fake.calls if call.ok and call.method == "sendMessage")
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 0.97 * PERMITTED
    answer = next(message for message in stage.recorder.screen("Hyưh") if "BÁO CÁO" in message.text)
    assert answer.at - asked <= timedelta(seconds=1)


def test_it_reaches_a_hundred_at_the_permitted_rate(copies: Copies) -> None:
    reaches(100, copies)


@pytest.mark.storm
def test_it_reaches_three_thousand_at_the_permitted_rate(copies: Copies) -> None:
    reaches(3_000, copies)


def test_it_keeps_to_what_a_group_takes_for_longer_than_a_minute(copies: Copies) -> None:
    stage = TelegramStage(copies.copy("sqlite"), copies.invitations)
    database = Database(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(1), BOT)
        account = store.people.account_in(BOT, stage.address("Nhóm làng"), group=True)
        for number in range(25):
            say = Say("help.nothing_open", {}, lane=Lane.BULK, key=f"k{number}")
            plan_one(session, store, account, say, stage.now)
    database.close()
    sender = Sender(stage)
    sender.goes_on(26)
    sender.database.close()
    assert stage.fake.limits.refused == 0
    assert len(stage.fake.people.group("Nhóm làng").shown) == 25
    assert 60 < stage.fake.calls[-1].at - stage.fake.calls[0].at < 90


def test_it_loses_no_attempt_to_telegrams_asking_it_to_wait(copies: Copies) -> None:
    stage = TelegramStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hyưh")
    stage.fake.people.says(stage.fake.people.private("Hyưh"), "Hyưh", "giúp")
    sender = Sender(stage)
    stage.polls(sender.app)
    assert sender.app.inbox.take_turn(stage.clock())
    stage.fake.faults.next = [Fault.TOO_MANY]
    assert stage.network.runner.run(sender.app.outbox.send_next(stage.clock))
    assert _fates(sender.database) == [("new", 0)]
    assert stage.network.runner.run(sender.app.outbox.send_next(stage.clock)) is False
    sender.goes_on(1000)
    assert _fates(sender.database) == [("sent", 1)]
    assert len(stage.screen("Hyưh")) == 1
    assert timedelta(seconds=7) <= stage.waited < timedelta(seconds=8)
    sender.database.close()


def _fates(database: Database) -> list[tuple[str, int]]:
    """What became of each message, and how many attempts that cost."""
    with database.transaction() as session:
        return [(row.state, row.tries) for row in session.exec(select(OutboxRow))]


@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
def test_it_keeps_the_pace_together_with_another_process(copies: Copies, kind: str) -> None:
    """Two programs claim in turns of chance, late or early by some milliseconds; no call is one too many."""
    stage = Stage(copies.copy(kind), copies.invitations)
    database, limits, chance = Database(stage.url), Limits(), Random(5)
    _planned(database, stage)
    abilities = replace(TELEGRAM, pace=PACE)
    senders = [Outbox(database, {BOT: Recorder(abilities)}, Renderer(Texts()), holder=f"p{n}") for n in range(2)]
    at, sent = stage.now, 0

    async def goes_on() -> int:
        nonlocal at
        sent = 0
        for _ in range(500):
            at += timedelta(milliseconds=chance.uniform(0, 40))
            parcel = await chance.choice(senders).claim(BOT, Now(stage.now, at))
            if parcel is None:
                continue
            group = parcel.chat.startswith("Nhóm")
            limits.take(hash(parcel.chat), at.timestamp() + chance.uniform(0, 0.015), group=group)
            sent += 1
        return sent

    sent = asyncio.run(goes_on())
    database.close()
    assert sent > 150
    assert limits.refused == 0


def _planned(database: Database, stage: Stage) -> None:
    """Many messages for some chats and a group, few for many."""
    with database.transaction() as session:
        store = Store(session, stage.now, Random(1), BOT)
        chats = [*["Hyưh"] * 10, *["Nhóm"] * 10, *(f"chat {n}" for n in range(300))]
        for number, chat in enumerate(chats):
            account = store.people.account_in(BOT, chat, group=chat == "Nhóm")
            say = Say("help.nothing_open", {}, lane=Lane.BULK, key=f"k{number}")
            plan_one(session, store, account, say, stage.now)
