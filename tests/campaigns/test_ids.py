"""Identifiers sort by time and come from a given source of chance."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import LOCAL
from campaigns.ids import identifier, parse_id

NOON = datetime(2022, 5, 5, 12, 0, tzinfo=LOCAL)


@given(st.integers(), st.integers(1, 10**9))
def test_it_sorts_by_the_moment_of_making(seed: int, later: int) -> None:
    chance = Random(seed)
    assert identifier(NOON, chance) < identifier(NOON + timedelta(milliseconds=later), chance)


def test_it_is_a_uuid_of_version_seven_and_repeatable() -> None:
    made = identifier(NOON, Random(1))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made == identifier(NOON, Random(1))
    assert parse_id(str(made)) == made
    assert parse_id("không phải") is None
