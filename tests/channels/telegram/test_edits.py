"""Words that are changed on Telegram after they were sent: read as they are now, or offered as a correction."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage.database import Database
from storage.rows import ReportRow
from tests.channels.telegram.incoming import answers, comes, handled, rows
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.world import Chat


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
