"""Who may do what to what: one question, ``may(actor, action, where)``, asked by the dispatcher and again on saving.

A role is held over a unit. Reporters act for that unit alone, officers and leaders for that unit and all below it. What
somebody sees is the same: this unit and below.
"""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.ids import Id


class Role(StrEnum):
    """What somebody is to a unit."""

    REPORTER = "reporter"
    OFFICER = "officer"
    LEADER = "leader"


class Action(StrEnum):
    """What can be done to a unit's affairs; ENTER is open to anybody."""

    ENTER = "enter"
    REPORT = "report"
    REPORT_ON_BEHALF = "report_on_behalf"
    SEE_BOARD = "see_board"
    SEE_REPORT = "see_report"
    APPROVE = "approve"
    RETURN = "return"
    EXCUSE = "excuse"
    EXTEND = "extend"
    NUDGE = "nudge"
    TAKE_REQUEST = "take_request"
    SEE_REQUESTS = "see_requests"
    LINK_GROUP = "link_group"
    ANNOUNCE = "announce"
    MANAGE_PEOPLE = "manage_people"
    LAUNCH = "launch"
    NOMINATE = "nominate"
    DECIDE_HIGHLIGHT = "decide_highlight"
    REGISTER = "register"
    SEE_REGISTRATIONS = "see_registrations"
    SEE_PARTICIPANTS = "see_participants"
    CONFIRM_REGISTRATION = "confirm_registration"
    OFFER_CODE = "offer_code"


@dataclass(frozen=True)
class Grant:
    """A role over the unit at ``path``; a path is the ids from the root down, ``"/a/b/"``."""

    role: Role
    unit: Id
    path: str


@dataclass(frozen=True)
class Actor:
    """Who acts. Strangers have no person and no grants."""

    person: Id | None = None
    grants: tuple[Grant, ...] = ()

    def holds(self, role: Role) -> bool:
        """Whether the actor has this role over any unit."""
        return any(grant.role is role for grant in self.grants)


STRANGER = Actor()

_ALLOWED: dict[Role, frozenset[Action]] = {
    Role.REPORTER: frozenset(
        {
            Action.REPORT,
            Action.SEE_REPORT,
            Action.NOMINATE,
            Action.REGISTER,
            Action.SEE_PARTICIPANTS,
            Action.OFFER_CODE,
        }
    ),
    Role.OFFICER: frozenset(
        {
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
            Action.LAUNCH,
            Action.NOMINATE,
            Action.DECIDE_HIGHLIGHT,
            Action.REGISTER,
            Action.SEE_REGISTRATIONS,
            Action.SEE_PARTICIPANTS,
            Action.CONFIRM_REGISTRATION,
            Action.OFFER_CODE,
        }
    ),
    Role.LEADER: frozenset(
        {Action.SEE_BOARD, Action.SEE_REPORT, Action.SEE_REQUESTS, Action.NOMINATE, Action.SEE_REGISTRATIONS}
    ),
}


def may(actor: Actor, action: Action, where: str) -> bool:
    """Whether the actor may do this to the unit at the path ``where``."""
    if action is Action.ENTER:
        return True
    return any(action in _ALLOWED[grant.role] and _reaches(grant, where) for grant in actor.grants)


def may_anywhere(actor: Actor, action: Action) -> bool:
    """Whether there is any unit at all to which the actor may do this."""
    return action is Action.ENTER or any(action in _ALLOWED[grant.role] for grant in actor.grants)


def _reaches(grant: Grant, where: str) -> bool:
    return where == grant.path if grant.role is Role.REPORTER else where.startswith(grant.path)
