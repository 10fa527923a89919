"""Choosing what a campaign runs by: each choice is proposed whole, changed by a few words, shown again until agreed."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from campaigns.campaign import CadenceKind, Campaign
from campaigns.choosing import (
    Group,
    read_end,
    read_figures,
    read_hours,
    read_kinds,
    read_start,
    read_steps,
    read_waves,
)
from campaigns.edition import Choices, Stage
from campaigns.proposal import fitted, waves_until
from campaigns.target import Sort
from campaigns.wrong import Wrong
from dialogue.answers import CHOICE, Answer
from dialogue.forms import Form, Line, Option, Pick
from handlers.choices_shown import figures_shown, groups_shown, regimes, steps_shown

T = TypeVar("T")
Asked = Generator[Form, Mapping[str, Answer], T]
Numbers = Iterator[int]
"""Makes the keys of questions that may be put again and again unique within a script."""

FIVE_WEEKS = timedelta(days=34)
EXAMPLE_YEAR = 2022  # where the plan names none
AGREED = Option("agree", "buttons.agree", ("dong y", "nhu de nghi", "nhu vay", "duoc", "dung", "dung roi"))
KINDS = (
    Option(CadenceKind.WEEK, "buttons.every_week", ("tuan", "moi tuan", "hang tuan")),
    Option(CadenceKind.MONTH, "buttons.every_month", ("thang", "moi thang", "hang thang")),
    Option(CadenceKind.QUARTER, "buttons.every_quarter", ("quy", "moi quy", "hang quy")),
    Option(CadenceKind.WAVE, "buttons.every_wave", ("dot", "moi dot", "het moi dot")),
    Option(CadenceKind.CAMPAIGN, "buttons.at_the_end", ("cuoi phong trao", "mot lan", "cuoi dot")),
)
AT_MILESTONES = Option(CadenceKind.MILESTONE, "buttons.at_milestones", ("moc", "theo moc"))


def _line(text: str, numbers: Numbers, line: Callable[[str], Line], values: Mapping[str, Any]) -> Asked[Answer]:
    key = f"{text}.{next(numbers)}"
    return (yield Form("choosing", (replace(line(key), text=text),), values))[key]


def _agreed(
    text: str,
    numbers: Numbers,
    choice: T,
    read: Callable[[str, T], T | Wrong],
    shown: Callable[[T], Mapping[str, Any]],
    options: tuple[Option, ...] = (AGREED,),
    sorts: Sequence[Sort] = (),
) -> Asked[tuple[T, str]]:
    """Show a choice, changed by what is typed, until one of the options is taken.

    Which ``sorts`` of units there are is told as a hint: that more came makes an answer no answer to something else.
    """
    while True:
        values = shown(choice)
        line = partial(Line, reads=_kept_as_said(read, choice), options=options, about=values)
        answer = yield from _line(text, numbers, line, {**values, "kinds": _kinds(sorts)})
        if answer.how == CHOICE:
            return choice, str(answer.value)
        changed = read(answer.words, choice)
        choice = choice if isinstance(changed, Wrong) else changed


def _kept_as_said(read: Callable[[str, T], T | Wrong], choice: T) -> Callable[[str, date], object]:
    """What is kept of a change is its words, as long as they can be taken."""

    def reads(words: str, _day: date) -> object:
        changed = read(words, choice)
        return changed if isinstance(changed, Wrong) else words

    return reads


def start_asked(numbers: Numbers, campaign: Campaign) -> Asked[list[date]]:
    """The first day, or both where a span is said."""
    values = {"title": campaign.plan.title, "year": campaign.year or EXAMPLE_YEAR}
    answer = yield from _line("start", numbers, partial(Line, reads=read_start, about=values), values)
    return [date.fromisoformat(day) for day in answer.value]


def end_asked(numbers: Numbers, start: date, now: date | None = None) -> Asked[date]:
    """The last day, where there is one ``now`` another one."""
    values = {"start": start.isoformat(), "example": (now or start + FIVE_WEEKS).isoformat()}
    reads = partial(read_end, start=start)
    answer = yield from _line("end", numbers, partial(Line, reads=reads, about=values), values)
    return date.fromisoformat(str(answer.value))


def waves_asked(numbers: Numbers, start: date, end: date) -> Asked[tuple[Stage, ...]]:
    """Waves that follow each other, by their last days."""
    values = {"start": start.isoformat(), "end": end.isoformat(), "middle": _middle(start, end).isoformat()}
    reads = partial(read_waves, start=start, end=end)
    answer = yield from _line("waves", numbers, partial(Line, reads=reads, about=values), values)
    return waves_until(start, [date.fromisoformat(day) for day in answer.value])


def _middle(start: date, end: date) -> date:
    return start + timedelta(days=(end - start).days // 2)


def kind_asked(numbers: Numbers, campaign: Campaign) -> Asked[CadenceKind]:
    """How often reports are wanted."""
    key = f"cadence.{next(numbers)}"
    options = (*KINDS, AT_MILESTONES) if campaign.deadlines else KINDS
    answer = (yield Form("choosing", (Pick(key, options, campaign.slug, text="cadence"),)))[key]
    return CadenceKind(str(answer.value))


def hours_asked(numbers: Numbers, choices: Choices, sorts: Sequence[Sort], *, by_plan: bool = False) -> Asked[Choices]:
    """When each period is asked for, waited for and closed, of what anybody owes; some may owe more often than others.

    Whoever reports more seldom than before may be asked for more at once: of that no more is kept than fits.
    """
    owed = tuple(one for one in choices.cadences if one.who != ())
    calendar = tuple(one for one in choices.cadences if one.who == ())
    changed, _ = yield from _agreed(
        "hours",
        numbers,
        owed,
        lambda words, choice: read_hours(words, choice, sorts),
        lambda now: {"regimes": regimes(now), "by_plan": by_plan},
        sorts=sorts,
    )
    return fitted(replace(choices, cadences=(*changed, *calendar)))


def _kinds(sorts: Sequence[Sort]) -> list[str]:
    """What kinds there are, where units are not all alike."""
    kinds = list(dict.fromkeys(one.kind for one in sorts))
    return kinds if len(kinds) > 1 else []


def figures_asked_for(numbers: Numbers, campaign: Campaign, choices: Choices, sorts: Sequence[Sort]) -> Asked[Choices]:
    """What which units are asked, and what offices hold."""
    changed, _ = yield from _agreed(
        "figures",
        numbers,
        choices,
        lambda words, choice: read_figures(words, campaign, choice, sorts),
        lambda now: figures_shown(campaign, now, sorts),
        sorts=sorts,
    )
    return changed


def steps_asked(numbers: Numbers, choices: Choices) -> Asked[Choices]:
    """When who has not answered is reminded."""
    changed, _ = yield from _agreed(
        "steps",
        numbers,
        choices.reminders,
        read_steps,
        lambda now: {"steps": steps_shown(replace(choices, reminders=now))},
    )
    return replace(choices, reminders=changed)


def who_asked(
    numbers: Numbers, groups: Mapping[Group, list[Any]], left_out: frozenset[Group], ways: tuple[Option, ...]
) -> Asked[tuple[frozenset[Group], str]]:
    """Which kinds of units take part, and in which of the ways they come to it."""
    return (
        yield from _agreed(
            "who",
            numbers,
            left_out,
            lambda words, choice: read_kinds(words, list(groups), choice),
            lambda now: {"groups": groups_shown(groups, now)},
            ways,
        )
    )
