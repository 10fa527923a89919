"""The rehearsals of all five campaigns: every period that the plan asks for, plain questions, an invented cast."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import permutations

import pytest

from bot.app import campaign_slugs, files_of
from bot.simulation.duties import duties
from campaigns.calendar import due_at, periods
from campaigns.campaign import CadenceKind, Campaign
from campaigns.edition import figures_asked
from campaigns.measure import MEASURES
from campaigns.rehearsal import Rehearsal, RehearsalPerson, RehearsalUnit, Way
from campaigns.sums import allocations_that_do_not_add_up
from campaigns.target import Asking
from tests.campaigns.test_lo_ku_rehearsal import NOT_SAID_TO_HEADS
from tests.needs import ROOT

FIVE = ["bo-trach-2020", "cat-ne-2024", "duyen-hai-2021", "ha-hoa-2022", "lo-ku-2022"]

# Thought through by hand from the plans: kind, first and last day, due moment.
PERIODS = {
    "ha-hoa-2022": """
        week 2022-04-25 2022-05-01 02/05 17:00
        week 2022-05-02 2022-05-08 09/05 17:00
        week 2022-05-09 2022-05-15 16/05 17:00
        week 2022-05-16 2022-05-22 23/05 17:00
        week 2022-05-23 2022-05-30 31/05 17:00
        month 2022-04-25 2022-04-30 06/05 17:00
        month 2022-05-01 2022-05-30 05/06 17:00
        campaign 2022-04-25 2022-05-30 02/06 17:00
        campaign 2022-04-25 2022-05-30 07/06 17:00
        milestone 2022-04-25 2022-05-30 30/05 17:00
        on_demand 2022-04-25 2022-05-16 18/05 17:00
    """,
    "lo-ku-2022": """
        week 2022-04-29 2022-05-05 06/05 16:00
        week 2022-05-06 2022-05-12 13/05 16:00
        week 2022-05-13 2022-05-19 20/05 16:00
        week 2022-05-20 2022-05-26 27/05 16:00
        week 2022-05-27 2022-06-02 03/06 16:00
    """,
    "bo-trach-2020": """
        milestone 2020-02-12 2020-02-14 14/02 17:00
        milestone 2020-02-12 2020-06-30 30/06 17:00
        milestone 2020-02-12 2020-12-31 31/12 17:00
        campaign 2020-02-12 2020-12-31 05/01 17:00
    """,
    "cat-ne-2024": """
        wave 2024-01-15 2024-03-31 03/04 17:00
        wave 2024-04-01 2024-06-30 03/07 17:00
        wave 2024-07-01 2024-11-20 23/11 17:00
    """,
    "duyen-hai-2021": """
        quarter 2021-08-01 2021-09-30 05/10 17:00
        quarter 2021-10-01 2021-12-31 05/01 17:00
        quarter 2022-01-01 2022-03-31 05/04 17:00
        quarter 2022-04-01 2022-06-30 05/07 17:00
        wave 2021-08-01 2021-12-31 12/01 17:00
        wave 2022-01-01 2022-06-30 12/07 17:00
        campaign 2021-08-01 2022-06-30 19/07 17:00
        milestone 2021-08-01 2021-12-31 31/12 17:00
        milestone 2021-08-01 2022-06-30 30/06 17:00
    """,
}


@pytest.fixture(scope="module", params=FIVE)
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def campaign(slug: str) -> Campaign:
    return files_of(slug)[0]


@pytest.fixture(scope="module")
def rehearsal(slug: str) -> Rehearsal:
    return files_of(slug)[1]


def test_it_rehearses_all_five() -> None:
    assert campaign_slugs() == FIVE


def test_it_has_every_period_with_its_due_moment(slug: str, rehearsal: Rehearsal) -> None:
    choices = rehearsal.choices
    found = [
        f"{period.kind} {period.start} {period.end} {due_at(period, cadence):%d/%m %H:%M}"
        for cadence in choices.cadences
        for period in periods(choices, cadence)
    ]
    assert sorted(found) == sorted(line.strip() for line in PERIODS[slug].strip().splitlines())


def test_it_reports_as_often_as_the_plan_says(slug: str, campaign: Campaign, rehearsal: Rehearsal) -> None:
    said = {line.cadence for line in campaign.report_lines} - {CadenceKind.ONGOING}
    chosen = {cadence.kind for cadence in rehearsal.choices.cadences} - {CadenceKind.MILESTONE}
    assert chosen == (said or {CadenceKind.WEEK}), slug


def test_it_keeps_the_campaigns_own_dates_and_deadlines(campaign: Campaign, rehearsal: Rehearsal) -> None:
    choices = rehearsal.choices
    if campaign.start and campaign.end:
        assert str(choices.start).startswith(str(campaign.start))
        assert str(choices.end).startswith(str(campaign.end))
    if campaign.year:
        assert {choices.start.year, choices.end.year} == {campaign.year}
    assert [stage.end for stage in choices.milestones] == [deadline.last for deadline in campaign.deadlines]
    if campaign.waves:
        assert [wave.name for wave in choices.waves] == [wave.name for wave in campaign.waves]


def test_it_counts_the_day_before_out_of_a_deadline_before_it() -> None:
    campaign, rehearsal = files_of("bo-trach-2020")
    assert campaign.deadlines[0].last == date(2020, 2, 14)
    assert rehearsal.choices.milestones[0].end == date(2020, 2, 14)


def test_it_lets_schools_and_forces_report_before_who_gathers_from_them() -> None:
    _, rehearsal = files_of("ha-hoa-2022")
    final = {d.unit: d.due for d in duties(rehearsal, None) if d.period == "ca dot thi dua"}
    names = {unit.key: unit.name for unit in rehearsal.units}
    below = [unit for unit in rehearsal.units if unit.within]
    assert {unit.within for unit in below} == {"phong-gd", "cong-an", "quan-su"}
    for unit in below:
        assert unit.within is not None
        assert final[unit.name] < final[names[unit.within]]


def test_it_owes_no_more_than_two_forms_to_anybody_in_seven_days(rehearsal: Rehearsal) -> None:
    for unit in rehearsal.units:
        dues = sorted(duty.due for duty in duties(rehearsal, None) if duty.unit == unit.name)
        for due in dues:
            assert sum(due <= other < due + timedelta(days=7) for other in dues) <= 2, unit.name


def test_it_asks_allied_bodies_for_nothing(slug: str, rehearsal: Rehearsal) -> None:
    allied = [unit for unit in rehearsal.units if unit.allied]
    assert len(allied) == (0 if slug == "lo-ku-2022" else 1)
    assert not [duty for duty in duties(rehearsal, None) if duty.unit in {unit.name for unit in allied}]


def _forms(rehearsal: Rehearsal) -> Iterator[tuple[RehearsalUnit, list[Asking]]]:
    """Every form that a unit gets over the whole campaign, with the figures that are asked of everybody in it."""
    choices = rehearsal.choices
    for unit in rehearsal.units:
        for cadence in choices.cadences:
            if cadence.concerns(unit.names) and not unit.allied:
                for period in periods(choices, cadence):
                    yield unit, figures_asked(choices, cadence.kind, unit.names, period.end)


def test_it_never_asks_for_more_than_three_figures(rehearsal: Rehearsal) -> None:
    for unit, asked in _forms(rehearsal):
        assert 1 <= len(unit.undertakings) + len(asked) <= 3, unit.name


def test_it_names_no_figure_within_the_name_of_another_of_its_form(rehearsal: Rehearsal) -> None:
    for unit, asked in _forms(rehearsal):
        figures = [{work.label, *work.words} for work in unit.undertakings]
        figures += [{asking.label, *asking.words} for asking in asked]
        for names, others in permutations(figures, 2):
            assert not [(one, other) for one in names for other in others if f" {one} " in f" {other} "], unit.name


def test_it_registers_one_or_two_works_and_only_who_gathers_none(slug: str, rehearsal: Rehearsal) -> None:
    gathering = {unit.within for unit in rehearsal.units}
    for unit in rehearsal.units:
        if unit.allied or unit.key in gathering:
            assert not unit.undertakings, unit.name
        else:
            at_most = 3 if slug == "duyen-hai-2021" else 2
            assert 1 <= len(unit.undertakings) <= at_most, unit.name


def test_it_knows_the_last_figure_and_the_goal_of_every_work(rehearsal: Rehearsal) -> None:
    for unit in rehearsal.units:
        known = {baseline.item: baseline for baseline in unit.baselines}
        for work in unit.undertakings:
            assert known[work.key].amount is not None, (unit.name, work.key)
            assert work.goal is not None, (unit.name, work.key)
            assert 0 <= (known[work.key].amount or 0) < work.goal


def test_duyen_hai_names_two_or_three_works_for_every_commune_and_ward() -> None:
    campaign, rehearsal = files_of("duyen-hai-2021")
    (rule,) = [rule for rule in campaign.entry_rules if rule.at_least]
    assert rule.at_least is not None
    assert rule.at_most is not None
    communes = [unit for unit in rehearsal.units if unit.cluster == "xa-phuong"]
    assert len(communes) == 5
    assert all(rule.at_least <= len(unit.undertakings) <= rule.at_most for unit in communes)


def _people(rehearsal: Rehearsal) -> list[RehearsalPerson]:
    return [rehearsal.officer, rehearsal.chairman, *(unit.head for unit in rehearsal.units)]


def test_it_invents_everybody(slug: str, campaign: Campaign, rehearsal: Rehearsal) -> None:
    assert "bịa" in (ROOT / "config" / "rehearsal" / f"{slug}.yaml").read_text("utf-8").split("campaign:")[0]
    assert campaign.plan.signer is not None
    assert campaign.plan.signer.name not in [person.name for person in _people(rehearsal)]


def test_it_gives_nobody_a_real_telephone_number(rehearsal: Rehearsal) -> None:
    phones = [person.phone for person in _people(rehearsal)]
    assert all(re.fullmatch(r"0905 000 1\d\d", phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_it_has_one_head_who_is_only_reached_by_telephone(rehearsal: Rehearsal) -> None:
    assert len([unit for unit in rehearsal.units if unit.head.way is Way.PHONE]) == 1


def test_it_greets_with_a_part_of_the_name(rehearsal: Rehearsal) -> None:
    for person in _people(rehearsal):
        assert person.name.endswith(person.called)
        assert person.name != person.called


def _questions(rehearsal: Rehearsal) -> Iterator[str]:
    for unit in rehearsal.units:
        yield from (work.asked for work in unit.undertakings)
    yield from (asking.asked for asking in rehearsal.choices.askings if asking.asked)


def test_it_asks_in_plain_short_questions(rehearsal: Rehearsal) -> None:
    for question in _questions(rehearsal):
        assert question.endswith("?")
        assert len(question.split()) <= 18
        assert not [word for word in NOT_SAID_TO_HEADS if re.search(rf"\b{word}\b", question.lower())]


def test_it_never_asks_for_a_percentage(rehearsal: Rehearsal) -> None:
    measures = {work.measure for unit in rehearsal.units for work in unit.undertakings}
    measures |= {asking.measure for asking in rehearsal.choices.askings if asking.measure}
    assert "%" not in measures
    assert measures <= MEASURES.keys()


def test_it_shares_out_what_adds_up(campaign: Campaign, rehearsal: Rehearsal) -> None:
    assert allocations_that_do_not_add_up(campaign, rehearsal.units) == ()


def test_it_asks_early_or_in_the_evening_and_waits_until_working_hours(rehearsal: Rehearsal) -> None:
    for cadence in rehearsal.choices.cadences:
        if cadence.who != ():
            asked = cadence.ask.at
            assert time(5, 30) <= asked <= time(7) or time(18) <= asked <= time(20)
            assert all(time(7, 30) <= moment.at <= time(17) for moment in (cadence.due, cadence.close))
