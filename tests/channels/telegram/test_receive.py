"""What Telegram brings becomes what the program knows, once, in order, whichever way and however often it comes."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest
from aiohttp import ClientSession, web

from bot.channels.telegram.line import Webhook
from storage.database import Database
from storage.migrate import migrate
from storage.store import Store
from tests.channels.telegram.incoming import answers, comes, gone, handled, line, rows
from tests.channels.telegram.stage import Network, TelegramStage
from tests.conftest import Copies
from tests.fakes.telegram.world import Chat
from tests.stage import BOT


def test_it_stores_before_it_lets_telegram_forget(
    stage: TelegramStage, hyuh: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    app, database = stage.program()
    with monkeypatch.context() as broken:
        broken.setattr(app.inbox, "receive", _full_disk)
        with pytest.raises(OSError, match="full"):
            stage.polls(app)
    database.close()
    assert [one["message"]["text"] for one in stage.fake.world.updates] == ["giúp"]
    assert len(comes(stage)) == 1
    assert comes(stage) == []


def _full_disk(*_: object) -> None:
    raise OSError("full")


def test_it_takes_an_update_of_an_unknown_shape_for_nothing(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.world.updates.append({"update_id": 5, "message": {"message_id": "what?"}})
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    stage.fake.checking = False
    assert len(comes(stage)) == 1
    stage.fake.checking = True


@pytest.mark.parametrize("kind", ["message_reaction", "poll", "chat_boost", "business_message", "something_of_2030"])
def test_it_lets_updates_of_kinds_that_it_never_asked_for_go_by(stage: TelegramStage, hyuh: Chat, kind: str) -> None:
    stage.fake.checking = False
    stage.fake.world.allowed = None
    stage.fake.world.happen(kind, {"chat": hyuh.short, "x": [{"y": None}]})
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    assert len(comes(stage)) == 1
    assert [words for _, words, _ in rows(stage)] == ["giúp"]
    stage.fake.checking = True


@pytest.mark.parametrize(
    "data", ["\x00", "a:\x00:\x00", "²", "report.correct_so::²", "d:x:²", "b:", ":" * 64, "\ud800"]
)
def test_it_survives_whatever_a_press_says(either: TelegramStage, data: str) -> None:
    either.at("5/5 18:30")
    either.says("Hyưh", "báo cáo")
    either.fake.people.presses(either.fake.people.private("Hyưh"), "Hyưh", data)
    assert comes(either)
    assert handled(either) == {"done"}


@pytest.mark.parametrize("command", ["/start", "/start@ThiDuaBot"])
def test_it_reads_a_deep_link_as_the_code_typed(stage: TelegramStage, command: str) -> None:
    blenh = stage.fake.people.private("Blĕnh")
    stage.fake.people.says(blenh, "Blĕnh", f"{command} {stage.codes['Blĕnh']}")
    assert "Blĕnh" in comes(stage)[0]
    assert "Đồng ý" in [key["text"] for shown in blenh.shown.values() for key in shown.buttons]


GARBAGE = ["gui", "150", "thoi", "dong_y", "0", "1", "12345678-9", "x" * 64, "١٢٣٤٥٦٧٨", "1234 5678 150"]


@pytest.mark.parametrize("payload", GARBAGE)
def test_it_lets_no_link_speak_for_who_presses_it(stage: TelegramStage, hyuh: Chat, payload: str) -> None:
    stage.at("5/5 18:30")
    stage.says("Hyưh", "báo cáo")
    before = answers(stage)
    stage.fake.people.says(hyuh, "Hyưh", f"/start {payload}")
    comes(stage)
    assert answers(stage) == before
    assert rows(stage)[-1] == ("text", "/start", 0)


def test_it_answers_a_press_at_once_and_never_stores_that(stage: TelegramStage, hyuh: Chat) -> None:
    query = stage.fake.people.presses(hyuh, "Hyưh", "x:1")
    comes(stage)
    assert stage.fake.world.queries[query] is True
    assert [row[0] for row in rows(stage)] == ["press"]


def test_it_is_seen_typing_while_a_photo_is_fetched(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo")
    comes(stage)
    assert hyuh.actions == ["typing"]


def test_it_knows_who_blocked_it_until_they_write_again(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.becomes(hyuh, "Hyưh", "kicked")
    comes(stage)
    assert gone(stage, hyuh)
    stage.fake.people.becomes(hyuh, "Hyưh", "member")
    comes(stage)
    assert not gone(stage, hyuh)


def test_it_takes_a_shared_number_as_the_answer(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.shares_number(hyuh, "Hyưh", "84905000101")
    comes(stage, run=False)
    assert rows(stage) == [("text", "84905000101", 0)]


@pytest.mark.parametrize("on_telegram", [True, False])
def test_it_takes_no_neighbours_number_for_ones_own(stage: TelegramStage, hyuh: Chat, on_telegram: bool) -> None:
    stage.fake.people.shares_contact(hyuh, "Hyưh", "84905000999", "Blĕnh", on_telegram=on_telegram)
    assert "đọc được chữ và ảnh" in comes(stage)[0]
    assert rows(stage) == [("contact", "", 0)]


@pytest.fixture
def unclaimed(copies: Copies, network: Network) -> Iterator[TelegramStage]:
    """A program that nobody has claimed; Mai has been asked for her telephone number."""
    url = copies.empty("sqlite")
    database = Database(url)
    migrate(database)
    stage = TelegramStage(url, [])
    with database.transaction() as session:
        code = Store(session, stage.now, Random(1), BOT).offices.offer_claim()
    database.close()
    for words in (code, "xã", "Lơ Ku", "cô Nguyễn Thị Mai"):
        stage.says("Mai", words)
    yield stage
    copies.drop(url)


def test_it_asks_for_ones_own_number_until_it_is_given(unclaimed: TelegramStage) -> None:
    mai = unclaimed.fake.people.private("Mai")
    asked = next(shown for shown in reversed(mai.shown.values()) if shown.by_bot)
    assert any(key.get("request_contact") for key in asked.buttons)
    unclaimed.fake.people.shares_contact(mai, "Mai", "84905000999", "Blĕnh")
    assert "Số điện thoại" in comes(unclaimed)[-1]
    unclaimed.fake.people.shares_number(mai, "Mai", "84905000201")
    told = comes(unclaimed)[-1]
    assert "cô Nguyễn Thị Mai, 0905 000 201" in told
    assert "999" not in told


def test_it_is_called_by_telegram_and_acknowledges_only_what_is_stored(stage: TelegramStage, hyuh: Chat) -> None:
    app, database = stage.program()
    receive, refuse = app.inbox.receive, [True, True]

    def stumbles(*arguments: object) -> object:
        if refuse:
            refuse.pop()
            raise OSError("full")
        return receive(*arguments)  # type: ignore[arg-type]

    app.inbox.receive = stumbles  # type: ignore[method-assign, assignment]

    async def serves() -> int:
        made, receiver = line(stage, app)
        site = web.Application()
        site.add_routes(made.routes(receiver))
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made._webhook = Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}", "a-secret-of-ours")
        forged = await _posted(f"{made._webhook.url}{made.path}", "guess")
        await made.introduce()
        stage.fake.people.says(hyuh, "Hyưh", "giúp")
        async with asyncio.timeout(10):
            while stage.fake.world.updates:  # noqa: ASYNC110  # they go in another thread
                await asyncio.sleep(0.02)
        await runner.cleanup()
        await made._telegram.session.close()
        return forged

    assert asyncio.run(serves()) == 403
    assert not refuse
    assert rows(stage) == [("text", "giúp", 0)]
    stage.fake.methods.webhook.clear()
    database.close()


async def _posted(url: str, secret: str) -> int:
    async with ClientSession() as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with session.post(url, json={"update_id": 1}, headers=headers) as answer:
            return answer.status
