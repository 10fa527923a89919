"""Albums, photos, recordings and other files from Telegram."""

import asyncio

import pytest
from aiogram.exceptions import TelegramBadRequest
from sqlmodel import select

from bot.channels.line import Gone
from bot.channels.telegram.receive import LARGEST
from storage.database import Database
from storage.original_rows import RecordingRow
from storage.rows import PhotoRow
from tests.channels.telegram.incoming import comes, line, rows
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.world import Chat


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


@pytest.mark.parametrize("mime", ["image/jpeg", "image/heic", "image/heif"])
def test_it_takes_a_picture_sent_as_a_file_for_a_photo(stage: TelegramStage, hyuh: Chat, mime: str) -> None:
    stage.fake.people.sends_document(hyuh, "Hyưh", b"what a camera made", mime, caption="150 43 không")
    comes(stage, run=False)
    assert rows(stage) == [("photo", "150 43 không", 1)]


def test_it_says_what_it_reads_to_who_sends_another_file(stage: TelegramStage, hyuh: Chat) -> None:
    stage.fake.people.sends_document(hyuh, "Hyưh", b"%PDF-1.7", "application/pdf")
    assert "đọc được chữ và ảnh" in comes(stage)[0]
    assert rows(stage) == [("other", "", 0)]


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
