"""What a campaign puts on one head: how many forms and reminders within seven days. The bound is the reminders' own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.calendar import Period, ask_at, close_at, due_at, periods
from campaigns.edition import Cadence, Choices
from campaigns.holidays import NONE
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.reminder import BUDGET, WITHIN, planned
from campaigns.target import Names

_NOBODY = Id(UUID(int=0))


@dataclass(frozen=True)
class Burden:
    """The most that one person gets within ``WITHIN``; forms of one moment count once."""

    forms: int
    reminders: int

    @property
    def too_much(self) -> bool:
        """Whether the forms alone go over what a person may get; reminders are held back by themselves."""
        return self.forms > BUDGET


def most_within(moments: Iterable[datetime]) -> int:
    """The most different moments within ``WITHIN`` of each other."""
    apart = sorted(set(moments))
    return max((sum(one <= later < one + WITHIN for later in apart) for one in apart), default=0)


def burden(choices: Choices, names: Names, already: Sequence[datetime], now: datetime) -> Burden:
    """What the head of a unit of these names gets who is ``already`` asked at these moments by other campaigns."""
    own = [
        (period, cadence)
        for cadence in choices.cadences
        if cadence.concerns(names)
        for period in periods(choices, cadence)
        if close_at(period, cadence) > now
    ]
    forms = most_within([*already, *(ask_at(*one) for one in own)])
    steps = max((len(planned(_unanswered(*one), choices.reminders, NONE)) for one in own), default=0)
    return Burden(forms, min(steps, max(BUDGET - forms, 0)))


def _unanswered(period: Period, cadence: Cadence) -> Obligation:
    """Somebody's obligation, as reminders are planned for it; holidays only take steps away."""
    moments = ask_at(period, cadence), due_at(period, cadence), close_at(period, cadence)
    return Obligation(_NOBODY, _NOBODY, 1, _NOBODY, _NOBODY, "/", period, *moments)
