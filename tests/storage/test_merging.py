"""A group that its vendor moved: what came from its new address before the program knew of the move stays with it."""

from random import Random

from storage.merging import merge_into
from storage.rows import AccountRow
from storage.store import Store
from tests.stage import BOT, first_morning, opened

LO_KU = "lo-ku-2022"


def test_it_takes_what_was_attached_along(database_url: str) -> None:
    database = opened(database_url)
    with database.transaction() as session:
        store = Store(session, first_morning(LO_KU), Random(1), BOT)
        old = store.people.account_in(BOT, "before", group=True)
        young = store.people.account_in(BOT, "after", group=True)
        spoken, shown = store.recordings.announced(young.id, "voice"), store.photos.announced(young.id, "photo")
        merge_into(session, session.get_one(AccountRow, old.id), "after")
        assert store.recordings.owner(spoken) == store.photos.owner(shown) == old.id
        assert store.people.account_of_chat(BOT, "after") is None
    database.close()
