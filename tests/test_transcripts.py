"""Conversations that a village head could read, played on both profiles and both databases.

Each is played in one of four places whenever the tests run: here on SQLite or on PostgreSQL, over HTTP on a Zalo
(`tests/zalo`), over HTTP on a Telegram (`tests/channels/telegram`). The storm plays all of them in all places.
"""

import pytest

from tests.conftest import Copies
from tests.play import ON_POSTGRESQL, ON_SQLITE, TRANSCRIPTS, TURNS, numbered, played


def profiles(number: int) -> tuple[str, str]:
    """The profile that a transcript is played on first, and the other."""
    return ("full", "bare") if number // len(TURNS) % 2 else ("bare", "full")


@pytest.mark.parametrize("number", numbered(ON_SQLITE))
def test_it_plays_this_transcript(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "sqlite", profiles(number)[0], copies)


@pytest.mark.parametrize("number", numbered())
def test_it_plays_this_transcript_with_the_other_profile(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "sqlite", profiles(number)[1], copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", numbered(ON_POSTGRESQL))
def test_it_plays_this_transcript_on_postgresql(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", profiles(number)[0], copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", numbered())
def test_it_plays_this_transcript_on_postgresql_with_the_other_profile(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", profiles(number)[1], copies)
