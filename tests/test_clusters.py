"""Clusters (khối, cụm) are said by the name that people use, never by the key of a file."""

import re
from collections.abc import Callable

import pytest

from bot.app import campaign_slugs
from tests.conftest import Copies
from tests.stage import Stage, files_of

HA_HOA = "ha-hoa-2022"
KEY = re.compile(r"\b(nganh-gd|co-so-vu-trang|luc-luong|doan-the|xa-phuong|co-quan|don-vi|doanh-nghiep|truong|phong)\b")
MakeStage = Callable[[], Stage]


@pytest.mark.parametrize("slug", campaign_slugs())
def test_every_cluster_of_a_rehearsal_has_a_name(slug: str) -> None:
    rehearsal = files_of(slug)[1]
    for key in {unit.cluster for unit in rehearsal.units if unit.cluster}:
        assert rehearsal.choices.name_of_cluster(key) != key, f"{slug}: {key}"


@pytest.fixture
def stage(copies: Copies) -> Stage:
    """Hạ Hòa, whose units are in seven clusters; chị Phấn is the officer."""
    made = Stage(copies.copy("sqlite", HA_HOA), copies.invited[HA_HOA], "full", HA_HOA)
    made.joins("Phấn", "Lụa")
    return made


def test_no_screen_shows_a_key(stage: Stage) -> None:
    shown = [stage.says("Phấn", words)[-1] for words in ("đăng ký", "đăng ký mầm non hoa chè", "cụm", "cụm nơi lạ: x")]
    stage.says("Phấn", "thông báo")
    stage.says("Phấn", "Chiều nay họp lúc 14 giờ.")
    shown += [stage.recorder.screen("Phấn")[-1].text]
    shown += [button.label for button in stage.recorder.screen("Phấn")[-1].parcel.buttons]
    assert not [text for text in shown if KEY.search(text)], shown
    assert "Khối, cụm: xã, thị trấn (5); phòng, ban (2); ngành Giáo dục (1); trường học (3)" in shown[0]
    assert "Khối, cụm: trường học." in shown[1]
    assert "Khối công an, quân sự cơ sở (4 nơi)" in shown


@pytest.mark.parametrize("said", ["phòng, ban", "phong ban", "Phòng Ban", "phong"])
def test_a_cluster_that_is_there_is_known_by_its_name_or_its_key(stage: Stage, said: str) -> None:
    assert "vào cụm «phòng, ban»" in stage.says("Phấn", f"cụm mầm non hoa chè: {said}")[-1]
    assert "phòng, ban (3)" in stage.says("Phấn", "đăng ký")[-1]


def test_an_officers_own_words_are_the_name(stage: Stage) -> None:
    assert "vào cụm «Cụm Bến Sông»" in stage.says("Phấn", "cụm mầm non hoa chè: Cụm  Bến Sông")[-1]
    assert "Khối, cụm: Cụm Bến Sông." in stage.says("Phấn", "đăng ký mầm non hoa chè")[-1]
    assert "vào cụm «Cụm Bến Sông»" in stage.says("Phấn", "cụm tiểu học bến lau: cụm ben song")[-1]


def test_an_edition_that_names_no_clusters_says_what_was_typed(stage: Stage) -> None:
    """Campaigns that were launched before clusters had names."""
    choices = files_of("lo-ku-2022")[1].choices
    assert choices.clusters == ()
    assert choices.name_of_cluster("Cụm 1") == "Cụm 1"
