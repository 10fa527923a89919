"""Launching by conversation: exactly what was seen, once, by who may, told once to everybody concerned."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from campaigns.authority import Role
from handlers.form_of_unit import story_of
from storage.database import Database
from storage.store import Store
from tests.conftest import ON_POSTGRES, Copies
from tests.crash.mortal import Points, World
from tests.office import ON_THE_LIST, at_the_last_step, office, ready
from tests.stage import BOT, Stage, opened

KEPT = ("campaign", "edition", "registration", "obligation")


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def stage(request: pytest.FixtureRequest, copies: Copies) -> Iterator[Stage]:
    """Mai's next press launches, on either database."""
    made = ready(copies, request.param)
    yield made
    copies.drop(made.url)


@pytest.fixture
def quick(copies: Copies) -> Stage:
    """The same on SQLite alone."""
    return ready(copies)


def counted(url: str) -> dict[str, int]:
    database = Database(url)
    with database.engine.connect() as connection:
        found = {table: connection.execute(text(f"select count(*) from {table}")).scalar_one() for table in KEPT}
    database.close()
    return found


LAUNCHED_ONCE = {"campaign": 1, "edition": 1, "registration": 4, "obligation": 15}  # one of them is only invited


def test_it_registers_who_is_subordinate_and_only_invites_who_is_allied(stage: Stage) -> None:
    assert counted(stage.url)["campaign"] == 0
    said = stage.presses("Mai", "Phát động")
    assert "3 nơi có tên. Đã mời 1 nơi." in said[0]
    assert counted(stage.url) == LAUNCHED_ONCE
    assert "có tên cùng làm" in stage.screen("Hyưh")[-1]
    assert "trân trọng mời Mặt trận Tổ quốc tham gia" in stage.screen("Nga")[-1]
    for colleague in ("Vân", "Lực"):
        assert "Cô Mai đã phát động" in stage.screen(colleague)[-1]
    assert counted(stage.url) == LAUNCHED_ONCE


def test_who_is_only_invited_owes_nothing_until_they_register(copies: Copies) -> None:
    stage = ready(copies, way="Mời từng nơi")
    assert "Đã mời 4 nơi." in stage.presses("Mai", "Phát động")[0]
    assert counted(stage.url) == {**LAUNCHED_ONCE, "obligation": 0}
    stage.presses("Hyưh", "Đăng ký")
    stage.presses("Hyưh", "Có, tham gia")
    stage.presses("Hyưh", "Chưa ký")
    stage.presses("Hyưh", "Gửi")
    assert counted(stage.url)["obligation"] == 5


def test_the_first_form_is_what_the_officer_saw(copies: Copies) -> None:
    stage = office(copies, profile="bare")
    for words in ("phát động", "5", "29/4/2022 đến 2/6/2022", "tuần", "đồng ý", "đồng ý", "đồng ý", "ghi tên luôn"):
        stage.says("Mai", words)
    shown = stage.screen("Mai")[-1].split("\n")
    for words in ("xem tiếp", "phát động"):
        stage.says("Mai", words)
    stage.at("5/5 18:30")
    form = stage.screen("Hyưh")[-1].split("\n")
    assert form == shown[1 : 1 + len(form)]
    assert shown[0] == "Cô Hyưh, làng Tơ Bla, sẽ nhận tin này lúc 18:30 thứ Năm 5/5:"


def test_two_officers_launch_it_once(quick: Stage) -> None:
    at_the_last_step(quick, "Vân")
    quick.presses("Mai", "Phát động")
    assert "Phát động phong trào nào?" in quick.presses("Vân", "Phát động")[-1] or "tin cũ" in quick.screen("Vân")[-1]
    assert counted(quick.url) == LAUNCHED_ONCE


def test_a_yes_counts_for_exactly_what_was_seen(quick: Stage) -> None:
    button = quick.button("Mai", "Phát động")
    database = opened(quick.url)
    with database.transaction() as session:
        store = Store(session, quick.now, Random(5), BOT)
        place = next(one for one in store.people.units_below("/") if one.name == "Tơ Bla")
        newcomer = store.roster.add_person("Rơ Châm Bích", "Bích", "chị")
        (hyuh,) = store.people.holders(place.id, Role.REPORTER)
        store.offices.end(next(one for one in store.offices.held_below("/") if one.person == hyuh.id))
        store.roster.give_role(newcomer.id, Role.REPORTER, place.id)
    database.close()
    assert "chị Bích" in " ".join(quick.presses_data("Mai", button)).lower().replace("bích", "Bích")
    assert counted(quick.url)["campaign"] == 0
    quick.presses("Mai", "Xem tiếp")
    quick.presses("Mai", "Phát động")
    assert counted(quick.url) == LAUNCHED_ONCE


def test_it_is_an_officers_to_launch_and_to_change(quick: Stage) -> None:
    button = quick.button("Mai", "Phát động")
    for stranger in ("Hyưh", "Lực", "Nga", "Ai đó"):
        assert quick.presses_data(stranger, button)
        assert quick.says(stranger, "phát động")
        assert quick.says(stranger, "sửa phong trào")
    assert counted(quick.url)["campaign"] == 0


def test_an_officer_elsewhere_changes_nothing_here(quick: Stage) -> None:
    quick.presses("Mai", "Phát động")
    database = opened(quick.url)
    with database.transaction() as session:
        store = Store(session, quick.now, Random(5), BOT)
        (campaign,) = store.campaigns.all()
        elsewhere = store.roster.add_unit("xã", "Bên Cạnh")
        stranger = store.roster.add_person("Lê Thị Út", "Út", "chị")
        store.roster.give_role(stranger.id, Role.OFFICER, elsewhere.id)
        invited = store.invitations.opened_by(store.invitations.invite(stranger.id))
        assert invited
        store.invitations.join(store.people.account_in(BOT, "Út"), invited, "test")
    database.close()
    assert "Chưa có phong trào nào" in quick.says("Út", "sửa phong trào")[-1]
    assert "Chưa có phong trào nào" in quick.says("Út", "lịch sử phong trào")[-1]
    for button in (f"edition.change:{campaign}", f"edition.history:{campaign}"):
        assert "không thuộc phần" in quick.presses_data("Út", button)[-1]
    assert counted(quick.url)["edition"] == 1


def test_a_plan_whose_days_are_past_is_not_on_offer(copies: Copies) -> None:
    quick = office(copies)
    quick.now = quick.now.replace(year=2026)
    shown = " ".join(quick.says("Mai", "phát động"))
    assert "Đã qua thời gian trong kế hoạch: đợt thi đua" in shown
    labels = [button.label for button in quick.recorder.screen("Mai")[-1].parcel.buttons]
    assert len(labels) == 3
    assert ON_THE_LIST in labels


def test_nobody_is_asked_three_times_in_a_week(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two campaigns with weekly forms are what a head can bear; a third is not launched until it asks less often."""
    stage = office(copies)
    monkeypatch.setattr("campaigns.burden.BUDGET", 0)
    at_the_last_step(stage)
    assert "Nhiều quá" in stage.screen("Mai")[-1]
    assert "Phát động" not in [button.label for button in stage.recorder.screen("Mai")[-1].parcel.buttons]


def _asks_without_figures(copies: Copies) -> Stage:
    stage = office(copies, profile="bare")
    days, yes = "29/4/2022 đến 2/6/2022", "đồng ý"
    for words in ("phát động", "5", days, "tuần", yes, "bỏ 3", yes, yes, "ghi tên luôn", "xem tiếp", "phát động"):
        stage.says("Mai", words)
    stage.at("5/5 18:30")
    return stage


def test_a_form_without_figures_waits_for_a_word_and_is_not_its_own_answer(copies: Copies) -> None:
    """Where nothing was asked in figures the form was finished, and thanked for, the moment it was opened."""
    stage = _asks_without_figures(copies)
    assert "Xã đợi đến 16:00 thứ Sáu" in stage.screen("Hyưh")[-1]
    said = stage.says("Hyưh", "bà con dọn đường")[-1]
    assert "Số 18-01" in said
    assert "«bà con dọn đường»" in said


def test_it_would_notice_a_form_that_answers_itself(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.report.story_of", lambda edition, **_: story_of(edition))
    assert "nhận rồi" in _asks_without_figures(copies).screen("Hyưh")[-1]


def test_a_command_that_opens_what_is_open_shows_its_question_once(copies: Copies) -> None:
    stage = office(copies, profile="bare")
    stage.says("Mai", "phát động")
    assert len(stage.says("Mai", "phát động")) == 1


def test_an_answer_to_what_changed_meanwhile_can_be_pressed_again(quick: Stage) -> None:
    """A kept answer that no longer counted stood in the way of its own button."""
    database = opened(quick.url)
    with database.transaction() as session:
        store = Store(session, quick.now, Random(5), BOT)
        (root,) = store.people.roots()
        store.roster.add_unit("thôn", "Mới", above=root, roster=4)
    database.close()
    assert "1 thôn" in quick.says("Mai", "phát động")[-1]
    said = quick.presses("Mai", "Ghi tên luôn")
    assert "Chưa có đầu mối: thôn Mới" in " ".join(said)


def _launches(copies: Copies, die_at: int | None) -> tuple[World, dict[str, int]]:
    stage = ready(copies)
    world = World(stage.url, Points(die_at), stage.shown(), now="29/4 08:00")
    world.presses("Mai", "Phát động")
    world.close()
    return world, counted(stage.url)


def _survives(copies: Copies, every: int) -> None:
    undisturbed, _ = _launches(copies, None)
    told = Counter(message.chat for message in undisturbed.log)
    assert told == {"Mai": 1, "Hyưh": 1, "Blĕnh": 1, "Tâm": 1, "Nga": 1, "Vân": 1, "Lực": 1}
    for point in range(1, len(undisturbed.points.names) + 1, every):
        world, kept = _launches(copies, point)
        where = undisturbed.points.names[point - 1]
        assert world.deaths == 1, where
        assert kept == LAUNCHED_ONCE, where
        _told_once(world, told, where)


def test_a_crash_between_launching_and_telling_loses_and_doubles_nothing(copies: Copies) -> None:
    _survives(copies, every=9)


@pytest.mark.storm
def test_a_crash_anywhere_in_a_launch_loses_and_doubles_nothing(copies: Copies) -> None:
    _survives(copies, every=1)


def _told_once(world: World, told: Counter[str], where: str) -> None:
    """Everybody was told; whoever was told twice sees that it is said again. What nobody knows of is not repeated."""
    plain = Counter(message.chat for message in world.log if not message.marked)
    unknown = {chat for chat, count in told.items() if plain[chat] < count}
    assert all(count <= told[chat] for chat, count in plain.items()), where
    assert len(unknown) <= 1, where


NONSENSE = ("🐃", "ok", "1 " * 900, "<b>29/4</b>", "{{ you }}", "0", "bỏ bỏ bỏ", "thứ")


def test_it_answers_nonsense_at_every_step(copies: Copies) -> None:
    quick = office(copies)
    quick.says("Mai", "phát động")
    quick.presses("Mai", ON_THE_LIST)
    for right in ("29/4/2022 đến 2/6/2022", "tuần", "đồng ý", "đồng ý", "đồng ý"):
        for words in NONSENSE:
            quick.says("Mai", words)
        assert quick.says("Mai", right)
    assert "Ai tham gia" in quick.screen("Mai")[-1]
    assert counted(quick.url)["campaign"] == 0


def test_it_writes_down_who_launched_and_who_changed(stage: Stage) -> None:
    stage.presses("Mai", "Phát động")
    stage.says("Vân", "sửa phong trào")
    stage.presses("Vân", "Sửa ngày kết thúc")
    stage.says("Vân", "9/6")
    stage.presses("Vân", "Đổi")
    database = Database(stage.url)
    with database.engine.connect() as connection:
        noted = connection.execute(
            text(
                "select action, name, after from journal join person on person.id = person_id"
                " where kind = 'campaign' order by journal.id"
            )
        ).all()
    database.close()
    assert [(action, name) for action, name, _ in noted] == [("launch", "Đinh Mai"), ("change", "Đinh Vân")]
    assert "'added': 3" in str(_read(noted[-1][2]))
    history = stage.says("Mai", "lịch sử phong trào")[-1]
    assert "Bản 1, 08:00 thứ Sáu 29/4, cô Mai: phát động" in history
    assert "Bản 2, 08:00 thứ Sáu 29/4, cô Vân: kéo dài đến hết 9/6/2022" in history


def _read(after: Any) -> Any:
    import json

    return json.loads(after) if isinstance(after, str) else after


def test_no_name_of_a_head_is_kept_with_a_campaign(quick: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    quick.presses("Mai", "Phát động")
    database = Database(quick.url)
    with database.engine.connect() as connection:
        for table in ("campaign", "edition", "registration", "outbox", "conversation", "journal"):
            kept = str(connection.execute(text(f"select * from {table}")).all())
            assert not [name for name in ("Hyưh", "Tơ Bla", "Blĕnh") if name in kept], table
    database.close()


PLANS = {  # what is answered besides agreeing; days as they would be chosen at the end of April
    "bo-trach-2020": ("1", {"Bắt đầu ngày nào": "29/4/2022 đến 30/10/2022"}),
    "cat-ne-2024": ("2", {"Bắt đầu ngày nào": "29/4/2022 đến 20/11/2022", "Mỗi đợt hết ngày nào": "30/6"}),
    "duyen-hai-2021": ("3", {}),
    "ha-hoa-2022": ("4", {}),
    "lo-ku-2022": ("5", {"Bắt đầu ngày nào": "29/4/2022 đến 2/6/2022", "Bao lâu các nơi báo": "mỗi tuần"}),
}
COMMON = {"Ai tham gia": "ghi tên luôn", "Hết tin.": "xem tiếp", "Đúng thì nhắn PHÁT ĐỘNG": "phát động"}
STEPS_AT_MOST, LETTERS_AT_MOST = 11, 1000


@pytest.mark.parametrize("slug", PLANS)
def test_whoever_agrees_to_everything_launches_any_plan(slug: str, copies: Copies) -> None:
    """In a few short messages, and the first form is word for word the one that was shown."""
    stage = office(copies, profile="bare")
    place, own = PLANS[slug]
    answers = {**own, **COMMON}
    said, asked = [], []
    stage.says("Mai", "phát động")
    stage.says("Mai", place)
    while "Đã phát động" not in (last := stage.screen("Mai")[-1]):
        asked.append(last)
        assert len(asked) <= STEPS_AT_MOST, asked
        said.append(next((answer for begins, answer in answers.items() if begins in last), "đồng ý"))
        stage.says("Mai", said[-1])
    assert max(map(len, asked)) <= LETTERS_AT_MOST
    shown = next(message for message in asked if "sẽ nhận tin này" in message)
    database = opened(stage.url)
    with database.transaction() as session:
        first = Store(session, stage.now, Random(5), BOT).obligations.next_moment()
    database.close()
    assert first
    stage.at(first)
    form = stage.screen("Hyưh")[-1]
    assert form in shown
    assert max(len(message) for message in stage.screen("Hyưh")) <= LETTERS_AT_MOST // 2
