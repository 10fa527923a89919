"""Voice messages from their arrival to their end: fetched, heard by who may, written down once, erased in time."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.clock import Now
from bot.erasing import Erasing
from bot.inbox import Arrival
from campaigns.authority import Role
from dialogue.incoming import Kind
from handlers.hearing import let_go
from storage.store import Store
from tests.channels.test_fetching import Shelf, fetches
from tests.sounds import ogg
from tests.stage import BOT, Stage, local, opened


@pytest.fixture
def asked(set_stage: Callable[..., Stage], database_kind: str) -> Stage:
    """The form of week 18 has gone out; Hyưh and Hà can be reached. On both databases."""
    return set_stage(database_kind, begun=_asked)


@pytest.fixture
def asked_here(set_stage: Callable[..., Stage]) -> Stage:
    """The same, on SQLite alone."""
    return set_stage(begun=_asked)


def _asked(stage: Stage) -> None:
    stage.joins("Hyưh", "Krŏng", "Hà")
    stage.at("5/5 18:30")


def rows(stage: Stage, question: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    database = opened(stage.url)
    with database.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(question))]
    database.close()
    return found


def speaks(stage: Stage, who: str, event: str = "") -> None:
    stage.attaches(who, Kind.VOICE, event=event or None)


def written_down(stage: Stage) -> None:
    """Hà listens and writes down."""
    stage.says("Hà", "xem tơ bla")
    stage.presses("Hà", "Nghe rồi ghi giúp")
    stage.says("Hà", "150 43 không")


def test_it_is_one_report_however_often_the_vendor_brings_it(asked: Stage) -> None:
    for _ in range(3):
        speaks(asked, "Hyưh", event="the same")
    assert rows(asked, "select count(*) from report") == [(1,)]
    assert rows(asked, "select count(*) from recording") == [(1,)]
    assert rows(asked, "select count(*) from original") == [(1,)]
    assert rows(asked, "select source from version") == [("voice",)]


def test_it_counts_as_on_time_by_when_it_was_sent_not_when_it_was_handled(asked: Stage) -> None:
    sent = local("6/5 15:59")
    asked.now = local("6/5 17:30")
    app, database = asked.program()
    arrival = Arrival(BOT, "delayed", "Hyưh", Kind.VOICE, sent, sources=("there",))
    app.inbox.receive(arrival, asked.clock())
    database.close()
    asked.run()
    assert "lúc 15:59 thứ Sáu 6/5, đúng hạn" in asked.screen("Hyưh")[-1]


def test_it_is_fetched_after_a_crash_between_arrival_and_fetching(asked: Stage, tmp_path: Path) -> None:
    """Every line of a stage is a new program: what was announced to the one before is fetched by the next."""
    speaks(asked, "Hyưh")
    shelf = Shelf(stumbles=1, content=ogg(2))
    assert fetches(asked, shelf, tmp_path) == 1
    assert rows(asked, "select state from recording") == [("to_fetch",)]
    assert fetches(asked, shelf, tmp_path, after=timedelta(minutes=1)) == 1
    assert rows(asked, "select state, kind, seconds from recording") == [("good", "ogg", 2)]
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [ogg(2)]
    seen = asked.says("Hà", "xem tơ bla")[-1]
    assert "Ghi âm 0:02, bác Hyưh" in seen
    assert "Nghe ở trang nhắn tin của xã" in seen, "this channel plays nothing"


def test_it_keeps_one_where_it_died_after_the_file_and_before_the_row(
    asked: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(asked, "Hyưh")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("storage.recordings.Recordings.fetched", dies)
        with pytest.raises(KeyboardInterrupt):
            fetches(asked, Shelf(content=ogg()), tmp_path)
    assert fetches(asked, Shelf(content=ogg()), tmp_path) == 1
    assert rows(asked, "select state from recording") == [("good",)]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "không có tiếng"),
        (b"MZ\x90\0" + bytes(3_000), "không mở được"),
        (bytes(30 * 1024 * 1024), "dài quá"),
    ],
)
def test_it_tells_who_sent_what_cannot_be_heard_and_lets_the_officer_call(
    asked_here: Stage, tmp_path: Path, content: bytes, why: str
) -> None:
    stage = asked_here
    speaks(stage, "Hyưh")
    fetches(stage, Shelf(content=content), tmp_path)
    stage.run()
    assert why in stage.screen("Hyưh")[-1]
    assert "gửi lại giúp xã, hoặc gọi cô Hà 0905 000 111" in stage.screen("Hyưh")[-1]
    assert list(tmp_path.iterdir()) == []
    assert "làng Tơ Bla (18-01, ghi âm, đợi ghi)" in stage.says("Hà", "bảng")[-1]
    assert "không mở được, nên gọi hỏi lại" in stage.says("Hà", "xem tơ bla")[-1]
    stage.says("Hà", "ghi giúp tơ bla")
    assert "gọi lúc 18:30" in stage.says("Hà", "150 43 không")[0]
    assert rows(stage, "select source from version where number = 2") == [("phone",)]
    assert rows(stage, "select count(*) from original where settled_at is null") == [(0,)]


def test_it_settles_only_what_the_officer_could_have_heard(asked_here: Stage) -> None:
    """One more recording while the first is being written down: it still waits afterwards."""
    stage = asked_here
    speaks(stage, "Hyưh")
    stage.says("Hà", "xem tơ bla")
    stage.presses("Hà", "Nghe rồi ghi giúp")
    speaks(stage, "Hyưh")
    stage.says("Hà", "150 43 không")
    assert rows(stage, "select count(settled_at), count(*) from original") == [(1, 2)]
    assert "ghi âm, đợi ghi" in stage.says("Hà", "bảng")[-1]


def test_it_takes_in_no_report_that_somebody_spoke_into_meanwhile(asked_here: Stage) -> None:
    stage = asked_here
    stage.says("Hyưh", "150 43 không")
    stage.says("Hà", "xem tơ bla")
    press = stage.button("Hà", "Tổng hợp")
    speaks(stage, "Hyưh")
    assert "vừa có bản mới" in stage.presses_data("Hà", press)[0]
    assert rows(stage, "select state from report") == [("submitted",)]
    stage.presses("Hà", "Tổng hợp")
    assert rows(stage, "select count(*) from original where settled_at is null") == [(0,)]


def test_it_writes_down_once_however_often_the_button_is_pressed(asked_here: Stage) -> None:
    stage = asked_here
    speaks(stage, "Hyưh")
    stage.says("Hà", "xem tơ bla")
    press = stage.button("Hà", "Nghe rồi ghi giúp")
    written_down(stage)
    assert "ghi giúp Tơ Bla sửa 1" in stage.presses_data("Hà", press)[0]
    assert rows(stage, "select max(number) from version") == [(2,)]
    understood = [said for said in stage.screen("Hyưh") if "nghe rồi ghi giúp bác (số" in said]
    assert len(understood) == 1


@pytest.mark.parametrize("name", ["original.write", "original.keep", "original.hear", "original.done", "telling.page"])
def test_it_lets_nobody_act_on_what_is_not_theirs(asked_here: Stage, name: str) -> None:
    stage = asked_here
    speaks(stage, "Hyưh")
    of = {"original.hear": "original", "original.done": "original", "telling.page": "obligation"}.get(name, "report")
    wanted = f"select id from {of}" + (" where first_said_at is not null" if of == "obligation" else "")
    identifier = rows(stage, wanted)[0][0]
    before = rows(stage, "select settled_at from original")
    assert "không thuộc phần của" in stage.presses_data("Krŏng", f"{name}:{identifier}:0")[0]
    assert rows(stage, "select settled_at from original") == before
    assert rows(stage, "select count(*) from version") == [(1,)]


def test_it_says_nothing_of_recordings_to_a_closed_form_twice(asked_here: Stage) -> None:
    """What was typed before speaking stands in the report; closing does not submit it again."""
    stage = asked_here
    stage.says("Hyưh", "1: 150")
    speaks(stage, "Hyưh")
    before = len(stage.screen("Hyưh"))
    stage.at("9/5 10:00")
    assert rows(stage, "select count(*) from version") == [(1,)]
    assert len(stage.screen("Hyưh")) == before


def erases(stage: Stage, folder: Path, moment: str) -> int:
    """The program erases what is due by then."""
    database = opened(stage.url)
    at = local(moment)
    with database.transaction() as session:
        let_go(Store(session, at, Random(1)))
    erasing, done = Erasing(database, folder), 0
    while erasing.step(Now(at, at)):
        done += 1
    database.close()
    return done


def test_it_erases_a_recording_a_month_after_it_was_written_down_and_the_period_closed(
    asked: Stage, tmp_path: Path
) -> None:
    speaks(asked, "Hyưh")
    fetches(asked, Shelf(content=ogg()), tmp_path)
    written_down(asked)
    assert erases(asked, tmp_path, "8/6 09:00") == 0  # the figures are not closed as far as the program knows
    asked.at("9/5 10:00")
    assert erases(asked, tmp_path, "7/6 09:00") == 0
    assert erases(asked, tmp_path, "9/6 10:00") == 1
    assert list(tmp_path.iterdir()) == []
    assert erases(asked, tmp_path, "9/6 10:00") == 0
    assert "đã xóa" in asked.says("Hà", "xem tơ bla")[-1]


def test_it_erases_nothing_that_nobody_has_heard(asked_here: Stage, tmp_path: Path) -> None:
    speaks(asked_here, "Hyưh")
    fetches(asked_here, Shelf(content=ogg()), tmp_path)
    asked_here.at("9/5 10:00")
    assert erases(asked_here, tmp_path, "9/12 10:00") == 0
    assert len(list(tmp_path.iterdir())) == 1


def test_it_erases_what_a_stranger_said_after_a_month(asked_here: Stage, tmp_path: Path) -> None:
    speaks(asked_here, "Người lạ")
    fetches(asked_here, Shelf(content=ogg()), tmp_path)
    assert erases(asked_here, tmp_path, "3/6 10:00") == 0
    assert erases(asked_here, tmp_path, "5/6 10:00") == 1


def test_it_tells_an_officer_of_each_once_also_when_it_died_in_between(asked_here: Stage) -> None:
    stage = asked_here
    speaks(stage, "Hyưh")
    stage.at("6/5 07:45")
    stage.at("6/5 07:45")
    told = [said for said in stage.screen("Hà") if "đợi ghi giúp" in said]
    assert len(told) == 1
    assert rows(stage, "select count(*) from original where told_at is null") == [(0,)]


def test_it_is_known_by_its_report_who_may_hear(asked_here: Stage) -> None:
    speaks(asked_here, "Hyưh")
    database = opened(asked_here.url)
    with database.transaction() as session:
        store = Store.reading(session, asked_here.now)
        (recording,) = [one.attached for one in store.originals.waiting_below("/")]
        original = store.originals.of_recording(recording)
        assert original is not None
        assert original.report is not None
        assert store.people.unit(original.unit).path == original.path
    database.close()


def test_it_closes_with_pages_that_came_in_whatever_order(asked_here: Stage) -> None:
    """A page, a voice and a page again, none of them called so before the figures closed: each is attached once."""
    stage = asked_here
    stage.attaches("Hyưh", Kind.PHOTO)
    speaks(stage, "Hyưh")
    stage.attaches("Hyưh", Kind.PHOTO)
    stage.attaches("Hyưh", Kind.PHOTO)
    stage.attaches("Krŏng", Kind.PHOTO)
    stage.at("9/5 10:00")
    attached = "select count(photo_id), count(recording_id), count(distinct report_id) from original"
    assert rows(stage, attached) == [(4, 1, 2)]
    assert rows(stage, "select count(*) from obligation where kind = 'week' and number = 18 and closed_at is null") == [
        (0,)
    ]


def test_it_takes_no_figure_of_one_reporter_away_by_a_photo_of_another(asked_here: Stage) -> None:
    """Two reporters of one unit have each their draft: one typed and spoke, the other sends a picture."""
    stage = asked_here
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(5))
        store.acts(None)
        krong = store.people.account_of_chat(BOT, "Krŏng")
        hyuh = store.people.account_of_chat(BOT, "Hyưh")
        assert krong
        assert krong.person
        assert hyuh
        assert hyuh.person
        (place,) = store.people.grants(hyuh.person)
        store.roster.give_role(krong.person, Role.REPORTER, place.unit)
    database.close()
    stage.says("Hyưh", "1: 150")
    speaks(stage, "Hyưh")
    obligation = rows(stage, "select obligation_id from report")[0][0]
    stage.presses_data("Krŏng", f"reminder.answer:{obligation}")
    stage.attaches("Krŏng", Kind.PHOTO)
    assert rows(stage, "select count(*) from version") == [(1,)]
    assert "150/300" in stage.says("Hà", "xem tơ bla")[-1]
