"""The first minute of a rehearsal, the first time and whenever it begins again."""

from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from bot.launch import launch
from campaigns.authority import Role
from campaigns.calendar import first_form
from campaigns.campaign import Campaign
from campaigns.group import GroupPurpose
from campaigns.rehearsal import Rehearsal, Way
from config.texts import Texts
from storage import rehearsal as remembered
from storage.database import Database
from storage.store import Store

BEFORE_THE_FIRST_FORM = timedelta(minutes=10)
WORDING = "rehearsal"
CHAT = "rehearsal-{}"


def start_again(database: Database, campaign: Campaign, rehearsal: Rehearsal, bot: str, chance: Random) -> datetime:
    """Forget everything and launch the campaign ten minutes before its first form, in one unit of work.

    Everybody has joined but the first head, who joins by the code on the invitation. Where the campaign's clock stands.
    """
    with database.transaction() as session:
        remembered.forget_everything(session)
        return _begin(session, campaign, rehearsal, bot, chance)


def _begin(session: Session, campaign: Campaign, rehearsal: Rehearsal, bot: str, chance: Random) -> datetime:
    now = first_form(rehearsal.choices) - BEFORE_THE_FIRST_FORM
    by_phone = {unit.head.name for unit in rehearsal.units if unit.head.way is Way.PHONE}
    invitations = launch(session, campaign, rehearsal, now, chance)
    store = Store(session, now, chance, bot)
    heads = [i for i in invitations if i.role is Role.REPORTER and i.name not in by_phone]
    others = [i for i in invitations if i.role is not Role.REPORTER]
    for invitation in others + heads[1:]:
        account = store.people.account_in(bot, CHAT.format(invitation.person))
        opened = store.invitations.opened_by(invitation.code)
        assert opened is not None
        store.invitations.join(account, opened, WORDING)
    _link_groups(store, bot)
    remembered.start_at(session, now)
    return now


def _link_groups(store: Store, bot: str) -> None:
    """One group for each purpose, to be watched."""
    texts = Texts()
    for purpose in GroupPurpose:
        name = texts.plain("rehearsal.group", {"purpose": purpose})
        code = store.groups.ask(store.campaigns.all()[0], purpose, name)
        store.groups.link(code, store.people.account_in(bot, CHAT.format(purpose), group=True).id)
