"""Conversations that a village head could read, played on both profiles and both databases.

Each is played in one of four places whenever the tests run: here on SQLite or on PostgreSQL, over HTTP on a Zalo
(`tests/zalo`), over HTTP on a Telegram (`tests/channels/telegram`). The storm plays all of them in all places.
"""

import pytest

from tests.conftest import Copies
from tests.play import ON_POSTGRESQL, ON_SQLITE, TRANSCRIPTS, numbered, played


@pytest.mark.parametrize("number", numbered(ON_SQLITE))
@pytest.mark.parametrize("profile", ["full", "bare"])
def test_it_plays_this_transcript(number: int, profile: str, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "sqlite", profile, copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", numbered(ON_POSTGRESQL))
def test_it_plays_this_transcript_on_postgresql(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", ("full", "bare")[number % 2], copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", numbered())
def test_it_plays_this_transcript_on_postgresql_with_the_other_profile(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", ("bare", "full")[number % 2], copies)
