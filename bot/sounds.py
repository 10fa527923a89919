"""Looks at a voice message before anybody hears it: is it one of the containers we play, whole, with nothing but sound?

Only the container is read, nothing is decoded: what a browser's player gets is at least what it says it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LARGEST = 12 * 1024 * 1024
LONGEST = 6 * 60 * 60  # seconds; what claims to be longer is not believed
EMPTY, TOO_BIG, NOT_SOUND = "empty", "too_big", "not_sound"


class Container(StrEnum):
    """What we take: raw AAC (ADTS), Ogg with Opus or Vorbis, WebM, MP4; a browser plays or makes each of them."""

    AAC = "aac"
    OGG = "ogg"
    WEBM = "webm"
    MP4 = "mp4"


@dataclass(frozen=True)
class Sound:
    """A voice message; ``seconds`` where its container tells."""

    kind: Container
    seconds: int | None


class _Broken(Exception):
    """Not what it began as."""


def listened(content: bytes) -> Sound | str:
    """What kind of voice message this is, or why it is none: EMPTY, TOO_BIG, NOT_SOUND. Never raises."""
    if not content:
        return EMPTY
    if len(content) > LARGEST:
        return TOO_BIG
    kind = _began_as(content)
    try:
        seconds = _READERS[kind](content)
    except (_Broken, IndexError):
        return NOT_SOUND
    return Sound(kind, seconds if seconds is not None and 0 <= seconds <= LONGEST else None)


def _began_as(content: bytes) -> Container:
    if content[:4] == b"OggS":
        return Container.OGG
    if content[:4] == b"\x1aE\xdf\xa3":
        return Container.WEBM
    return Container.MP4 if content[4:8] == b"ftyp" else Container.AAC


_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
_SAMPLES = 1_024  # of a frame


def _aac(content: bytes) -> int:
    """Frame after frame, each saying how long it is; the last may be cut off."""
    at, frames = _after_id3(content), 0
    rate = _RATES[content[at + 2] >> 2 & 15]
    while at + 7 <= len(content):
        if content[at] != 0xFF or content[at + 1] & 0xF6 != 0xF0 or _RATES[content[at + 2] >> 2 & 15] != rate:
            raise _Broken
        length = (content[at + 3] & 3) << 11 | content[at + 4] << 3 | content[at + 5] >> 5
        if length < 7:
            raise _Broken
        at, frames = at + length, frames + 1
    if frames < 2:
        raise _Broken
    return round(frames * _SAMPLES / rate)


def _after_id3(content: bytes) -> int:
    if content[:3] != b"ID3":
        return 0
    size = content[6:10]
    return 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])


def _ogg(content: bytes) -> int | None:
    """Page after page of one stream, which begins as Opus or Vorbis; a page tells how many samples there were."""
    if content[5] & 2 == 0:
        raise _Broken
    at, granule, rate = 0, 0, _ogg_rate(content)
    while at < len(content):
        if content[at : at + 5] != b"OggS\0":
            raise _Broken
        table = content[at + 27 : at + 27 + content[at + 26]]
        granule = max(granule, int.from_bytes(content[at + 6 : at + 14], "little", signed=True))
        at += 27 + len(table) + sum(table)
    if at != len(content):
        raise _Broken
    return round(granule / rate)


def _ogg_rate(content: bytes) -> int:
    packet = content[27 + content[26] :]
    if packet[:8] == b"OpusHead":
        return 48_000
    rate = int.from_bytes(packet[12:16], "little")
    if packet[:7] != b"\x01vorbis" or not rate:
        raise _Broken
    return rate


_SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO = 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x1549A966
_ENTERED = {0x1A45DFA3, _SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO, 0xA0}
_DOCTYPE, _TRACK_TYPE, _TIME, _BLOCKS, _SCALE = 0x4282, 0x83, 0xE7, {0xA1, 0xA3}, 0x2AD7B1
_SOUND_TRACK = b"\x02"


def _webm(content: bytes) -> int:
    """Element after element, entering those that hold others, whose length a recorder does not know beforehand."""
    types, kinds, scale, cluster, last = [], [], 1_000_000, 0, 0
    for name, value in _elements(content):
        if name == _DOCTYPE:
            types.append(value)
        elif name == _TRACK_TYPE:
            kinds.append(value)
        elif name == _SCALE:
            scale = int.from_bytes(value, "big")
        elif name == _TIME:
            cluster = int.from_bytes(value, "big")
        elif name in _BLOCKS:
            last = cluster + int.from_bytes(value[1:3], "big", signed=True)
    if types != [b"webm"] or kinds != [_SOUND_TRACK]:
        raise _Broken
    return round(last * scale / 1_000_000_000)


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        name, at = _number(content, at, keep_length=True)
        size, at = _number(content, at)
        if name in _ENTERED:
            continue
        if size < 0 or at + size > len(content):
            raise _Broken
        yield name, content[at : at + size]
        at += size


def _number(content: bytes, at: int, *, keep_length: bool = False) -> tuple[int, int]:
    """A number that says by its leading zero bits how many bytes it has, and where it ends; -1 for "not known"."""
    length = 9 - content[at].bit_length()
    if length > 8 or at + length > len(content):
        raise _Broken
    number = int.from_bytes(content[at : at + length], "big")
    if keep_length:
        return number, at + length
    number &= (1 << 7 * length) - 1
    return (-1 if number == (1 << 7 * length) - 1 else number), at + length


def _mp4(content: bytes) -> int | None:
    """Box after box to the end; all tracks in it are sound."""
    names = [name for name, _ in _boxes(content)]
    if names[0] != b"ftyp" or b"moov" not in names or b"mdat" not in names:
        raise _Broken
    movie = next(value for name, value in _boxes(content) if name == b"moov")
    parts = list(_boxes(movie))
    handlers = [_handler(value) for name, value in parts if name == b"trak"]
    if not handlers or set(handlers) != {b"soun"}:
        raise _Broken
    return _movie_seconds(next((value for name, value in parts if name == b"mvhd"), b""))


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        size, name, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(content) - at
        if size < head or at + size > len(content):
            raise _Broken
        yield name, content[at + head : at + size]
        at += size


def _handler(track: bytes) -> bytes:
    media = next((value for name, value in _boxes(track) if name == b"mdia"), b"")
    return next((value[8:12] for name, value in _boxes(media) if name == b"hdlr"), b"")


def _movie_seconds(header: bytes) -> int | None:
    """None where it was not known when the header was written, as in what a phone records piece by piece."""
    wide = header[:1] == b"\x01"
    at, size = (20, 8) if wide else (12, 4)
    scale, length = (int.from_bytes(header[a:b], "big") for a, b in ((at, at + 4), (at + 4, at + 4 + size)))
    return round(length / scale) if scale and length else None


_READERS: dict[Container, Callable[[bytes], int | None]] = {
    Container.AAC: _aac,
    Container.OGG: _ogg,
    Container.WEBM: _webm,
    Container.MP4: _mp4,
}
