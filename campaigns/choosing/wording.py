"""Words of choices, without marks, as the readers of choices share them."""

import re
from datetime import time

from campaigns.quantities.spelling import plain

WEEKDAYS = {
    **{f"thu {word}": number for number, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{f"thu {number + 2}": number for number in range(6)},
    **{f"t{number + 2}": number for number in range(6)},
    "chu nhat": 6,
    "cn": 6,
}
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])(?::([0-5]\d)|(?:h| gio)(?: ?([0-5]\d))?)(?!\d)")


def bare(words: str) -> str:
    """The words in lower case, without marks and doubled spaces."""
    return " ".join(plain(words.lower()).split())


def clock_in(words: str) -> tuple[time | None, str]:
    """The time of day that is named, "16:00", "16h30", "6 giờ", and the words without it; none where there is none."""
    found = _CLOCK.search(words)
    if found is None:
        return None, words
    hour, minutes, more = found.groups()
    return time(int(hour), int(minutes or more or 0)), " ".join((words[: found.start()] + words[found.end() :]).split())
