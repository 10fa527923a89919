"""A role counts from when it was given until it ended, and not a moment longer."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import text

from campaigns.authority import Role
from storage.database import Database
from storage.store import Store
from tests.stage import BOT, Stage


def test_it_ends_a_role_as_clearly_as_it_began(set_stage: Callable[..., Stage]) -> None:
    stage = set_stage()
    stage.joins("Hà")
    stage.at("5/5 18:30")
    database = Database(stage.url)
    with database.transaction() as session:
        session.connection().execute(
            text("update role set until = :now where role = 'officer'"), {"now": "2022-05-05 11:00:00.000000"}
        )
    with database.transaction() as session:
        ended = Store.reading(session, stage.now)
        account = ended.people.account_of_chat(BOT, "Hà")
        assert account
        assert not ended.people.actor(account).holds(Role.OFFICER)
        before = Store.reading(session, stage.now - timedelta(hours=5))
        assert before.people.actor(account).holds(Role.OFFICER)
    database.close()
    assert "không thuộc phần" in stage.says("Hà", "bảng")[-1]
