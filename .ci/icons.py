"""Draws the app's icons anew from the page's SVG: ``python .ci/icons.py``. What it draws is committed."""

from pathlib import Path

import typst

ROOT = Path(__file__).parent.parent / "bot" / "channels" / "web"
SHEET = """
#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {fill})
#align(center + horizon, image(bytes({svg}), format: "svg", width: {wide}%))
"""
PAPER, NONE = 'rgb("#fffdf9")', "none"
# A maskable icon keeps its picture within the inner four fifths, as phones cut the rest to their own shape.
DRAWN = {
    "icon-192": (192, 92, NONE),
    "icon-512": (512, 92, NONE),
    "maskable-512": (512, 56, PAPER),
    "touch-180": (180, 72, PAPER),
}


def main() -> None:
    """Draw all of them."""
    svg = (ROOT / "static" / "icon.svg").read_text("utf-8").replace("\\", "\\\\").replace('"', '\\"')
    for name, (size, wide, fill) in DRAWN.items():
        sheet = SHEET.format(size=size, wide=wide, fill=fill, svg=f'"{svg}"')
        picture = typst.compile(sheet.encode(), format="png", ppi=72)
        assert isinstance(picture, bytes)
        (ROOT / "icons" / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
