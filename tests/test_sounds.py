"""What is taken for a voice message: a whole container that we know, with sound and nothing else. It never raises."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sounds import EMPTY, LARGEST, NOT_SOUND, TOO_BIG, Container, Sound, listened
from tests.sounds import aac, mp4, ogg, webm

EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(4_000)
MAKERS: dict[Container, Callable[[], bytes]] = {
    Container.AAC: aac,
    Container.OGG: ogg,
    Container.WEBM: webm,
    Container.MP4: mp4,
}


@pytest.mark.parametrize(
    ("content", "kind", "seconds"),
    [
        (aac(40), Container.AAC, 3),
        (b"ID3\4\0\0\0\0\0\5" + bytes(5) + aac(40), Container.AAC, 3),
        (ogg(2), Container.OGG, 2),
        (webm(3), Container.WEBM, 3),
        (mp4(7), Container.MP4, 7),
    ],
)
def test_it_knows_what_phones_send_and_how_long_it_is(content: bytes, kind: Container, seconds: int) -> None:
    assert listened(content) == Sound(kind, seconds)


BAD = {
    "a program under another name": EXE,
    "a page": b"<html><script>alert(1)</script></html>" * 20,
    "a photo": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(500),
    "MP3": b"\xff\xfb\x90\x64" + bytes(413),
    "WAV": b"RIFF\x24\0\0\0WAVEfmt " + bytes(60),
    "a video": webm(2, tracks=b"\2\1"),
    "a video alone": webm(2, tracks=b"\1"),
    "a film": mp4(2, handler=b"vide"),
    "Matroska": webm(2, doctype=b"matroska"),
    "no track at all": webm(2, tracks=b""),
    "a program behind a good beginning": aac(40) + EXE,
    "a program behind Ogg": ogg(2) + EXE,
    "a program behind MP4": mp4(2) + EXE,
    "a program behind WebM": webm(2) + EXE,
    "Ogg of something else": ogg(2).replace(b"OpusHead", b"\x80theora\3"),
    "Ogg cut off": ogg(2)[:-20],
    "MP4 cut off": mp4(2)[:-20],
    "a single frame": aac(1),
    "frames of no length": aac(4)[:4] + b"\0\x1f\xfc" * 40,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_it_takes_nothing_else(content: bytes) -> None:
    assert listened(content) == NOT_SOUND


def test_it_takes_neither_nothing_nor_too_much() -> None:
    assert listened(b"") == EMPTY
    assert listened(bytes(LARGEST + 1)) == TOO_BIG


def test_it_does_not_believe_a_message_of_a_year() -> None:
    assert listened(mp4(40_000)) == Sound(Container.MP4, None)


@given(st.sampled_from(sorted(MAKERS)), st.data())
def test_it_never_raises_however_a_message_is_damaged(kind: Container, data: st.DataObject) -> None:
    content = bytearray(MAKERS[kind]())
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])
    assert listened(cut) in (EMPTY, NOT_SOUND) or isinstance(listened(cut), Sound)


@given(
    st.sampled_from([b"OggS", b"\x1aE\xdf\xa3", b"\0\0\0\x18ftyp", b"\xff\xf1", b"ID3", b""]), st.binary(max_size=300)
)
def test_it_never_raises_whatever_follows(beginning: bytes, rest: bytes) -> None:
    listened(beginning + rest)
