"""Every conversation of the project on Telegram, over HTTP, unchanged."""

import pytest

from tests.channels.telegram.stage import TelegramStage
from tests.conftest import Copies
from tests.play import ON_TELEGRAM, TRANSCRIPTS, numbered, played

pytestmark = pytest.mark.usefixtures("network")


def on_telegram(number: int, kind: str, copies: Copies) -> None:
    """Play one, and see that both clients know all that went over the wire, and nothing was too fast."""
    stage = played(TRANSCRIPTS[number], kind, "full", copies, on=TelegramStage)
    assert isinstance(stage, TelegramStage)
    assert stage.fake.dishonest == []
    assert stage.fake.limits.refused == 0
    assert not [call for call in stage.fake.calls if not call.ok]


@pytest.mark.parametrize("number", numbered(ON_TELEGRAM))
def test_it_plays_this_transcript_on_telegram(number: int, copies: Copies) -> None:
    on_telegram(number, "sqlite", copies)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("number", numbered())
def test_it_plays_this_transcript_on_telegram_and_postgresql(number: int, copies: Copies) -> None:
    on_telegram(number, "postgresql", copies)
