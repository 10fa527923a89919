"""Who is asked for which figure, in an officer's words: "bỏ 3", "5 xã giữ", "3 mỗi tháng: Tháng này mấy hộ?".

Or only some kinds of units: "7 chỉ làng, cơ quan", "5 trừ trường", "3 làng mỗi tháng"; all again: "5 mọi nơi".
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from campaigns.campaign import Campaign
from campaigns.choosing.naming import EVERYBODY, all_but, known_names, names_said
from campaigns.choosing.wording import bare
from campaigns.edition import Choices
from campaigns.measure import MEASURES, Dimension
from campaigns.proposal import changed, most_asked, targets_asked, unasked
from campaigns.target import Asking, Holder, Names, Rhythm, Sort, Target
from campaigns.wrong import Wrong

LONGEST = 120  # letters of a question
RHYTHMS = {
    "tuan": Rhythm.WEEK,
    "thang": Rhythm.MONTH,
    "quy": Rhythm.QUARTER,
    "vu": Rhythm.SEASON,
    "nam": Rhythm.YEAR,
}
_DROP = re.compile(r"(?:bo|khong hoi|xa giu)((?: \d{1,3})+)|((?:\d{1,3} )+)(?:xa giu|khong hoi|bo)")
_RHYTHM = rf"(?:(?:moi|hang|theo) )?({'|'.join(RHYTHMS)})"
_ASK = re.compile(rf"(?:hoi )?(\d{{1,3}}) {_RHYTHM}")
_ASK_SOME = re.compile(rf"(?:hoi )?(\d{{1,3}}) (?:(chi|rieng|cho|o|tru|khong hoi|bo) )?(.+?)(?: {_RHYTHM})?")
_BUT = ("tru", "khong hoi", "bo")


def read_figures(words: str, campaign: Campaign, choices: Choices, sorts: Iterable[Sort] = ()) -> Choices | Wrong:
    """The choices with these targets asked of units or not; numbers are the targets' places in the plan, from one.

    ``sorts`` are the sorts of units that take part.
    """
    there = tuple(sorts)
    for part in _parts(words):
        read = _read(part, campaign, choices, there)
        if isinstance(read, Wrong):
            return read
        choices = read
    too_many = most_asked(choices, _called(there)) > choices.figures_at_most
    return Wrong("too_many_figures", about=str(choices.figures_at_most)) if too_many else choices


def _called(sorts: Iterable[Sort]) -> list[Names]:
    return [one.names for one in sorts]


def _parts(words: str) -> list[str]:
    """A question may hold commas, so these part changes only where nobody words one; kinds are listed with commas."""
    apart = r"\s*[;\n]\s*" if ":" in words else r"\s*[,;\n]\s*(?=[^,;\n]*\d)"
    return [part for part in re.split(apart, words.strip(" ,;\n")) if part]


def _read(part: str, campaign: Campaign, choices: Choices, sorts: tuple[Sort, ...]) -> Choices | Wrong:
    command, _, question = part.partition(":")
    said = bare(command)
    dropped = None if question else _DROP.fullmatch(said)
    if dropped:
        return _without(campaign, choices, (dropped.group(1) or dropped.group(2)).split())
    asked = _ASK.fullmatch(said)
    if asked:
        rhythm = RHYTHMS[asked.group(2)]
        return _with(campaign, choices, sorts, int(asked.group(1)), rhythm, question.strip()[:LONGEST])
    return _of_some(said, question, campaign, choices, sorts)


def _of_some(
    said: str, question: str, campaign: Campaign, choices: Choices, sorts: tuple[Sort, ...]
) -> Choices | Wrong:
    """Some kinds of units are asked and no others; how often may follow after a colon ("3 làng: mỗi tháng")."""
    if re.fullmatch(_RHYTHM, bare(question)):
        said, question = f"{said} {bare(question)}", ""
    found = _ASK_SOME.fullmatch(said)
    if found is None:
        return Wrong("figures_not_read")
    number, sign, named, rhythm = found.groups()
    who = _who(sign, named, sorts, number)
    if isinstance(who, Wrong):
        return who
    if rhythm:
        words = question.strip()[:LONGEST]
        return _with(campaign, choices, sorts, int(number), RHYTHMS[rhythm], words, lambda one: replace(one, who=who))
    return Wrong("figures_not_read") if question else _limited(campaign, choices, sorts, int(number), who)


def _who(sign: str | None, named: str, sorts: tuple[Sort, ...], number: str) -> tuple[str, ...] | Wrong | None:
    """The kinds that are asked, none for everybody."""
    if re.fullmatch(EVERYBODY, named) and sign not in _BUT:
        return None
    known = known_names(sorts)
    names = names_said(named, known)
    if names is None:
        example = f"{number} chỉ {known[0]}" if known else ""
        return Wrong("no_such_kind", example, ", ".join(known)) if sign and known else Wrong("figures_not_read")
    asked = all_but(names, sorts) if sign in _BUT else names
    return asked or Wrong("nobody_asked", about=number)


def _limited(
    campaign: Campaign, choices: Choices, sorts: tuple[Sort, ...], number: int, who: tuple[str, ...] | None
) -> Choices | Wrong:
    target = _target(campaign, number)
    if target is None:
        return Wrong("no_such_figure", about=str(number))
    if target.key not in targets_asked(choices, _called(sorts)):
        return Wrong("not_asked_yet", " ".join([str(number), *(who or ())[:1]]), str(number))
    limited = changed(choices, target.key, lambda one: replace(one, who=who))
    return limited if target.key in targets_asked(limited, _called(sorts)) else Wrong("too_seldom", about=str(number))


def _target(campaign: Campaign, number: int) -> Target | None:
    return campaign.targets[number - 1] if 0 < number <= len(campaign.targets) else None


def _without(campaign: Campaign, choices: Choices, numbers: list[str]) -> Choices | Wrong:
    for number in numbers:
        target = _target(campaign, int(number))
        if target is None:
            return Wrong("no_such_figure", about=number)
        choices = unasked(choices, target.key)
    return choices


def _with(
    campaign: Campaign,
    choices: Choices,
    sorts: tuple[Sort, ...],
    number: int,
    rhythm: Rhythm,
    question: str,
    limit: Callable[[Asking], Asking] = lambda one: one,
) -> Choices | Wrong:
    """Who asks for a figure out of its season means it: the season falls away."""
    target = _target(campaign, number)
    if target is None:
        return Wrong("no_such_figure", about=str(number))
    old = next((one for one in choices.askings if one.target == target.key), None)
    new = _asked(target, old, rhythm, question, len(choices.askings))
    if isinstance(new, Wrong):
        return new
    others = tuple(one for one in choices.askings if one.target != target.key)
    limited = limit(new)
    tried = (replace(choices, askings=(*others, one)) for one in (limited, replace(limited, season=None)))
    asked = (fits for fits in tried if target.key in targets_asked(fits, _called(sorts)))
    return next(asked, Wrong("too_seldom", about=str(number)))


def _asked(target: Target, old: Asking | None, rhythm: Rhythm, question: str, last: int) -> Asking | Wrong:
    """A unit is never asked for a share, and never for what has no measure."""
    measure = (old.measure if old else None) or target.measure
    if measure is None or measure not in MEASURES:
        return Wrong("no_measure", about=target.name)
    if MEASURES[measure].dimension is Dimension.SHARE:
        return Wrong("asks_share", about=target.name)
    if old and old.asked:
        return replace(old, holder=Holder.UNIT, rhythm=rhythm, asked=question or old.asked, measure=measure)
    label = (old.label if old else "") or target.name
    kind = (old.kind if old else None) or target.kind
    return Asking(
        target.key, Holder.UNIT, rhythm, question, label, (old.words if old else ()), measure, kind, rank=last
    )
