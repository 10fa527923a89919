"""A wrong rehearsal file is refused by line, field and example."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from campaigns.campaign import Campaign
from campaigns.figures import scaled, written
from campaigns.rehearsal import Rehearsal
from campaigns.sums import allocations_that_do_not_add_up
from config.campaign_file import load_campaign
from config.rehearsal_file import CampaignFileError, load_rehearsal
from config.written import Code
from tests.needs import ROOT

TEXT = (ROOT / "config" / "rehearsal" / "lo-ku-2022.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(ROOT / "config" / "campaigns" / "lo-ku-2022.yaml")


FAULTS: list[tuple[str, str, Code, str]] = [
    ("campaign: lo-ku-2022", "campaign: khac-2022", "other_campaign", "campaign"),
    ("  end: 2022-06-02 ", "  end: 2022-04-01 ", "ends_before_start", "choices.end"),
    ("  figures_at_most: 3", "  figures_at_most: 4", "out_of_range", "choices.figures_at_most"),
    ("      begins: friday", "      begins: thứ Sáu", "not_a_choice", "choices.cadences[1].begins"),
    ('ask: {days: 0, at: "18:30"}', "ask: {days: 0, at: 18h30}", "not_a_time", "choices.cadences[1].ask.at"),
    ("    - target: gieo-trong", "    - target: gieo-hat", "unknown_target", "choices.askings[1].target"),
    ("    - target: an-ninh", "    - target: gieo-trong", "twice", "choices.askings[2].target"),
    ("      measure: tiêu chí", "      measure: toa", "unknown_measure", "choices.askings[13].measure"),
    ("      measure: tiêu chí", '      measure: "%"', "asks_percentage", "choices.askings[13].measure"),
    (
        "    - {target: thu-nhap, holder: office,",
        "    - {target: thu-nhap, asked: 'Mấy?', holder: unit,",
        "never_asked",
        "choices.askings[20].rhythm",
    ),
    (
        "      season: [2022-04-15, 2022-09-30]",
        "      season: [2022-09-30, 2022-04-15]",
        "ends_before_start",
        "choices.askings[1].season",
    ),
    (
        "      season: [2022-04-15, 2022-09-30]",
        "      season: [2022-09-30]",
        "missing",
        "choices.askings[1].season[2]",
    ),
    ("  - key: kon-bla", "  - key: to-bla", "twice", "units[2].key"),
    ("      - key: nha-rong", "      - key: gieo-trong", "twice", "units[4].undertakings[1].key"),
    (
        "        measure: ngày công",
        "        measure: công xá",
        "unknown_measure",
        "units[4].undertakings[1].measure",
    ),
    ("    previous: {nha-rong: 60,", "    previous: {nha-dai: 60,", "unknown_target", "units[4].previous.nha-dai"),
    ("    previous: {nha-rong: 60,", "    previous: {nha-rong: ít,", "not_a_number", "units[4].previous.nha-rong"),
    (
        "    allocations: {gieo-trong: 437}",
        "    allocations: {nha-rong: 437}",
        "unknown_target",
        "units[4].allocations.nha-rong",
    ),
    (
        "address: bác, phone: 0905 000 101",
        "address: bạn, phone: 0905 000 101",
        "not_a_choice",
        "units[1].head.address",
    ),
    ("phone: 0905 000 101", "phone: 905 000 101", "not_a_phone", "units[1].head.phone"),
    ("  region:", "  region: giữa", "not_a_choice", "issuer.region"),
]


def _load(folder: Path, text: str, campaign: Campaign) -> Rehearsal:
    file = folder / "thu.yaml"
    file.write_text(text, "utf-8")
    return load_rehearsal(file, campaign)


def _error(folder: Path, text: str, campaign: Campaign) -> CampaignFileError:
    with pytest.raises(CampaignFileError) as caught:
        _load(folder, text, campaign)
    return caught.value


def _changed(old: str, new: str) -> tuple[str, int]:
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new), TEXT[: TEXT.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    FAULTS,
    ids=[f"{fault[2]}-{i}" for i, fault in enumerate(FAULTS)],
)
def test_it_tells_what_is_wrong_where(
    tmp_path: Path, campaign: Campaign, old: str, new: str, code: Code, field: str
) -> None:
    text, line = _changed(old, new)
    error = _error(tmp_path, text, campaign)
    assert (error.code, error.field) == (code, field)
    assert error.line == line


def test_it_reads_an_hour_without_quotes_as_an_hour(tmp_path: Path, campaign: Campaign) -> None:
    text, _ = _changed('      ask: {days: 0, at: "18:30"}', "      ask: {days: 0, at: 18:30}")
    assert str(_load(tmp_path, text, campaign).choices.cadences[0].ask.at) == "18:30:00"


def test_it_refuses_moments_out_of_order(tmp_path: Path, campaign: Campaign) -> None:
    text, _ = _changed("      close: {days: 4,", "      close: {days: 0,")
    assert _error(tmp_path, text, campaign).code == "moments_out_of_order"


def test_it_refuses_a_target_of_which_nothing_is_said(tmp_path: Path, campaign: Campaign) -> None:
    text, _ = _changed("    - {target: giao-quan, holder: office, rhythm: never, label: giao quân}\n", "")
    error = _error(tmp_path, text, campaign)
    assert (error.code, error.found) == ("not_asked", "giao-quan")


def test_it_refuses_a_fourth_figure_in_a_week(tmp_path: Path, campaign: Campaign) -> None:
    text = re.sub(r"(target: dan-heo\n.*\n +rhythm: )month", r"\1week", TEXT)
    error = _error(tmp_path, text, campaign)
    assert (error.code, error.field, error.found) == ("too_many_figures", "units[2].undertakings", "4")
    assert text.splitlines()[error.line - 1] == "    undertakings:"


def test_it_only_doubts_shares_that_differ_from_the_goal(tmp_path: Path, campaign: Campaign) -> None:
    text, _ = _changed("    allocations: {gieo-trong: 437}", "    allocations: {gieo-trong: 438.5}")
    (doubt,) = allocations_that_do_not_add_up(campaign, _load(tmp_path, text, campaign).units)
    assert (doubt.target.key, doubt.stated, doubt.summed) == ("gieo-trong", scaled(3994), scaled("3995.5"))
    texts = Environment(
        loader=FileSystemLoader(ROOT / "config" / "texts" / "vi"), autoescape=True, undefined=StrictUndefined
    )
    said = texts.get_template("campaign_file.j2").module.sums_differ(  # type: ignore[attr-defined]
        name=doubt.target.name, stated=written(doubt.stated), summed=written(doubt.summed), measure="ha"
    )
    assert "3.994 ha" in said
    assert "3.995,5 ha" in said
