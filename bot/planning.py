"""Putting what is to be said into the outbox, in the unit of work that decided to say it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.rendering import packed_choices
from campaigns.people import Account
from dialogue.say import Lane, Say
from storage import outbox
from storage.store import Store


def plan(
    session: Session,
    store: Store,
    account: Account,
    says: list[Say],
    now: datetime,
    *,
    answers: int | None = None,
    in_place: bool = False,
) -> None:
    """Put what is to be said into the outbox, in the same unit of work as the decision to say it.

    A screen is replaced in place only where a button of it was pressed: under typed words a new one is shown.
    """
    for number, say in enumerate(says):
        key = say.key or (f"in:{answers}:{number}" if answers else None)
        plan_one(session, store, account, replace(say, key=key), now, answers=answers, in_place=in_place)


def plan_one(
    session: Session,
    store: Store,
    account: Account | None,
    say: Say,
    now: datetime,
    *,
    answers: int | None = None,
    in_place: bool = False,
) -> int | None:
    """Put one message into the outbox; its number, or none where nobody is reached or it was planned before."""
    to = _addressee(say, account, store)
    if to is None:
        return None
    own = say.to is None and say.group is None and say.account is None and say.lane is Lane.REPLY
    return outbox.plan(
        session,
        bot=to.bot,
        account=to.id,
        text=say.text,
        content=dict(say.values),
        choices=packed_choices(say.choices),
        lane=say.lane,
        now=now,
        photos=say.photos,
        recordings=say.recordings,
        documents=say.documents,
        slot=say.slot,
        in_place=in_place or say.in_place,
        key=say.key,
        answers=answers if own else None,
    )


def _addressee(say: Say, account: Account | None, store: Store) -> Account | None:
    """Whose screen it is for: this chat's, a person's, or a group's; none for who has none and is phoned."""
    if particular := say.group or say.account:
        return store.people.account(particular)
    return account if say.to is None else store.people.account_of(say.to)
