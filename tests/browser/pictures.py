"""Pictures for the guides, made from what the browser tests see."""

import io
from pathlib import Path

from PIL import Image

PAPER, MARGIN, HIGH = (244, 240, 232), 24, 760


def side_by_side(phone: bytes, screen: bytes, to: Path) -> None:
    """A phone beside a wide screen, as one small PNG."""
    pictures = [_scaled(Image.open(io.BytesIO(each))) for each in (phone, screen)]
    wide = sum(picture.width for picture in pictures) + 3 * MARGIN
    sheet = Image.new("RGB", (wide, HIGH + 2 * MARGIN), PAPER)
    at = MARGIN
    for picture in pictures:
        sheet.paste(picture, (at, MARGIN))
        at += picture.width + MARGIN
    to.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128).save(to, optimize=True)


def for_guides(screen: bytes, to: Path) -> None:
    """One screen, small enough for a page that is read on a phone."""
    to.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(screen)).convert("RGB").quantize(96).save(to, optimize=True)


def _scaled(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").resize((picture.width * HIGH // picture.height, HIGH), Image.Resampling.LANCZOS)
