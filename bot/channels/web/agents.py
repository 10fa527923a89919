"""What a browser says that it is, in two words that texts have names for: ``"android-phone/chrome"``."""

import re

# The first that fits; what pretends to be another stands before it.
DEVICES = (
    (r"iPad", "ipad"),
    (r"iPhone|iPod", "iphone"),
    (r"Android.*Mobile|Mobile.*Android", "android-phone"),
    (r"Android", "android-tablet"),
    (r"CrOS", "chromebook"),
    (r"Windows", "windows"),
    (r"Macintosh", "mac"),
    (r"Linux|X11", "linux"),
)
BROWSERS = (
    (r"Zalo", "zalo"),
    (r"FBAN|FBAV|FB_IAB", "facebook"),
    (r"coc_coc_browser", "coccoc"),
    (r"SamsungBrowser", "samsung"),
    (r"EdgA?/|EdgiOS", "edge"),
    (r"OPR/|OPiOS|Opera", "opera"),
    (r"Firefox|FxiOS", "firefox"),
    (r"Chrome|CriOS|Chromium", "chrome"),
    (r"Safari", "safari"),
)


def described(user_agent: str) -> str:
    """The device and the browser, each ``other`` where it is none that is known."""
    return f"{_first(DEVICES, user_agent)}/{_first(BROWSERS, user_agent)}"


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, user_agent)), "other")
