"""What a head or a participant sees of their own registrations: "đăng ký", and "đăng ký 62/84 hộ" without names."""

from campaigns.authority import Action, Role, may_anywhere
from campaigns.calendar import local_day
from campaigns.participant import Count, Participant, read_count
from campaigns.registration import Registration, State
from dialogue.routes import Routes
from dialogue.say import Choice, Say, unit
from handlers.entry_questions import about_campaign
from handlers.own_name import shown_participant
from handlers.registration import facts_of, opened
from handlers.roll import roll
from handlers.turn import Turn
from storage.store import Store

routes = Routes()


@routes.command("dang ky", "dang ki", "dk", action=Action.ENTER, tail=True)
def register(turn: Turn, tail: str, store: Store) -> list[Say]:
    """An officer sees the list, a head their unit's registrations, a participant their own."""
    if may_anywhere(turn.actor, Action.SEE_REGISTRATIONS):
        return roll(turn, tail, store)
    mine = own_registrations(turn, store)
    count = read_count(tail)
    if count and mine:
        return _counted(mine, count, store)
    if mine:
        return opened(turn, mine[0], store) if len(mine) == 1 else [_menu(mine, store)]
    return _participants(turn, store)


def own_registrations(turn: Turn, store: Store) -> list[Registration]:
    """How the units that the actor heads stand in every campaign that runs over them, the newest first."""
    units = [grant for grant in turn.actor.grants if grant.role is Role.REPORTER]
    return [
        store.registrations.invite(campaign, grant.unit)
        for grant in units
        for campaign in store.registrations.running_over(grant.path)
        if local_day(turn.now) <= store.campaigns.edition(campaign).choices.end
    ]


def _menu(mine: list[Registration], store: Store) -> Say:
    choices = tuple(
        Choice(
            "buttons.registration_in", f"registration.begin:{one.id}", {**_title(one, store), "unit": unit(one.unit)}
        )
        for one in mine
    )
    return Say("registration.which", {}, choices)


def _title(registration: Registration, store: Store) -> dict[str, str]:
    assert registration.campaign is not None
    return {"title": store.campaigns.edition(registration.campaign).campaign.plan.title}


def _counted(mine: list[Registration], count: Count, store: Store) -> list[Say]:
    """So many households of the newest campaign that the unit takes part in register, without names."""
    there = [one for one in mine if one.takes_part or one.state in (State.PENDING, State.ASKED_BACK)]
    if not there:
        return [Say("registration.count_later", facts_of(mine[0], store).about)]
    before = there[0].counted
    kept = store.registrations.count(there[0], count.households, count.of or there[0].counted_of)
    values = {"unit": unit(kept.unit), "counted": kept.counted, "counted_of": kept.counted_of, "before": before}
    return [Say("registration.counted", values)]


def _participants(turn: Turn, store: Store) -> list[Say]:
    """Whom somebody without an office registered; a stranger is told about codes."""
    if turn.actor.person is None:
        return [Say("join.stranger")]
    mine = store.participants.of_person(turn.actor.person)
    return [_participant(one, turn, store) for one in mine] or [Say("own_name.nothing")]


def _participant(one: Participant, turn: Turn, store: Store) -> Say:
    edition = store.campaigns.edition(one.campaign)
    last = edition.choices.last_day_to_register()
    values = {**shown_participant(one), **about_campaign(edition), "until": last.isoformat()}
    may_return = ("return",) if local_day(turn.now) <= last else ()
    names = {State.CONFIRMED: ("task", "withdraw"), State.DONE: ("withdraw",)}.get(one.state, may_return)
    choices = tuple(Choice(f"buttons.{name}_participant", f"participant.{name}:{one.id}") for name in names)
    return Say("own_name.sheet", values, choices, photos=(one.done_photo,) if one.done_photo and one.takes_part else ())
