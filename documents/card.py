"""The picture that goes with a good example: a card to be read on a small phone and forwarded as it is."""

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

TEMPLATE = Path(__file__).parent / "highlight.typ"
WIDTH, HEIGHT = 1080, 1350  # pixels
QUALITY = 88


@dataclass(frozen=True)
class Card:
    """What stands on a card; every text is shown as it is, markup means nothing."""

    head: str
    name: str
    place: str
    deed: str
    foot: str


def picture(card: Card, photo: Path | None = None) -> bytes:
    """The card as a JPEG of WIDTH × HEIGHT, with the photo if there is one; in a font that needs no installing."""
    import typst  # only who draws pays for it
    from PIL import Image

    with TemporaryDirectory() as folder:
        if photo is not None:
            copyfile(photo, Path(folder) / "photo.jpg")
        copyfile(TEMPLATE, Path(folder) / TEMPLATE.name)
        words = json.dumps(asdict(card) | {"photo": photo is not None}, ensure_ascii=False)
        png = typst.compile(
            Path(folder) / TEMPLATE.name,
            root=Path(folder),
            format="png",
            ppi=72.0,
            sys_inputs={"card": words},
            ignore_system_fonts=True,
        )
    drawn = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()
