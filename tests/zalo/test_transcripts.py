"""Every conversation of the project, played over HTTP on a strict Zalo: unchanged in story."""

import pytest

from tests.conftest import Copies
from tests.play import ON_ZALO, TRANSCRIPTS, numbered, played
from tests.zalo.fake import FakeZalo
from tests.zalo.stage import ZaloStage


@pytest.mark.parametrize("number", numbered(ON_ZALO))
def test_it_plays_this_transcript_on_zalo(number: int, copies: Copies, stage_zalo: FakeZalo) -> None:
    stage = played(TRANSCRIPTS[number], "sqlite", "bare", copies, on=ZaloStage.on(stage_zalo))
    assert stage.shown()
