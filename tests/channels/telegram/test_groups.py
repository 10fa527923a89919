"""Groups on Telegram: spoken to, grown, left, and linked by a code."""

import pytest

from tests.channels.telegram.incoming import accounts, comes, gone, rows, settles
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.world import Chat


@pytest.mark.parametrize(
    ("words", "answered"),
    [("bảng", False), ("@ThiDuaBot bảng", True), ("/bang@ThiDuaBot", True), ("/bang@OtherBot", False), ("/bang", True)],
)
def test_it_listens_in_a_group_only_when_it_is_meant(stage: TelegramStage, words: str, answered: bool) -> None:
    group = stage.fake.people.group("Nhóm làng")
    stage.fake.people.says(group, "An", words)
    assert bool(comes(stage)) is answered
    assert bool(rows(stage)) is answered


def test_it_hears_an_answer_to_its_own_message_in_a_group(stage: TelegramStage) -> None:
    group = stage.fake.people.group("Nhóm làng")
    ours = {"message_id": 3, "date": 1, "chat": group.short, "from": stage.fake.world.me, "text": "x"}
    stage.fake.people.says(group, "An", "bảng", reply_to_message=ours)
    assert len(comes(stage)) == 1


def linked(stage: TelegramStage, *, before: str = "@ThiDuaBot ") -> Chat:
    """A group that hears announcements; what is written ``before`` the code there makes it for us."""
    for words in ("nhóm", "Thêm nhóm", "Thông báo"):
        stage.presses("Hà", words) if words != "nhóm" else stage.says("Hà", words)
    told = stage.says("Hà", "Nhóm làng")
    code = next(word for word in told[-1].replace("\n", " ").split() if word.isdigit())
    at = told[-1].index(code)
    group = stage.fake.people.group("Nhóm làng")
    stage.fake.people.says(group, "An", f"{before}{told[-1][at : at + 9]}")
    assert "Nhóm này từ nay" in comes(stage)[0]
    return group


@pytest.mark.parametrize("joins_at", range(3))
@pytest.mark.parametrize("new_first", [True, False])
@pytest.mark.parametrize("spoke_first", [True, False])
def test_it_follows_a_group_that_grows(stage: TelegramStage, new_first: bool, spoke_first: bool, joins_at: int) -> None:
    group = linked(stage)
    new = stage.fake.people.grows(group, telling=False)
    if spoke_first:
        stage.fake.people.says(new, "An", "/giup")
        comes(stage)
    del stage.fake.world.chats[new.id]
    grown = stage.fake.people.grows(group, new_first=new_first, joins_at=joins_at)
    assert settles(stage) == []
    stage.fake.people.says(grown, "An", "/bang")
    assert "Chưa đến kỳ" in comes(stage)[-1]
    assert [chat for chat in accounts(stage) if chat.startswith("-")] == [str(grown.id)]


def test_it_finds_a_group_that_grew_unnoticed_when_it_writes_there(stage: TelegramStage) -> None:
    group = linked(stage)
    new = stage.fake.people.grows(group, telling=False)
    stage.presses("Hà", "Thôi nối «Nhóm làng»") if stage.says("Hà", "nhóm") else None
    assert [one.text for one in new.shown.values()][-1].startswith("Từ nay xã không nhắn")


@pytest.mark.parametrize("status", ["kicked", "left"])
def test_it_tells_the_officer_of_a_group_it_was_taken_out_of(stage: TelegramStage, status: str) -> None:
    group = linked(stage)
    stage.fake.people.becomes(group, "An", status)
    assert "không còn ở trong nhóm «Nhóm làng»" in comes(stage)[-1]
    assert gone(stage, group)
    stage.fake.people.becomes(group, "An", "member")
    assert [told for told in settles(stage) if "chưa nối" in told]


def test_it_knows_that_a_restricted_one_may_be_out(stage: TelegramStage) -> None:
    group = linked(stage)
    stage.fake.people.becomes(group, "An", "restricted")
    assert comes(stage) == []
    assert not gone(stage, group)
    update = stage.fake.people.member("restricted") | {"is_member": False}
    was = stage.fake.people.member("restricted")
    change = {"chat": group.short, "from": stage.fake.world.user("An"), "date": int(stage.fake.world.clock())}
    stage.fake.world.happen("my_chat_member", change | {"old_chat_member": was, "new_chat_member": update})
    assert "không còn ở trong nhóm «Nhóm làng»" in comes(stage)[-1]
    assert gone(stage, group)


def test_it_says_what_it_is_for_where_it_is_added(stage: TelegramStage) -> None:
    group = stage.fake.people.group("Nhóm làng")
    group.bot = "left"
    stage.fake.people.becomes(group, "An", "member")
    told = settles(stage)
    assert len(told) == 1
    assert "chưa nối" in told[0]


def test_it_says_nothing_where_it_becomes_an_admin_and_goes_on_there(stage: TelegramStage) -> None:
    group = linked(stage)
    stage.fake.people.becomes(group, "An", "administrator")
    assert comes(stage) == []
    assert rows(stage)[-1] == ("opened", "", 0)
    stage.fake.people.says(group, "An", "/bang")
    assert "Chưa đến kỳ" in comes(stage)[-1]


def test_it_links_a_group_by_the_command_that_a_link_writes_there(stage: TelegramStage) -> None:
    linked(stage, before="/start@ThiDuaBot ")
    assert not [words for _, words, _ in rows(stage) if "start" in words]
