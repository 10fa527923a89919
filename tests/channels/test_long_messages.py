"""A long message is sent part by part; a program that dies in between goes on with the next part."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from bot.app import build
from bot.channels.channel import Parcel
from bot.channels.recorder.channel import Recorder
from bot.clock import Now
from bot.planning import plan_one
from dialogue.capabilities import BARE
from dialogue.say import Say, person
from storage.database import Database
from storage.store import Store
from tests.stage import BOT, Stage

LONG = " ".join(f"Câu thứ {n}." for n in range(1, 31))
SHORT = replace(BARE, text_limit=120)


class Died(BaseException):
    """The process is gone."""


def lives(parcel: Parcel) -> None:
    """Nothing happens."""


def dies_at_third(parcel: Parcel) -> None:
    if "Câu thứ 30." not in parcel.text and "Câu thứ 20." in parcel.text:
        raise Died


@pytest.fixture
def planned(set_stage: Callable[..., Stage]) -> Stage:
    """Hyưh is to be told something long, then something short."""
    stage = set_stage(profile="bare")
    stage.joins("Hyưh")
    database = Database(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(1), BOT)
        account = store.people.account_of_chat(BOT, "Hyưh")
        assert account
        assert account.person
        values = {"said": LONG, "by": person(account.person)}
        plan_one(session, store, account, Say("announcement.message", values), stage.now)
        plan_one(session, store, account, Say("help.nothing_open", {}), stage.now)
    database.close()
    return stage


def sends(stage: Stage, recorder: Recorder) -> None:
    """A new program sends until there is nothing left."""
    database = Database(stage.url)
    app = build(database, {BOT: recorder}, Random(2))
    now = Now(stage.now, stage.now)
    app.outbox.recover(now, starting=True)

    async def all_of_it() -> None:
        while await app.outbox.send_next(lambda: now):
            pass

    try:
        asyncio.run(all_of_it())
    finally:
        database.close()


def numbers(recorder: Recorder) -> list[str]:
    """The sentences that reached the person, in order."""
    return [
        word for m in recorder.delivered for word in m.text.replace("\n", " ").split() if word.rstrip(".").isdigit()
    ]


def test_it_goes_on_with_the_next_part_after_a_death(planned: Stage) -> None:
    recorder = Recorder(SHORT, before=dies_at_third)
    with pytest.raises(Died):
        sends(planned, recorder)
    assert 1 <= len(recorder.delivered) < 4
    recorder.before = lives
    sends(planned, recorder)
    assert numbers(recorder) == [f"{n}." for n in range(1, 31)]
    assert "Không có việc gì đang dở" in recorder.delivered[-1].text
    assert all(len(message.text) <= 120 for message in recorder.delivered)
