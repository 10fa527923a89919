"""A million texts that look like answers: each is read, asked back or refused, in bounded time, and nothing raises."""

from collections import Counter
from random import Random
from time import process_time

import pytest

from campaigns.measure import MEASURES, Region, largest
from campaigns.quantities import AskBack, Nothing, Refused, Value, read
from tests.campaigns.test_quantities_properties import SALAD

MANY, SOME, PARTS = 1_000_000, 4_000, 8
SIGNS = "0123456789.,/- kKmhaột%đ₫½²１👍\u200b\n"
SLOWEST = 2.0  # seconds of the processor for one text: hundreds of times what any takes, so only a runaway shows
KINDS = (Value, AskBack, Refused, Nothing)


def text(chance: Random) -> str:
    """Words of answers, glued or apart; signs; or an honest figure with a slip in it."""
    dice = chance.random()
    if dice < 0.5:
        return chance.choice(["", " ", " ", " "]).join(chance.choices(SALAD, k=chance.randint(1, 9)))
    if dice < 0.8:
        return "".join(chance.choices(SIGNS, k=chance.randint(1, 14)))
    figure = list(f"{chance.randint(0, 10**7):,}".replace(",", "."))
    figure.insert(chance.randint(0, len(figure)), chance.choice(SIGNS))
    return "".join(figure) + " " + chance.choice(list(MEASURES))


def answers_all(seed: int, many: int) -> Counter[str]:
    """Read many texts; how many of each kind of answer there were."""
    chance, found = Random(seed), Counter[str]()
    measures, regions = list(MEASURES.values()), [None, *Region]
    for _ in range(many):
        said, measure = text(chance), chance.choice(measures)
        begun = process_time()
        reading = read(said, measure, chance.choice(regions))
        assert process_time() - begun < SLOWEST, said
        assert isinstance(reading, KINDS), said
        if isinstance(reading, Value):
            assert 0 <= reading.amount <= largest(measure) * 10_000, said
            assert reading.measure == measure, said
        found[type(reading).__name__] += 1
    return found


def test_it_answers_four_thousand_texts() -> None:
    found = answers_all(1, SOME)
    assert all(found[kind.__name__] for kind in KINDS)


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_it_answers_a_million_texts(part: int) -> None:
    assert sum(answers_all(100 + part, MANY // PARTS).values()) == MANY // PARTS
