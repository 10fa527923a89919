"""What becomes of a message on Telegram: each answer its own outcome, each shape of message as people see it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from bot.channels.channel import (
    Button,
    File,
    Moved,
    Outcome,
    Parcel,
    Paused,
    Rejected,
    Retry,
    Sent,
    Unknown,
    Unreachable,
)
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.session import bot_at
from campaigns.ids import Id
from dialogue.say import SHARE_PHONE
from dialogue.spans import Span
from tests.channels.telegram.conftest import Hand
from tests.channels.telegram.stage import Network
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.refused import bad
from tests.fakes.telegram.world import Chat

NOW = datetime(2022, 5, 5, 18, 30, tzinfo=UTC)
TABLE = File(Id(UUID(int=4)), "so-lieu-05-05-2022.xlsx")
PHOTOS = [Id(UUID(int=n)) for n in range(1, 4)]


@pytest.fixture(scope="module")
def network(server: FakeTelegram) -> Iterator[Network]:
    """One connection for all tests."""
    made = Network(server)
    yield made
    made.close()


@pytest.fixture
def send(network: Network, fake: FakeTelegram, hand: Hand, tmp_path: Path) -> Callable[..., list[Outcome]]:
    """Send a parcel in all its parts; what became of each."""
    for photo in PHOTOS:
        Image.new("RGB", (40, 30), "red").save(tmp_path / f"{photo}.jpg")
    channel = TelegramChannel(network.telegram, tmp_path)

    def sent(chat: int, *spans: Span, **more: Any) -> list[Outcome]:
        given: dict[str, Any] = {"buttons": (), "photos": (), "edits": None, "repeated": False, **more}
        parcel = Parcel(1, PHOTOS[0], str(chat), "name", spans, **given)
        return network.runner.run(_all(channel.send, channel.parts(parcel)))

    return sent


async def _all(send: Callable[[Parcel, datetime], Awaitable[Outcome]], parts: tuple[Parcel, ...]) -> list[Outcome]:
    return [await send(part, NOW) for part in parts]


@pytest.fixture
def hyuh(fake: FakeTelegram) -> Chat:
    """Hyưh has opened the chat."""
    chat = fake.people.private("Hyưh")
    chat.bot = "open"
    return chat


def texts(chat: Chat) -> list[str]:
    """What a chat shows of the bot."""
    return [shown.text for shown in chat.shown.values() if shown.by_bot]


@pytest.mark.parametrize(
    ("standing", "outcome"),
    [
        ("blocked", Unreachable("blocked")),
        ("deactivated", Unreachable("deactivated")),
        ("never", Unreachable("never wrote")),
    ],
)
def test_it_knows_why_somebody_is_out_of_reach(
    send: Callable[..., list[Outcome]], hyuh: Chat, standing: str, outcome: Outcome
) -> None:
    hyuh.bot = standing
    assert send(hyuh.id, Span("một")) == [outcome]


def test_it_knows_that_a_chat_is_not_there(send: Callable[..., list[Outcome]]) -> None:
    assert send(12, Span("một")) == [Unreachable("chat not found")]


def test_it_knows_why_a_group_is_out_of_reach(send: Callable[..., list[Outcome]], fake: FakeTelegram) -> None:
    group = fake.people.group("Nhóm")
    group.may_write = False
    assert send(group.id, Span("một")) == [Unreachable("no right to write")]
    group.bot = "kicked"
    assert send(group.id, Span("một")) == [Unreachable("kicked")]
    new = fake.people.grows(group)
    assert send(group.id, Span("một")) == [Moved(str(new.id))]


def test_it_says_the_words_alone_in_a_group_that_takes_no_pictures(
    send: Callable[..., list[Outcome]], fake: FakeTelegram
) -> None:
    group = fake.people.group("Nhóm")
    group.may_show = False
    [sent] = send(group.id, Span("một"), photos=PHOTOS[:1])
    assert isinstance(sent, Sent)
    assert texts(group) == ["một"]


def test_it_never_sends_what_telegram_will_not_take(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    assert send(hyuh.id, Span(" ")) == [Rejected("empty")]
    assert send(hyuh.id, Span("một"), buttons=(Button("a", "ă" * 33),)) == [Rejected("button data")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("message is too long", "too long"),
        ("MESSAGE_TOO_LONG", "too long"),
        ("message caption is too long", "too long"),
        ("MEDIA_CAPTION_TOO_LONG", "too long"),
        ('can\'t parse entities: Unsupported start tag "x" at byte offset 0', "cannot parse"),
    ],
)
def test_it_does_not_try_again_what_telegram_will_never_take(
    send: Callable[..., list[Outcome]], fake: FakeTelegram, hyuh: Chat, said: str, why: str
) -> None:
    def refuses(given: object) -> None:
        raise bad(said)

    fake.methods.table["sendMessage"] = refuses
    assert send(hyuh.id, Span("một")) == [Rejected(why)]


def test_it_pauses_for_as_long_as_it_is_told(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    outcomes = [send(hyuh.id, Span(str(n)))[0] for n in range(4)]
    assert outcomes[3] == Paused(NOW + timedelta(seconds=1), "too many")


@pytest.mark.parametrize(
    ("fault", "outcome", "shown"),
    [
        (Fault.SERVER, Retry(10.0), 0),
        (Fault.GATEWAY, Retry(10.0), 0),
        (Fault.TIMEOUT, Unknown(), 0),
        (Fault.GARBLED, Unknown(), 1),
        (Fault.BEFORE, Unknown(), 0),
        (Fault.AFTER, Unknown(), 1),
    ],
)
def test_it_tries_again_only_what_surely_did_not_arrive(
    send: Callable[..., list[Outcome]], fake: FakeTelegram, hyuh: Chat, fault: Fault, outcome: Outcome, shown: int
) -> None:
    fake.faults.next = [fault]
    assert send(hyuh.id, Span("một")) == [outcome]
    assert len(texts(hyuh)) == shown


def test_it_loses_no_attempt_while_there_is_no_network(tmp_path: Path) -> None:
    telegram = bot_at("424242:AAFakeFakeFakeFakeFakeFakeFakeFake000", "http://127.0.0.1:9")

    async def go() -> Outcome:
        parcel = Parcel(1, PHOTOS[0], "5", "name", (Span("một"),), (), (), None, repeated=False)
        try:
            return await TelegramChannel(telegram, tmp_path).send(parcel, NOW)
        finally:
            await telegram.session.close()

    assert asyncio.run(go()) == Paused(NOW + timedelta(seconds=5), "no network")


def test_it_loses_no_attempt_while_the_token_is_refused(fake: FakeTelegram, tmp_path: Path) -> None:
    telegram = bot_at("424242:AAnotherFakeFakeFakeFakeFakeFakeFake", fake.url)

    async def go() -> Outcome:
        parcel = Parcel(1, PHOTOS[0], "5", "name", (Span("một"),), (), (), None, repeated=False)
        try:
            return await TelegramChannel(telegram, tmp_path).send(parcel, NOW)
        finally:
            await telegram.session.close()

    assert asyncio.run(go()) == Paused(NOW + timedelta(minutes=5), "token")


def test_it_shows_marks_and_takes_nothing_that_is_said_for_one(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    send(hyuh.id, Span("🌾 "), Span("<b>làng</b>", bold=True), Span(" &amp; _xã_", italic=True))
    message = next(iter(hyuh.shown.values())).message
    assert message["text"] == "🌾 <b>làng</b> &amp; _xã_"
    marks = [(one["type"], one["offset"], one["length"]) for one in message["entities"]]
    assert marks == [("bold", 3, 11), ("italic", 14, 11)]


def test_it_puts_short_keys_side_by_side_and_colours_what_they_stand_for(
    send: Callable[..., list[Outcome]], hyuh: Chat
) -> None:
    keys = (Button("Gửi", "a", "buttons.send"), Button("Sửa lại", "b"), Button("Xem làng Đăk Tơ Pang Gai", "c"))
    send(hyuh.id, Span("Đúng chưa?"), buttons=keys)
    rows = next(iter(hyuh.shown.values())).message["reply_markup"]["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [["Gửi", "Sửa lại"], ["Xem làng Đăk Tơ Pang Gai"]]
    assert rows[0][0]["style"] == "success"


def test_it_changes_the_keyboard_only_to_ask_for_a_number(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    send(hyuh.id, Span("Số?"), buttons=(Button("Gửi số", SHARE_PHONE), Button("Quay lại", "b:1")))
    send(hyuh.id, Span("Cảm ơn"))
    asked, thanked = hyuh.shown.values()
    assert asked.keyboard
    assert asked.keyboard["keyboard"][0] == [{"text": "Gửi số", "request_contact": True}]
    assert thanked.keyboard == {"remove_keyboard": True}


def test_it_replaces_a_screen_and_says_anew_what_is_gone(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    [first] = send(hyuh.id, Span("một"), replaceable=True)
    assert isinstance(first, Sent)
    assert send(hyuh.id, Span("hai"), edits=first.external) == [first]
    assert send(hyuh.id, Span("hai"), edits=first.external) == [first]
    assert texts(hyuh) == ["hai"]
    hyuh.shown.clear()
    assert send(hyuh.id, Span("ba"), edits=first.external) != [first]
    assert texts(hyuh) == ["ba"]


def test_it_says_long_things_in_parts(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    assert len(send(hyuh.id, Span("Câu dài. " * 900), buttons=(Button("Gửi", "a"),))) == 2
    shown = list(hyuh.shown.values())
    assert "".join(one.text for one in shown).count("Câu dài.") == 900
    assert [bool(one.buttons) for one in shown] == [False, True]


def test_it_shows_a_photo_with_its_words(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    [sent] = send(hyuh.id, Span("một", bold=True), photos=PHOTOS[:1], buttons=(Button("Gửi", "a"),))
    assert isinstance(sent, Sent)
    message = next(iter(hyuh.shown.values())).message
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("một", "bold")
    assert message["photo"]


def test_it_shows_several_photos_as_an_album_before_the_words(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    send(hyuh.id, Span("một"), photos=tuple(PHOTOS[:2]), buttons=(Button("Gửi", "a"),))
    shown = [one.message for one in hyuh.shown.values()]
    assert [("photo" in one, one.get("text")) for one in shown] == [(True, None), (True, None), (False, "một")]
    assert shown[2]["reply_markup"]


def test_it_takes_a_picture_down_by_putting_a_blank_one_there(send: Callable[..., list[Outcome]], hyuh: Chat) -> None:
    [sent] = send(hyuh.id, Span("một"), photos=PHOTOS[:1], replaceable=True)
    assert isinstance(sent, Sent)
    before = next(iter(hyuh.shown.values())).message["photo"]
    assert send(hyuh.id, Span("đã gỡ"), edits=sent.external) == [sent]
    [shown] = hyuh.shown.values()
    assert shown.text == "đã gỡ"
    assert shown.message["photo"] != before


def test_it_draws_a_link_for_a_camera(send: Callable[..., list[Outcome]], hyuh: Chat, fake: FakeTelegram) -> None:
    send(hyuh.id, Span("mã"), qr="https://t.me/ThiDuaBot?start=12345678")
    message = next(iter(hyuh.shown.values())).message
    drawn = fake.world.files[message["photo"][-1]["file_id"]]
    assert drawn.startswith(b"\x89PNG")
    assert message["caption"] == "mã"


def test_it_sends_a_document_under_its_own_name_with_the_words_below(
    send: Callable[..., list[Outcome]], hyuh: Chat, fake: FakeTelegram, tmp_path: Path
) -> None:
    (tmp_path / f"{TABLE.id}.file").write_bytes(b"PK a workbook")
    [sent] = send(hyuh.id, Span("Bảng", bold=True), documents=(TABLE,), buttons=(Button("Xem", "a"),))
    assert isinstance(sent, Sent)
    [shown] = hyuh.shown.values()
    assert (shown.text, shown.message["caption_entities"][0]["type"]) == ("Bảng", "bold")
    assert shown.message["document"]["file_name"] == "so-lieu-05-05-2022.xlsx"
    assert fake.world.files[shown.message["document"]["file_id"]] == b"PK a workbook"
    assert shown.buttons


def test_it_says_long_words_and_photos_before_a_document(
    send: Callable[..., list[Outcome]], hyuh: Chat, tmp_path: Path
) -> None:
    (tmp_path / f"{TABLE.id}.file").write_bytes(b"PK a workbook")
    send(hyuh.id, Span("Câu dài. " * 200), documents=(TABLE,), photos=PHOTOS[:1])
    kinds = [next(k for k in ("photo", "document", "text") if k in one.message) for one in hyuh.shown.values()]
    assert kinds == ["photo", "text", "document"]


def test_it_says_the_words_alone_where_a_document_is_not_kept_any_more(
    send: Callable[..., list[Outcome]], hyuh: Chat
) -> None:
    [sent] = send(hyuh.id, Span("Bảng"), documents=(TABLE,))
    assert isinstance(sent, Sent)
    assert texts(hyuh) == ["Bảng"]
