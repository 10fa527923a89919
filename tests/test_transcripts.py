"""Conversations that a village head could read, played on both profiles and both databases.

With Zalo's limits they are played on a Zalo over HTTP, in tests/zalo/test_transcripts.py; here that profile is a storm.
"""

from pathlib import Path

import pytest

from tests.conftest import Copies
from tests.play import TRANSCRIPTS, played


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("profile", ["full", pytest.param("bare", marks=pytest.mark.storm)])
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
