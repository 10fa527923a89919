"""Whom the five plans invite to register what, and how much of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.campaign import EntryKind, EntryRule
from campaigns.entry import LINES_AT_MOST, Offered, Quota, chosen, invited, offered, signed_on, speaks_to
from campaigns.target import Names
from tests.stage import files_of

# Each plan as it is: for a kind of unit whether it is invited to choose tasks, to name works, to sign; and its quota.
INVITED = [
    ("duyen-hai-2021", "phường", (False, True, False), (2, 3)),
    ("duyen-hai-2021", "xã", (False, True, False), (2, 3)),
    ("duyen-hai-2021", "phòng", (True, False, False), (0, 3)),
    ("duyen-hai-2021", "làng", (False, False, False), (0, 3)),
    ("ha-hoa-2022", "xã", (True, True, False), (0, 3)),
    ("ha-hoa-2022", "thị trấn", (True, True, False), (0, 3)),
    ("ha-hoa-2022", "trường", (True, True, False), (0, 3)),
    ("ha-hoa-2022", "công ty", (False, False, False), (0, 3)),
    ("lo-ku-2022", "làng", (False, False, True), (0, 3)),
    ("lo-ku-2022", "thôn", (False, False, True), (0, 3)),
    ("lo-ku-2022", "ấp", (False, False, False), (0, 3)),
    ("bo-trach-2020", "xã", (False, True, False), (0, 3)),
    ("bo-trach-2020", "phòng", (False, True, False), (0, 3)),
    ("bo-trach-2020", "công ty", (False, True, False), (0, 3)),
    ("cat-ne-2024", "xóm", (False, False, False), (0, 3)),
]


@pytest.mark.parametrize(("slug", "kind", "to", "quota"), INVITED)
def test_it_invites_whom_the_plan_speaks_of(
    slug: str, kind: str, to: tuple[bool, bool, bool], quota: tuple[int, int]
) -> None:
    plan = invited(files_of(slug)[0].entry_rules, kind, 3)
    assert (plan.tasks is not None, plan.works is not None, plan.pledge is not None) == to
    assert plan.quota == Quota(*quota)


def test_it_keeps_the_words_of_the_plan() -> None:
    plan = invited(files_of("duyen-hai-2021")[0].entry_rules, "phường", 3)
    assert plan.works == "công trình chào mừng 30 năm tái lập tỉnh"


def test_it_knows_a_kind_only_as_a_whole_word() -> None:
    assert not speaks_to("mỗi phòng", "phò")
    assert not speaks_to("bản tin", "ban")


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 3), st.integers(0, 12))
def test_a_quota_is_never_passed_and_never_a_trap(least: int, most: int, at_most: int, named: int) -> None:
    rule = EntryRule(EntryKind.UNDERTAKING, "mỗi xã", "công trình", least or None, most or None)
    quota = invited([rule], "xã", at_most).quota
    assert quota.at_least <= quota.at_most
    assert quota.has_room(named) == (named < quota.at_most)
    assert quota.missing(named) == max(0, quota.at_least - named)
    assert not quota.missing(quota.at_most)


AREAS = ("Kinh tế", "Văn hóa", "An ninh")


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("1, 3", ("Kinh tế", "An ninh")),
        ("2", ("Văn hóa",)),
        ("1 và 2", ("Kinh tế", "Văn hóa")),
        ("3;3;1", ("An ninh", "Kinh tế")),
        ("tất cả", AREAS),
        ("4", None),
        ("Cả", AREAS),
        ("0", None),
        ("1 sáng kiến dạy đọc", ("1 sáng kiến dạy đọc",)),
        ("x" * 300, ("x" * 200,)),
    ],
)
def test_it_reads_headings_by_number_and_everything_else_as_it_is(said: str, tasks: tuple[str, ...] | None) -> None:
    found = chosen(said, Offered(AREAS))
    assert (found and found.tasks) == tasks


def test_it_offers_first_what_a_unit_is_asked_about_and_no_more_than_a_screen() -> None:
    campaign, rehearsal = files_of("lo-ku-2022")
    among = offered(campaign, rehearsal.choices, Names({"làng"}))
    assert among.targets[0].key == "gieo-trong"
    assert len(among.areas) + len(among.targets) == LINES_AT_MOST
    found = chosen(f"2; {len(among.areas) + 1}", among)
    assert found is not None
    assert (found.tasks, [one.key for one in found.targets]) == ((campaign.areas[1],), ["gieo-trong"])
    assert all(one.of_the_plan for one in found.targets)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("5/3", date(2022, 3, 5)),
        ("đã ký ngày 7/3/2022", date(2022, 3, 7)),
        ("hôm qua", date(2022, 4, 29)),
        ("25/10", date(2021, 10, 25)),
        ("31/12/2022", None),
        ("1/5/2022", None),
        ("hôm nào nhỉ", None),
        ("tháng 3", None),
        ("", None),
    ],
)
def test_it_reads_the_day_of_a_signature_that_has_been(said: str, day: date | None) -> None:
    assert signed_on(said, date(2022, 4, 30)) == day


@given(st.text(max_size=40))
def test_no_words_make_a_signature_of_tomorrow(said: str) -> None:
    day = signed_on(said, date(2022, 4, 30))
    assert day is None or day <= date(2022, 4, 30)
