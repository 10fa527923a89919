"""A new edition: what was asked for stays, the rest is planned anew, no day is asked for twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from campaigns.burden import burden, most_within
from campaigns.calendar import LOCAL, Period, ask_at, close_at, due_at, periods
from campaigns.campaign import CadenceKind
from campaigns.difference import What, changes
from campaigns.edition import Cadence, Choices, Moment, Stage, Step
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.proposal import standard
from campaigns.registration import Registration
from campaigns.replanning import Effect, effects, ending
from campaigns.target import Asking, Holder, Names, Rhythm

WEEKLY = standard(CadenceKind.WEEK)  # Friday to Thursday
CHOICES = Choices(date(2022, 4, 29), date(2022, 6, 2), (WEEKLY,), ())
AT_LAUNCH = datetime(2022, 4, 29, 8, tzinfo=LOCAL)
ASKED_ONCE = datetime(2022, 5, 6, 9, tzinfo=LOCAL)  # week 18 was asked for the evening before
ONE = Id(UUID(int=1))
VILLAGE = Registration(ONE, ONE, "/a/b/", AT_LAUNCH)


def planned(choices: Choices, edition: int = 1) -> list[Obligation]:
    every = [(period, one) for one in choices.cadences for period in periods(choices, one)]
    return [_obligation(number, edition, period, one) for number, (period, one) in enumerate(every, 10)]


def _obligation(number: int, edition: int, period: Period, one: Cadence) -> Obligation:
    moments = ask_at(period, one), due_at(period, one), close_at(period, one)
    return Obligation(Id(UUID(int=number)), ONE, edition, ONE, ONE, "/a/b/", period, *moments)


def after(choices: Choices, now: datetime = ASKED_ONCE, owed: Sequence[Obligation] = ()) -> tuple[Choices, Effect]:
    going, (effect,) = effects(CHOICES, choices, [VILLAGE], owed or planned(CHOICES), now)
    return going, effect


def days(effect: Effect) -> list[tuple[int, str]]:
    return [(due.period.number, f"{due.period.start:%-d/%-m}-{due.period.end:%-d/%-m}") for due in effect.wanted]


def test_it_changes_nothing_where_nothing_changes() -> None:
    _, effect = after(CHOICES)
    assert effect.first is None
    assert days(effect) == [(19, "6/5-12/5"), (20, "13/5-19/5"), (21, "20/5-26/5"), (22, "27/5-2/6")]


def test_it_goes_on_with_more_weeks_where_it_ends_later() -> None:
    _, effect = after(ending(CHOICES, date(2022, 6, 16)))
    assert days(effect)[-2:] == [(23, "3/6-9/6"), (24, "10/6-16/6")]
    assert effect.first
    assert effect.first.number == 23


def test_it_ends_with_what_was_asked_where_it_ends_at_once() -> None:
    _, effect = after(ending(CHOICES, date(2022, 5, 6)))
    assert days(effect) == []
    assert effect.first
    assert effect.first.number == 19


def test_it_asks_for_a_last_piece_of_four_days_but_not_of_three() -> None:
    assert days(after(ending(CHOICES, date(2022, 5, 9)))[1]) == [(19, "6/5-9/5")]
    assert days(after(ending(CHOICES, date(2022, 5, 8)))[1]) == []


def test_it_lets_no_day_be_asked_for_twice_where_weeks_begin_on_another_day() -> None:
    _, effect = after(replace(CHOICES, cadences=(replace(WEEKLY, begins=0),)))
    assert days(effect)[:2] == [(19, "6/5-15/5"), (20, "16/5-22/5")]


def test_it_lets_no_day_be_asked_for_twice_where_weeks_become_months() -> None:
    _, effect = after(ending(replace(CHOICES, cadences=(standard(CadenceKind.MONTH),)), date(2022, 6, 30)))
    assert days(effect) == [(5, "6/5-31/5"), (6, "1/6-30/6")]


def test_it_lets_no_day_be_asked_for_twice_where_the_last_week_was_a_long_one() -> None:
    short = replace(CHOICES, end=date(2022, 5, 29))
    owed, late = planned(short), datetime(2022, 5, 30, 8, tzinfo=LOCAL)
    assert f"{owed[-1].period.start:%d/%m}-{owed[-1].period.end:%d/%m}" == "20/05-29/05"
    _, (effect,) = effects(short, ending(short, date(2022, 6, 16)), [VILLAGE], owed, late)
    assert days(effect) == [(22, "30/5-2/6"), (23, "3/6-9/6"), (24, "10/6-16/6")]


def test_it_remembers_where_it_began_anew_however_often_it_is_changed() -> None:
    """A month that was chosen after weeks, and chosen again before any month was asked for, went back to the start."""
    monthly = replace(CHOICES, cadences=(standard(CadenceKind.MONTH),))
    once, _ = after(monthly)
    again, (effect,) = effects(once, monthly, [VILLAGE], planned(CHOICES)[:1], ASKED_ONCE)
    assert again == once
    assert days(effect) == [(5, "6/5-2/6")]


def test_it_leaves_alone_what_was_answered_excused_or_given_more_time_before_it_was_asked() -> None:
    owed = planned(CHOICES)
    owed[1] = replace(owed[1], excused_at=ASKED_ONCE)
    owed[2] = replace(owed[2], planned_due_at=owed[2].due_at)
    _, effect = after(ending(CHOICES, date(2022, 5, 12)), owed=owed)
    assert [one.period.number for one in effect.stands] == [21, 22]
    assert days(effect) == []


def test_it_plans_nothing_that_would_be_due_by_now() -> None:
    noon = datetime(2022, 5, 12, 12, tzinfo=LOCAL)
    early = replace(WEEKLY, ask=Moment(-2, time(6)), due=Moment(0, time(6)))
    _, effect = after(replace(CHOICES, cadences=(early,)), noon)
    assert [number for number, _ in days(effect)] == [20, 21, 22]


def test_it_asks_once_for_the_whole_campaign_however_often_its_end_moves() -> None:
    whole = replace(CHOICES, cadences=(standard(CadenceKind.CAMPAIGN),))
    _, (before,) = effects(whole, ending(whole, date(2022, 6, 9)), [VILLAGE], planned(whole), ASKED_ONCE)
    assert days(before) == [(1, "29/4-9/6")]
    late = datetime(2022, 6, 3, tzinfo=LOCAL)
    _, (asked,) = effects(whole, ending(whole, date(2022, 6, 9)), [VILLAGE], planned(whole), late)
    assert days(asked) == []


def test_it_lets_the_last_wave_end_with_the_campaign() -> None:
    waves = (Stage("", date(2022, 4, 29), date(2022, 5, 15)), Stage("", date(2022, 5, 16), date(2022, 6, 2)))
    choices = replace(CHOICES, waves=waves)
    assert ending(choices, date(2022, 6, 9)).waves[-1].end == date(2022, 6, 9)
    assert ending(choices, date(2022, 5, 10)).waves == (Stage("", date(2022, 4, 29), date(2022, 5, 10)),)


def test_it_concerns_only_whom_it_changes_something_for() -> None:
    schools = replace(standard(CadenceKind.MONTH), who=("truong",))
    villages = replace(WEEKLY, who=("lang",))
    both = replace(CHOICES, cadences=(villages, schools))
    later = replace(both, cadences=(replace(villages, due=Moment(1, time(10))), schools))
    lang, truong = replace(VILLAGE, cluster="lang"), replace(VILLAGE, id=Id(UUID(int=2)), cluster="truong")
    owed = [one for one in planned(both) if one.period.kind is CadenceKind.WEEK]
    owed += [replace(o, registration=truong.id) for o in planned(both) if o.period.kind is CadenceKind.MONTH]
    _, found = effects(both, later, [lang, truong], owed, ASKED_ONCE)
    assert [one.first is not None for one in found] == [True, False]
    (change,) = changes(both, later)
    assert (change.concerns(lang.names), change.concerns(truong.names)) == (True, False)


def test_kinds_that_begin_to_report_more_seldom_are_asked_for_no_day_twice() -> None:
    """Schools went on from the weeks of villages, which they never had, or began their month with the campaign's."""
    village, school = replace(VILLAGE, kind="làng"), replace(VILLAGE, id=Id(UUID(int=2)), kind="trường")
    owed = planned(CHOICES) + [replace(o, registration=school.id) for o in planned(CHOICES)]
    monthly = replace(standard(CadenceKind.MONTH), who=("trường",))
    apart = replace(CHOICES, end=date(2022, 7, 31), cadences=(replace(WEEKLY, but=("trường",)), monthly))
    going, found = effects(CHOICES, apart, [village, school], owed, ASKED_ONCE)
    weeks, months = ([(due.period.start, due.period.end) for due in one.wanted] for one in found)
    assert weeks[0] == (date(2022, 5, 6), date(2022, 5, 12))
    assert months == [
        (date(2022, 5, 6), date(2022, 5, 31)),
        (date(2022, 6, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 7, 31)),
    ]
    later = datetime(2022, 5, 31, 20, tzinfo=LOCAL)  # May was asked for
    asked = planned(CHOICES)[:4]
    asked += [replace(o, registration=school.id) for o in planned(CHOICES)[:1] + planned(going)[-3:-2]]
    weekly_again = replace(going, cadences=(going.cadences[0], replace(WEEKLY, who=("trường",))))
    _, (_, weeks_of_school) = effects(going, weekly_again, [village, school], asked, later)
    assert weeks_of_school.wanted[0].period.start == date(2022, 6, 1)


def test_who_is_asked_no_more_is_told_and_nobody_else() -> None:
    everybody, villages = (replace(CHOICES, askings=(_heo(who=who),)) for who in (None, ("làng",)))
    offices = replace(CHOICES, askings=(_heo(who=("cơ quan",), asked="Cơ quan nuôi mấy con?"),))
    village, school, office = Names({"làng"}), Names({"trường"}), Names({"cơ quan"})

    def told(before: Choices, after: Choices) -> list[tuple[What, list[bool]]]:
        return [
            (one.what, [one.concerns(names) for names in (village, school, office)]) for one in changes(before, after)
        ]

    assert told(everybody, villages) == [(What.NOT_ASKED, [False, True, True])]
    assert told(villages, everybody) == [(What.ASKED, [False, True, True])]
    assert told(villages, offices) == [
        (What.ASKED, [False, False, True]),
        (What.NOT_ASKED, [True, False, False]),
        (What.REWORDED, [False, False, False]),
    ]
    assert told(everybody, offices) == [(What.NOT_ASKED, [True, True, False]), (What.REWORDED, [False, False, True])]


def _heo(**other: object) -> Asking:
    return replace(Asking("heo", Holder.UNIT, Rhythm.WEEK, "Mấy con?", "heo", measure="con"), **other)  # type: ignore[arg-type]


def test_it_names_what_changed_of_what_is_asked() -> None:
    asking = replace(CHOICES, askings=(_heo(),))
    assert [one.what for one in changes(CHOICES, asking)] == [What.ASKED]
    assert [one.what for one in changes(asking, CHOICES)] == []
    dropped = replace(asking, askings=(_heo(holder=Holder.OFFICE),))
    assert [one.what for one in changes(asking, dropped)] == [What.NOT_ASKED]
    assert [one.what for one in changes(asking, replace(asking, askings=(_heo(asked="Bao nhiêu?"),)))] == [
        What.REWORDED
    ]


def test_it_says_nothing_of_a_figure_whose_season_a_new_end_leaves_out() -> None:
    late = replace(CHOICES, askings=(_heo(season=(date(2022, 6, 1), date(2022, 6, 30))),))
    assert [one.what for one in changes(late, ending(late, date(2022, 5, 12)))] == [What.END]


def test_reminders_concern_nobody() -> None:
    (change,) = changes(CHOICES, replace(CHOICES, reminders=(Step("morning", at=time(6)),)))
    assert change.what is What.REMINDERS
    assert not change.concerns(Names())


@pytest.mark.parametrize(
    ("apart", "most"), [([0, 7, 14], 1), ([0, 6, 14], 2), ([0, 0, 1], 2), ([], 0), ([0, 1, 2, 3, 9], 4)]
)
def test_it_counts_forms_within_seven_days(apart: list[int], most: int) -> None:
    assert most_within(AT_LAUNCH + timedelta(days=days) for days in apart) == most


def test_it_counts_what_falls_on_one_head_over_all_campaigns() -> None:
    steps = (Step("two-days", -2, time(18, 30)), Step("morning", at=time(6)), Step("after", 1, time(6)))
    one = burden(replace(CHOICES, reminders=steps), Names(), (), AT_LAUNCH)
    assert (one.forms, one.reminders, one.too_much) == (1, 1, False)
    mondays = [datetime(2022, 5, 2, 18, tzinfo=LOCAL) + timedelta(weeks=week) for week in range(4)]
    assert burden(CHOICES, Names(), mondays, AT_LAUNCH).forms == 2
    assert not burden(CHOICES, Names(), mondays, AT_LAUNCH).too_much
    tuesdays = [monday + timedelta(days=1) for monday in mondays]
    assert burden(CHOICES, Names(), [*mondays, *tuesdays], AT_LAUNCH).too_much
