"""What the clock made the program say of its own accord: to whom, at what hour, and whether anybody needed it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.channels.recorder.channel import Delivered
from bot.simulation.heads import Head
from bot.simulation.screen import Screen
from bot.simulation.showing import GROUPS
from campaigns.calendar import LOCAL
from campaigns.holidays import Holidays

_DIGEST = re.compile(r"^[^\n(]+: da (co|du) tin \d", re.MULTILINE)  # a board names its days in brackets
WEEK = timedelta(days=7)
# The oracle's own hours: heads early and in the evening, offices in office hours.
FARMERS = ((time(5, 30), time(7)), (time(18), time(20)))
OFFICES = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))


class Watched:
    """Sees every message as it reaches somebody, and what that person had said by then."""

    def __init__(self, heads: dict[str, Head], holidays: Holidays, spoke: Mapping[str, datetime]) -> None:
        """``spoke`` is when each chat said something last: what answers it was asked for, so it is no push."""
        self._spoke = spoke
        self._heads = {head.chat: head for head in heads.values()}
        self._holidays = holidays
        self._stories: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._pushed: dict[str, list[datetime]] = defaultdict(list)

    def sees(self, message: Delivered) -> None:
        """Look at one message on somebody's screen."""
        self._stories[message.parcel.name.partition(".")[0]] += 1
        screen = Screen(message)
        if screen.says(" oi, ", "doi ") and screen.says("bao cao"):
            self._sees_reminder(message, screen)
        elif screen.says("xin tin") and message.chat in self._heads:
            self._push(message)
        elif screen.words.startswith("thong bao\n"):
            self._found["announced"] += 1
        elif screen.words.startswith("nguoi tot, viec tot\n") and message.chat in GROUPS:
            self._found["highlights"] += 1
        elif screen.says("mot tuan sau han"):
            self._sees_digest(message, "escalations")
        elif _DIGEST.search(screen.words):
            self._sees_digest(message, "digests")

    def _sees_reminder(self, message: Delivered, screen: Screen) -> None:
        self._found["reminders"] += 1
        head = self._heads.get(message.chat)
        told = head.told.get(screen.period or "") if head else None
        self._found["reminded_after_report"] += bool(told and told.receipts)
        self._found["in_quiet_hours"] += not self._awake(message.at, FARMERS, weekends=True)
        self._push(message)

    def _push(self, message: Delivered) -> None:
        if self._spoke.get(message.chat) == message.at:
            return
        moments = self._pushed[message.chat]
        if not moments or moments[-1] != message.at:
            moments.append(message.at)

    def _sees_digest(self, message: Delivered, kind: str) -> None:
        self._found[kind] += 1
        self._found["in_quiet_hours"] += not self._awake(message.at, OFFICES, weekends=False)

    def _awake(self, at: datetime, spans: tuple[tuple[time, time], ...], *, weekends: bool) -> bool:
        here = at.astimezone(LOCAL)
        works = self._holidays.on(here.date()) is None and (weekends or here.weekday() < 5)
        return works and any(start <= here.time() <= end for start, end in spans)

    def counts(self) -> dict[str, Any]:
        """What was seen; messages by the story that said them."""
        keys = (
            "announced",
            "highlights",
            "reminders",
            "reminded_after_report",
            "in_quiet_hours",
            "digests",
            "escalations",
        )
        most = max((self._in_a_week(moments) for moments in self._pushed.values()), default=0)
        stories = dict(sorted(self._stories.items()))
        return {key: self._found[key] for key in keys} | {
            "announcements": int(self._found["announced"] > 0),
            "messages_by_story": stories,
            "pushed_per_person_week_max": most,
        }

    @staticmethod
    def _in_a_week(moments: list[datetime]) -> int:
        return max(sum(start <= each < start + WEEK for each in moments) for start in moments)
