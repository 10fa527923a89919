"""Doubts: an answer that could mean two things, or is odd beside the last one, is asked back once, never guessed."""

from dataclasses import dataclass

from campaigns.figures import SCALE
from campaigns.quantities import AskBack, Value, Why
from dialogue.forms import Figure

TENFOLD = 10
CLOSE = 3


@dataclass(frozen=True)
class Doubt:
    """What was said for a figure and what it could mean, the likeliest first, as amounts of the asked measure.

    ``odd`` means that it reads clearly, as ``candidates[-1]``, and only looks wrong beside the last value or the goal.
    """

    key: str
    said: str
    why: str
    candidates: tuple[int, ...]
    estimate: bool = False
    odd: bool = False


def oddity(figure: Figure, value: Value) -> Doubt | None:
    """Why a clear value looks wrong: ten times the last one, a tenth of it, or a running total that went down."""
    last, amount = figure.previous, value.amount
    why = _why_odd(figure, last, amount)
    if why is None:
        return None
    likelier = [a for a in (amount // TENFOLD, amount * TENFOLD) if last and _looks_right(figure, last, a)]
    return Doubt(figure.key, value.said, why, (*likelier[:1], amount), value.estimate, odd=True)


def _why_odd(figure: Figure, last: int | None, amount: int) -> str | None:
    if figure.goal and amount >= figure.goal * TENFOLD:
        return "far_over_goal"
    if last is None or last == 0:
        return None
    if figure.running_total and amount < last:
        return "below_last"
    if amount >= last * TENFOLD:
        return "tenfold"
    return "tenth" if 0 < amount * TENFOLD <= last else None


def _looks_right(figure: Figure, last: int, amount: int) -> bool:
    close = last <= amount * CLOSE and amount <= last * CLOSE
    return close and _why_odd(figure, last, amount) is None and (not figure.measure.whole or amount % SCALE == 0)


def ambiguity(figure: Figure, said: str, back: AskBack) -> Doubt | Value:
    """What to ask about an unclear quantity; only a decimal point in keeping with the last value is taken for meant.

    "12.5" after 11,8 is 12,5: a question back would cost more than the receipt that says so.
    """
    meant = back.suggestions[0] if len(back.suggestions) == 1 else None
    last = figure.previous
    if back.why is Why.DOT_DECIMAL and meant and last and _close(last, meant.amount) and not oddity(figure, meant):
        return meant
    return Doubt(figure.key, said, str(back.why), tuple(value.amount for value in back.suggestions))


def _close(last: int, amount: int) -> bool:
    return last <= amount * 2 and amount <= last * 2
