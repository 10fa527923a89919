"""The five campaigns say what their plans say: no fact less, no fact more."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from campaigns.campaign import (
    Award,
    Campaign,
    Deadline,
    Duty,
    EntryRule,
    Limit,
    Open,
    Plan,
    ReportLine,
    StoryDuty,
    Wave,
)
from campaigns.figures import SCALE, plain, written
from campaigns.measure import MEASURES
from campaigns.sums import parts_that_do_not_add_up
from campaigns.target import Comparator, Direction, Kind, Target
from config.campaign_file import load_campaign
from tests.needs import ROOT, plans_dir

pytestmark = pytest.mark.needs_plans

PLANS = {
    "000": "ha-hoa-2022",
    "001": "lo-ku-2022",
    "002": "bo-trach-2020",
    "003": "cat-ne-2024",
    "004": "duyen-hai-2021",
}
# How the truth was found, not what it is.
ABOUT_THE_READING = {
    *("id", "file", "quirks", "number_text", "date_text", "period_text", "number_missing", "day_missing"),
    *("report_note", "waves_note", "targets_note", "registration_note", "province_hint"),
}
ABOUT_A_PART = {"evidence", "note", "date_text", "end_text", "value_text", "comparator_text", "trap", "value_vnd", "id"}
CADENCES = {
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "wave": "end_of_wave",
    "campaign": "end_of_campaign",
    "on_demand": "as_required",
    "ongoing": "ongoing",
}
# Headings of Lơ Ku's targets, which its truth gives per target, and where the truth says the same in another place.
GROUPS = {"Kinh tế - xã hội", "Quốc phòng - an ninh"}
NO_FORM = "(không nêu tên hình thức)"


@pytest.fixture(scope="module", params=PLANS)
def number(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def campaign(number: str) -> Campaign:
    return load_campaign(ROOT / "config" / "campaigns" / f"{PLANS[number]}.yaml")


@pytest.fixture(scope="module")
def truth(number: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_plans() / "truth" / f"{number}.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def plan_text(truth: dict[str, Any]) -> str:
    return " ".join((_plans() / truth["file"]).read_text("utf-8").split())


def _plans() -> Path:
    found = plans_dir()
    assert found is not None
    return found


def _as_truth(campaign: Campaign) -> dict[str, Any]:
    """The campaign in the words of the truth file, all of it but what is ours to name (keys, kinds, our own "what")."""
    plan = campaign.plan
    said = {
        "issuer": plan.issuer,
        "level": plan.level,
        "province": plan.province,
        "parent": plan.parent,
        "number": plan.number,
        "date": _said(plan.date),
        "place": plan.place,
        "doc_type": plan.document,
        "title": plan.title,
        "theme": plan.theme,
        "action_motto": plan.motto,
        "emulation_form": plan.form,
        "start": _said(campaign.start),
        "end": _said(campaign.end),
        "period_year": campaign.year,
        "waves": [{"name": w.name, "start": _said(w.start), "end": _said(w.end)} for w in campaign.waves],
        "report_cadences": [_line_as_truth(line) for line in campaign.report_lines],
        "deadlines": [_deadline_as_truth(deadline) for deadline in campaign.deadlines],
        "targets": [_target_as_truth(target, campaign) for target in campaign.targets],
        "content_areas": [area for area in campaign.areas if area not in GROUPS or campaign.slug != "lo-ku-2022"],
        "registration": [_entry_as_truth(rule) for rule in campaign.entry_rules],
        "participants": list(campaign.participants),
        "units_count": [count.count for count in campaign.unit_counts],
        "roles": [duty.who for duty in campaign.duties],
        "awards": [{"form": award.form, "by": award.by, "to": list(award.to)} for award in campaign.awards],
        "story_duties": [duty.who for duty in campaign.story_duties],
        "signer": vars(plan.signer) if plan.signer else None,
        "recipients": list(plan.recipients),
    }
    return {key: value for key, value in said.items() if value not in (None, [])}


def _said(when: object) -> str | None:
    return None if when is None else str(when)


def _line_as_truth(line: ReportLine) -> dict[str, Any]:
    assert line.what
    return {"cadence": CADENCES[line.cadence], "who": line.who, "to": line.to}


def _deadline_as_truth(deadline: Deadline) -> dict[str, Any]:
    assert deadline.what
    return {"date": str(deadline.when), **({"op": "before"} if deadline.limit is Limit.BEFORE else {})}


def _entry_as_truth(rule: EntryRule) -> dict[str, Any]:
    assert rule.what
    quota = {"count_min": rule.at_least, "count_max": rule.at_most}
    return {"who": rule.who, **{key: value for key, value in quota.items() if value is not None}}


def _target_as_truth(target: Target, campaign: Campaign) -> dict[str, Any]:
    done = target.kind is Kind.DONE
    works = target.area == "02 công trình chào mừng"
    said = {
        "name": target.name,
        "comparator": "qualitative" if target.comparator is Comparator.DONE else target.comparator.value,
        "comparator_stated": target.comparator_stated,
        "value": _value(target),
        "unit": f"{target.measure}/{target.each}" if target.each else "công trình" if works else target.measure,
        "direction": "done" if works else "up" if target.direction is Direction.RANGE else target.direction.value,
        "parent": campaign.target(target.parent).name if target.parent else None,
        "facilities" if done else "out_of": target.out_of,
        "criteria": list(target.criteria),
        "due": _said(target.due),
    }
    return {key: value for key, value in said.items() if value not in (None, []) or key in ("value", "unit")}


def _value(target: Target) -> Any:
    if target.goal is None:
        return None
    goal = float(plain(target.goal))
    return goal if target.goal_to is None else [goal, float(plain(target.goal_to))]


def _facts(truth: dict[str, Any]) -> dict[str, Any]:
    """The truth without the traces of its reading; of sentences about who does what there remains who."""
    facts = {key: value for key, value in truth.items() if key not in ABOUT_THE_READING}
    works = facts.pop("town_works", None)
    assert works is None or works["count"] == sum(t.get("kind") == "công trình chào mừng" for t in facts["targets"])
    names = {target["id"]: target["name"] for target in facts["targets"] if "id" in target}
    facts |= {
        "waves": [_part(wave) for wave in facts["waves"]],
        "report_cadences": [_part(line, "what") for line in facts["report_cadences"]],
        "deadlines": [_part(deadline, "what") for deadline in facts["deadlines"]],
        "targets": [_target_facts(target, names) for target in facts["targets"]],
        "registration": [_part(one, "what", "count") for one in facts["registration"]],
        "units_count": [facts["units_count"]["thon_lang"]] if "units_count" in facts else [],
        "roles": list(facts["roles"]),
        "awards": [_part(award) | {"form": _form(award)} for award in facts["awards"]],
        "story_duties": [one.get("who") for one in facts["story_duties"]],
        "signer": _part(facts["signer"]),
    }
    return {key: value for key, value in facts.items() if value not in (None, [])}


def _form(award: dict[str, Any]) -> str | None:
    """The truth describes what has no name."""
    return None if "không nêu tên" in award["form"] else award["form"]


def _part(part: dict[str, Any], *also: str) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key not in {*ABOUT_A_PART, *also}}


def _target_facts(target: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    kept = _part(target, "group", "kind")
    return kept | ({"parent": names[kept["parent"]]} if "parent" in kept else {})


def test_it_says_every_fact_of_the_plan_and_no_other(campaign: Campaign, truth: dict[str, Any]) -> None:
    said, facts = _as_truth(campaign), _facts(truth)
    for key in facts:
        assert said.get(key) == facts[key], key
    assert said.keys() == facts.keys()


def test_it_has_no_field_that_this_test_does_not_hold_against_the_plan() -> None:
    """Ours alone are keys, the kinds of things, and "what" in our own short words."""
    assert _names(Campaign) == {
        *("slug", "areas", "to_confirm", "plan", "year", "start", "end", "targets", "participants", "duties"),
        *("waves", "deadlines", "report_lines", "entry_rules", "story_duties", "awards", "unit_counts"),
    }
    assert _names(Plan) == {
        *("issuer", "number", "date", "place", "title", "theme", "level", "parent", "signer", "recipients"),
        *("document", "form", "province", "motto"),
    }
    assert _names(Target) == {
        *("name", "comparator", "comparator_stated", "goal", "goal_to", "measure", "direction", "parent", "out_of"),
        *("criteria", "key", "kind", "area", "due", "each"),
    }
    assert _names(Wave) == {"name", "start", "end"}
    assert _names(Deadline) == {"key", "when", "what", "limit"}
    assert _names(ReportLine) == {"cadence", "what", "who", "to"}
    assert _names(EntryRule) == {"kind", "who", "what", "at_least", "at_most"}
    assert _names(Duty) == {"who", "kinds"}
    assert _names(StoryDuty) == {"who", "what"}
    assert _names(Award) == {"form", "by", "to"}


def _names(of: Any) -> set[str]:
    return {field.name for field in fields(of)}


def test_it_asks_for_everything_that_the_plan_leaves_open(campaign: Campaign) -> None:
    plan = campaign.plan
    given: dict[Open, object] = {
        Open.NUMBER: plan.number,
        Open.DATE: plan.date if plan.date and str(plan.date).count("-") == 2 else None,
        Open.PLACE: plan.place,
        Open.THEME: plan.theme,
        Open.PROVINCE: plan.province,
        Open.START: campaign.start,
        Open.END: campaign.end,
        Open.CADENCE: campaign.report_lines,
        Open.TARGETS: campaign.targets,
        Open.REGISTRATION: campaign.entry_rules,
        Open.AWARD_FORMS: all(award.form for award in campaign.awards),
    }
    for open_, value in given.items():
        assert (open_ in campaign.to_confirm) == (not value), open_
    unsigned = [target for target in campaign.targets if not target.comparator_stated and target.goal is not None]
    assert (Open.COMPARATORS in campaign.to_confirm) == bool(unsigned)


def test_it_asks_for_waves_where_reports_are_due_by_wave_and_none_is_named(campaign: Campaign) -> None:
    by_wave = any(line.cadence == "wave" for line in campaign.report_lines)
    if by_wave and not campaign.waves:
        assert Open.WAVES in campaign.to_confirm


def test_it_writes_every_goal_as_the_plan_writes_it(campaign: Campaign, truth: dict[str, Any], plan_text: str) -> None:
    for target, said in zip(campaign.targets, truth["targets"], strict=True):
        assert " ".join(said["evidence"].split()) in plan_text
        for goal in filter(None, (target.goal, target.goal_to)):
            assert written(goal) in said["evidence"]


def test_it_counts_money_in_dong_as_the_truth_does(campaign: Campaign, truth: dict[str, Any]) -> None:
    in_dong = {said["name"]: said["value_vnd"] for said in truth["targets"] if "value_vnd" in said}
    for target in campaign.targets:
        if target.name in in_dong:
            assert target.goal is not None
            assert target.measure is not None
            assert target.goal * MEASURES[target.measure].size / SCALE == in_dong[target.name]


def test_it_has_no_sums_that_differ(campaign: Campaign) -> None:
    assert parts_that_do_not_add_up(campaign) == ()


def test_it_carries_names_and_figures_but_no_sentence_of_the_plan(campaign: Campaign, plan_text: str) -> None:
    """Our own words about what is to be done never run along with the plan's for long."""
    ours = [line.what for line in campaign.report_lines] + [rule.what for rule in campaign.entry_rules]
    ours += [deadline.what for deadline in campaign.deadlines] + [duty.what for duty in campaign.story_duties]
    for what in ours:
        words = what.lower().split()
        runs = [" ".join(words[at : at + 9]) for at in range(len(words) - 8)]
        assert not [run for run in runs if run in plan_text.lower()]


def _lo_ku() -> Campaign:
    return load_campaign(ROOT / "config" / "campaigns" / "lo-ku-2022.yaml")


def _lo_ku_truth() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_plans() / "truth" / "001.yaml").read_text("utf-8"))
    return loaded


def test_lo_ku_groups_targets_under_the_two_headings_of_the_plan() -> None:
    for target, said in zip(_lo_ku().targets, _lo_ku_truth()["targets"], strict=True):
        assert target.area == said.get("group", "Kinh tế - xã hội")
    assert set(_lo_ku().areas) - set(_lo_ku_truth()["content_areas"]) == GROUPS


def test_lo_ku_holds_27_targets_of_which_four_make_up_the_herd() -> None:
    campaign = _lo_ku()
    herd = [target for target in campaign.targets if target.parent == "dan-gia-suc"]
    assert len(campaign.targets) == 27
    assert [target.key for target in herd] == ["dan-heo", "dan-bo", "dan-trau", "dan-de"]
    assert sum(target.goal or 0 for target in herd) == campaign.target("dan-gia-suc").goal
    assert len([target for target in campaign.targets if not target.comparator_stated]) == 22
