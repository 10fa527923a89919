"""Who is asked for which figure, in an officer's words: "bỏ 3", "5 xã giữ", "3 mỗi tháng: Tháng này mấy hộ?"."""

import re
from dataclasses import replace

from campaigns.campaign import Campaign
from campaigns.choosing.wording import bare
from campaigns.edition import Choices
from campaigns.measure import MEASURES, Dimension
from campaigns.proposal import most_asked, targets_asked, unasked
from campaigns.target import Asking, Holder, Rhythm, Target
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
_ASK = re.compile(rf"(?:hoi )?(\d{{1,3}}) (?:(?:moi|hang|theo) )?({'|'.join(RHYTHMS)})")


def read_figures(words: str, campaign: Campaign, choices: Choices) -> Choices | Wrong:
    """The choices with these targets asked of units or not; numbers are the targets' places in the plan, from one."""
    for part in _parts(words):
        command, _, question = part.partition(":")
        said = bare(command)
        dropped, asked = _DROP.fullmatch(said), _ASK.fullmatch(said)
        if dropped and not question:
            changed = _without(campaign, choices, (dropped.group(1) or dropped.group(2)).split())
        elif asked:
            rhythm = RHYTHMS[asked.group(2)]
            changed = _with(campaign, choices, int(asked.group(1)), rhythm, question.strip()[:LONGEST])
        else:
            return Wrong("figures_not_read")
        if isinstance(changed, Wrong):
            return changed
        choices = changed
    too_many = most_asked(choices) > choices.figures_at_most
    return Wrong("too_many_figures", about=str(choices.figures_at_most)) if too_many else choices


def _parts(words: str) -> list[str]:
    """A question may hold commas, so these part changes only where nobody words one."""
    apart = r"\s*[;\n]\s*" if ":" in words else r"\s*[,;\n]\s*"
    return [part for part in re.split(apart, words.strip(" ,;\n")) if part]


def _target(campaign: Campaign, number: int) -> Target | None:
    return campaign.targets[number - 1] if 0 < number <= len(campaign.targets) else None


def _without(campaign: Campaign, choices: Choices, numbers: list[str]) -> Choices | Wrong:
    for number in numbers:
        target = _target(campaign, int(number))
        if target is None:
            return Wrong("no_such_figure", about=number)
        choices = unasked(choices, target.key)
    return choices


def _with(campaign: Campaign, choices: Choices, number: int, rhythm: Rhythm, question: str) -> Choices | Wrong:
    """Who asks for a figure out of its season means it: the season falls away."""
    target = _target(campaign, number)
    if target is None:
        return Wrong("no_such_figure", about=str(number))
    old = next((one for one in choices.askings if one.target == target.key), None)
    new = _asked(target, old, rhythm, question, len(choices.askings))
    if isinstance(new, Wrong):
        return new
    others = tuple(one for one in choices.askings if one.target != target.key)
    tried = (replace(choices, askings=(*others, asking)) for asking in (new, replace(new, season=None)))
    asked = (changed for changed in tried if target.key in targets_asked(changed))
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
