"""Codes for anybody (mã đăng ký): one campaign and place, until a day, for so many; told once, ended at any time."""

from datetime import datetime, time, timedelta

from campaigns.authority import Action, may, may_anywhere
from campaigns.calendar import LOCAL, local_day
from campaigns.ids import Id
from campaigns.invitation import shown_code
from campaigns.participant import CODE_FOR_AT_MOST, CODE_VALID_FOR, Limits, OpenCode, read_limits
from campaigns.people import Unit
from dialogue.routes import Routes
from dialogue.say import Choice, Say, unit
from handlers.board import find_unit
from handlers.entry_questions import about_campaign
from handlers.loading import Launched
from handlers.turn import Turn
from storage.store import Store

routes = Routes()


@routes.command("ma dang ky", "ma dk", "xin ma dang ky", action=Action.OFFER_CODE, tail=True)
def offer(turn: Turn, tail: str, store: Store) -> list[Say]:
    """ "mã đăng ký", "mã đăng ký Tơ Bla đến 30/6 cho 50 hộ": a code to pass on, for one's own place or one below."""
    place, rest = _place(turn, tail, store)
    campaigns = [one for one in store.registrations.running_over(place.path) if _open(one, turn, store)]
    limits = read_limits(rest, local_day(turn.now))
    if not campaigns:
        return [Say("open_code.no_campaign")]
    if limits is None:
        return [Say("open_code.how", {"said": rest[:60], "unit": unit(place.id)})]
    if len(campaigns) == 1 or limits != Limits(None, None):
        return [_code(campaigns[0], place, limits, turn, store), *_others(place, turn, store)]
    choices = [
        Choice("buttons.code_for", f"open_code.new:{one}", about_campaign(store.campaigns.edition(one)))
        for one in campaigns
    ]
    return [Say("open_code.which", {"unit": unit(place.id)}, tuple(choices))]


def _place(turn: Turn, tail: str, store: Store) -> tuple[Unit, str]:
    """The place that is named among one's own; otherwise one's own unit, and the words as they are."""
    units, rest = find_unit(tail, turn, Action.OFFER_CODE, store)
    return (units[0], rest) if len(units) == 1 else (_home(turn, store), tail)


def _home(turn: Turn, store: Store) -> Unit:
    mine = (grant for grant in turn.actor.grants if may(turn.actor, Action.OFFER_CODE, grant.path))
    return store.people.unit(next(mine).unit)


def _open(campaign: Id, turn: Turn, store: Store) -> bool:
    return local_day(turn.now) <= store.campaigns.edition(campaign).choices.last_day_to_register()


def _code(campaign: Id, place: Unit, limits: Limits, turn: Turn, store: Store) -> Say:
    """A new code, told once: a text to pass on as it is."""
    edition = store.campaigns.edition(campaign)
    usual = local_day(turn.now + CODE_VALID_FOR)
    last = min(limits.until or usual, edition.choices.last_day_to_register())
    at_most = limits.at_most or CODE_FOR_AT_MOST
    expires = datetime.combine(last + timedelta(days=1), time(), LOCAL)
    code = store.participants.offer_code(campaign, place.id, expires, at_most)
    values = {"unit": unit(place.id), "code": shown_code(code), "last": last.isoformat(), "at_most": at_most}
    return Say("open_code.told", {**about_campaign(edition), **values})


def _others(place: Unit, turn: Turn, store: Store) -> list[Say]:
    """Where there are others beside the one that was told just now."""
    found = _still_open(place, turn, store)
    return [_list(found)] if len(found) > 1 else []


def _still_open(place: Unit, turn: Turn, store: Store) -> list[OpenCode]:
    found = store.participants.open_codes(place.path)
    return [one for one in found if may(turn.actor, Action.OFFER_CODE, one.path)]


def _list(found: list[OpenCode]) -> Say:
    """The codes that are open, with a button to end each."""
    ends = [
        Choice(
            "buttons.end_code", f"open_code.end:{one.id}", {"unit": unit(one.unit), "used": one.used, "of": one.at_most}
        )
        for one in found
    ]
    return Say("open_code.others", {"number": len(found)}, tuple(ends))


@routes.command("cac ma dang ky", "thoi ma dang ky", "xem ma dang ky", action=Action.OFFER_CODE)
def show_codes(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The codes that are open in one's own place and below."""
    return [_list(_still_open(_home(turn, store), turn, store))]


@routes.button("open_code.new", action=Action.ENTER, loads="campaign")
def offer_for(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """A code for one of several campaigns that run over the actor's own place."""
    home = _home(turn, store) if may_anywhere(turn.actor, Action.OFFER_CODE) else None
    if home is None or launched.id not in store.registrations.running_over(home.path):
        return [Say("help.not_yours")]
    return [_code(launched.id, home, Limits(None, None), turn, store)]


@routes.button("open_code.end", action=Action.OFFER_CODE, loads="open_code")
def end(turn: Turn, code: OpenCode, store: Store) -> list[Say]:
    """Nobody comes in by it any more; who did stays."""
    store.participants.end_code(code)
    return [Say("open_code.ended", {"unit": unit(code.unit), "used": code.used})]
