"""The fake is Telegram to both of its clients: the same contract through aiogram and python-telegram-bot."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.channels.telegram.clients import CLIENTS, Client, Failed, connected
from tests.channels.telegram.conftest import Hand
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.world import SUPERGROUP, Chat

Act = Callable[[Client], Awaitable[Any]]
KEYS = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "a"}]]}


@pytest.fixture(params=list(CLIENTS))
def play(request: pytest.FixtureRequest, fake: FakeTelegram, hand: Hand) -> Callable[[Act], Any]:
    """Play something through a client."""

    def played(act: Act) -> Any:
        async def go() -> Any:
            async with connected(request.param, fake) as client:
                return await act(client)

        return asyncio.run(go())

    return played


@pytest.fixture
def hyuh(fake: FakeTelegram) -> Chat:
    """Hyưh has written to the bot; nothing of that waits."""
    chat = fake.people.private("Hyưh")
    fake.people.says(chat, "Hyưh", "/start")
    fake.world.updates.clear()
    return chat


async def refused(client: Client, method: str, **given: Any) -> Failed:
    """How Telegram refuses this."""
    with pytest.raises(Failed) as failed:
        await client.call(method, **given)
    return failed.value


def test_it_knows_the_bot(play: Callable[[Act], Any]) -> None:
    assert play(lambda client: client.call("getMe"))["username"] == "ThiDuaBot"


def test_it_brings_updates_again_until_a_later_offset_confirms_them(
    play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat
) -> None:
    for words in ("một", "hai", "ba"):
        fake.people.says(hyuh, "Hyưh", words)

    async def act(client: Client) -> None:
        first = await client.call("getUpdates", timeout=0)
        again = await client.call("getUpdates", timeout=0, offset=first[0]["update_id"])
        after = await client.call("getUpdates", timeout=0, offset=first[1]["update_id"], limit=1)
        assert [one["message"]["text"] for one in first] == ["một", "hai", "ba"]
        assert again == first
        assert [one["message"]["text"] for one in after] == ["hai"]
        assert await client.call("getUpdates", timeout=0, offset=first[2]["update_id"] + 1) == []

    play(act)
    assert fake.world.updates == []


def test_it_takes_texts_up_to_4096_after_their_marks(play: Callable[[Act], Any], hyuh: Chat) -> None:
    async def act(client: Client) -> None:
        said = await client.call("sendMessage", chat_id=hyuh.id, text=f"<b>{'ă' * 4096}</b>", parse_mode="HTML")
        assert len(said["text"]) == 4096
        assert [(one["type"], one["length"]) for one in said["entities"]] == [("bold", 4096)]
        long = await refused(client, "sendMessage", chat_id=hyuh.id, text="🌾" * 2049)
        assert (long.kind, "message is too long" in long.said) == ("bad", True)
        empty = await refused(client, "sendMessage", chat_id=hyuh.id, text=" \n ")
        assert "text is empty" in empty.said

    play(act)


@pytest.mark.parametrize(("marked", "why"), [("<b>a", "end tag"), ("a</b>", "unexpected end tag"), ("<x>a</x>", "tag")])
def test_it_refuses_marks_that_do_not_fit(play: Callable[[Act], Any], hyuh: Chat, marked: str, why: str) -> None:
    async def act(client: Client) -> None:
        failed = await refused(client, "sendMessage", chat_id=hyuh.id, text=marked, parse_mode="HTML")
        assert failed.kind == "bad"
        assert "parse entities" in failed.said
        assert why in failed.said

    play(act)


def test_it_edits_what_changes_and_refuses_what_does_not(play: Callable[[Act], Any], hyuh: Chat) -> None:
    async def act(client: Client) -> None:
        said = await client.call("sendMessage", chat_id=hyuh.id, text="một", reply_markup=KEYS)
        here = {"chat_id": hyuh.id, "message_id": said["message_id"]}
        await client.call("editMessageText", **here, text="hai", reply_markup=KEYS)
        same = await refused(client, "editMessageText", **here, text="hai", reply_markup=KEYS)
        gone = await refused(client, "editMessageText", chat_id=hyuh.id, message_id=99_999, text="ba")
        assert "message is not modified" in same.said
        assert "message to edit not found" in gone.said

    play(act)
    assert [one.text for one in hyuh.shown.values() if one.by_bot] == ["hai"]


def test_it_takes_an_answer_to_a_press_once(play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat) -> None:
    query = fake.people.presses(hyuh, "Hyưh", "a:1")

    async def act(client: Client) -> None:
        await client.call("answerCallbackQuery", callback_query_id=query)
        again = await refused(client, "answerCallbackQuery", callback_query_id=query)
        unknown = await refused(client, "answerCallbackQuery", callback_query_id="17")
        assert again.said == unknown.said
        assert "query id is invalid" in again.said

    play(act)


def test_it_takes_64_bytes_behind_a_key(play: Callable[[Act], Any], hyuh: Chat) -> None:
    async def act(client: Client) -> None:
        for data, fits in (("a" * 64, True), ("ă" * 33, False)):
            keys = {"inline_keyboard": [[{"text": "Gửi", "callback_data": data}]]}
            if fits:
                await client.call("sendMessage", chat_id=hyuh.id, text="một", reply_markup=keys)
            else:
                failed = await refused(client, "sendMessage", chat_id=hyuh.id, text="một", reply_markup=keys)
                assert "button_data_invalid" in failed.said

    play(act)


def test_it_lets_thirty_pass_in_any_second(play: Callable[[Act], Any], fake: FakeTelegram, hand: Hand) -> None:
    chats = [fake.people.private(f"Người {n}") for n in range(40)]
    for chat in chats:
        chat.bot = "open"

    async def act(client: Client) -> None:
        for chat in chats[:30]:
            await client.call("sendMessage", chat_id=chat.id, text="một")
            hand.at += 0.03
        failed = await refused(client, "sendMessage", chat_id=chats[30].id, text="một")
        assert (failed.kind, failed.retry_after) == ("retry", 1)
        hand.at += 0.1 + 0.0001
        await client.call("sendMessage", chat_id=chats[30].id, text="một")

    play(act)


def test_it_lets_one_pass_a_second_in_a_chat_after_three(
    play: Callable[[Act], Any], fake: FakeTelegram, hand: Hand, hyuh: Chat
) -> None:
    async def act(client: Client) -> None:
        for _ in range(3):
            await client.call("sendMessage", chat_id=hyuh.id, text="một")
        hand.at += 0.9
        assert (await refused(client, "sendMessage", chat_id=hyuh.id, text="một")).kind == "retry"
        hand.at += 0.1
        await client.call("sendMessage", chat_id=hyuh.id, text="một")
        assert (await refused(client, "sendMessage", chat_id=hyuh.id, text="một")).kind == "retry"

    play(act)


def test_it_lets_twenty_pass_in_a_group_in_any_minute(
    play: Callable[[Act], Any], fake: FakeTelegram, hand: Hand
) -> None:
    group = fake.people.group("Nhóm", SUPERGROUP)

    async def act(client: Client) -> None:
        for _ in range(20):
            await client.call("sendMessage", chat_id=group.id, text="một")
            hand.at += 2.0
        failed = await refused(client, "sendMessage", chat_id=group.id, text="một")
        assert (failed.kind, failed.retry_after) == ("retry", 20)
        hand.at += 20.0
        await client.call("sendMessage", chat_id=group.id, text="một")

    play(act)


def test_it_tells_where_a_group_has_moved(play: Callable[[Act], Any], fake: FakeTelegram) -> None:
    group = fake.people.group("Nhóm")
    new = fake.people.grows(group)
    failed = play(lambda client: refused(client, "sendMessage", chat_id=group.id, text="một"))
    assert (failed.kind, failed.moved_to) == ("moved", new.id)


@pytest.mark.parametrize(
    ("bot", "words"), [("blocked", "blocked"), ("deactivated", "deactivated"), ("never", "initiate")]
)
def test_it_forbids_writing_to_who_does_not_want_it(
    play: Callable[[Act], Any], hyuh: Chat, bot: str, words: str
) -> None:
    hyuh.bot = bot
    failed = play(lambda client: refused(client, "sendMessage", chat_id=hyuh.id, text="một"))
    assert failed.kind == "forbidden"
    assert words in failed.said


@pytest.mark.parametrize(
    ("standing", "words"), [("kicked", "was kicked from the supergroup"), ("left", "not a member of the supergroup")]
)
def test_it_forbids_writing_to_a_group_that_it_was_taken_out_of(
    play: Callable[[Act], Any], fake: FakeTelegram, standing: str, words: str
) -> None:
    group = fake.people.group("Nhóm", SUPERGROUP)
    group.bot = standing
    failed = play(lambda client: refused(client, "sendMessage", chat_id=group.id, text="một"))
    assert failed.kind == "forbidden"
    assert words in failed.said


def test_it_refuses_words_where_the_bot_may_only_read(play: Callable[[Act], Any], fake: FakeTelegram) -> None:
    closed, restricted = fake.people.group("Nhóm", SUPERGROUP), fake.people.group("Nhóm khác", SUPERGROUP)
    closed.may_write, restricted.bot = False, "restricted"

    async def act(client: Client) -> None:
        for group in (closed, restricted):
            failed = await refused(client, "sendMessage", chat_id=group.id, text="một")
            assert (failed.kind, "not enough rights" in failed.said) == ("bad", True)
        closed.bot = "administrator"
        await client.call("sendMessage", chat_id=closed.id, text="một")

    play(act)


def test_it_knows_its_bots_token_and_no_other(
    play: Callable[[Act], Any], fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(client: Client) -> Failed:
        with monkeypatch.context() as another:
            another.setattr(fake, "token", "424242:AAnother")
            return await refused(client, "getMe")

    assert play(act).kind == "token"


def test_it_knows_only_its_own_chats(play: Callable[[Act], Any]) -> None:
    failed = play(lambda client: refused(client, "sendMessage", chat_id=12, text="một"))
    assert "chat not found" in failed.said


def test_it_takes_photos_and_gives_files(play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat) -> None:
    async def act(client: Client) -> None:
        shown = await client.call("sendPhoto", chat_id=hyuh.id, photo=b"\xff\xd8 photo", caption="một")
        file = await client.call("getFile", file_id=shown["photo"][-1]["file_id"])
        assert file["file_size"] == 8
        failed = await refused(client, "getFile", file_id="nothing")
        assert "file_id" in failed.said

    play(act)


def test_it_shows_commands(play: Callable[[Act], Any]) -> None:
    commands = [{"command": "bang", "description": "Ai đã có tin"}]
    assert play(lambda client: client.call("setMyCommands", commands=commands)) is True


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        (Fault.BEFORE, 0),
        (Fault.AFTER, 1),
        (Fault.SERVER, 0),
        (Fault.GATEWAY, 0),
        (Fault.TIMEOUT, 0),
        (Fault.GARBLED, 1),
    ],
)
def test_it_can_lose_a_message_or_its_answer(
    play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat, fault: Fault, taken: int
) -> None:
    async def act(client: Client) -> Failed:
        fake.faults.next = [fault, fault, fault]  # some clients try a cut connection again by themselves
        return await refused(client, "sendMessage", chat_id=hyuh.id, text="một")

    failed = play(act)
    assert failed.kind in ("network", "server", "unreadable")
    assert sum(one.by_bot for one in hyuh.shown.values()) == taken * fake.faults.of[fault]


def test_it_asks_to_wait_though_nothing_was_too_much(
    play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat
) -> None:
    async def act(client: Client) -> Failed:
        fake.faults.next = [Fault.TOO_MANY]
        return await refused(client, "sendMessage", chat_id=hyuh.id, text="một")

    failed = play(act)
    assert (failed.kind, failed.retry_after) == ("retry", 7)
    assert [one for one in hyuh.shown.values() if one.by_bot] == []


def test_it_lets_one_poll_at_a_time(play: Callable[[Act], Any], fake: FakeTelegram, hyuh: Chat) -> None:
    async def act(client: Client) -> str:
        first = asyncio.ensure_future(refused(client, "getUpdates", timeout=4))  # noqa: TID251
        await asyncio.sleep(0.2)
        await client.call("getUpdates", timeout=0)
        return (await first).kind

    assert play(act) == "conflict"


def test_it_refuses_polling_beside_a_webhook(play: Callable[[Act], Any]) -> None:
    async def act(client: Client) -> str:
        await client.call("setWebhook", url="http://127.0.0.1:9/x", secret_token="s" * 16)
        failed = await refused(client, "getUpdates", timeout=0)
        await client.call("deleteWebhook")
        return failed.kind

    assert play(act) == "conflict"
