"""A bot that is taken away: its people are reached elsewhere or phoned, nothing breaks, and it may come back."""

from random import Random

import pytest

from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, LO_KU, opened
from tests.two_channels import PAGE, TwoChannels


@pytest.fixture
def stage(copies: Copies) -> TwoChannels:
    """Hyưh is on both channels and wrote last with the bot, Krŏng has the bot alone, the officer the page."""
    stage = TwoChannels(copies.copy("sqlite"), copies.invited[LO_KU], "bare")
    stage.joins("Hyưh", "Krŏng")
    stage.joins_page("Hyưh")
    stage.joins_page("Hà")
    stage.passes(minutes=1)
    stage.says("Hyưh", "giúp")
    return stage


def serve(stage: TwoChannels, *bots: str) -> None:
    """The program is started with these bots."""
    database = opened(stage.url)
    with database.transaction() as session:
        Store(session, stage.now, Random(0)).bots.serve(bots)
    database.close()


def test_it_reaches_people_elsewhere_once_their_bot_is_taken_away(stage: TwoChannels) -> None:
    serve(stage, PAGE)
    del stage.channels[BOT]
    before, on_page = len(stage.recorder.delivered), len(stage.page.screen("Hyưh"))
    stage.at("5/5 18:30")
    assert len(stage.recorder.delivered) == before
    assert len(stage.page.screen("Hyưh")) == on_page + 1
    assert "bác Krŏng 0905 000 103 (gọi điện)" in stage.says_on_page("Hà", "bảng")[-1]


def test_it_writes_with_the_bot_again_once_it_is_back(stage: TwoChannels) -> None:
    serve(stage, PAGE)
    serve(stage, BOT, PAGE)
    before = len(stage.recorder.delivered)
    stage.at("5/5 18:30")
    assert sorted(one.chat for one in stage.recorder.delivered[before:]) == ["Hyưh", "Krŏng"]
