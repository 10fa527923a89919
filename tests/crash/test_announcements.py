"""An announcement to very many, by a program that is killed at moments of chance, paused and resumed."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from bot import outbox as sending
from bot.app import App
from bot.planning import plan_one
from campaigns.announcement import Fate, Recipient, State, Step
from campaigns.authority import Role
from campaigns.ids import Id
from handlers.announcement_status import status
from handlers.join import NOTICE
from storage import outbox
from storage.announcement_rows import DeliveryRow
from storage.announcements import Announcements
from storage.rows import PersonRow
from storage.store import Store
from tests.conftest import ON_POSTGRES, Copies
from tests.crash.mortal import Died, Points, World
from tests.stage import BOT, Stage, local, opened

WORDS = "Mai họp ở nhà rông xã lúc 8 giờ."
NOW = local("5/5 18:35")
STEPS_AT_MOST = 6_000


@dataclass
class Chancy(Points):
    """Kills at moments of chance instead of at one point."""

    chance: Random | None = None

    def reach(self, name: str) -> None:
        """Pass a point, or die there: once in a hundred and fifty."""
        if self.chance and self.chance.random() < 1 / 150:
            raise Died(name)


def prepared(heads: int, copies: Copies, kind: str) -> str:
    """So many people who have a chat; every tenth has none and can only be phoned."""
    url = copies.copy(kind)
    Stage(url, copies.invitations).joins("Hà")
    database = opened(url)
    with database.transaction() as session:
        store = Store(session, NOW, Random(1), BOT)
        root = store.people.roots()[0]
        for number in range(heads):
            person = store.roster.add_person(f"Người {number}", f"N{number}", "bác")
            store.roster.give_role(person.id, Role.REPORTER, root.id)
            if number % 10:
                code = store.invitations.opened_by(store.invitations.invite(person.id))
                assert code
                store.invitations.join(store.people.account_in(BOT, f"chat-{number}"), code, NOTICE)
    database.close()
    return url


class Announced:
    """One announcement on its way, with what reached whom and what the program says became of it."""

    def __init__(self, url: str, heads: int, seed: int) -> None:
        self.chance = Random(seed)
        self.heads = heads
        self.world = World(url, Chancy(), [])
        self._url = url
        self._announcement = self._sent()
        self.world.points = Chancy(chance=self.chance)
        self.paused = 0

    def _sent(self) -> Id:
        database = opened(self._url)
        with database.transaction() as session:
            store = Store(session, NOW, Random(2), BOT)
            officer = session.exec(select(PersonRow).where(PersonRow.called == "Hà")).one()
            store.acts(Id(officer.id))
            people = session.exec(select(PersonRow.id).where(PersonRow.name.startswith("Người"))).all()
            recipients = [Recipient(person=Id(one)) for one in people]
            sent = store.announcements.send(store.campaigns.all()[0], WORDS, "all", recipients, "token")
            account = store.people.account_of(Id(officer.id))
            plan_one(session, store, account, status(sent, store), NOW)
        database.close()
        self.world.works()
        return sent.id

    def goes_on(self) -> None:
        """Until it is finished: a little sending, a step, now and then a pause."""
        for _ in range(STEPS_AT_MOST):
            self.world.now += timedelta(seconds=3)
            self.world.survives(lambda app: asyncio.run(self._sends(app, self.chance.randint(1, 40))))
            self.world.survives(lambda app: app.announcing.step(self.world.clock()))
            if self.chance.random() < 0.3:
                self._pauses()
            if self.state() is State.FINISHED:
                self.world.works()
                return
        raise AssertionError("it is never finished")

    async def _sends(self, app: App, messages: int) -> None:
        for _ in range(messages):
            if not await app.outbox.send_next(self.world.clock):
                return

    def _pauses(self) -> None:
        """While it is paused nothing goes out."""
        if not self._steps(Step.PAUSE):
            return
        self.paused += 1
        before = len(self.reached())
        self.world.works()
        self.world.survives(lambda app: app.announcing.step(self.world.clock()))
        assert len(self.reached()) == before
        self._steps(Step.RESUME)

    def _steps(self, step: Step) -> bool:
        database = opened(self._url)
        with database.transaction() as session:
            store = Store(session, NOW, Random(3), BOT)
            announcement = store.announcements.announcement(self._announcement)
            assert announcement
            possible = announcement.state in (State.SENDING, State.PAUSED)
            if possible:
                store.announcements.step(announcement, step)
        database.close()
        return possible

    def state(self) -> State:
        """Where the program says it stands."""
        database = opened(self._url)
        with database.transaction() as session:
            announcement = Store.reading(session).announcements.announcement(self._announcement)
        database.close()
        assert announcement
        return announcement.state

    def reached(self) -> Counter[str]:
        """How often it was accepted for whom."""
        return Counter(one.chat for one in self.world.log if WORDS in one.text and one.chat.startswith("chat-"))

    def fates(self) -> dict[str, str]:
        """What the program says became of each copy, by the name in the person's greeting."""
        database = opened(self._url)
        with database.transaction() as session:
            rows = session.exec(select(DeliveryRow, PersonRow).where(DeliveryRow.person_id == PersonRow.id)).all()
            fates = {person.called.replace("N", "chat-"): row.fate for row, person in rows}
        database.close()
        return fates

    def check(self) -> None:
        """Everybody has one final fate, and it is what happened."""
        reached, fates = self.reached(), self.fates()
        assert len(fates) == self.heads
        assert not [chat for chat, times in reached.items() if times > 1], "somebody got it twice"
        final = {chat for chat, fate in fates.items() if fate in (Fate.SENT, Fate.UNKNOWN, Fate.PHONE)}
        assert final == set(fates), "a fate is not final"
        assert {chat for chat, fate in fates.items() if fate == Fate.PHONE} == {
            f"chat-{number}" for number in range(0, self.heads, 10)
        }
        assert all(reached[chat] == 1 for chat, fate in fates.items() if fate == Fate.SENT), "said to be sent"
        done = [one.text for one in self.world.log if one.chat == "Hà" and "xong." in one.text]
        assert len(done) == 1, "finished is said once"
        self._check_screen()
        assert f"Đã đến {sum(fate == Fate.SENT for fate in fates.values())}/{self.heads}" in done[0]

    def _check_screen(self) -> None:
        """What Hà followed it on renewed itself, and is not left as if it still went on."""
        renewed = [one.text for one in self.world.log if one.chat == "Hà" and one.edit and "đang gửi" in one.text]
        assert renewed
        followed = [message.text for message in self.world.recorder.screen("Hà") if "Thông báo «" in message.text]
        assert ["đang gửi" in text for text in followed] == [False, False], followed


def announced(copies: Copies, kind: str, heads: int, seed: int) -> Announced:
    """An announcement that has come to its end, and was checked."""
    url = copies.of(kind, f"{heads} heads", lambda made, of: prepared(heads, made, of))
    found = Announced(url, heads, seed)
    found.goes_on()
    found.world.close()
    found.check()
    copies.drop(url)
    return found


def test_it_reaches_everybody_once_whenever_it_is_killed(copies: Copies) -> None:
    found = announced(copies, "sqlite", 100, 1)
    assert found.world.deaths > 1
    assert found.paused > 0


@pytest.mark.storm
@pytest.mark.parametrize("kind", ["sqlite", ON_POSTGRES])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_reaches_three_thousand_once_whenever_it_is_killed(copies: Copies, kind: str, seed: int) -> None:
    found = announced(copies, kind, 3_000, seed)
    assert found.world.deaths > 30


def _again(row: Any, channel: Any, now: Any) -> None:
    outbox.put_back(row, now)


def test_it_would_reach_somebody_twice_if_what_is_unknown_were_sent_again(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_decide_unknown", _again)
    with pytest.raises(AssertionError, match="twice"):
        announced(copies, "sqlite", 100, 1)


def test_it_would_be_called_finished_too_early_without_looking_at_every_fate(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    fates = Announcements.fates

    def nobody_waits(self: Announcements, announcement: Id) -> Counter[str]:
        return Counter({fate: many for fate, many in fates(self, announcement).items() if fate != Fate.WAITING})

    monkeypatch.setattr(Announcements, "fates", nobody_waits)
    with pytest.raises(AssertionError, match="not final"):
        announced(copies, "sqlite", 100, 1)
