"""Groups: an officer asks for a code, somebody types it in the group. There the program speaks only when spoken to."""

from dataclasses import dataclass
from typing import Any

from campaigns.authority import Action, Role, may
from campaigns.calendar import local_day
from campaigns.group import Group, GroupPurpose
from campaigns.ids import Id
from campaigns.invitation import find_code, is_typed_right, shown_code
from dialogue.doors import links
from dialogue.forms import Draft, Form, Option, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.incoming import Kind
from dialogue.routes import Routes, Story, squeezed
from dialogue.say import Choice, Lane, Say, unit
from handlers.conversation import begin
from handlers.loading import Launched
from handlers.periods import named
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

LONGEST_NAME = 60
BOARD = {squeezed(words) for words in ("bang", "ai da bao", "tinh hinh")}
PURPOSES = (
    Option(GroupPurpose.ANNOUNCEMENTS, "buttons.for_announcements", ("thong bao", "nhom thong bao")),
    Option(GroupPurpose.EXAMPLES, "buttons.for_examples", ("guong tot", "nguoi tot viec tot", "guong")),
)


@dataclass(frozen=True)
class AskFacts:
    """The campaign that a group is to follow."""

    campaign: Id
    title: str


def facts(launched: Launched, turn: Turn, conversation: Conversation, store: Store) -> AskFacts:
    """Loaded anew each turn."""
    return AskFacts(launched.id, store.campaigns.edition(launched.id).campaign.plan.title)


def script(facts: AskFacts) -> Script:
    """What the group is for, then what to call it."""
    values = {"title": facts.title}
    purpose = yield from ask(Form("group", (Pick("purpose", PURPOSES, facts.title),), values))
    name = yield from ask(Form("group", (OpenQuestion("name", required=True),), values))
    return purpose | name


def finish(draft: Draft, facts: AskFacts, turn: Turn, store: Store) -> list[Say]:
    """Say the code, once."""
    purpose, name = GroupPurpose(str(draft["purpose"].value)), draft["name"].words[:LONGEST_NAME]
    code = store.groups.ask(facts.campaign, purpose, name)
    values = {"code": shown_code(code), "purpose": str(purpose), "name": name}
    return [Say("group.code", {**values, "links": links(turn.doors, code, group=True)})]


ASK = routes.story(Story("group", Action.LINK_GROUP, "campaign", facts, script, finish))


@routes.command("nhom", "cac nhom", action=Action.LINK_GROUP)
def show_groups(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The groups that are linked, each to be ended, and a button for one more."""
    reach = [grant.path for grant in turn.actor.grants if grant.role is Role.OFFICER]
    groups = {group.id: group for path in reach for group in store.groups.below(path)}
    ends = [Choice("buttons.end_group", f"group.end:{group.id}", {"name": group.name}) for group in groups.values()]
    campaigns = [one for one in store.campaigns.all() if may(turn.actor, Action.LINK_GROUP, store.campaigns.path(one))]
    adds = [
        Choice("buttons.add_group", f"group.add:{one}", {"title": store.campaigns.edition(one).campaign.plan.title})
        for one in campaigns
    ]
    rows = [{"name": group.name, "purpose": str(group.purpose)} for group in groups.values()]
    return [Say("group.groups", {"rows": rows}, (*adds, *ends))]


@routes.button("group.add", action=Action.LINK_GROUP, loads="campaign")
def add(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """One more group for a campaign."""
    return begin(turn, ASK, launched, store)


@routes.button("group.end", action=Action.LINK_GROUP, loads="group")
def end(turn: Turn, group: Group, store: Store) -> list[Say]:
    """Nothing is posted in this group any more; the group is told."""
    store.groups.end(group)
    farewell = Say("group.farewell", {"purpose": str(group.purpose)}, group=group.account, lane=Lane.BULK)
    return [Say("group.ended", {"name": group.name}), farewell]


def in_group(turn: Turn, store: Store) -> list[Say]:
    """What was said to the program in a group: a code, a question who has reported; otherwise where it listens."""
    if turn.incoming.kind is Kind.ADDED:  # a linked group it never left has only grown
        return [] if store.groups.of_account(turn.account.id) else [Say("group.help", {"linked": False})]
    if turn.incoming.kind is not Kind.TEXT or turn.incoming.too_long:
        return []
    code = find_code(turn.incoming.text)
    if code is not None:
        return _link(code, turn, store)
    follows = store.groups.of_account(turn.account.id)
    if squeezed(turn.incoming.text) in BOARD and follows:
        return [say for campaign in dict.fromkeys(one.campaign for one in follows) for say in _board(campaign, store)]
    return [Say("group.help", {"linked": bool(follows)})]


def chat_changed(turn: Turn, store: Store) -> list[Say]:
    """The chat has another address, or nothing reaches it any more; of a group that is gone its officer is told."""
    if turn.incoming.kind is Kind.MOVED:
        store.people.moves(turn.account.id, turn.incoming.text)
        return []
    says = []
    for group in store.groups.of_account(turn.account.id):
        store.groups.end(group)
        values, key = {"name": group.name, "purpose": str(group.purpose)}, f"gone:{group.id}"
        officer = store.groups.asked_by(group.id)
        says += [Say("group.gone", values, to=officer, lane=Lane.BULK, key=key)] if officer else []
    store.people.gone(turn.account.id)
    return says


def _link(code: str, turn: Turn, store: Store) -> list[Say]:
    if not is_typed_right(code) or not store.invitations.may_attempt(turn.account):
        return [Say("group.wrong_code")]
    group = store.groups.link(code, turn.account.id)
    if group is None:
        store.invitations.attempt_failed(turn.account)
        return [Say("group.wrong_code")]
    title = store.campaigns.edition(group.campaign).campaign.plan.title
    values = {"purpose": str(group.purpose), "title": title, "name": group.name}
    officer = store.groups.asked_by(group.id)
    told = [Say("group.told_officer", values, to=officer, key=f"group:{group.id}")] if officer else []
    return [Say("group.linked", values), *told]


def _board(campaign: Id, store: Store) -> list[Say]:
    """Who has reported, in roster order; never who has not, never who was first."""
    everybody = store.obligations.on_the_board(campaign, "/")
    if not everybody or local_day(everybody[0].ask_at) > local_day(store.now):
        return [Say("group.nothing_yet")]
    newest = [one for one in everybody if one.period == everybody[0].period]
    had: list[Any] = [unit(one.unit) for one in newest if one.first_said_at is not None]
    return [Say("group.board", {"period": named(newest[0].period), "units": had})]
