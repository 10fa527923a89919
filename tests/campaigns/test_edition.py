"""Who is asked for which figures in which periods, by the officer's choices."""

from datetime import date, time

import pytest

from campaigns.campaign import CadenceKind
from campaigns.edition import Cadence, Choices, Moment, figures_asked
from campaigns.target import Asking, Holder, Names, Rhythm

MOMENT = Moment(0, time(18, 30))
SEASON = (date(2022, 4, 15), date(2022, 9, 30))
ASKINGS = (
    Asking("heo", Holder.UNIT, Rhythm.MONTH, measure="con", rank=3),
    Asking("gieo", Holder.UNIT, Rhythm.WEEK, measure="ha", rank=1, season=SEASON),
    Asking("rung", Holder.UNIT, Rhythm.WEEK, measure="ha", rank=2, who=("xa",)),
    Asking("hop", Holder.UNIT, Rhythm.QUARTER, measure="cuộc", rank=4),
    Asking("gat", Holder.UNIT, Rhythm.SEASON, measure="ha", rank=5),
    Asking("ngheo", Holder.UNIT, Rhythm.YEAR, measure="hộ", rank=6),
    Asking("an-ninh", Holder.UNIT, Rhythm.WEEK, rank=9),
    Asking("thu", Holder.OFFICE, Rhythm.WEEK, measure="triệu đồng"),
    Asking("dan", Holder.COMPUTED, Rhythm.WEEK, measure="con"),
    Asking("quan", Holder.UNIT, Rhythm.NEVER, measure="người"),
)
CHOICES = Choices(date(2022, 1, 1), date(2022, 12, 31), (), ASKINGS)


def asked(kind: CadenceKind, cluster: str = "xa", day: date | None = None) -> list[str]:
    return [asking.target for asking in figures_asked(CHOICES, kind, Names({cluster}), day)]


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        (CadenceKind.WEEK, ["gieo", "rung"]),
        (CadenceKind.MONTH, ["gieo", "rung", "heo"]),
        (CadenceKind.QUARTER, ["gieo", "rung", "heo", "hop", "gat"]),
        (CadenceKind.WAVE, ["gieo", "rung", "heo", "hop", "gat", "ngheo"]),
        (CadenceKind.CAMPAIGN, ["gieo", "rung", "heo", "hop", "gat", "ngheo"]),
        (CadenceKind.ON_DEMAND, ["gieo", "rung", "heo", "hop", "gat", "ngheo"]),
    ],
)
def test_it_asks_in_longer_periods_for_what_moves_slowly_too(kind: CadenceKind, figures: list[str]) -> None:
    assert asked(kind) == figures


def test_it_asks_nobody_for_what_concerns_others() -> None:
    assert asked(CadenceKind.WEEK, "truong") == ["gieo"]


@pytest.mark.parametrize(
    ("day", "there"), [("2022-04-14", False), ("2022-04-15", True), ("2022-09-30", True), ("2022-10-01", False)]
)
def test_it_keeps_the_season(day: str, there: bool) -> None:
    assert ("gieo" in asked(CadenceKind.WEEK, day=date.fromisoformat(day))) == there
    assert "rung" in asked(CadenceKind.WEEK, day=date.fromisoformat(day))


def test_it_concerns_everybody_somebody_or_nobody() -> None:
    moments = (MOMENT, MOMENT, MOMENT)
    everybody, some, nobody = (Cadence(CadenceKind.WEEK, *moments, who=who) for who in (None, ("xa",), ()))
    assert [cadence.concerns(Names({"xa"})) for cadence in (everybody, some, nobody)] == [True, True, False]
    assert [cadence.concerns(Names({"truong"})) for cadence in (everybody, some, nobody)] == [True, False, False]
