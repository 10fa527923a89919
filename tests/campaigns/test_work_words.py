"""Works as people name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.figures import scaled
from campaigns.registration import Undertaking
from campaigns.work_words import LONGEST, Unread, Why, read_work

READ = [
    ("làm 300 m đường làng", "làm đường làng", "m", "300"),
    ("lam 300m duong lang", "lam duong lang", "m", "300"),
    ("300 mét đường bê tông xóm 6", "đường bê tông xóm 6", "m", "300"),
    ("làm đường 1,5 km", "làm đường", "km", "1.5"),
    ("trồng 50 cây bóng mát", "trồng cây bóng mát", "cây", "50"),
    ("xay 5 can nha dai doan ket", "xay can nha dai doan ket", "căn nhà", "5"),
    ("50 nhà có hố rác", "nhà có hố rác", "căn nhà", "50"),
    ("sửa 1 công trình nhà văn hóa", "sửa công trình nhà văn hóa", "công trình", "1"),
    ("góp 50 công", "góp công", "ngày công", "50"),
    ("rải 3 xe đá", "rải xe đá", "xe", "3"),
    ("đào 120 m3 mương", "đào mương", "m3", "120"),
    ("trăm rưỡi mét kè", "kè", "m", "150"),
    ("mười cây xanh", "cây xanh", "cây", "10"),
    ("trồng 2 ha rừng", "trồng rừng", "ha", "2"),
]
UNREAD = [
    ("sửa nhà văn hóa", Why.NO_NUMBER),
    ("mắc 40 đèn", Why.NO_NUMBER),
    ("300 m", Why.NO_NAME),
    ("1,500 m mương", Why.UNCLEAR),
    ("0 m đường", Why.UNCLEAR),
    ("vận động 50 triệu đồng", Why.NOT_COUNTED),
    ("hiến 20 đơn vị máu", Why.NOT_COUNTED),
    ("đạt 90 % hộ", Why.NOT_COUNTED),
    ("x" * (LONGEST + 1), Why.TOO_LONG),
    ("", Why.NO_NUMBER),
]


@pytest.mark.parametrize(("said", "label", "measure", "goal"), READ)
def test_it_reads_a_work(said: str, label: str, measure: str, goal: str) -> None:
    work = read_work(said)
    assert isinstance(work, Undertaking)
    assert (work.label, work.measure, work.goal) == (label, measure, scaled(goal))


@pytest.mark.parametrize(("said", "why"), UNREAD)
def test_it_says_why_there_is_none(said: str, why: Why) -> None:
    assert read_work(said) == Unread(why)


def test_it_knows_the_same_work_however_it_is_typed() -> None:
    first = read_work("làm 300 m đường làng")
    assert isinstance(first, Undertaking)
    assert read_work("lam 400m duong lang", [first]) == Unread(Why.TWICE)
    assert isinstance(read_work("làm 2 tuyến đường làng", [first]), Undertaking)


def test_it_is_called_by_its_name_without_the_verb_as_well() -> None:
    work = read_work("làm 300 m đường làng")
    assert isinstance(work, Undertaking)
    assert work.words == ("đường làng",)


@given(st.text(max_size=90))
def test_it_reads_anything_without_raising(said: str) -> None:
    work = read_work(said)
    assert isinstance(work, Unread) or (work.label and work.goal and work.goal > 0)
