"""Conversations that a village head could read, played on both profiles and both databases.

On SQLite they are played over HTTP: the full profile on a Telegram (`tests/channels/telegram`), Zalo's limits on a Zalo
(`tests/zalo`); here those two are for the storm.
"""

from pathlib import Path

import pytest

from tests.conftest import Copies
from tests.play import TRANSCRIPTS, played


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
@pytest.mark.storm
@pytest.mark.parametrize("profile", ["full", "bare"])
def test_it_plays_this_transcript(transcript: Path, profile: str, copies: Copies) -> None:
    played(transcript, "sqlite", profile, copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", range(len(TRANSCRIPTS)), ids=lambda number: TRANSCRIPTS[number].stem)
def test_it_plays_this_transcript_on_postgresql(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", ("full", "bare")[number % 2], copies)


@pytest.mark.storm
@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", range(len(TRANSCRIPTS)), ids=lambda number: TRANSCRIPTS[number].stem)
def test_it_plays_this_transcript_on_postgresql_with_the_other_profile(number: int, copies: Copies) -> None:
    played(TRANSCRIPTS[number], "postgresql", ("bare", "full")[number % 2], copies)
