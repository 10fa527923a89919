"""The picture that goes with a good example: a card to be read on a small phone and forwarded as it is."""

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from unicodedata import category, normalize

TEMPLATE = Path(__file__).parent / "highlight.typ"
WIDTH, HEIGHT = 1080, 1350  # pixels
QUALITY = 88
UNDRAWN = ("So", "Sk", "Cf", "Co", "Cn", "Cs")  # emoji, skin colours, joiners, and what is no letter at all
SYMBOLS = "\u2000"  # below are letters and signs like °, which it has
VARIANT = "\ufe0f"  # asks for an emoji's colours


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
        texts = {part: drawable(words) for part, words in asdict(card).items()}
        words = json.dumps(texts | {"photo": photo is not None}, ensure_ascii=False)
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


def drawable(words: str) -> str:
    """The words without pictures and unseen characters, for which the font has only empty boxes."""
    kept = (letter for letter in normalize("NFC", words) if letter < SYMBOLS or category(letter) not in UNDRAWN)
    return " ".join("".join(kept).replace(VARIANT, "").split())
