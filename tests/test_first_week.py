"""One week in one breath: the thinnest slice through every room, on both databases and both profiles."""

from tests.stage import Stage


def test_it_carries_a_report_from_the_head_to_the_officer(stage: Stage) -> None:
    stage.joins("Hyưh", "Hà")
    stage.at("5/5 18:30")
    assert "tuần 18" in stage.screen("Hyưh")[-1]

    stage.says("Hyưh", "150 43 can 2 xe da")

    assert "18-01" in stage.screen("Hyưh")[-1]
    stage.says("Hà", "xem to bla")
    assert "«can 2 xe da»" in stage.screen("Hà")[-1]
