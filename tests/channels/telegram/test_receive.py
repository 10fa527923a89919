"""What Telegram brings becomes what the program knows, once, in order, whichever way and however often it comes."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientSession, web
from sqlmodel import col, select

from bot.app import App
from bot.bell import Bell
from bot.channels.line import Gone, Receiver
from bot.channels.telegram.line import TelegramLine, Webhook
from bot.channels.telegram.receive import LARGEST
from bot.clock import Clock
from bot.outbox import inline
from storage.database import Database
from storage.machine_rows import ConversationRow, InboxRow
from storage.migrate import migrate
from storage.original_rows import RecordingRow
from storage.rows import AccountRow, PhotoRow, ReportRow
from storage.store import Store
from tests.channels.telegram.stage import Network, TelegramStage
from tests.conftest import ON_POSTGRES, Copies
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.world import Chat
from tests.stage import BOT


@pytest.fixture(scope="module", autouse=True)
def network() -> Iterator[Network]:
    """One server, one loop, one connection."""
    with FakeTelegram() as fake:
        TelegramStage.network = network = Network(fake)
        yield network
        network.close()
        assert fake.dishonest == []


@pytest.fixture
def stage(copies: Copies, network: Network) -> TelegramStage:
    """Hyưh and Hà are in, on Telegram."""
    stage = TelegramStage(copies.copy("sqlite"), copies.invitations)
    stage.joins("Hyưh", "Hà")
    return stage


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def either(request: pytest.FixtureRequest, copies: Copies, network: Network) -> Iterator[TelegramStage]:
    """The same, on either database."""
    stage = TelegramStage(copies.copy(request.param), copies.invitations)
    stage.joins("Hyưh", "Hà")
    yield stage
    copies.drop(stage.url)


@pytest.fixture
def hyuh(stage: TelegramStage) -> Chat:
    """Hyưh's chat."""
    return stage.fake.people.private("Hyưh")


def comes(stage: TelegramStage, *, run: bool = True) -> list[str]:
    """A new program asks Telegram what happened, and works; what that showed anybody."""
    before = stage.shown()
    app, database = stage.program()
    try:
        stage.polls(app)
        if run:
            stage._play(app)
    finally:
        database.close()
    return [message.text for message in stage.shown() if message not in before]


def settles(stage: TelegramStage) -> list[str]:
    """What comes, and what that showed anybody in the next two seconds."""
    before = stage.shown()
    comes(stage)
    stage.passes(seconds=2)
    return [message.text for message in stage.shown() if message not in before]


def rows(stage: TelegramStage) -> list[tuple[str, str, int]]:
    """Kind, words and number of photos of all that is stored."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = session.exec(select(InboxRow).order_by(col(InboxRow.id)))
        stored = [(row.kind, row.content["text"], len(row.content["photos"])) for row in found]
    database.close()
    return stored


def test_it_stores_before_it_lets_telegram_forget(
    stage: TelegramStage, hyuh: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    app, database = stage.program()
    with monkeypatch.context() as broken:
        broken.setattr(app.inbox, "receive", _full_disk)
        with pytest.raises(OSError, match="full"):
            stage.polls(app)
    database.close()
    assert [one["message"]["text"] for one in stage.fake.world.updates] == ["giúp"]
    assert len(comes(stage)) == 1
    assert comes(stage) == []


def _full_disk(*_: object) -> None:
    raise OSError("full")


def test_it_takes_an_update_of_an_unknown_shape_for_nothing(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.world.updates.append({"update_id": 5, "message": {"message_id": "what?"}})
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    stage.fake.checking = False
    assert len(comes(stage)) == 1
    stage.fake.checking = True


@pytest.mark.parametrize("kind", ["message_reaction", "poll", "chat_boost", "business_message", "something_of_2030"])
def test_it_lets_updates_of_kinds_that_it_never_asked_for_go_by(stage: TelegramStage, hyuh: Chat, kind: str) -> None:
    stage.fake.checking = False
    stage.fake.world.allowed = None
    stage.fake.world.happen(kind, {"chat": hyuh.short, "x": [{"y": None}]})
    stage.fake.people.says(hyuh, "Hyưh", "giúp")
    assert len(comes(stage)) == 1
    assert [words for _, words, _ in rows(stage)] == ["giúp"]
    stage.fake.checking = True


@pytest.mark.parametrize(
    "data", ["\x00", "a:\x00:\x00", "²", "report.correct_so::²", "d:x:²", "b:", ":" * 64, "\ud800"]
)
def test_it_survives_whatever_a_press_says(either: TelegramStage, data: str) -> None:
    either.at("5/5 18:30")
    either.says("Hyưh", "báo cáo")
    either.fake.people.presses(either.fake.people.private("Hyưh"), "Hyưh", data)
    assert comes(either)
    assert handled(either) == {"done"}


def test_it_survives_a_forged_number_of_the_words_to_correct_by(either: TelegramStage) -> None:
    either.at("5/5 18:30")
    either.says("Hyưh", "150 43 không")
    database = Database(either.url)
    with database.transaction() as session:
        report = session.exec(select(ReportRow)).one().id
    database.close()
    for number in ("²", "٣", "9" * 30, "-1", ""):
        either.fake.people.presses(either.fake.people.private("Hyưh"), "Hyưh", f"report.correct_so:{report}:{number}")
        assert comes(either)
    assert handled(either) == {"done"}


def handled(stage: TelegramStage) -> set[str]:
    """What became of all that was stored."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = {row.state for row in session.exec(select(InboxRow))}
    database.close()
    return found


def test_it_takes_an_album_as_one_turn(stage: TelegramStage, hyuh: Chat) -> None:
    stage.at("5/5 18:30")
    for number in range(3):
        caption = {"caption": "150 43 không"} if number == 1 else {}
        stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo", media_group_id="7", **caption)
        assert comes(stage) == []
    assert rows(stage)[-1] == ("photo", "150 43 không", 3)
    before = stage.screen("Hyưh")
    stage.passes(seconds=2)
    assert len(stage.screen("Hyưh")) == len(before) + 1
    assert "150/300 m" in stage.screen("Hyưh")[-1]
    database = Database(stage.url)
    with database.transaction() as session:
        assert len(session.exec(select(PhotoRow)).all()) == 3
    database.close()


def test_it_keeps_no_more_words_of_an_album_than_of_a_message(stage: TelegramStage, hyuh: Chat) -> None:
    for _ in range(5):
        stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo", media_group_id="7", caption="x" * 1_024)
    comes(stage, run=False)
    [(_, words, photos)] = rows(stage)
    assert (len(words), photos) == (4_000, 5)


def test_it_gives_a_late_part_of_an_album_a_turn_of_its_own(stage: TelegramStage, hyuh: Chat) -> None:
    stage.at("5/5 18:30")
    stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo", media_group_id="7")
    comes(stage)
    stage.passes(seconds=2)
    stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo", media_group_id="7")
    comes(stage)
    assert [row[2] for row in rows(stage) if row[0] == "photo"] == [1, 1]


def test_it_takes_each_recording_of_an_album_for_a_recording(stage: TelegramStage, hyuh: Chat) -> None:
    stage.at("5/5 18:30")
    for name in ("một", "hai"):
        audio = {"file_id": stage.fake.world.keep(b"ID3"), "file_unique_id": name, "duration": 3, "file_size": 3}
        stage.fake.people.says(hyuh, "Hyưh", "", audio=audio, media_group_id="7")
    comes(stage)
    assert [(kind, photos) for kind, _, photos in rows(stage)] == [("voice", 0), ("voice", 0)]
    database = Database(stage.url)
    with database.transaction() as session:
        assert session.exec(select(PhotoRow)).all() == []
        assert len(session.exec(select(RecordingRow)).all()) == 2
    database.close()


def test_it_answers_whoever_sends_a_photo_that_is_too_large(stage: TelegramStage, hyuh: Chat) -> None:
    size = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "file_size": LARGEST + 1}
    stage.fake.people.says(hyuh, "Hyưh", "", photo=[size])
    assert "đọc được chữ và ảnh" in comes(stage)[0]


@pytest.mark.parametrize("command", ["/start", "/start@ThiDuaBot"])
def test_it_reads_a_deep_link_as_the_code_typed(stage: TelegramStage, command: str) -> None:
    blenh = stage.fake.people.private("Blĕnh")
    stage.fake.people.says(blenh, "Blĕnh", f"{command} {stage.codes['Blĕnh']}")
    assert "Blĕnh" in comes(stage)[0]
    assert "Đồng ý" in [key["text"] for shown in blenh.shown.values() for key in shown.buttons]


GARBAGE = ["gui", "150", "thoi", "dong_y", "0", "1", "12345678-9", "x" * 64, "١٢٣٤٥٦٧٨", "1234 5678 150"]


@pytest.mark.parametrize("payload", GARBAGE)
def test_it_lets_no_link_speak_for_who_presses_it(stage: TelegramStage, hyuh: Chat, payload: str) -> None:
    stage.at("5/5 18:30")
    stage.says("Hyưh", "báo cáo")
    before = answers(stage)
    stage.fake.people.says(hyuh, "Hyưh", f"/start {payload}")
    comes(stage)
    assert answers(stage) == before
    assert rows(stage)[-1] == ("text", "/start", 0)


def answers(stage: TelegramStage) -> list[tuple[bool, dict[str, object]]]:
    """Where every conversation stands, open or not."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = [(row.open, row.answers) for row in session.exec(select(ConversationRow))]
    database.close()
    return found


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


def test_it_offers_changed_words_as_a_correction(stage: TelegramStage, hyuh: Chat) -> None:
    stage.at("5/5 18:30")
    said = stage.fake.people.says(hyuh, "Hyưh", "150 43 không")
    comes(stage)
    assert stage.fake.people.edits(hyuh, said, "1: 160 2: 43")
    assert "Báo cáo chưa đổi" in comes(stage)[-1]
    assert "160/300 m" in stage.presses("Hyưh", "Sửa theo tin này")[-1]


def test_it_reads_words_that_were_changed_before_their_turn_as_they_are_now(stage: TelegramStage, hyuh: Chat) -> None:
    said = stage.fake.people.says(hyuh, "Hyưh", "giup")
    comes(stage, run=False)
    stage.fake.people.edits(hyuh, said, "thôi")
    comes(stage, run=False)
    assert rows(stage) == [("text", "thôi", 0)]


def test_it_hears_two_changes_within_one_second(either: TelegramStage) -> None:
    either.at("5/5 18:30")
    said = either.fake.people.says(either.fake.people.private("Hyưh"), "Hyưh", "150 43 không")
    comes(either)
    for words in ("1: 160 2: 43", "1: 170 2: 43", "1: 170 2: 43"):
        either.fake.people.edits(either.fake.people.private("Hyưh"), said, words)
        comes(either)
    assert [words for kind, words, _ in rows(either) if kind == "edited"] == ["1: 160 2: 43", "1: 170 2: 43"]
    assert "170/300 m" in either.presses("Hyưh", "Sửa theo tin này")[-1]


@pytest.mark.parametrize(("first", "then"), [("x" * 4_050, "thôi"), ("thôi", "x" * 4_050)])
def test_it_knows_how_long_words_are_that_were_changed_before_their_turn(
    stage: TelegramStage, hyuh: Chat, first: str, then: str
) -> None:
    said = stage.fake.people.says(hyuh, "Hyưh", first)
    comes(stage, run=False)
    stage.fake.people.edits(hyuh, said, then)
    assert ("Tin dài quá" in comes(stage)[-1]) is (len(then) > 4_000)
    assert all(len(words) <= 4_000 for _, words, _ in rows(stage))


def test_it_executes_nothing_that_an_old_message_is_changed_to(stage: TelegramStage, hyuh: Chat) -> None:
    stage.at("5/5 18:30")
    said = stage.fake.people.says(hyuh, "Hyưh", "báo cáo")
    comes(stage)
    before = answers(stage)
    for number, words in enumerate(("gửi", "thôi", "/start 12345678", "150", "sửa 1: 9")):
        stage.now += timedelta(seconds=number + 1)
        stage.fake.people.edits(hyuh, said, words)
        comes(stage)
    assert answers(stage) == before


def test_it_answers_a_press_at_once_and_never_stores_that(stage: TelegramStage, hyuh: Chat) -> None:
    query = stage.fake.people.presses(hyuh, "Hyưh", "x:1")
    comes(stage)
    assert stage.fake.world.queries[query] is True
    assert [row[0] for row in rows(stage)] == ["press"]


def test_it_is_seen_typing_while_a_photo_is_fetched(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo")
    comes(stage)
    assert hyuh.actions == ["typing"]


def test_it_knows_who_blocked_it_until_they_write_again(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.becomes(hyuh, "Hyưh", "kicked")
    comes(stage)
    assert gone(stage, hyuh)
    stage.fake.people.becomes(hyuh, "Hyưh", "member")
    comes(stage)
    assert not gone(stage, hyuh)


def gone(stage: TelegramStage, chat: Chat) -> bool:
    """Whether a chat counts as out of reach."""
    database = Database(stage.url)
    with database.transaction() as session:
        row = session.exec(select(AccountRow).where(AccountRow.chat == str(chat.id))).one()
        found = row.gone_at is not None
    database.close()
    return found


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


def accounts(stage: TelegramStage) -> list[str]:
    """The addresses of all chats."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = [row.chat for row in session.exec(select(AccountRow))]
    database.close()
    return found


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


def test_it_takes_a_shared_number_as_the_answer(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.shares_number(hyuh, "Hyưh", "84905000101")
    comes(stage, run=False)
    assert rows(stage) == [("text", "84905000101", 0)]


@pytest.mark.parametrize("on_telegram", [True, False])
def test_it_takes_no_neighbours_number_for_ones_own(stage: TelegramStage, hyuh: Chat, on_telegram: bool) -> None:
    stage.fake.people.shares_contact(hyuh, "Hyưh", "84905000999", "Blĕnh", on_telegram=on_telegram)
    assert "đọc được chữ và ảnh" in comes(stage)[0]
    assert rows(stage) == [("contact", "", 0)]


@pytest.fixture
def unclaimed(copies: Copies, network: Network) -> Iterator[TelegramStage]:
    """A program that nobody has claimed; Mai has been asked for her telephone number."""
    url = copies.empty("sqlite")
    database = Database(url)
    migrate(database)
    stage = TelegramStage(url, [])
    with database.transaction() as session:
        code = Store(session, stage.now, Random(1), BOT).offices.offer_claim()
    database.close()
    for words in (code, "xã", "Lơ Ku", "cô Nguyễn Thị Mai"):
        stage.says("Mai", words)
    yield stage
    copies.drop(url)


def test_it_asks_for_ones_own_number_until_it_is_given(unclaimed: TelegramStage) -> None:
    mai = unclaimed.fake.people.private("Mai")
    asked = next(shown for shown in reversed(mai.shown.values()) if shown.by_bot)
    assert any(key.get("request_contact") for key in asked.buttons)
    unclaimed.fake.people.shares_contact(mai, "Mai", "84905000999", "Blĕnh")
    assert "Số điện thoại" in comes(unclaimed)[-1]
    unclaimed.fake.people.shares_number(mai, "Mai", "84905000201")
    told = comes(unclaimed)[-1]
    assert "cô Nguyễn Thị Mai, 0905 000 201" in told
    assert "999" not in told


@pytest.mark.parametrize("mime", ["image/jpeg", "image/heic", "image/heif"])
def test_it_takes_a_picture_sent_as_a_file_for_a_photo(stage: TelegramStage, hyuh: Chat, mime: str) -> None:
    stage.fake.people.sends_document(hyuh, "Hyưh", b"what a camera made", mime, caption="150 43 không")
    comes(stage, run=False)
    assert rows(stage) == [("photo", "150 43 không", 1)]


def test_it_says_what_it_reads_to_who_sends_another_file(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.sends_document(hyuh, "Hyưh", b"%PDF-1.7", "application/pdf")
    assert "đọc được chữ và ảnh" in comes(stage)[0]
    assert rows(stage) == [("other", "", 0)]


def line(stage: TelegramStage, app: App) -> tuple[TelegramLine, Receiver]:
    """A whole line with a webhook."""
    made = TelegramLine(
        stage.fake.token, stage.fake.url, stage.folder, Webhook("http://127.0.0.1:1", "a-secret-of-ours")
    )
    made.bot = BOT
    return made, Receiver(app.inbox, Clock(machine=lambda: stage.now), inline, Bell(), app.database)


def test_it_fetches_a_photo_or_says_that_it_is_gone(stage: TelegramStage, hyuh: Chat) -> None:
    sent = stage.fake.people.sends_photo(hyuh, "Hyưh", b"\xff\xd8 photo")
    app, database = stage.program()
    made, _ = line(stage, app)

    async def fetches() -> bytes:
        try:
            with pytest.raises(TelegramBadRequest, match="temporarily unavailable"):
                await made.fetch("nothing")
            large = stage.fake.world.keep(b"x" * (LARGEST + 1))
            with pytest.raises(Gone, match="too_big"):
                await made.fetch(large)
            return await made.fetch(sent["photo"][-1]["file_id"])
        finally:
            await made._telegram.session.close()

    assert asyncio.run(fetches()) == b"\xff\xd8 photo"
    database.close()


def test_it_is_called_by_telegram_and_acknowledges_only_what_is_stored(stage: TelegramStage, hyuh: Chat) -> None:
    app, database = stage.program()
    receive, refuse = app.inbox.receive, [True, True]

    def stumbles(*arguments: object) -> object:
        if refuse:
            refuse.pop()
            raise OSError("full")
        return receive(*arguments)  # type: ignore[arg-type]

    app.inbox.receive = stumbles  # type: ignore[method-assign, assignment]

    async def serves() -> int:
        made, receiver = line(stage, app)
        site = web.Application()
        site.add_routes(made.routes(receiver))
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made._webhook = Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}", "a-secret-of-ours")
        forged = await _posted(f"{made._webhook.url}{made.path}", "guess")
        await made.introduce()
        stage.fake.people.says(hyuh, "Hyưh", "giúp")
        async with asyncio.timeout(10):
            while stage.fake.world.updates:  # noqa: ASYNC110  # they go in another thread
                await asyncio.sleep(0.02)
        await runner.cleanup()
        await made._telegram.session.close()
        return forged

    assert asyncio.run(serves()) == 403
    assert not refuse
    assert rows(stage) == [("text", "giúp", 0)]
    stage.fake.methods.webhook.clear()
    database.close()


async def _posted(url: str, secret: str) -> int:
    async with ClientSession() as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with session.post(url, json={"update_id": 1}, headers=headers) as answer:
            return answer.status
