"""Invitations to be printed and cut apart: each with a name, a code, and a picture of it for a camera."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from documents.card import drawable
from documents.qr import qr_picture

TEMPLATE = Path(__file__).parent / "invitations.typ"
WAYS_AT_MOST = 2  # pictures that have room beside the words


@dataclass(frozen=True)
class Way:
    """One way in: what it is called, and the link that its picture holds."""

    name: str
    link: str


@dataclass(frozen=True)
class Slip:
    """What stands on one invitation; every text is shown as it is, markup means nothing."""

    head: str
    name: str
    place: str
    how: str
    code: str
    foot: str
    ways: tuple[Way, ...]


def printed(slips: Sequence[Slip]) -> bytes:
    """The invitations as a PDF of A4 pages, eight on each."""
    import typst  # only who draws pays for it

    with TemporaryDirectory() as folder:
        root = Path(folder)
        copyfile(TEMPLATE, root / TEMPLATE.name)
        told = [_told(slip, at, root) for at, slip in enumerate(slips)]
        (root / "slips.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        made: bytes = typst.compile(root / TEMPLATE.name, root=root, format="pdf", ignore_system_fonts=True)
    return made


def _told(slip: Slip, at: int, root: Path) -> dict[str, object]:
    ways = [_drawn(way, root / f"{at}-{number}.png") for number, way in enumerate(slip.ways[:WAYS_AT_MOST])]
    words = {name: drawable(getattr(slip, name)) for name in ("head", "name", "place", "how", "code", "foot")}
    return {**words, "ways": ways}


def _drawn(way: Way, path: Path) -> dict[str, str]:
    path.write_bytes(qr_picture(way.link))
    return {"name": drawable(way.name), "file": path.name}
