"""What a unit made of several goes on with."""

from campaigns.registration import Baseline, Undertaking, joined

ROAD = Undertaking("duong", "đường", "Mấy mét?", "m", 300)
LONGER = Undertaking("duong", "đường", "Mấy mét?", "m", 500)
TREES = Undertaking("cay", "cây", "Mấy cây?", "cây")


def test_it_goes_on_with_all_works_and_one_of_a_kind_with_both_goals() -> None:
    works, _ = joined([[ROAD, TREES], [LONGER]], [{}, {}])
    assert [(work.key, work.goal) for work in works] == [("duong", 800), ("cay", None)]


def test_it_has_no_goal_where_one_had_none() -> None:
    works, _ = joined([[ROAD], [Undertaking("duong", "đường", "Mấy mét?", "m")]], [{}, {}])
    assert [work.goal for work in works] == [None]


def test_it_adds_up_figures_and_shares() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", 12, 300)}, {"duong": Baseline("duong", 30, 500)}])
    assert stood == [Baseline("duong", 42, 800)]


def test_it_knows_no_sum_of_what_one_does_not_know() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", None, 300)}, {"duong": Baseline("duong", 30, None)}])
    assert stood == [Baseline("duong", None, None)]


def test_it_keeps_what_only_one_has() -> None:
    _, stood = joined([], [{"duong": Baseline("duong", 12)}, {"cay": Baseline("cay", 5, 9)}])
    assert stood == [Baseline("duong", 12), Baseline("cay", 5, 9)]
