"""An officer follows an announcement on Telegram: the status is edited, nothing is refused, replies go first."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.clock import Now
from tests.channels.telegram.stage import TelegramStage
from tests.channels.telegram.test_pace import Sender
from tests.conftest import Copies
from tests.following import WORDS, many_heads

pytestmark = pytest.mark.usefixtures("quick_network")


class LiveStage(TelegramStage):
    """Campaign time goes on while the pace is waited for. Nothing is sent before it is told to."""

    holds = False

    def clock(self) -> Now:
        at = self.now + self.waited
        return Now(at, at)

    async def _sends(self, app: App) -> bool:
        return not self.holds and await super()._sends(app)


@pytest.mark.parametrize("heads", [180, pytest.param(330, marks=pytest.mark.storm)])
def test_it_edits_the_status_every_few_seconds_and_provokes_no_refusal(heads: int, copies: Copies) -> None:
    stage = LiveStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hà", "Hyưh")
    many_heads(stage, heads)
    for words in ("thông báo", WORDS, "tất cả"):
        stage.says("Hà", words)
    stage.holds = True
    stage.says("Hà", "gửi")
    sender = Sender(stage)
    before = stage.clock().machine
    sender.goes_on(len(stage.fake.calls) + heads // 2)
    asked = stage.clock().machine
    stage.fake.people.says(stage.fake.people.private("Hyưh"), "Hyưh", "giúp")
    stage.polls(sender.app)
    assert sender.app.inbox.take_turn(stage.clock())
    sender.goes_on(heads * 3)
    sender.database.close()

    lasted = (stage.clock().machine - before).total_seconds()
    edits = [call for call in stage.fake.calls if call.method == "editMessageText"]
    assert lasted > heads / 33
    assert lasted // 5 <= len(edits) <= lasted // 5 + 1
    assert stage.fake.limits.refused == 0
    answer = next(message for message in stage.recorder.screen("Hyưh") if "BÁO CÁO" in message.text)
    assert answer.at - asked <= timedelta(seconds=1)
    above, below = stage.screen("Hà")[-2:]
    assert "kết quả ở tin dưới" in above
    assert f"Đã đến {heads + 1}/{heads + 9}" in below
