"""A channel that takes so many messages in a month: counted, foreseen, warned of; what waits, and who has no place."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from campaigns.quota import Quota, Urgency, end_of_month, forecast, month_of, warned_at
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, LO_KU, local, opened
from tests.two_channels import ADDRESS, PAGE, TwoChannels

HEADS = ("Hyưh", "Krŏng", "Sơ̆r")
MakeStage = Callable[..., TwoChannels]


@pytest.fixture(params=["sqlite"])
def make(copies: Copies, request: pytest.FixtureRequest) -> MakeStage:
    """A counted stage with an officer and three heads; the officer also has the page, but wrote last here."""

    def made(**plan: Any) -> TwoChannels:
        stage = TwoChannels(copies.copy(request.param), copies.invited[LO_KU], "bare", **plan)
        stage.joins("Hà", *HEADS)
        return stage

    return made


def spent(stage: TwoChannels) -> int:
    """What the ledger says of this month."""
    database = opened(stage.url)
    with database.transaction() as session:
        total = Store(session, stage.now, Random(0)).quotas.spent(BOT, month_of(stage.now))
    database.close()
    return total


def test_it_counts_what_reached_people_by_story_and_by_lane(make: MakeStage) -> None:
    stage = make()
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    assert spent(stage) == len(stage.recorder.delivered) == 4
    told = stage.says("Hà", "hạn mức")[-1]
    assert "Stage, tháng 5: đã gửi 4/3.000 tin. Cứ thế này đến cuối tháng chừng" in told
    assert "báo cáo 4" in told
    assert "Trả lời 1, xã tự gửi 3" in told
    assert "page" not in told.lower()


def test_it_counts_every_call_that_a_long_message_takes(make: MakeStage) -> None:
    stage = make()
    stage.says("Hyưh", "giúp")
    before = spent(stage)
    stage.recorder.capabilities = stage.recorder.capabilities.__class__(
        **{**stage.recorder.capabilities.__dict__, "text_limit": 60}
    )
    shown = stage.says("Hyưh", "giúp")
    assert len(shown) > 2
    assert spent(stage) - before == len(shown)


def test_it_begins_a_new_month_at_local_midnight() -> None:
    assert month_of(local("31/5 23:59")) != month_of(local("1/6 0:00"))
    assert end_of_month(local("31/5 23:59")) == local("1/6 0:00")
    assert end_of_month(local("31/12 12:00")) == local("1/1/2023 0:00")


def test_it_foresees_a_month_from_how_it_went_so_far() -> None:
    assert forecast(300, local("11/4 0:00")) == 900
    assert forecast(30, local("1/4 1:00")) == 900, "the first hours count as a day"
    assert forecast(0, local("11/4 0:00")) == 0


@pytest.mark.parametrize(("urgency", "last"), [(Urgency.ANNOUNCEMENT, 84), (Urgency.REMINDER, 94), (Urgency.REPLY, 99)])
def test_it_keeps_the_last_messages_for_what_is_more_urgent(urgency: Urgency, last: int) -> None:
    assert Quota(100).allows(last, urgency)
    assert not Quota(100).allows(last + 1, urgency)


def test_it_warns_at_seventy_and_at_ninety_once_each() -> None:
    assert [warned_at(p, frozenset()) for p in (69, 70, 89, 90, 100)] == [None, 70, 70, 90, 100]
    assert warned_at(80, frozenset({70})) is None
    assert warned_at(90, frozenset({70})) == 90
    assert warned_at(75, frozenset({90})) is None


def test_it_warns_the_officer_once_at_each_share(make: MakeStage) -> None:
    stage = make(monthly=20)
    for _ in range(25):
        stage.says("Hyưh", "giúp")
        stage.run(tick=True)
    warnings = [text for text in stage.screen("Hà") if "số tin" in text]
    assert [share for share in ("70 %", "90 %") for text in warnings if share in text] == ["70 %", "90 %"]


def test_it_tells_the_officer_when_forms_and_reminders_begin_to_wait(make: MakeStage) -> None:
    stage = make(monthly=40)
    stage.at("2/5 8:00")
    while spent(stage) < 38:
        stage.says("Hyưh", "giúp")
    stage.at("2/5 9:00")
    (told,) = [text for text in stage.screen("Hà") if "95 %" in text]
    assert "phiếu và tin nhắc đợi đến 1/6, ai chưa có tin thì gọi điện" in told


def test_it_does_not_say_in_june_that_may_is_used_up(make: MakeStage) -> None:
    """An officer who is nowhere else could not be told in time; in a new month it would only mislead."""
    stage = make(monthly=10)
    stage.at("2/5 8:00")
    for _ in range(12):
        stage.says("Hyưh", "giúp")
        stage.run(tick=True)
    assert spent(stage) == 10
    stage.at("1/6 7:00")
    assert not [text for text in stage.screen("Hà") if "hết tin tháng 5" in text]
    stage.at("2/6 7:00")
    assert not [text for text in stage.screen("Hà") if "hết tin tháng 5" in text]


def test_it_lets_announcements_wait_then_reminders_then_replies(make: MakeStage) -> None:
    stage = make(monthly=40)
    stage.at("2/5 8:00")
    for line in ("thông báo", "Mai họp làng lúc bảy giờ", "1"):
        stage.says("Hà", line)
    while spent(stage) < 33:
        stage.says("Krŏng", "giúp")
    stage.says("Hà", "gửi")
    assert spent(stage) == 34
    assert not [one for one in stage.recorder.delivered if "Mai họp làng" in one.text and one.chat != "Hà"]
    stage.at("5/5 18:30")
    asked = [one.chat for one in stage.recorder.delivered if "xin tin" in one.text]
    assert sorted(asked) == sorted(HEADS), "forms still go out, also behind what waits"
    while spent(stage) < 40:
        assert stage.says("Hyưh", "giúp"), "who asks is answered to the last"
    assert stage.says("Hyưh", "giúp") == []
    assert spent(stage) == 40
    stage.at("1/6 7:00")
    told = [one.chat for one in stage.recorder.delivered if "Mai họp làng" in one.text and one.chat != "Hà"]
    assert sorted(told) == sorted(HEADS), "what waited goes out when the month begins"


def test_it_loses_nothing_that_waited_and_sends_it_when_the_month_begins(make: MakeStage) -> None:
    stage = make(monthly=4)
    stage.joins_page("Hà")
    stage.at("5/5 18:30")
    assert stage.says("Hyưh", "150 43 không") != []
    assert stage.says("Hyưh", "giúp") == []
    told = stage.says_on_page("Hà", "hạn mức")[-1]
    assert "đã gửi 4/4 tin" in told
    assert "nên gọi điện:\n– bác Hyưh" in told
    assert ": giúp" in told
    stage.at("1/6 7:00")
    assert "BÁO CÁO" in [one.text for one in stage.recorder.delivered if one.chat == "Hyưh"][-1]


def test_it_asks_no_vendor_again_this_month_once_it_said_no(make: MakeStage) -> None:
    """Others may use the same bot, so the vendor's count is the one that holds."""
    stage = make()
    stage.joins_page("Hà")
    stage.counted.takes = 3
    stage.at("5/5 18:30")
    stage.says("Hyưh", "150 43 không")
    for hour in range(9):
        stage.at(local("6/5 6:00") + timedelta(hours=hour))
        stage.says("Krŏng", "giúp")
    assert stage.counted.refused == 1
    (gone,) = [one.text for one in stage.page.screen("Hà") if "hết tin tháng 5" in one.text]
    assert "từ 1/6 lại gửi đi được" in gone
    assert "– bác Hyưh" in gone
    stage.counted.takes = 10**6
    stage.at("1/6 7:00")
    receipts = [one.text for one in stage.recorder.delivered if one.chat == "Hyưh" and "Số 18-" in one.text]
    assert len(receipts) == 1, "the receipt was kept"


def test_it_sends_no_stale_reminder_when_the_month_begins(make: MakeStage) -> None:
    stage = make(monthly=4)
    stage.at("26/5 18:30")
    before = len(stage.recorder.delivered)
    stage.at("27/5 6:00")
    assert len(stage.recorder.delivered) - before <= 1
    stage.at("1/6 7:00")
    late = [one.text for one in stage.recorder.delivered[before:] if one.at >= local("1/6 0:00")]
    assert not [text for text in late if "tuần 21" in text and "đợi" in text], late


def test_it_goes_on_when_the_vendor_allows_more(make: MakeStage) -> None:
    stage = make(monthly=3)
    stage.at("5/5 18:30")
    assert stage.says("Hyưh", "150 43 không") == []
    stage.recorder.capabilities = stage.recorder.capabilities.__class__(
        **{**stage.recorder.capabilities.__dict__, "monthly_quota": 100}
    )
    stage.run()
    assert "Số 18-" in stage.screen("Hyưh")[-1]


def test_it_tells_who_has_no_place_kindly_and_once_and_where_else_to_write(make: MakeStage) -> None:
    stage = make(users=5)
    assert "Người thứ năm" not in stage.says("Người thứ năm", "chào")[-1]
    (told,) = stage.says("Người thứ sáu", "chào")
    assert "đã đủ người" in told
    assert ADDRESS in told
    assert stage.says("Người thứ sáu", stage.codes["Tâm"]) == []
    assert stage.says("Hyưh", "giúp") != []


def test_it_takes_no_more_groups_than_the_vendor_allows(make: MakeStage) -> None:
    stage = make(groups=1)
    assert "chưa nối" in stage.says("Nhóm một", "@xã chào")[-1]
    assert "đủ số nhóm" in stage.says("Nhóm hai", "@xã chào")[-1]
    assert stage.says("Nhóm hai", "@xã chào") == []


def test_it_does_not_take_the_stranger_without_a_place_for_the_end_of_the_month(make: MakeStage) -> None:
    stage = make(users=4)
    stage.counted.takes = 0
    stage.says("Người thứ năm", "chào")
    stage.counted.takes = 10**6
    assert stage.says("Hyưh", "giúp") != [], "nobody else waits because of them"


def test_it_does_not_count_where_nobody_counts(make: MakeStage) -> None:
    stage = make()
    stage.joins_page("Hà")
    stage.says_on_page("Hà", "giúp")
    database = opened(stage.url)
    with database.transaction() as session:
        assert Store(session, stage.now, Random(0)).quotas.spent(PAGE, month_of(stage.now)) == 0
    database.close()
