"""The menu of commands beside the keyboard: everybody's own, and what could not be shown is shown later."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from aiogram.exceptions import AiogramError

from bot.bell import Bell
from bot.channels.line import Receiver
from bot.channels.telegram.menu import Menus
from bot.clock import Clock
from bot.outbox import inline
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.refused import Refused
from tests.stage import BOT

HEAD = ["baocao", "sua", "neuguong", "thoi", "giup"]
OFFICER = ["bang", "nhactatca", "thongbao", "guong", "viec", "ketqua", "nguoi", "nhom", "giup"]


@pytest.fixture
def step(stage: TelegramStage) -> Iterator[Callable[[], bool]]:
    """The program looks once whose menu is another."""
    app, database = stage.program()
    receiver = Receiver(app.inbox, Clock(machine=lambda: stage.now), inline, Bell(), app.database)
    menus = Menus(stage.network.telegram, BOT, receiver)
    yield lambda: stage.network.runner.run(menus.step())
    database.close()


def menu(stage: TelegramStage, name: str) -> list[str]:
    """The commands that somebody sees."""
    return [one["command"] for one in stage.fake.people.private(name).commands]


def test_it_shows_everybody_the_commands_of_their_roles(stage: TelegramStage, step: Callable[[], bool]) -> None:
    assert step() is False
    assert menu(stage, "Hyưh") == HEAD
    assert menu(stage, "Hà") == OFFICER


def test_it_shows_each_menu_once(stage: TelegramStage, step: Callable[[], bool]) -> None:
    step()
    step()
    scopes = [json.loads(call.given["scope"])["type"] for call in stage.fake.calls]
    assert scopes == ["default", "chat", "chat"]


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BEFORE, Fault.SERVER])
def test_it_shows_later_what_could_not_be_asked_now(
    stage: TelegramStage, step: Callable[[], bool], fault: Fault, at: int
) -> None:
    stage.fake.faults.next = [*[None] * at, fault]
    with pytest.raises(AiogramError):
        step()
    step()
    assert menu(stage, "Hyưh") == HEAD
    assert menu(stage, "Hà") == OFFICER
    assert len(stage.fake.calls) == 3


@pytest.mark.parametrize("fault", [Fault.SERVER, Fault.GATEWAY, Fault.TIMEOUT, Fault.GARBLED])
def test_it_shows_the_others_theirs_where_one_chats_menu_fails(
    stage: TelegramStage, step: Callable[[], bool], fault: Fault
) -> None:
    stage.fake.faults.next = [None, fault]
    with pytest.raises(AiogramError):
        step()
    assert [menu(stage, "Hyưh"), menu(stage, "Hà")].count([]) == (fault is not Fault.GARBLED)
    step()
    assert menu(stage, "Hyưh") == HEAD
    assert menu(stage, "Hà") == OFFICER


@pytest.mark.parametrize("failing", ["Hyưh", "Hà"])
@pytest.mark.parametrize("refused", [Refused(500, "Internal Server Error"), Refused(429, "Too Many", retry_after=7)])
def test_it_holds_nobody_up_for_a_chat_that_fails_again_and_again(
    stage: TelegramStage, step: Callable[[], bool], monkeypatch: pytest.MonkeyPatch, failing: str, refused: Refused
) -> None:
    monkeypatch.setattr("bot.channels.telegram.menu.AT_ONCE", 1)
    table, number = stage.fake.methods.table, stage.fake.people.private(failing).id
    shows = table["setMyCommands"]

    def fails(given: Mapping[str, Any]) -> Any:
        if json.loads(given["scope"]).get("chat_id") == number:
            raise refused
        return shows(given)

    table["setMyCommands"] = fails
    for _ in range(3):
        with suppress(AiogramError):
            step()
    shown = {"Hyưh": HEAD, "Hà": OFFICER} | {failing: []}
    assert {name: menu(stage, name) for name in shown} == shown
    table["setMyCommands"] = shows
    step()
    assert menu(stage, failing) == {"Hyưh": HEAD, "Hà": OFFICER}[failing]


def test_it_lets_nobody_who_is_not_there_stand_before_the_others(
    stage: TelegramStage, step: Callable[[], bool]
) -> None:
    for name in ("Blĕnh", "Krŏng"):
        stage.joins(name)
        del stage.fake.world.chats[stage.fake.people.private(name).id]
    step()
    assert menu(stage, "Hyưh") == HEAD
    assert menu(stage, "Hà") == OFFICER
    asked = len(stage.fake.calls)
    step()
    assert len(stage.fake.calls) == asked == 5
