"""Invitation codes: eight digits in two groups of four, the last a check digit, typed by thumbs on old phones.

Seven digits of chance with few attempts allowed keep guessing hopeless; the check digit (Damm) catches every single
wrong digit and every swap of neighbours before an attempt is counted.
"""

import re
from datetime import timedelta
from random import Random

VALID_FOR = timedelta(days=30)
ATTEMPTS_PER_ACCOUNT = 5
ATTEMPTS_PER_BOT = 100
ATTEMPTS_WITHIN = timedelta(hours=1)

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_CODE = re.compile(r"(?<!\d)\d{4}[ .\-]?\d{4}(?!\d)")


def new_code(chance: Random) -> str:
    """Eight digits with their check digit, for example ``"48217063"``."""
    digits = f"{chance.randrange(10**7):07d}"
    return digits + str(_damm(digits))


def find_code(text: str) -> str | None:
    """The eight digits of the first thing in a text that looks like a code, none where nothing does."""
    match = _CODE.search(text)
    return re.sub(r"\D", "", match.group()) if match else None


def is_typed_right(code: str) -> bool:
    """Whether the check digit fits: false for any one wrong digit and for any two neighbours swapped."""
    return _damm(code) == 0


def shown_code(code: str) -> str:
    """A code as people read it out: ``"4821 7063"``."""
    return f"{code[:4]} {code[4:]}"


def _damm(digits: str) -> int:
    check = 0
    for digit in digits:
        check = _DAMM[check][int(digit)]
    return check
