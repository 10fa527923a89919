"""From what an answer may mean to what is done about it: taken, asked back or refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from campaigns.figures import SCALE
from campaigns.measure import Dimension, Measure, largest
from campaigns.quantities.phrases import Meaning
from campaigns.quantities.reading import AskBack, Reading, Refused, Value, Why


@dataclass(frozen=True)
class Weighed:
    """The values that meanings come to, the reasons to ask, and the reasons why others come to none."""

    values: tuple[Value, ...]
    doubts: tuple[Why, ...]
    failures: tuple[Why, ...]
    sure: bool


def refusal(why: Why, measure: Measure) -> Refused:
    """A refusal with an example that suits the measure."""
    return Refused(why, example(measure))


def example(measure: Measure) -> str:
    """A figure as one may write it for this measure."""
    if measure.dimension is Dimension.MONEY and measure.whole:
        return "12.500.000"
    return "12" if measure.whole else "12,5"


def weighed(meanings: Iterable[Meaning], said: str, measure: Measure) -> Weighed:
    """Meanings as values of the asked measure, equal ones once; an estimate anywhere makes it an estimate."""
    amounts: dict[int, bool] = {}
    doubts: dict[Why, None] = {}
    failures: dict[Why, None] = {}
    sure = True
    certain: set[int] = set()
    for meaning in meanings:
        amount, why = _stored(meaning, measure)
        if amount is None:
            failures[why or Why.OTHER_MEASURE] = None
            sure = sure and bool(meaning.why) and meaning.why is not Why.OTHER_MEASURE
        else:
            amounts[amount] = amounts.get(amount, False) or meaning.estimate
            certain |= set() if why else {amount}
            doubts |= {why: None} if why else {}
    values = tuple(Value(amount, measure, said, estimate) for amount, estimate in amounts.items())
    return Weighed(values, tuple(doubts), tuple(failures), sure and certain == set(amounts))


def _stored(meaning: Meaning, measure: Measure) -> tuple[int | None, Why | None]:
    """The amount in ten-thousandths and why it is in doubt, or none and why it cannot be."""
    if meaning.amount is None:
        return None, meaning.why
    if meaning.amount > largest(measure):
        return None, Why.TOO_BIG
    if measure.whole and meaning.amount.denominator != 1:
        return None, Why.NOT_WHOLE
    exact = meaning.amount * SCALE
    rounded = int(exact + Fraction(1, 2))
    if rounded == exact:
        return rounded, meaning.why
    return (rounded, meaning.why or Why.TOO_FINE) if rounded else (None, Why.TOO_FINE)


def judged(meanings: Iterable[Meaning], said: str, measure: Measure) -> Reading:
    """The reading of an answer that is one quantity: its only sure value, or a question, or why there is none."""
    found = weighed(meanings, said, measure)
    if not found.values:
        return refusal(found.failures[0], measure)
    if len(found.values) == 1 and found.sure:
        return found.values[0]
    return AskBack((*found.doubts, Why.UNCLEAR)[0], found.values)
