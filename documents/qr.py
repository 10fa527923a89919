"""A link as a picture that a phone's camera opens."""

from io import BytesIO

import segno


def qr_picture(link: str) -> bytes:
    """A PNG, dark on light, that stands some smudges."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()
