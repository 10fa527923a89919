"""What Zalo brings, in every shape in which it was seen, and what arrives of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.zalo.receive import arrivals
from bot.inbox import Arrival
from dialogue.incoming import Kind
from tests.zalo.wire import event

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
SAID = datetime(2025, 6, 19, 6, 28, 51, 602_000, UTC)
TED, GROUP = "6ede9afa66b88fe6d6a9", "9f6ede9afa66b88fe6d6"
NUMBER = "2d758cb5e222177a4e35"
AT = 1750314531602
# The sample of the documents, and the same as real calls carry it.
WRAPPED: dict[str, Any] = {
    "ok": True,
    "result": {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": TED, "display_name": "Ted", "is_bot": False},
            "chat": {"id": TED, "chat_type": "PRIVATE"},
            "text": "Xin chao",
            "message_id": NUMBER,
            "date": AT,
        },
    },
}
FLAT = WRAPPED["result"]


def read(body: Any) -> list[Arrival]:
    """What arrives."""
    return list(arrivals("zalo-1", ("Bot Thi đua", "bot.thidua"), body, NOW))


@pytest.mark.parametrize("body", [WRAPPED, FLAT], ids=["wrapped", "flat"])
def test_it_reads_both_shapes(body: Any) -> None:
    assert read(body) == [Arrival("zalo-1", NUMBER, TED, Kind.TEXT, SAID, "Xin chao")]


@pytest.mark.parametrize(
    ("name", "fields", "kind"),
    [
        ("sticker", {"sticker": "a" * 20, "url": "https://zalo/s", "message_type": "CHAT_STICKER"}, Kind.OTHER),
        ("voice", {"voice_url": "https://zalo/v.aac", "message_type": "CHAT_VOICE"}, Kind.VOICE),
        ("unsupported", {}, Kind.OTHER),
        ("of_a_kind_to_come", {}, Kind.OTHER),
    ],
)
def test_it_reads_what_is_no_text_in_private_and_drops_it_in_groups(name: str, fields: Any, kind: Kind) -> None:
    (arrival,) = read(event(name, TED, NUMBER, AT, **fields))
    assert (arrival.kind, arrival.text) == (kind, "")
    assert arrival.sources == (("https://zalo/v.aac",) if kind is Kind.VOICE else ())
    assert read(event(name, GROUP, NUMBER, AT, group=True, **fields)) == []


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_it_reads_a_photo_by_both_names_and_its_caption_as_words(field: str) -> None:
    sent: dict[str, Any] = {field: "https://zalo/p.jpg"}
    photo, words = read(event("image", TED, NUMBER, AT, **sent, caption="150 43 không"))
    assert (photo.kind, photo.sources, photo.event) == (Kind.PHOTO, ("https://zalo/p.jpg",), NUMBER)
    assert (words.kind, words.text, words.event) == (Kind.TEXT, "150 43 không", f"{NUMBER}:caption")
    assert len(read(event("image", TED, NUMBER, AT, **sent, caption=""))) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("@Bot Thi đua bảng", "bảng"),
        ("@bot thi đua: bảng", "bảng"),
        ("@bot.thidua 1234 5678", "1234 5678"),
        ("@BotKhác bảng", "bảng"),
        ("bảng", "bảng"),
    ],
)
def test_it_strips_the_mention_in_groups(said: str, meant: str) -> None:
    (arrival,) = read(event("text", GROUP, NUMBER, AT, group=True, text=said))
    assert (arrival.text, arrival.group, arrival.addressed) == (meant, True, True)


def test_it_leaves_a_mention_in_private_alone() -> None:
    assert read(event("text", TED, NUMBER, AT, text="@Bot Thi đua bảng"))[0].text == "@Bot Thi đua bảng"


@pytest.mark.parametrize(
    ("date", "moment"), [(AT, SAID), (AT // 1000, SAID.replace(microsecond=0)), ("gestern", NOW), (10**30, NOW)]
)
def test_it_reads_milliseconds_and_seconds(date: Any, moment: datetime) -> None:
    assert read(event("text", TED, NUMBER, date, text="a"))[0].said_at == moment


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"ok": True},
        {"ok": True, "result": []},
        {"event_name": "message.text.received"},
        {"event_name": "message.text.received", "message": []},
        {"event_name": "message.text.received", "message": {"chat": {"id": TED}}},
        {"event_name": "message.text.received", "message": {**FLAT["message"], "chat": None}},
        {"event_name": "message.text.received", "message": {**FLAT["message"], "from": {"id": TED, "is_bot": True}}},
    ],
)
def test_it_makes_nothing_of_what_is_no_message_of_a_person(body: Any) -> None:
    assert read(body) == []


def test_it_takes_text_that_is_no_text_for_none() -> None:
    assert read(event("text", TED, NUMBER, AT, text=5))[0].text == ""
    assert read(event("image", TED, NUMBER, AT))[0].kind is Kind.OTHER
