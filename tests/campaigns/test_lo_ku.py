"""The campaign of Lơ Ku says what its plan says: no fact less, no fact more."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from campaigns.campaign import Campaign, DutyKind, Open, Plan
from campaigns.figures import SCALE, plain, written
from campaigns.measure import MEASURES
from campaigns.target import Comparator, Kind, Target
from config.campaign_file import load_campaign
from tests.needs import ROOT, plans_dir

pytestmark = pytest.mark.needs_plans

# How the truth was found, not what it is.
ABOUT_THE_READING = {"id", "file", "quirks", "number_text", "date_text", "period_text", "report_note"}
ABOUT_THE_TARGET = {"id", "evidence", "value_text", "comparator_text", "note", "trap", "group", "value_vnd"}
GROUPS = {"Kinh tế - xã hội", "Quốc phòng - an ninh"}


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(ROOT / "config" / "campaigns" / "lo-ku-2022.yaml")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_plans() / "truth" / "001.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def plan_text(truth: dict[str, Any]) -> str:
    return " ".join((_plans() / truth["file"]).read_text("utf-8").split())


def _plans() -> Path:
    found = plans_dir()
    assert found is not None
    return found


def _as_truth(campaign: Campaign) -> dict[str, Any]:
    """The campaign in the words of the truth file, all of it but what is ours to name."""
    plan = campaign.plan
    who = {kind: [duty.who for duty in campaign.duties if duty.kind is kind] for kind in DutyKind}
    return {
        "issuer": plan.issuer,
        "level": plan.level,
        "province": _none_if_open(campaign, Open.PROVINCE),
        "parent": plan.parent,
        "number": plan.number,
        "date": plan.date.isoformat() if plan.date else None,
        "place": plan.place,
        "doc_type": plan.document,
        "title": plan.title,
        "theme": plan.theme,
        "emulation_form": plan.form,
        "start": campaign.start or _none_if_open(campaign, Open.START),
        "end": campaign.end or _none_if_open(campaign, Open.END),
        "period_year": campaign.year,
        "waves": _empty_if_open(campaign, Open.WAVES),
        "report_cadences": _empty_if_open(campaign, Open.CADENCE),
        "deadlines": _empty_if_open(campaign, Open.DEADLINES),
        "targets": [_target_as_truth(target, campaign) for target in campaign.targets],
        "content_areas": [area for area in campaign.areas if area not in GROUPS],
        "registration": who[DutyKind.PLEDGE],
        "participants": list(campaign.participants),
        "units_count": campaign.villages,
        "roles": who[DutyKind.LAUNCH] + who[DutyKind.PUBLICITY] + who[DutyKind.COUNCIL_OFFICE],
        "awards": list(campaign.awards_to) if Open.AWARD_FORMS in campaign.to_confirm else None,
        "story_duties": who[DutyKind.STORIES],
        "signer": vars(plan.signer) if plan.signer else None,
        "recipients": list(plan.recipients),
    }


def _none_if_open(campaign: Campaign, what: Open) -> str | None:
    return None if what in campaign.to_confirm else f"{what} is neither said nor asked"


def _empty_if_open(campaign: Campaign, what: Open) -> list[str]:
    return [] if what in campaign.to_confirm else [f"{what} is neither said nor asked"]


def _target_as_truth(target: Target, campaign: Campaign) -> dict[str, Any]:
    done = target.kind is Kind.DONE
    said = {
        "name": target.name,
        "comparator": "qualitative" if target.comparator is Comparator.DONE else target.comparator.value,
        "comparator_stated": target.comparator_stated,
        "value": None if target.goal is None else float(plain(target.goal)),
        "unit": target.measure,
        "direction": target.direction.value,
        "parent": campaign.target(target.parent).name if target.parent else None,
        "facilities" if done else "out_of": target.out_of,
        "criteria": list(target.criteria),
    }
    return {key: value for key, value in said.items() if value not in (None, []) or key in ("value", "unit")}


def _facts(truth: dict[str, Any]) -> dict[str, Any]:
    """The truth without the traces of its reading, and with its sentences about duties cut down to who has them."""
    facts = {key: value for key, value in truth.items() if key not in ABOUT_THE_READING}
    names = {target["id"]: target["name"] for target in facts["targets"] if "id" in target}
    return facts | {
        "targets": [_target_facts(target, names) for target in facts["targets"]],
        "registration": [one["who"] for one in facts["registration"]],
        "units_count": facts["units_count"]["thon_lang"],
        "roles": list(facts["roles"]),
        "awards": [who for award in facts["awards"] for who in award["to"]],
        "story_duties": [one["who"] for one in facts["story_duties"]],
    }


def _target_facts(target: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in target.items() if key not in ABOUT_THE_TARGET}
    return kept | ({"parent": names[kept["parent"]]} if "parent" in kept else {})


def test_it_says_every_fact_of_the_plan_and_no_other(campaign: Campaign, truth: dict[str, Any]) -> None:
    said, facts = _as_truth(campaign), _facts(truth)
    assert said["targets"] == facts["targets"]
    assert said == facts


def test_it_has_no_field_that_this_test_does_not_hold_against_the_plan() -> None:
    ours = {"slug", "areas", "to_confirm"}
    held = {"plan", "year", "start", "end", "targets", "participants", "duties", "awards_to", "villages"}
    assert {field.name for field in fields(Campaign)} == ours | held
    assert {field.name for field in fields(Plan)} == {
        *("issuer", "number", "date", "place", "title", "theme", "level", "parent", "signer", "recipients"),
        *("document", "form"),
    }
    assert {field.name for field in fields(Target)} == {
        *("name", "comparator", "comparator_stated", "goal", "measure", "direction", "parent", "out_of", "criteria"),
        *("key", "kind", "area"),
    }


def test_it_writes_every_goal_as_the_plan_writes_it(campaign: Campaign, truth: dict[str, Any], plan_text: str) -> None:
    for target, said in zip(campaign.targets, truth["targets"], strict=True):
        assert " ".join(said["evidence"].split()) in plan_text
        if target.goal is not None:
            assert written(target.goal) in said["value_text"]
            assert written(target.goal) in said["evidence"]


def test_it_counts_money_in_dong_as_the_truth_does(campaign: Campaign, truth: dict[str, Any]) -> None:
    in_dong = {said["name"]: said["value_vnd"] for said in truth["targets"] if "value_vnd" in said}
    money = [target for target in campaign.targets if target.name in in_dong]
    assert len(money) == 2
    for target in money:
        assert target.goal is not None
        assert target.measure is not None
        assert target.goal * MEASURES[target.measure].size / SCALE == in_dong[target.name]


def test_it_groups_targets_under_the_two_headings_of_the_plan(campaign: Campaign, truth: dict[str, Any]) -> None:
    for target, said in zip(campaign.targets, truth["targets"], strict=True):
        assert target.area == said.get("group", "Kinh tế - xã hội")
    assert set(campaign.areas) - set(truth["content_areas"]) == GROUPS


def test_it_finds_both_headings_in_the_plan(plan_text: str) -> None:
    squeezed = plan_text.replace(" ", "").lower()
    assert all(group.replace(" ", "").lower() in squeezed for group in GROUPS)


def test_it_asks_about_goals_without_a_sign(campaign: Campaign) -> None:
    unsigned = [target for target in campaign.targets if not target.comparator_stated]
    assert len(unsigned) == 22
    assert Open.COMPARATORS in campaign.to_confirm


def test_it_holds_27_targets_of_which_four_make_up_the_herd(campaign: Campaign) -> None:
    herd = [target for target in campaign.targets if target.parent == "dan-gia-suc"]
    assert len(campaign.targets) == 27
    assert [target.key for target in herd] == ["dan-heo", "dan-bo", "dan-trau", "dan-de"]
    assert sum(target.goal or 0 for target in herd) == campaign.target("dan-gia-suc").goal
