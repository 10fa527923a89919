"""A campaign's file is read as written; what is wrong with it is told by line, field and example."""

from pathlib import Path

import pytest

from campaigns.figures import scaled
from campaigns.sums import parts_that_do_not_add_up
from campaigns.target import Comparator, Direction, Kind
from config.campaign_file import CampaignFileError, load_campaign
from config.written import Code
from tests.needs import ROOT

LO_KU = ROOT / "config" / "campaigns" / "lo-ku-2022.yaml"
SMALL = """\
slug: thu-2022
plan:
  issuer: Ủy ban nhân dân xã Thử
  title: Thi đua thử
  level: xã
  date: 2022-03-07
start:
end: 2022-12-31
areas: [Kinh tế]
targets:
  - key: dan
    name: Tổng đàn
    goal: 10.5
    measure: con
    kind: level
    area: Kinh tế
  - key: heo
    name: Đàn heo
    parent: dan
    goal: 4
    measure: con
    kind: level
  - key: tieu-chi
    name: Tiêu chí
    goal: 13
    out_of: 19
    criteria: [1, 15]
    measure: tiêu chí
    kind: m_of_n
  - key: ngheo
    name: Hộ nghèo
    goal: 27
    measure: "%"
    comparator: "<"
    comparator_stated: true
    direction: down
    kind: ratio
  - key: chuan
    name: Giữ chuẩn
    comparator: done
    kind: done
to_confirm: [start, cadence]
"""


def _written(folder: Path, text: str) -> Path:
    file = folder / "thu.yaml"
    file.write_text(text, "utf-8")
    return file


def _error(folder: Path, text: str) -> CampaignFileError:
    with pytest.raises(CampaignFileError) as caught:
        load_campaign(_written(folder, text))
    return caught.value


def _changed(old: str, new: str) -> tuple[str, int]:
    """The small file with one passage changed, and the line on which the change begins to show."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new), SMALL[: SMALL.index(old)].count("\n") + 1


def test_it_reads_a_small_file_whole(tmp_path: Path) -> None:
    campaign = load_campaign(_written(tmp_path, SMALL))
    herd, pigs, criteria, poor, kept = campaign.targets
    assert (campaign.slug, campaign.start, str(campaign.end)) == ("thu-2022", None, "2022-12-31")
    assert (herd.goal, herd.comparator, herd.comparator_stated) == (scaled("10.5"), Comparator.EQUAL, False)
    assert (herd.direction, herd.parent, herd.area) == (Direction.UP, None, "Kinh tế")
    assert pigs.parent == "dan"
    assert (criteria.out_of, criteria.criteria, criteria.kind) == (19, (1, 15), Kind.M_OF_N)
    assert (poor.comparator, poor.comparator_stated, poor.direction) == (Comparator.LESS, True, Direction.DOWN)
    assert (kept.goal, kept.measure, kept.kind) == (None, None, Kind.DONE)


def test_it_reads_the_campaign_of_lo_ku() -> None:
    campaign = load_campaign(LO_KU)
    assert campaign.plan.number == "43/KH-UBND"
    assert campaign.target("san-luong").goal == scaled("9007.4")
    assert campaign.target("thu-nhap").comparator is Comparator.MORE
    assert len(campaign.targets) == 27


def test_it_reads_letters_as_they_were_typed(tmp_path: Path) -> None:
    typed = "Làng Kon Sơ̆t, Đăk Ñhơ, Čem"
    assert load_campaign(_written(tmp_path, SMALL.replace("Thi đua thử", typed))).plan.title == typed


def test_it_reads_words_that_yaml_would_turn_into_something_else(tmp_path: Path) -> None:
    campaign = load_campaign(
        _written(tmp_path, SMALL.replace("Thi đua thử", "no").replace("level: xã", "level: 12:30"))
    )
    assert (campaign.plan.title, campaign.plan.level) == ("no", "12:30")


def test_it_counts_lines_as_editors_do(tmp_path: Path) -> None:
    text, line = _changed("    goal: 27", "    goal: hai bảy")
    assert _error(tmp_path, text.replace("Thi đua thử", '"Thi đua\u2028thử"').replace("\n", "\r\n")).line == line


def test_it_takes_a_file_that_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "thu.yaml"
    file.write_text(SMALL, "utf-8-sig")
    assert load_campaign(file).slug == "thu-2022"


FAULTS: list[tuple[str, str, Code, str]] = [
    ("slug: thu-2022", "slug: Thử 2022", "not_a_key", "slug"),
    ("slug: thu-2022", "slug: [a]", "not_text", "slug"),
    ("  level: xã\n", '  level: ""\n', "not_text", "plan.level"),
    ("  title: Thi đua thử\n", "  titel: Thi đua thử\n", "unknown_field", "plan.titel"),
    ("  date: 2022-03-07", "  date: 07/3/2022", "not_a_date", "plan.date"),
    ("  date: 2022-03-07", "  date: 2022-02-30", "not_a_date", "plan.date"),
    ("  date: 2022-03-07", "  date: 20220307", "not_a_date", "plan.date"),
    ("end: 2022-12-31", "end: [2022]", "not_a_date", "end"),
    ("    goal: 10.5", "    goal: 10,5", "not_a_number", "targets[1].goal"),
    ("    goal: 10.5", "    goal: 9.007,4", "not_a_number", "targets[1].goal"),
    ("    goal: 10.5", "    goal: 3.994", "not_a_number", "targets[1].goal"),
    ("    goal: 10.5", "    goal: 1e3", "not_a_number", "targets[1].goal"),
    ("    goal: 10.5", "    goal: .inf", "not_a_number", "targets[1].goal"),
    ("    out_of: 19", "    out_of: nhiều", "not_a_number", "targets[3].out_of"),
    ("    criteria: [1, 15]", "    criteria: 1", "not_a_list", "targets[3].criteria"),
    ("    direction: down", "    direction: giảm", "not_a_choice", "targets[4].direction"),
    ("    comparator_stated: true", "    comparator_stated: ừ", "not_yes_or_no", "targets[4].comparator_stated"),
    ("areas: [Kinh tế]", "areas: Kinh tế", "not_a_list", "areas"),
    ("to_confirm: [start, cadence]", "to_confirm: [start, cadence, mood]", "not_a_choice", "to_confirm[3]"),
    ("    kind: m_of_n", "    kind: m_of_n\n    goal_to: 15", "not_wanted_here", "targets[3].goal_to"),
    ("    goal: 13", "    goal: 13\n    goal_to: 12\n    comparator: range", "less_than_goal", "targets[3].goal_to"),
    ("end: 2022-12-31", "end: 2022-13", "not_a_date", "end"),
    (
        "areas: [Kinh tế]",
        "waves: [{name: Đợt 1, start: 2022-05, end: 2022-04}]\nareas: [Kinh tế]",
        "ends_before_start",
        "waves[1].end",
    ),
    ("  - key: heo", "  - key: dan", "twice", "targets[2].key"),
    ("    parent: dan", "    parent: bò", "unknown_parent", "targets[2].parent"),
    ("    parent: dan", "    parent: heo", "unknown_parent", "targets[2].parent"),
    ("    parent: dan", "    parent: tieu-chi", "unknown_parent", "targets[2].parent"),
    ("    measure: tiêu chí", "    measure: toa", "unknown_measure", "targets[3].measure"),
    ("    area: Kinh tế", "    area: Văn hóa", "unknown_area", "targets[1].area"),
    ("    goal: 13", "    goal: 20", "more_than_all", "targets[3].goal"),
    ("    goal: 27", "    goal: 101", "more_than_all", "targets[4].goal"),
    ("    comparator: done", "    comparator: '>='", "done_or_not", "targets[5].comparator"),
    ("    kind: done", "    kind: done\n    goal: 1", "not_wanted", "targets[5].goal"),
    ("    kind: done", "    kind: done\n    kind: level", "twice", "targets[5].kind"),
    ("end: 2022-12-31", "end: ", "not_to_confirm", "end"),
    ("start:\n", "start: 2023-01-01\n", "ends_before_start", "end"),
    ("slug: thu-2022", "\tslug: thu-2022", "not_yaml", ""),
    ("    name: Đàn heo", "    name: 'Đàn heo", "not_yaml", ""),
    ("  level: xã", "  level: \x07", "not_yaml", ""),
]
SHOWN_LATER = {
    "\n    goal: 1": 1,
    "\n    goal_to: 1": 1,
    "\n    kind: level": 1,
    "start: 2023": 1,
}


@pytest.mark.parametrize(
    ("old", "new", "code", "field"), FAULTS, ids=[f"{f[2]}-{f[3]}-{i}" for i, f in enumerate(FAULTS)]
)
def test_it_tells_what_is_wrong_where(tmp_path: Path, old: str, new: str, code: Code, field: str) -> None:
    text, line = _changed(old, new)
    error = _error(tmp_path, text)
    assert (error.code, error.field) == (code, field)
    if new != "    name: 'Đàn heo":  # a quote that is never closed shows at the end of the file only
        assert error.line == line + sum(later for passage, later in SHOWN_LATER.items() if passage in new)


@pytest.mark.parametrize(
    ("gone", "field", "around"),
    [
        ("  title: Thi đua thử\n", "plan.title", "  issuer: Ủy ban"),
        ("    name: Đàn heo\n", "targets[2].name", "  - key: heo"),
        ("    out_of: 19\n", "targets[3].out_of", "  - key: tieu-chi"),
        ("    goal: 4\n", "targets[2].goal", "  - key: heo"),
        ("slug: thu-2022\n", "slug", "plan:"),
    ],
)
def test_it_tells_a_missing_field_at_the_line_of_what_surrounds_it(
    tmp_path: Path, gone: str, field: str, around: str
) -> None:
    text, _ = _changed(gone, "")
    error = _error(tmp_path, text)
    assert (error.code, error.field) == ("missing", field)
    assert text.splitlines()[error.line - 1].startswith((around, "plan:"))


def test_it_wants_to_know_of_everything_that_is_left_open(tmp_path: Path) -> None:
    error = _error(tmp_path, _changed("to_confirm: [start, cadence]", "to_confirm: [start]")[0])
    assert (error.code, error.field, error.line) == ("not_to_confirm", "report_lines", 1)


def test_it_tells_the_first_of_several_faults(tmp_path: Path) -> None:
    error = _error(tmp_path, SMALL.replace("goal: 13", "goal: x").replace("goal: 10.5", "goal: y"))
    assert (error.field, error.found, error.example) == ("targets[1].goal", "y", "9007.4")


def test_it_refuses_copies_that_could_grow_without_end(tmp_path: Path) -> None:
    error = _error(tmp_path, "slug: &a [x]\nplan:\n  issuer: *a\n")
    assert (error.code, error.line) == ("not_yaml", 3)


def test_it_refuses_what_is_nested_without_end(tmp_path: Path) -> None:
    assert _error(tmp_path, "[" * 5000).code == "not_yaml"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "just words\n", "- a\n- b\n"])
def test_it_refuses_a_file_without_fields(tmp_path: Path, text: str) -> None:
    assert _error(tmp_path, text).code == "not_fields"


def test_it_refuses_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(CampaignFileError) as missing:
        load_campaign(tmp_path / "none.yaml")
    (tmp_path / "old.yaml").write_bytes("tên: xã Lơ Ku".encode("utf-16"))
    with pytest.raises(CampaignFileError) as old:
        load_campaign(tmp_path / "old.yaml")
    assert (missing.value.code, old.value.code) == ("not_readable", "not_readable")


def test_it_runs_no_code_that_stands_in_a_file(tmp_path: Path) -> None:
    text = SMALL.replace("Thi đua thử", '!!python/object/apply:os.system ["true"]')
    assert _error(tmp_path, text).code == "not_text"


def test_it_names_file_and_line_in_its_message(tmp_path: Path) -> None:
    text, line = _changed("    goal: 27", "    goal: hai bảy")
    error = _error(tmp_path, text)
    assert str(error) == f"{tmp_path / 'thu.yaml'}:{line}: targets[4].goal: not_a_number"


def test_it_only_doubts_sums_that_differ(tmp_path: Path) -> None:
    (doubt,) = parts_that_do_not_add_up(load_campaign(_written(tmp_path, SMALL)))
    assert (doubt.target.key, doubt.stated, doubt.summed) == ("dan", scaled("10.5"), scaled(4))


def test_it_has_no_doubts_about_lo_ku() -> None:
    assert parts_that_do_not_add_up(load_campaign(LO_KU)) == ()
