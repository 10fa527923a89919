"""Sending to a strict Zalo: what it looks like there, and what becomes of a message when something goes wrong."""

import asyncio
import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.channels.channel import QUOTA, File, Outcome, Parcel, Paused, Rejected, Retry, Sent, Unknown, Unreachable
from bot.channels.zalo.client import Client, CutOff, Failure, NotReached, QuotaGone, Refused
from bot.channels.zalo.render import parts_of
from bot.channels.zalo.send import outcome_of
from campaigns.ids import Id
from campaigns.quota import end_of_month
from dialogue.spans import Span, spans
from tests.stage import local
from tests.zalo.fake import TOKEN, FakeZalo, Fault, by_chance
from tests.zalo.stage import zalo_line
from tests.zalo.wire import LONGEST, units

NOW = local("5/5 18:30")
CHAT = "6ede9afa66b88fe6d6a9"
PHOTO, OTHER = (Id(UUID(int=n)) for n in (1, 2))
JPEG = b"\xff\xd8\xff a picture"
PARCEL = Parcel(1, Id(UUID(int=9)), CHAT, "report.receipt", spans("Chào <b>bác Hyưh</b>"), (), (), None, False)


@pytest.fixture
def zalo(zalo: FakeZalo) -> FakeZalo:
    """A Zalo to which somebody has written."""
    zalo.chats.append(CHAT)
    return zalo


def send(zalo: FakeZalo, *parcels: Parcel, seconds: float = 5.0) -> list[Outcome]:
    """Send all parts of some parcels."""

    async def sent() -> list[Outcome]:
        line = zalo_line(zalo, seconds=seconds)
        try:
            return [await line.channel.send(part, NOW) for one in parcels for part in line.channel.parts(one)]
        finally:
            await line._client.close()

    return asyncio.run(sent())


def saying(html: str) -> Parcel:
    """A parcel with these words."""
    return replace(PARCEL, spans=spans(html))


def test_it_shows_words_with_zalos_own_styles(zalo: FakeZalo) -> None:
    (outcome,) = send(zalo, saying("🌾🌾 Chào <b>bác Hyưh</b>, <i>cảm ơn</i>"))
    (shown,) = zalo.shown
    assert outcome == Sent(shown.external)
    assert shown.text == "🌾🌾 Chào bác Hyưh, cảm ơn"
    styled = {
        mark["st"][0]: shown.text.encode("utf-16-le")[2 * mark["start"] :][: 2 * mark["len"]] for mark in shown.styles
    }
    assert {mark: words.decode("utf-16-le") for mark, words in styled.items()} == {"b": "bác Hyưh", "i": "cảm ơn"}


def test_it_shows_in_red_what_somebody_must_see_to(zalo: FakeZalo) -> None:
    send(zalo, saying("Tuần 18<br><em>Chưa có tin 2:</em> làng Kon Bla"))
    (shown,) = zalo.shown
    assert list(shown.styles) == [{"start": 8, "len": 14, "st": ["b", "c_db342e"]}]


def test_it_cuts_long_words_at_sentences_under_two_thousand(zalo: FakeZalo) -> None:
    words = " ".join(f"Câu thứ {n} 🌾 kể rằng bà con dọn đường cả ngày." for n in range(60))
    assert send(zalo, saying(words)) == [Sent(one.external) for one in zalo.shown]
    assert len(zalo.shown) == 2
    assert all(units(one.text) <= LONGEST and one.text.endswith("ngày.") for one in zalo.shown)
    assert " ".join(one.text for one in zalo.shown) == words


def test_it_leaves_a_very_long_message_to_a_page_of_ours(zalo: FakeZalo) -> None:
    words = "<br>".join(f"{n}. một dòng dài của một cái bảng rất dài mà xã phải xem" for n in range(300))
    send(zalo, saying(words))
    (shown,) = zalo.shown
    assert "xem cả bảng ở đây" in shown.text
    assert "https://thidua.example/xem/tin/1/" in shown.text


def test_it_links_to_voice_messages_below_the_words(zalo: FakeZalo) -> None:
    """Zalo plays nothing that comes from us, so the newest two are a link each; long words leave room for them."""
    words = " ".join(f"Câu thứ {n} kể rằng bà con dọn đường cả ngày." for n in range(40))
    send(zalo, replace(saying(words), recordings=(OTHER, PHOTO, OTHER)))
    *before, last = zalo.shown
    assert len(before) == 1
    assert "Nghe" not in before[0].text
    assert re.findall(r"\nNghe ở đây \(trong một ngày\): https://thidua\.example/xem/tieng/(\S+?)/", last.text) == [
        str(PHOTO),
        str(OTHER),
    ]


def test_it_links_to_files_below_the_words(zalo: FakeZalo) -> None:
    send(zalo, replace(saying("Bảng số liệu"), documents=(File(OTHER, "so-lieu.xlsx"),)))
    [shown] = zalo.shown
    assert shown.text.startswith("Bảng số liệu\nTải tệp ở đây (trong một ngày): https://thidua.example/xem/tep/")
    assert f"/{OTHER}/" in shown.text


def test_it_says_so_where_nobody_could_reach_a_file(zalo: FakeZalo) -> None:
    async def sent() -> None:
        line = zalo_line(zalo, address="")
        try:
            for part in line.channel.parts(replace(saying("Bảng"), documents=(File(OTHER, "so-lieu.xlsx"),))):
                await line.channel.send(part, NOW)
        finally:
            await line._client.close()

    asyncio.run(sent())
    [shown] = zalo.shown
    assert "máy chủ chưa có địa chỉ ngoài" in shown.text
    assert "xem/tep" not in shown.text


def test_it_shows_photos_from_our_own_server_with_the_words_below_the_first(zalo: FakeZalo) -> None:
    outcomes = asyncio.run(_with_photos(zalo, replace(PARCEL, photos=(PHOTO, OTHER)), JPEG))
    assert [type(one) for one in outcomes] == [Sent, Sent]
    assert [(one.text, one.photo) for one in zalo.shown] == [("Chào bác Hyưh", JPEG), ("", JPEG)]
    assert zalo.calls == ["sendPhoto", "sendPhoto"], "a message less than words and photos apart"


def test_it_says_the_words_where_zalo_will_not_have_the_picture(zalo: FakeZalo) -> None:
    (outcome,) = asyncio.run(_with_photos(zalo, replace(PARCEL, photos=(PHOTO,)), b"no picture"))
    assert isinstance(outcome, Sent)
    assert [(one.text, one.photo) for one in zalo.shown] == [("Chào bác Hyưh", None)]


async def _with_photos(zalo: FakeZalo, parcel: Parcel, content: bytes) -> list[Outcome]:
    async def photo(_request: web.Request) -> web.Response:
        return web.Response(body=content, content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/xem/anh/{which}/{until}/{seal}", photo)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    zalo.port_of_ours = runner.addresses[0][1]
    line = zalo_line(zalo)
    try:
        return [await line.channel.send(part, NOW) for part in line.channel.parts(parcel)]
    finally:
        await line._client.close()
        await runner.cleanup()


def test_it_shows_no_photos_where_nobody_can_fetch_them() -> None:
    assert [part.photos for part in parts_of(replace(PARCEL, photos=(PHOTO, OTHER)), linking=True)] == [
        (PHOTO,),
        (OTHER,),
    ]
    assert len(parts_of(replace(PARCEL, spans=()), linking=False)) == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "arrives"),
    [
        (Fault.BAD_GATEWAY, Paused(NOW + timedelta(minutes=1), "outage"), False),
        (Fault.UNAVAILABLE, Paused(NOW + timedelta(minutes=1), "outage"), False),
        (Fault.PAGE, Paused(NOW + timedelta(minutes=1), "outage"), False),
        (Fault.DROPPED, Unknown(), False),
        (Fault.DROPPED_AFTER, Unknown(), True),
        (Fault.ERROR_AFTER, Unknown(), True),
        (Fault.SLOW_AFTER, Unknown(), True),
    ],
)
def test_it_knows_what_became_of_a_message_in_every_fault(
    zalo: FakeZalo, fault: Fault, outcome: Outcome, arrives: bool
) -> None:
    zalo.faults = lambda _method: fault
    assert send(zalo, PARCEL, seconds=0.5) == [outcome]
    assert bool(zalo.shown) == arrives


def test_it_waits_for_a_connection(zalo: FakeZalo) -> None:
    zalo.host = "http://127.0.0.1:9"
    assert send(zalo, PARCEL) == [Paused(NOW + timedelta(seconds=15), "no connection")]


def test_it_stops_until_the_next_month_where_the_quota_is_gone(zalo: FakeZalo) -> None:
    zalo.quota = 1
    assert send(zalo, PARCEL, PARCEL)[1] == Paused(end_of_month(NOW), QUOTA)
    assert len(zalo.shown) == 1


def test_it_cannot_reach_who_never_wrote(zalo: FakeZalo) -> None:
    assert send(zalo, replace(PARCEL, chat="0" * 20)) == [Unreachable()]


def test_it_sends_nothing_that_zalo_refuses(zalo: FakeZalo) -> None:
    assert send(zalo, saying("")) == [Rejected("zalo 400")]
    assert send(zalo, replace(PARCEL, spans=(Span("a" * 2_001),)), seconds=5)[0] != Rejected("zalo 400")


def test_it_waits_where_the_token_is_refused(zalo: FakeZalo) -> None:
    async def refused() -> Outcome:
        client = Client(SecretStr("4711:wrong"), zalo.host)
        try:
            await client.call("getMe")
        except Failure as failure:
            return outcome_of(failure, NOW)
        finally:
            await client.close()
        raise AssertionError

    assert asyncio.run(refused()) == Paused(NOW + timedelta(minutes=10), "token")


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (400, Rejected("zalo 400")),
        (403, Retry(60.0)),
        (404, Unreachable()),
        (408, Unknown()),
        (426, Rejected("zalo 426")),
        (429, Paused(end_of_month(NOW), QUOTA)),
        (0, Rejected("zalo 0")),
    ],
)
def test_it_has_an_outcome_for_every_code(code: int, outcome: Outcome) -> None:
    client = Client(SecretStr(TOKEN), "http://127.0.0.1:9")
    failure = client._failure({"ok": False, "error_code": code, "description": "x"})
    assert outcome_of(failure, NOW) == outcome


def test_it_takes_no_word_of_zalos_for_an_answer_unless_it_is_one() -> None:
    client = Client(SecretStr(TOKEN), "http://127.0.0.1:9")
    assert client._result(200, b'{"ok":true}') is None
    for status, body, failure in (
        (200, b'{"ok":fal', CutOff),
        (200, b"{}", CutOff),
        (200, b"null", CutOff),
        (500, b'{"ok":false,"error_code":429}', QuotaGone),
        (429, b"<html>slow down", Failure),
    ):
        with pytest.raises(failure):
            client._result(status, body)
    with pytest.raises(Failure) as slow:
        client._result(429, b"<html>slow down")
    assert not isinstance(slow.value, QuotaGone), "a front door's 429 is not the month's"


def test_it_never_tells_the_token(
    zalo: FakeZalo, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """All faults there are, the loudest logs there are, and not one word of the secret half."""
    caplog.set_level(logging.DEBUG)
    told: list[str] = []

    async def rages() -> None:
        asyncio.get_running_loop().set_debug(True)
        for host in (zalo.host, "http://127.0.0.1:9", "http://no-such-host.invalid", "nonsense://"):
            client = Client(SecretStr(TOKEN), host, 0.3)
            for fault in (*Fault, None):
                zalo.faults = lambda _method, fault=fault: fault  # type: ignore[misc]
                try:
                    await client.call("sendMessage", {"chat_id": "0" * 20, "text": TOKEN})
                except Failure as failure:
                    told.append(repr((failure, failure.__cause__, failure.args)))
            await client.close()
        refused = Client(SecretStr(TOKEN), zalo.host)._failure(
            {"ok": False, "error_code": 400, "description": f"no bot{TOKEN} here"}
        )
        assert isinstance(refused, Refused)
        told.append(refused.description)

    asyncio.run(rages())
    everything = "\n".join([*told, *capfd.readouterr(), caplog.text])
    assert len(told) > 10
    assert TOKEN.partition(":")[2] not in everything


def test_it_reaches_zalo_or_knows_that_it_did_not() -> None:
    async def lost() -> None:
        client = Client(SecretStr(TOKEN), "http://no-such-host.invalid")
        try:
            await client.call("getMe")
        finally:
            await client.close()

    with pytest.raises(NotReached):
        asyncio.run(lost())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_shows_nothing_twice_unmarked_whatever_goes_wrong(zalo: FakeZalo, seed: int) -> None:
    """What it believes arrived has arrived; what it believes lost has not; the rest it calls unknown."""
    zalo.faults = by_chance(seed, 0.4)
    parcels = [saying(f"tin {n}") for n in range(25)]
    outcomes = send(zalo, *parcels, seconds=0.2)
    shown = [one.text for one in zalo.shown]
    for parcel, outcome in zip(parcels, outcomes, strict=True):
        match outcome:
            case Sent():
                assert parcel.text in shown
            case Paused():
                assert parcel.text not in shown
            case _:
                assert isinstance(outcome, Unknown)
