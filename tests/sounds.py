"""Small voice messages of every container, made byte by byte: silence that any player plays."""

from struct import pack


def aac(frames: int = 40) -> bytes:
    """Frames of silence, 16 kHz mono, as Zalo hands them over: 64 ms each."""
    payload = bytes.fromhex("010000")
    size = 7 + len(payload)
    head = bytes([0xFF, 0xF1, 1 << 6 | 8 << 2, 1 << 6 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 0x1F, 0xFC])
    return (head + payload) * frames


def ogg(seconds: int = 2) -> bytes:
    """Opus, as Telegram hands it over."""
    head = b"OpusHead" + pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + pack("<I", 4) + b"test" + pack("<I", 0)
    frame = b"\xf8\xff\xfe"  # 20 ms of silence
    pages = [_page(0, 2, 0, [head]), _page(1, 0, 0, [tags])]
    pages += [_page(2 + n, 0, 48_000 * (n + 1), [frame] * 50) for n in range(seconds)]
    return b"".join(pages)


def _page(number: int, flags: int, granule: int, packets: list[bytes]) -> bytes:
    table = bytes(len(packet) for packet in packets)
    head = b"OggS\0" + pack("<BqIIIB", flags, granule, 7, number, 0, len(table)) + table
    whole = head + b"".join(packets)
    return whole[:22] + pack("<I", _crc(whole)) + whole[26:]


def _crc(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def _element(name: int, value: bytes) -> bytes:
    size = len(value)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (size | 1 << 28).to_bytes(4, "big") + value


def webm(seconds: int = 2, *, tracks: bytes = b"\x02", doctype: bytes = b"webm") -> bytes:
    """Opus, as a browser records it: nobody knew beforehand how long it would be."""
    head = _element(0x1A45DFA3, _element(0x4286, b"\1") + _element(0x4282, doctype))
    info = _element(0x1549A966, _element(0x2AD7B1, (1_000_000).to_bytes(3, "big")))
    entries = b"".join(_element(0xAE, _element(0xD7, b"\1") + _element(0x83, bytes([track]))) for track in tracks)
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff"
    blocks = b"".join(
        cluster
        + _element(0xE7, pack(">H", 1_000 * n))
        + _element(0xA3, b"\x81" + pack(">h", 999) + b"\x80\xf8\xff\xfe")
        for n in range(seconds)
    )
    segment = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    return head + segment + info + _element(0x1654AE6B, entries) + blocks


def _box(name: bytes, value: bytes) -> bytes:
    return pack(">I", 8 + len(value)) + name + value


def mp4(seconds: int = 2, *, handler: bytes = b"soun") -> bytes:
    """As an iPhone's browser records it."""
    track = _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(13))))
    header = _box(b"mvhd", bytes(12) + pack(">II", 1_000, 1_000 * seconds) + bytes(80))
    return _box(b"ftyp", b"mp42" + bytes(4) + b"isom") + _box(b"moov", header + track) + _box(b"mdat", bytes(64))
