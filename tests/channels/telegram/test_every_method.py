"""Every method that the fake knows, played through both clients: one scene for each, and none may be left out.

A new method of the fake fails here until it has its scene.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.channels.telegram.clients import CLIENTS, Client, connected
from tests.channels.telegram.conftest import EPOCH, Hand
from tests.channels.telegram.test_contract import KEYS, refused
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.methods import ACTIONS, LARGEST_FETCHED, LARGEST_FILE, LARGEST_PHOTO, NAMES
from tests.fakes.telegram.world import SUPERGROUP, Chat

ONE = b"\xff\xd8 one"
TABLE = b"PK a workbook"
TWO = b"\xff\xd8 the other"
BANG = [{"command": "bang", "description": "Ai đã có tin"}]


@dataclass
class Noting:
    """A client, and which methods were answered with what they were called for."""

    client: Client
    answered: set[str] = field(default_factory=set)

    async def call(self, method: str, **given: Any) -> Any:
        """As the client's own."""
        result = await self.client.call(method, **given)
        self.answered.add(method)
        return result


@dataclass
class Scene:
    """Where a method is played: one private chat, one group, a photo that the bot has sent to the former."""

    client: Noting
    fake: FakeTelegram
    hyuh: Chat
    group: Chat

    async def call(self, method: str, **given: Any) -> Any:
        """What the client makes of the answer."""
        return await self.client.call(method, **given)

    async def refused(self, method: str, **given: Any) -> str:
        """Kind and words of a refusal."""
        failed = await refused(self.client, method, **given)
        return f"{failed.kind}: {failed.said}"

    async def photo(self) -> dict[str, Any]:
        """Where a photo of the bot's stands."""
        shown = await self.call("sendPhoto", chat_id=self.hyuh.id, photo=ONE, caption="một")
        return {"chat_id": self.hyuh.id, "message_id": shown["message_id"]}

    def shows(self) -> list[str]:
        """The bot's words in the private chat."""
        return [one.text for one in self.hyuh.shown.values() if one.by_bot]


Plays = Callable[[Scene], Awaitable[None]]
SCENES: dict[str, Plays] = {}


def plays(method: str) -> Callable[[Plays], Plays]:
    """The scene of that method."""

    def listed(scene: Plays) -> Plays:
        SCENES[method] = scene
        return scene

    return listed


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("method", sorted({*NAMES.split(), "getUpdates"}))
def test_it_answers_both_clients(method: str, client: str, fake: FakeTelegram, hand: Hand) -> None:
    hand.at = EPOCH
    hyuh, group = fake.people.private("Hyưh"), fake.people.group("Nhóm", SUPERGROUP)
    fake.people.says(hyuh, "Hyưh", "/start")
    fake.world.updates.clear()

    async def go() -> set[str]:
        async with connected(client, fake) as connection:
            scene = Scene(Noting(connection), fake, hyuh, group)
            await SCENES[method](scene)
            return scene.client.answered

    assert method in asyncio.run(go())


def test_it_plays_no_method_that_the_fake_does_not_know(fake: FakeTelegram) -> None:
    known = {*fake.methods.table, "getUpdates"}
    assert set(SCENES) == known


@plays("getMe")
async def who_it_is(scene: Scene) -> None:
    me = await scene.call("getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (424242, "ThiDuaBot", True)


@plays("getUpdates")
async def every_kind_of_update(scene: Scene) -> None:
    people, hyuh = scene.fake.people, scene.hyuh
    said = people.says(hyuh, "Hyưh", "một")
    people.edits(hyuh, said, "hai")
    people.presses(hyuh, "Hyưh", "a:1")
    for status in ("administrator", "restricted", "left", "member", "kicked"):
        people.becomes(scene.group, "An", status)
    people.becomes(hyuh, "Hyưh", "kicked")
    people.becomes(hyuh, "Hyưh", "member")
    people.sends_photo(hyuh, "Hyưh", ONE, media_group_id="7")
    people.sends_document(hyuh, "Hyưh", b"%PDF-1.7", "application/pdf")
    people.sends_voice(hyuh, "Hyưh")
    people.shares_number(hyuh, "Hyưh", "84905000101")
    people.shares_contact(hyuh, "Hyưh", "84905000999", "Blĕnh", on_telegram=False)
    people.grows(people.group("Nhóm nhỏ"))
    kinds = [next(kind for kind in one if kind != "update_id") for one in await scene.call("getUpdates", timeout=0)]
    assert kinds == [
        *("message", "edited_message", "callback_query"),
        *["my_chat_member"] * 7,
        *["message"] * 7,
        "my_chat_member",
    ]


@plays("sendMessage")
async def words(scene: Scene) -> None:
    said = await scene.call("sendMessage", chat_id=scene.hyuh.id, text=" <b>một</b> ", parse_mode="HTML")
    assert (said["text"], said["entities"][0]["type"], said["chat"]["id"]) == ("một", "bold", scene.hyuh.id)
    assert scene.shows() == ["một"]


@plays("sendPhoto")
async def a_photo(scene: Scene) -> None:
    shown = await scene.call("sendPhoto", chat_id=scene.hyuh.id, photo=ONE, caption="một", reply_markup=KEYS)
    again = await scene.call("sendPhoto", chat_id=scene.hyuh.id, photo=shown["photo"][-1]["file_id"])
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
    assert again["photo"][-1]["file_size"] == len(ONE)
    chat = {"chat_id": scene.hyuh.id}
    assert "caption is too long" in await scene.refused("sendPhoto", **chat, photo=ONE, caption="ă" * 1025)
    assert "no photo" in await scene.refused("sendPhoto", **chat, photo="nothing")
    assert (await scene.refused("sendPhoto", **chat, photo=b"x" * (LARGEST_PHOTO + 1))).startswith("too large")


@plays("sendDocument")
async def a_document(scene: Scene) -> None:
    chat = {"chat_id": scene.hyuh.id}
    shown = await scene.call("sendDocument", **chat, document=TABLE, caption="một", reply_markup=KEYS)
    assert shown["document"]["file_size"] == len(TABLE)
    assert shown["document"]["file_name"]
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
    again = await scene.call("sendDocument", **chat, document=shown["document"]["file_id"])
    assert again["document"]["file_size"] == len(TABLE)
    assert "caption is too long" in await scene.refused("sendDocument", **chat, document=TABLE, caption="ă" * 1025)
    assert "no document" in await scene.refused("sendDocument", **chat, document="nothing")
    assert (await scene.refused("sendDocument", **chat, document=b"x" * (LARGEST_FILE + 1))).startswith("too large")


@plays("sendMediaGroup")
async def an_album(scene: Scene) -> None:
    two = [{"media": ONE, "caption": "một"}, {"media": TWO}]
    shown = await scene.call("sendMediaGroup", chat_id=scene.hyuh.id, media=two)
    assert len({one["media_group_id"] for one in shown}) == 1
    assert [one.get("caption") for one in shown] == ["một", None]
    assert [one["photo"][-1]["file_size"] for one in shown] == [len(ONE), len(TWO)]
    for wrong in (two[:1], two * 6):
        assert "2 to 10" in await scene.refused("sendMediaGroup", chat_id=scene.hyuh.id, media=wrong)


@plays("sendChatAction")
async def typing(scene: Scene) -> None:
    for action in ACTIONS.split():
        assert await scene.call("sendChatAction", chat_id=scene.hyuh.id, action=action) is True
    assert scene.hyuh.actions == ACTIONS.split()
    assert "wrong parameter action" in await scene.refused("sendChatAction", chat_id=scene.hyuh.id, action="dancing")
    scene.hyuh.bot = "blocked"
    told = await scene.refused("sendChatAction", chat_id=scene.hyuh.id, action="typing")
    assert told.startswith("forbidden")


@plays("editMessageText")
async def other_words(scene: Scene) -> None:
    said = await scene.call("sendMessage", chat_id=scene.hyuh.id, text="một", reply_markup=KEYS)
    here = {"chat_id": scene.hyuh.id, "message_id": said["message_id"]}
    changed = await scene.call("editMessageText", **here, text="hai")
    assert (changed["text"], "edit_date" in changed, "reply_markup" in changed) == ("hai", True, False)
    theirs = next(number for number, one in scene.hyuh.shown.items() if not one.by_bot)
    told = await scene.refused("editMessageText", chat_id=scene.hyuh.id, message_id=theirs, text="ba")
    assert "can't be edited" in told
    assert "no text" in await scene.refused("editMessageText", **await scene.photo(), text="ba")


@plays("editMessageCaption")
async def other_words_below_a_photo(scene: Scene) -> None:
    here = await scene.photo()
    changed = await scene.call("editMessageCaption", **here, caption="hai")
    assert (changed["caption"], bool(changed["photo"])) == ("hai", True)
    assert "not modified" in await scene.refused("editMessageCaption", **here, caption="hai")
    said = await scene.call("sendMessage", chat_id=scene.hyuh.id, text="một")
    told = await scene.refused(
        "editMessageCaption", chat_id=scene.hyuh.id, message_id=said["message_id"], caption="hai"
    )
    assert "no caption" in told


@plays("editMessageMedia")
async def another_photo(scene: Scene) -> None:
    here = await scene.photo()
    changed = await scene.call("editMessageMedia", **here, media={"media": TWO, "caption": "hai"})
    assert (changed["photo"][-1]["file_size"], changed["caption"]) == (len(TWO), "hai")
    told = await scene.refused("editMessageMedia", **here | {"message_id": 99_999}, media={"media": TWO})
    assert "not found" in told


@plays("editMessageReplyMarkup")
async def other_keys(scene: Scene) -> None:
    said = await scene.call("sendMessage", chat_id=scene.hyuh.id, text="một", reply_markup=KEYS)
    here = {"chat_id": scene.hyuh.id, "message_id": said["message_id"]}
    bare = await scene.call("editMessageReplyMarkup", **here)
    assert (bare["text"], "reply_markup" in bare) == ("một", False)
    assert "not modified" in await scene.refused("editMessageReplyMarkup", **here)
    again = await scene.call("editMessageReplyMarkup", **here, reply_markup=KEYS)
    assert again["reply_markup"]["inline_keyboard"][0][0]["text"] == "Gửi"


@plays("deleteMessage")
async def taken_down(scene: Scene) -> None:
    said = await scene.call("sendMessage", chat_id=scene.hyuh.id, text="một")
    here = {"chat_id": scene.hyuh.id, "message_id": said["message_id"]}
    assert await scene.call("deleteMessage", **here) is True
    assert scene.shows() == []
    assert "not found" in await scene.refused("deleteMessage", **here)
    theirs = scene.fake.people.says(scene.group, "An", "một")
    there = {"chat_id": scene.group.id, "message_id": theirs["message_id"]}
    assert "can't be deleted" in await scene.refused("deleteMessage", **there)
    scene.group.bot = "administrator"
    assert await scene.call("deleteMessage", **there) is True


@plays("answerCallbackQuery")
async def a_press(scene: Scene) -> None:
    first, second = (scene.fake.people.presses(scene.hyuh, "Hyưh", "a:1") for _ in range(2))
    assert await scene.call("answerCallbackQuery", callback_query_id=first, text="Đang làm") is True
    told = await scene.refused("answerCallbackQuery", callback_query_id=second, text="ă" * 201)
    assert "message_too_long" in told


@plays("getFile")
async def a_file(scene: Scene) -> None:
    sent = scene.fake.people.sends_photo(scene.hyuh, "Hyưh", ONE)
    file = await scene.call("getFile", file_id=sent["photo"][-1]["file_id"])
    assert file["file_size"] == len(ONE)
    assert file["file_path"]
    large = scene.fake.world.keep(b"x" * (LARGEST_FETCHED + 1))
    assert "file is too big" in await scene.refused("getFile", file_id=large)
    assert "wrong file_id" in await scene.refused("getFile", file_id="nothing")


@plays("setMyCommands")
async def a_menu(scene: Scene) -> None:
    assert await scene.call("setMyCommands", commands=BANG) is True
    for wrong in ("Bang", "bảng", "bang-1", "a" * 33):
        told = await scene.refused("setMyCommands", commands=[{"command": wrong, "description": "x"}])
        assert "bot_command_invalid" in told
    nobody = {"type": "chat", "chat_id": 12}
    assert "chat not found" in await scene.refused("setMyCommands", commands=BANG, scope=nobody)


@plays("getMyCommands")
async def whose_menu(scene: Scene) -> None:
    theirs = {"type": "chat", "chat_id": scene.hyuh.id}
    await scene.call("setMyCommands", commands=BANG, scope=theirs)
    assert await scene.call("getMyCommands") == []
    assert [one["command"] for one in await scene.call("getMyCommands", scope=theirs)] == ["bang"]


@plays("deleteMyCommands")
async def no_menu(scene: Scene) -> None:
    await scene.call("setMyCommands", commands=BANG)
    assert len(await scene.call("getMyCommands")) == 1
    assert await scene.call("deleteMyCommands") is True
    assert await scene.call("getMyCommands") == []


@plays("getChat")
async def a_chat(scene: Scene) -> None:
    assert (await scene.call("getChat", chat_id=scene.hyuh.id))["first_name"] == "Hyưh"
    scene.group.may_write = False
    found = await scene.call("getChat", chat_id=scene.group.id)
    assert (found["title"], found["permissions"]["can_send_messages"]) == ("Nhóm", False)
    scene.group.bot = "kicked"
    assert "was kicked" in await scene.refused("getChat", chat_id=scene.group.id)
    assert "not found" in await scene.refused("getChat", chat_id=12)


@plays("getChatMember")
async def a_standing(scene: Scene) -> None:
    us = {"chat_id": scene.group.id, "user_id": scene.fake.world.me["id"]}
    for standing in ("member", "administrator", "restricted"):
        scene.group.bot = standing
        assert (await scene.call("getChatMember", **us))["status"] == standing
    an = scene.fake.world.user("An")["id"]
    assert (await scene.call("getChatMember", chat_id=scene.group.id, user_id=an))["user"]["first_name"] == "An"
    told = await scene.refused("getChatMember", chat_id=scene.group.id, user_id=12)
    assert "user not found" in told
    scene.group.bot = "left"
    assert "not a member" in await scene.refused("getChatMember", **us)


@plays("leaveChat")
async def a_group_left(scene: Scene) -> None:
    assert await scene.call("leaveChat", chat_id=scene.group.id) is True
    assert "not a member" in await scene.refused("sendMessage", chat_id=scene.group.id, text="một")
    assert "private" in await scene.refused("leaveChat", chat_id=scene.hyuh.id)


@plays("setWebhook")
async def a_way_in(scene: Scene) -> None:
    there, secret = "https://thidua.example/bots/x", "s" * 16
    assert await scene.call("setWebhook", url=there, secret_token=secret, allowed_updates=["message"]) is True
    assert (await scene.call("getWebhookInfo"))["url"] == there
    assert "https" in await scene.refused("setWebhook", url="http://thidua.example/x", secret_token=secret)
    assert "illegal" in await scene.refused("setWebhook", url=there, secret_token="một")
    await scene.call("deleteWebhook")


@plays("deleteWebhook")
async def no_way_in(scene: Scene) -> None:
    scene.fake.people.says(scene.hyuh, "Hyưh", "một")
    assert await scene.call("deleteWebhook", drop_pending_updates=False) is True
    assert len(scene.fake.world.updates) == 1
    assert await scene.call("deleteWebhook", drop_pending_updates=True) is True
    assert scene.fake.world.updates == []


@plays("getWebhookInfo")
async def how_the_way_in_is(scene: Scene) -> None:
    scene.fake.people.says(scene.hyuh, "Hyưh", "một")
    info = await scene.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info.get("last_error_message")) == ("", 1, None)
    scene.fake.methods.webhook = {"url": "", "error": "Connection refused"}
    info = await scene.call("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["last_error_date"]
