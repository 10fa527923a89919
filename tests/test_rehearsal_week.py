"""The week that a rehearsal plays before one's eyes: the real program, counted from what reached people."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.web.site import BOT
from bot.inbox import Arrival
from bot.rehearsal import Busy
from bot.rehearsal.show import BEAT, Show, State
from bot.running import worker
from dialogue.incoming import Kind
from storage import inbox
from storage import rehearsal as remembered
from tests.conftest import ON_POSTGRES, Copies
from tests.rehearsing import Played

WEEK = timedelta(weeks=1)
POSTGRES = pytest.mark.needs_postgres
CODE = re.compile(r"\d{4} ?\d{4}")


BOTH = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=[POSTGRES, pytest.mark.storm])])


@pytest.fixture
def kind() -> str:
    """Where nothing else is said."""
    return "sqlite"


@pytest.fixture
def fresh(copies: Copies, tmp_path: Path, kind: str) -> Iterator[Played]:
    """A rehearsal in its first minute."""
    played = Played(copies.copy(kind), tmp_path)
    yield played
    played.database.close()


@pytest.fixture
def watched(copies: Copies, tmp_path: Path, kind: str) -> Iterator[Played]:
    """A rehearsal of which somebody has watched the week; played once, and then copied."""

    def play(made: Copies, kind: str) -> str:
        url = made.copy(kind)
        played = Played(url, tmp_path)
        assert played.watches()
        played.database.close()
        return url

    played = Played(copies.of(kind, "watched", play), tmp_path, begun=True)
    yield played
    played.database.close()


def said(played: Played) -> dict[str, list[str]]:
    """What all screens show, but for the codes of invitations."""
    return {name: [CODE.sub("", text) for text in shown] for name, shown in played.screens().items()}


def newest(played: Played, name: str, words: str) -> str:
    """The newest message on somebody's screen that says this."""
    return next(text for text in reversed(played.screens()[name]) if words in text)


@BOTH
def test_it_plays_a_week_that_people_can_follow(watched: Played) -> None:
    counts = watched.commune.tally.counts()
    assert watched.rehearsing.show.shown.state is State.OVER
    assert (counts["units"], counts["came"], counts["late"], counts["phone"]) == (9, 8, 1, 1)
    assert (counts["asked"], counts["reminded"], counts["reminders"], counts["reminded_in_vain"]) == (8, 4, 4, 0)
    assert (counts["asked_about"], counts["asked_back"], counts["corrected"]) == (1, 1, 1)
    assert (counts["taken_on"], counts["taken_in"], counts["examples"], counts["announced"]) == (1, 8, 1, 8)
    assert [how for _, how in watched.commune.tally.standing()].count("reminded") == 1


@pytest.mark.parametrize(
    ("kind", "threads"),
    [("sqlite", 1), pytest.param("postgresql", 4, marks=POSTGRES)],
)
@pytest.mark.storm
def test_it_plays_the_same_week_while_the_rest_of_the_program_works(
    fresh: Played, watched: Played, threads: int, tmp_path: Path
) -> None:
    """As ``thidua demo`` runs it: turns, sending and announcements are taken by whichever thread comes first."""
    running = Played(fresh.url, tmp_path, begun=True, work=worker(threads))
    assert running.watches_while_it_runs()
    assert running.commune.tally.counts() == watched.commune.tally.counts()
    assert said(running) == said(watched)
    running.database.close()


def test_it_shows_everybody_what_the_summary_counts(watched: Played) -> None:
    """The same from the other side: what the screens themselves say."""
    assert "Đã có tin 8/9" in newest(watched, "Nguyễn Thị Hà", "Đã có tin")
    assert "số 18-08, đến sau hạn" in newest(watched, "Nguyễn Thị Hà", "Đăk Ñhơ, tuần 18")
    assert "xã trả lời: Cuối tuần này xã chở 2 xe đá" in watched.screens()["Đinh Hyưh"][-1]
    assert "Cô Đinh Thị Blĕnh, làng Kon Bla" in watched.screens()["Nhóm bà con"][-1]
    assert re.search(r"Là 18\d hay đúng 1\.8\d0\?", newest(watched, "Đinh Krŏng", "Là "))
    assert "như cũ, 29,8 ha" in newest(watched, "Đinh Sơ̆r", "Xã nhận rồi")
    assert "(bản 2)" in newest(watched, "Đinh Thị Hơñ", "Xã nhận rồi")
    assert not any("Xã nhận rồi" in text for text in watched.screens()["Trần Thị Lành"])


def rests_of(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many seconds the show means to rest after each step at speed 1; nobody waits for them."""
    rests: list[float] = []

    async def rest(self: Show, seconds: float, at_least: float = 0.0) -> None:
        rests.append(seconds)

    monkeypatch.setattr(Show, "_rests", rest)
    return rests


def test_it_plays_the_same_week_again_in_half_a_minute_and_tells_each_scene_in_one_line(
    watched: Played, fresh: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    tells = Show._tells

    def listen(self: Show, at: object, caption: object) -> bool:
        is_new = tells(self, at, caption)  # type: ignore[arg-type]
        told.append((self.shown.told_at, self.shown.caption))
        return is_new

    monkeypatch.setattr(Show, "_tells", listen)
    rests = rests_of(monkeypatch)
    fresh.turns(timedelta(hours=1))
    assert not fresh.watches(), "somebody wrote, so it asks before it throws that away"
    assert fresh.watches(again=True)
    assert said(fresh) == said(watched)
    lines = [line for _, line in told]
    assert lines[:3] == [
        "Bác Hyưh nhắn mã trên giấy mời, thế là vào",
        "Xã xin tin, tám thôn, làng cùng nhận",
        "Bác Hyưh trả lời đúng một tin là xong",
    ]
    assert "Chốt số: tám nơi có tin, sẵn số để tổng hợp" in lines
    assert lines[-1] == "Kỳ mới mở ra, bác Hyưh đọc câu trả lời của xã"
    assert 24 <= len(set(lines)) <= 30
    assert all(len(line) <= 60 for line in lines)
    assert rests.count(BEAT) == len(set(lines))
    assert 25 <= sum(rests) <= 35, "what a viewer is promised, at speed 1 on a machine that keeps up"


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        (31, "sqlite"),
        *(pytest.param(n, "sqlite", marks=pytest.mark.storm) for n in range(1, 78, 4)),
        *(pytest.param(n, "postgresql", marks=[POSTGRES, pytest.mark.storm]) for n in (1, 31, 61)),
    ],
)
def test_it_goes_on_where_it_was_when_the_program_was_gone(steps: int, fresh: Played, watched: Played) -> None:
    fresh.watches_until_killed(steps)
    assert fresh.rehearsing.show.shown.state is State.PAUSED
    assert "vừa tắt rồi mở lại" in fresh.rehearsing.show.shown.caption
    assert fresh.watches()
    counts = fresh.commune.tally.counts()
    expected = watched.commune.tally.counts()
    assert {key: counts[key] for key in ("came", "late", "phone", "examples", "announced", "taken_on")} == {
        key: expected[key] for key in ("came", "late", "phone", "examples", "announced", "taken_on")
    }
    receipts = Counter(re.findall(r"\b18-\d\d\b", " ".join(t for shown in fresh.screens().values() for t in shown)))
    assert len(receipts) == 8
    assert all(count == 1 for count in Counter(fresh.screens()["Nhóm bà con"]).values())


def test_it_goes_on_living_when_the_clock_is_turned(watched: Played) -> None:
    """Whoever is open in a browser is somebody's, and silent until they write."""
    told = watched.turns(timedelta(hours=23))
    assert re.fullmatch(r"Đã tới 17:31 thứ Sáu 13/5: [67] làng có tin, nhắc \d làng\.", told), told
    assert "Đã có tin" in newest(watched, "Nguyễn Thị Hà", "Tuần 19")


def test_it_lets_the_others_be_silent(watched: Played) -> None:
    before = watched.screens()
    watched.rehearsing.let_others_play(False)
    told = watched.turns(timedelta(hours=16))
    assert "có tin" not in told
    wrote = {name: shown.count(">") for name, shown in watched.screens().items()}
    assert wrote == {name: shown.count(">") for name, shown in before.items()}


def test_it_plays_nobody_who_is_open_in_a_browser(fresh: Played) -> None:
    with fresh.database.transaction() as session:
        store = fresh.rehearsing._store(session)
        head = next(person.id for person, _, _ in store.people.everybody() if person.name == "Đinh Krŏng")
        account = fresh.rehearsing.account_of(store, head).id
    fresh.opens(account)
    fresh.turns(timedelta(hours=16))
    assert ">" not in fresh.screens()["Đinh Krŏng"]
    assert ">" in fresh.screens()["Đinh Thị Blĕnh"]


def test_it_says_what_happened_on_the_way(fresh: Played) -> None:
    assert fresh.turns(None) == "Đã tới 18:30 thứ Năm 5/5: xin tin 7 làng."
    assert re.fullmatch(r"Đã tới 19:30 thứ Năm 5/5: \d làng có tin\.", fresh.turns(timedelta(hours=1)))
    assert fresh.turns(timedelta(minutes=1)) == "Đã tới 19:31 thứ Năm 5/5: chưa có gì mới."


@BOTH
def test_it_begins_again_in_the_first_minute(watched: Played) -> None:
    before = watched.rehearsing.launched
    watched.begins_again()
    assert watched.rehearsing.launched != before
    assert watched.screens() == {}
    assert watched.rehearsing.show.shown.state is State.NONE
    assert watched.turns(None) == "Đã tới 18:30 thứ Năm 5/5: xin tin 7 làng."


def test_it_turns_no_clock_while_a_week_is_played(watched: Played) -> None:
    watched.rehearsing.show.shown.state = State.PLAYING
    with pytest.raises(Busy):
        watched.turns(WEEK)


@pytest.mark.parametrize("kind", [ON_POSTGRES])
def test_it_waits_for_a_turn_that_another_thread_has_in_hand(fresh: Played) -> None:
    """Otherwise the clock would be turned under it, and whoever is played would not see its answer in time."""
    stage = fresh.commune.stage
    stage._arrives(Arrival(BOT, "e1", next(iter(fresh.commune.players)), Kind.TEXT, stage.now, "giúp"))
    with fresh.database.transaction() as session:
        assert inbox.next_turn(session, fresh.clock.now().machine)
        assert stage._is_busy()


def test_it_keeps_that_the_others_are_silent(fresh: Played) -> None:
    fresh.rehearsing.let_others_play(False)
    fresh.killed()
    with fresh.database.transaction() as session:
        assert not remembered.others_play(session)
