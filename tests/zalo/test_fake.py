"""The fake is as strict as Zalo: what the real one refuses it refuses, in the same shape."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from tests.zalo.fake import PUBLIC, SECRET, TESTS_A_DAY, TOKEN, FakeZalo

CHAT = "6ede9afa66b88fe6d6a9"


def call(zalo: FakeZalo, method: str, *, token: str = TOKEN, data: Any = None, **fields: Any) -> Any:
    """What the wire says, as anybody's client would see it."""

    async def called() -> Any:
        sent = {"data": data} if data else {"json": fields}
        async with ClientSession() as session, session.post(f"{zalo.host}/bot{token}/{method}", **sent) as answer:
            assert answer.status == 200
            return await answer.json()

    return asyncio.run(called())


@pytest.fixture
def zalo(zalo: FakeZalo) -> FakeZalo:
    """Somebody has written."""
    zalo.chats.append(CHAT)
    return zalo


def refused(zalo: FakeZalo, method: str, **fields: Any) -> int:
    """The code with which a call is refused, with HTTP 200."""
    said = call(zalo, method, **fields)
    assert said["ok"] is False
    return int(said.get("error_code", said.get("errorCode")))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "a" * 2_001},
        {"text": "🌾" * 1_001},
        {"text": 5},
        {"text": "a", "reply_markup": {}},
        {"text": "a", "parse_mode": "HTML"},
        {"text": "a", "text_styles": [{"start": 0, "len": 2, "st": ["b"]}]},
        {"text": "a", "text_styles": [{"start": 0, "len": 1, "st": ["bold"]}]},
        {"text": "a", "text_styles": [{"start": 0, "len": 0, "st": ["b"]}]},
        {"text": "🌾", "text_styles": [{"start": 1, "len": 1, "st": ["b"]}]},
        {"text": "a", "text_styles": "b"},
    ],
)
def test_it_refuses_words_that_zalo_refuses(zalo: FakeZalo, fields: dict[str, Any]) -> None:
    assert refused(zalo, "sendMessage", chat_id=CHAT, **fields) == 400
    assert zalo.spent == 0


@pytest.mark.parametrize("photo", ["data:image/jpeg;base64,AAAA", "/9j/4AAQ", "", "http://127.0.0.1:9/p.jpg"])
def test_it_refuses_photos_that_are_no_public_picture(zalo: FakeZalo, photo: str) -> None:
    assert refused(zalo, "sendPhoto", chat_id=CHAT, photo=photo) == 400


def test_it_refuses_a_photo_itself(zalo: FakeZalo) -> None:
    form = FormData({"chat_id": CHAT})
    form.add_field("photo", b"\xff\xd8\xff", filename="p.jpg")
    assert refused(zalo, "sendPhoto", data=form) == 400


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://thidua.example/w", SECRET),
        ("https://localhost/w", SECRET),
        ("https://192.168.1.5/w", SECRET),
        (f"{PUBLIC}/w", "short"),
    ],
)
def test_it_refuses_a_webhook_that_zalo_cannot_call(zalo: FakeZalo, url: str, secret: str) -> None:
    assert refused(zalo, "setWebhook", url=url, secret_token=secret) == 400


def test_it_refuses_wrong_tokens_strangers_and_unknown_methods(zalo: FakeZalo) -> None:
    assert refused(zalo, "getMe", token="4711:wrong") == 401
    assert refused(zalo, "sendmessage", chat_id=CHAT, text="a") == 404
    assert refused(zalo, "sendMessage", chat_id="0" * 20, text="a") == 404


def test_it_counts_the_month_and_says_429(zalo: FakeZalo) -> None:
    zalo.quota = 2
    assert [call(zalo, "sendMessage", chat_id=CHAT, text="a")["ok"] for _ in range(3)] == [True, True, False]
    assert refused(zalo, "sendMessage", chat_id=CHAT, text="a") == 429


def test_it_forgets_what_was_polled_and_ends_an_idle_poll_with_408(zalo: FakeZalo) -> None:
    zalo.says("text", CHAT, 1, text="chào")
    assert call(zalo, "getUpdates", timeout="1")["result"]["message"]["text"] == "chào"
    assert refused(zalo, "getUpdates", timeout="0.1") == 408


def test_it_does_not_let_poll_who_has_a_webhook(zalo: FakeZalo) -> None:
    call(zalo, "setWebhook", url=f"{PUBLIC}/w", secret_token=SECRET)
    assert refused(zalo, "getUpdates") == 400
    assert call(zalo, "deleteWebhook")["ok"]
    assert refused(zalo, "getUpdates", timeout="0") == 408


def test_it_tires_of_webhook_tests(zalo: FakeZalo) -> None:
    call(zalo, "setWebhook", url=f"{PUBLIC}/w", secret_token=SECRET)
    answers = [call(zalo, "testWebhook") for _ in range(TESTS_A_DAY + 1)]
    assert answers[-1] == {"ok": False, "description": "Too many tests", "errorCode": 426}


def test_it_says_no_more_than_ok_of_a_chat_action(zalo: FakeZalo) -> None:
    assert call(zalo, "sendChatAction", chat_id=CHAT, action="typing") == {"ok": True}


def test_it_may_turn_the_fifty_first_away(zalo: FakeZalo) -> None:
    zalo.chats[:] = [f"{n:020x}" for n in range(50)] + [CHAT]
    assert call(zalo, "sendMessage", chat_id=CHAT, text="a")["ok"]
    zalo.turns_away = True
    assert refused(zalo, "sendMessage", chat_id=CHAT, text="a") == 429
    assert call(zalo, "sendMessage", chat_id=f"{49:020x}", text="a")["ok"]
