"""Reminder steps in an officer's words: "bỏ 1", "thêm 1 ngày trước 18:30", "thêm 2 giờ trước", "không nhắc"."""

import re
from collections.abc import Sequence

from campaigns.choosing.wording import bare, clock_in
from campaigns.edition import Step
from campaigns.wrong import Wrong

AT_MOST = 4
LONGEST_DAYS, LONGEST_HOURS = 14, 48
_NONE = frozenset({"khong nhac", "khong nhac gi", "thoi nhac", "bo het"})
_HOURS = re.compile(r"them (\d{1,2}) (?:gio|tieng) (truoc|sau)")
_DAYS = re.compile(r"them (?:(\d{1,2}) (?:ngay|hom) (truoc|sau)|(?:sang )?(?:ngay|hom) (?:hen|han))")


def read_steps(words: str, steps: Sequence[Step]) -> tuple[Step, ...] | Wrong:
    """The steps with these taken out or added, in the order in which they come."""
    said = bare(words.replace("\n", ";"))
    if said in _NONE:
        return ()
    dropped: set[int] = set()
    added: list[Step] = []
    for part in filter(None, re.split(r"\s*[,;]\s*", said)):
        numbers = re.fullmatch(r"bo(?: buoc)?((?: \d{1,2})+)", part)
        more = None if numbers else _step(part)
        if numbers:
            dropped |= {int(number) for number in numbers.group(1).split()}
        elif more:
            added.append(more)
        else:
            return Wrong("steps_not_read")
    return _together(steps, dropped, added)


def _together(steps: Sequence[Step], dropped: set[int], added: Sequence[Step]) -> tuple[Step, ...] | Wrong:
    if not dropped <= set(range(1, len(steps) + 1)):
        return Wrong("no_such_step")
    kept = [step for number, step in enumerate(steps, 1) if number not in dropped]
    together = {(step.days, step.hours, step.at): step for step in (*kept, *added)}
    if len(together) > AT_MOST:
        return Wrong("too_many_steps", about=str(AT_MOST))
    return tuple(sorted(together.values(), key=lambda step: step.days))


def _step(words: str) -> Step | None:
    by_hours = _HOURS.fullmatch(words)
    if by_hours:
        count = int(by_hours.group(1)) * (-1 if by_hours.group(2) == "truoc" else 1)
        return Step(f"hours{count:+}", hours=count) if 0 < abs(count) <= LONGEST_HOURS else None
    at, rest = clock_in(words)
    found = _DAYS.fullmatch(rest)
    if found is None or at is None:
        return None
    number, side = found.groups()
    days = int(number or 0) * (-1 if side == "truoc" else 1)
    return Step(f"days{days:+}-{at:%H%M}", days=days, at=at) if abs(days) <= LONGEST_DAYS else None
