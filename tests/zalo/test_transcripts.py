"""Every conversation of the project, played over HTTP on a strict Zalo: unchanged in story."""

from pathlib import Path

import pytest

from tests.conftest import Copies
from tests.play import TRANSCRIPTS, played
from tests.zalo.fake import FakeZalo
from tests.zalo.stage import ZaloStage


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_it_plays_this_transcript_on_zalo(transcript: Path, copies: Copies, stage_zalo: FakeZalo) -> None:
    stage = played(transcript, "sqlite", "bare", copies, on=ZaloStage.on(stage_zalo))
    assert stage.shown()
