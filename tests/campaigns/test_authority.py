"""Who may do what: a table written out, for one's own unit, one below, one beside and one above."""

import pytest

from campaigns.authority import STRANGER, Action, Actor, Grant, Role, may, may_anywhere
from campaigns.ids import Id, parse_id

COMMUNE, VILLAGE, OTHER_VILLAGE, OTHER_COMMUNE = "/a/", "/a/b/", "/a/c/", "/z/"
SOMEBODY = parse_id("018093f2-bb00-7eaf-8370-ccf9a6051496")
assert SOMEBODY is not None


def actor(role: Role, path: str) -> Actor:
    assert SOMEBODY is not None
    return Actor(SOMEBODY, (Grant(role, Id(SOMEBODY), path),))


OFFICERS = {
    Action.REPORT_ON_BEHALF,
    Action.SEE_BOARD,
    Action.SEE_REPORT,
    Action.APPROVE,
    Action.RETURN,
    Action.EXCUSE,
    Action.EXTEND,
    Action.NUDGE,
    Action.TAKE_REQUEST,
    Action.SEE_REQUESTS,
    Action.LINK_GROUP,
    Action.ANNOUNCE,
    Action.MANAGE_PEOPLE,
    Action.NOMINATE,
    Action.DECIDE_HIGHLIGHT,
    Action.LAUNCH,
    Action.REGISTER,
    Action.SEE_REGISTRATIONS,
    Action.SEE_PARTICIPANTS,
    Action.CONFIRM_REGISTRATION,
    Action.OFFER_CODE,
}
LEADERS = {Action.SEE_BOARD, Action.SEE_REPORT, Action.SEE_REQUESTS, Action.NOMINATE, Action.SEE_REGISTRATIONS}
REPORTERS = {
    Action.REPORT,
    Action.SEE_REPORT,
    Action.NOMINATE,
    Action.REGISTER,
    Action.SEE_PARTICIPANTS,
    Action.OFFER_CODE,
}
MAY = {
    Role.REPORTER: {VILLAGE: REPORTERS},
    Role.OFFICER: {COMMUNE: OFFICERS, VILLAGE: OFFICERS, OTHER_VILLAGE: OFFICERS},
    Role.LEADER: dict.fromkeys((COMMUNE, VILLAGE, OTHER_VILLAGE), LEADERS),
}
HELD = {Role.REPORTER: VILLAGE, Role.OFFICER: COMMUNE, Role.LEADER: COMMUNE}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", [COMMUNE, VILLAGE, OTHER_VILLAGE, OTHER_COMMUNE])
def test_it_allows_exactly_what_the_table_says(role: Role, where: str) -> None:
    allowed = {action for action in Action if may(actor(role, HELD[role]), action, where)}
    assert allowed == MAY[role].get(where, set()) | {Action.ENTER}


def test_it_lets_a_stranger_only_enter() -> None:
    assert {action for action in Action if may(STRANGER, action, VILLAGE)} == {Action.ENTER}
    assert {action for action in Action if may_anywhere(STRANGER, action)} == {Action.ENTER}


def test_it_knows_no_prefix_that_is_not_a_whole_unit() -> None:
    assert not may(actor(Role.OFFICER, "/a/b/"), Action.APPROVE, "/a/bc/")
