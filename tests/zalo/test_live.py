"""An announcement on Zalo, where nothing can be replaced and a month has few messages: not one more is sent."""

from dataclasses import dataclass

import pytest

from handlers import announcement_status
from tests.conftest import Copies
from tests.following import SlowStage, announces, many_heads, statuses
from tests.zalo.fake import FakeZalo
from tests.zalo.stage import ZALO, ZaloStage


@dataclass
class SlowZalo(SlowStage, ZaloStage):
    """Zalo takes only so many messages at a time."""

    def address(self, chat: str) -> str:
        """The id that Zalo has for somebody."""
        found = self.screens.note(chat)
        self.zalo.chats.append(found)
        return found


def test_it_sends_the_officer_what_was_asked_for_and_the_end(
    zalo: FakeZalo, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement_status, "AT_ONCE", 2)
    SlowZalo.zalo = zalo
    stage = SlowZalo(copies.copy("sqlite"), copies.invitations, "bare")
    stage.joins("Hà", "Hyưh")
    many_heads(stage, 10, ZALO)
    announces(stage)
    for _ in range(4):
        stage.takes(3, after=30)
    stage.takes(1_000, after=30)
    assert ["đang gửi" in text for text in statuses(stage)] == [True, False]
    assert "nhắn THÔNG BÁO" in statuses(stage)[-1]
    assert len(zalo.shown) == len(stage.screen("Hà")) + 11
