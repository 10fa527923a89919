"""What can be launched, and what is proposed for whatever its plan leaves open. A proposal is shown, never assumed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from campaigns.calendar import periods
from campaigns.campaign import CadenceKind, Campaign, Open
from campaigns.edition import Cadence, Choices, Moment, Stage, Step, figures_asked
from campaigns.month import first_day, last_day
from campaigns.target import Asking, Holder, Names, Rhythm

PERIODIC = (CadenceKind.WEEK, CadenceKind.MONTH, CadenceKind.QUARTER, CadenceKind.WAVE, CadenceKind.CAMPAIGN)
APART_DAYS = 7  # reports of several kinds never fall due in one week
FRIDAY = 4
REMINDERS = (Step("morning", at=time(6)),)
_EVENING = Moment(0, time(18, 30))
_WEEKLY = Cadence(CadenceKind.WEEK, _EVENING, Moment(1, time(16)), Moment(4, time(10)), begins=FRIDAY)
_LONGER = Cadence(CadenceKind.MONTH, _EVENING, Moment(5, time(17)), Moment(10, time(10)))
_ON_THE_DAY = Cadence(CadenceKind.MILESTONE, Moment(0, time(6)), Moment(0, time(17)), Moment(3, time(10)))


@dataclass(frozen=True)
class Offer:
    """A campaign on offer, with the choices that are proposed for it; none where nobody has thought of any."""

    campaign: Campaign
    proposed: Choices | None = None


def upward(campaign: Campaign) -> tuple[CadenceKind, ...]:
    """How often units report to somebody above, as the plan says; none where it leaves that open.

    A line that names no receiver stays within each unit: nobody above follows it.
    """
    if Open.CADENCE in campaign.to_confirm:
        return ()
    kinds = [line.cadence for line in campaign.report_lines if line.to and line.cadence in PERIODIC]
    return tuple(dict.fromkeys(kinds))


def proposed(offer: Offer, start: date, end: date, kinds: Sequence[CadenceKind], waves: Sequence[Stage]) -> Choices:
    """The choices to begin with: everybody reports in these kinds of period, and is asked what fits into a form."""
    choices = Choices(
        start=start,
        end=end,
        cadences=tuple(one for place, kind in enumerate(kinds) for one in _cadences(offer, kind, place)),
        askings=tuple(_asking(offer, target.key, start) for target in offer.campaign.targets),
        waves=waves_of(offer.campaign) or tuple(waves),
        milestones=milestones_of(offer.campaign, start),
        reminders=offer.proposed.reminders if offer.proposed else REMINDERS,
    )
    return fitted(choices)


def waves_of(campaign: Campaign) -> tuple[Stage, ...]:
    """The plan's own waves."""
    return tuple(Stage(wave.name, first_day(wave.start), last_day(wave.end)) for wave in campaign.waves)


def milestones_of(campaign: Campaign, start: date) -> tuple[Stage, ...]:
    """The plan's deadlines, each with the days that lead up to it."""
    return tuple(Stage(one.what, min(start, one.last), one.last, one.key) for one in campaign.deadlines)


def waves_until(start: date, lasts: Sequence[date]) -> tuple[Stage, ...]:
    """Waves that follow each other, by their last days; they have numbers, no names."""
    firsts = [start, *(last + timedelta(days=1) for last in lasts)]
    return tuple(Stage("", first, last) for first, last in zip(firsts, lasts, strict=False))


def _cadences(offer: Offer, kind: CadenceKind, place: int) -> Iterator[Cadence]:
    """The regime of one kind of period; at milestones one for each deadline."""
    known = offer.proposed.cadences if offer.proposed else ()
    if kind is CadenceKind.MILESTONE:
        yield from (replace(_ON_THE_DAY, deadline=one.key) for one in offer.campaign.deadlines)
    else:
        own = next((one for one in known if one.kind is kind and one.who != ()), None)
        yield replace(own, who=None) if own else standard(kind, place)


def standard(kind: CadenceKind, place: int = 0) -> Cadence:
    """The moments that are proposed where nothing is known; the ``place``-th kind of several comes a week later."""
    if kind is CadenceKind.WEEK:
        return _WEEKLY
    ask, due, close = (
        replace(moment, days=moment.days + APART_DAYS * place) for moment in (_LONGER.ask, _LONGER.due, _LONGER.close)
    )
    return replace(_LONGER, kind=kind, ask=ask, due=due, close=close)


def _asking(offer: Offer, target: str, start: date) -> Asking:
    """What is proposed for a target; where nothing is, its figure is somebody's own register and nobody is asked."""
    known = {one.target: one for one in offer.proposed.askings} if offer.proposed else {}
    if target not in known or offer.proposed is None:
        return Asking(target, Holder.OFFICE, Rhythm.NEVER, label=offer.campaign.target(target).name)
    years = start.year - offer.proposed.start.year
    season = known[target].season
    moved = (_years_later(season[0], years), _years_later(season[1], years)) if season else None
    return replace(known[target], who=None, season=moved)


def _years_later(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap and years else day.day)


def fitted(choices: Choices) -> Choices:
    """The choices with no more figures in any form than fit into one; those of the last ranks are not asked."""
    while (fullest := max(_forms(choices), key=len, default=[])) and len(fullest) > choices.figures_at_most:
        choices = unasked(choices, fullest[-1].target)
    return choices


def unasked(choices: Choices, target: str) -> Choices:
    """The choices in which units are not asked for a target: an office holds it."""
    return changed(choices, target, lambda one: replace(one, holder=Holder.OFFICE, rhythm=Rhythm.NEVER, who=None))


def changed(choices: Choices, target: str, change: Callable[[Asking], Asking]) -> Choices:
    """The choices with what is asked about a target changed."""
    askings = (change(one) if one.target == target else one for one in choices.askings)
    return replace(choices, askings=tuple(askings))


def most_asked(choices: Choices, sorts: Iterable[Names] = ()) -> int:
    """How many figures the fullest form has, also of units of these ``sorts``."""
    return max(map(len, _forms(choices, sorts)), default=0)


def asked_of(choices: Choices, names: Names) -> dict[str, Asking]:
    """The figures that units of these names are asked for in any form, by target, in order of rank."""
    return _by_target(_forms_of(choices, names))


def targets_asked(choices: Choices, sorts: Iterable[Names] = ()) -> dict[str, Asking]:
    """The figures that are asked for in any form at all, by target, in order of rank.

    Where it is not known how units are called (``sorts``) they may be of any kind in any cluster.
    """
    known = set(sorts) or {one | other for one in _told_apart(choices) for other in _told_apart(choices)}
    return _by_target(form for names in known for form in _forms_of(choices, names))


def _by_target(forms: Iterable[list[Asking]]) -> dict[str, Asking]:
    found = {one.target: one for form in forms for one in form}
    return dict(sorted(found.items(), key=lambda pair: pair[1].rank))


def _forms(choices: Choices, sorts: Iterable[Names] = ()) -> Iterator[list[Asking]]:
    """Every form of everybody that the choices tell apart: by one name each, or as they are known to be called."""
    for names in {*_told_apart(choices), *sorts}:
        yield from _forms_of(choices, names)


def _told_apart(choices: Choices) -> set[Names]:
    """Units with one of the names that the choices use, and those with none of them."""
    said = {name for cadence in choices.cadences for name in (*(cadence.who or ()), *cadence.but)}
    said |= {name for asking in choices.askings for name in asking.who or ()}
    return {Names(), *(Names({name}) for name in said)}


def _forms_of(choices: Choices, names: Names) -> Iterator[list[Asking]]:
    for cadence in choices.cadences:
        if cadence.concerns(names):
            for period in periods(choices, cadence):
                yield figures_asked(choices, cadence.kind, names, period.end)
