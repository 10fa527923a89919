"""Which kinds of units take part, in an officer's words: "bỏ 2", "thêm 2"; numbers are places in the list shown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from campaigns.choosing.wording import bare
from campaigns.wrong import Wrong

_PART = re.compile(r"(bo|them|lay lai|lay)((?: \d{1,2})+)")


class Group(NamedTuple):
    """Units of one kind; ``allied`` ones (phối hợp) are invited and owe nothing."""

    kind: str
    allied: bool


def read_kinds(words: str, groups: Sequence[Group], left_out: frozenset[Group]) -> frozenset[Group] | Wrong:
    """Who is left out, with these taken out or in again. Somebody who reports has to be left."""
    for part in filter(None, re.split(r"\s*[,;]\s*", bare(words.replace("\n", ";")))):
        found = _PART.fullmatch(part)
        numbers = [int(number) for number in found.group(2).split()] if found else [0]
        if found is None or not all(0 < number <= len(groups) for number in numbers):
            return Wrong("kinds_not_read")
        named = {groups[number - 1] for number in numbers}
        left_out = left_out | named if found.group(1) == "bo" else left_out - named
    nobody = not any(group not in left_out and not group.allied for group in groups)
    return Wrong("nobody_left") if nobody else left_out
