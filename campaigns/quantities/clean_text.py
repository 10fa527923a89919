"""The text of an answer made even before it is read: one form of spaces, signs and units; what cannot be trusted."""

import re
import unicodedata

_UNITS = str.maketrans({"㎡": "m2", "㎥": "m3", "㎢": "km2", "㎏": "kg", "㎞": "km", "㏊": "ha", "％": "%", "﹪": "%"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"))
_GAPS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FEELINGS = re.compile("[\u263a\u2705\u2764\U0001f3fb-\U0001f3ff\U0001f44c-\U0001f44f\U0001f4aa\U0001f600-\U0001f64f]")
_FIELDS = re.compile("[\U0001f331-\U0001f33f\U0001f400-\U0001f43f]")  # plants and animals
_KEYCAP = "\u20e3"


def even(text: str) -> str | None:
    """The text in NFC and lower case, full-width signs made narrow, friendly emoji dropped; none if it cannot be read.

    Foreign digits, raised digits, keycaps and signs that turn the direction of writing cannot be read.
    """
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    spaced = _GAPS.sub(" ", narrow.strip().replace("\n", " ; ").translate(_UNITS).translate(_DASHES))
    squared = re.sub("(?<=m)[²³]", lambda match: "2" if match.group() == "²" else "3", spaced, flags=re.IGNORECASE)
    calm = _FIELDS.sub(" ", _FEELINGS.sub(" ", squared.replace("\ufe0f", "")))
    normal = unicodedata.normalize("NFC", calm).casefold()
    return None if any(map(_unreadable, normal)) else " ".join(normal.split())


def _unreadable(char: str) -> bool:
    foreign = char.isnumeric() and not char.isascii() and not char.isalpha()
    return foreign or char == _KEYCAP or unicodedata.category(char) in ("Cf", "Co", "Cs", "Cn")
