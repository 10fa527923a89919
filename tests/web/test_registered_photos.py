"""Photos of a signed pledge and of what somebody did, over HTTP: shown to who may see what they belong to, alone."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.registration import Entry, Step
from storage.store import Store
from tests.stage import BOT, Stage, opened
from tests.web.inside import account_of, browser_of, served
from tests.web.test_photos import photo

FOREIGN = "Vân"
Sees = Callable[[str, Id], int]


@pytest.fixture
def stage(set_stage: Callable[..., Stage]) -> Stage:
    """Hà is the officer here, Lực the chairman; Vân is an officer of another commune."""
    return set_stage(begun=_begun)


def _begun(stage: Stage) -> None:
    stage.joins("Hyưh", "Blĕnh", "Hà", "Lực")
    code = stage.says("Hyưh", "mã đăng ký")[-1].split("nhắn mã ")[1][:9]
    for words in (code, "đồng ý", "hộ", "bà Y Hlan 0905 000 301", "sạch ngõ"):
        stage.says("Hlan", words)
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(5), BOT)
        elsewhere = store.roster.add_unit("xã", "Bên Cạnh")
        stranger = store.roster.add_person("Lê Thị Vân", FOREIGN, "chị")
        store.roster.give_role(stranger.id, Role.OFFICER, elsewhere.id)
        opened_by = store.invitations.opened_by(store.invitations.invite(stranger.id))
        assert opened_by
        store.invitations.join(store.people.account_in(BOT, FOREIGN), opened_by, "test")
    database.close()


@pytest.fixture
def sees(stage: Stage, tmp_path: Path) -> Sees:
    """What somebody's browser gets for a photo."""

    def asked(who: str, identifier: Id) -> int:
        (tmp_path / f"{identifier}.jpg").write_bytes(photo())

        async def visit() -> int:
            async with served(stage, browser_of(stage, who), tmp_path) as browser:
                return (await browser.get(f"/photos/{identifier}")).status

        return asyncio.run(visit())

    return asked


def changed(stage: Stage, change: Callable[[Store], None]) -> None:
    """Something is changed in the database itself."""
    database = opened(stage.url)
    with database.transaction() as session:
        change(Store(session, stage.now, Random(next(stage.events)), BOT))
    database.close()


def sent_by(stage: Stage, who: str) -> Id:
    """A checked photo that somebody sent."""
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(next(stage.events)), BOT)
        account, identifier = account_of(session, who), store.scribe.new_id()
        store.photos.arrived(account, identifier)
        store.photos.checked(identifier, None)
    database.close()
    return identifier


def signs(stage: Stage) -> Id:
    """Tơ Bla has signed its pledge, and bác Hyưh sent a photo of the paper."""
    identifier = sent_by(stage, "Hyưh")

    def keep(store: Store) -> None:
        place = next(unit for unit in store.people.units_below("/") if unit.name == "Tơ Bla")
        found = store.registrations.of_unit(store.campaigns.all()[0], place.id)
        assert found
        store.registrations.amend(found, Entry(pledge_signed_on=date(2022, 3, 7), pledge_photo=identifier))

    changed(stage, keep)
    return identifier


def is_done(stage: Stage) -> Id:
    """Bà Y Hlan is done, and sent a photo of it."""
    identifier = sent_by(stage, "Hlan")
    stage.says("Hlan", "xong")
    stage.says("Hlan", "sạch cả xóm")
    changed(stage, lambda store: store.participants.tell(store.participants.below("/")[0], None, identifier))
    return identifier


def test_it_shows_the_paper_with_what_was_registered(stage: Stage, sees: Sees) -> None:
    paper = signs(stage)
    said = stage.says("Hà", "đăng ký Tơ Bla")
    assert "có ảnh tờ giấy" in said[-1]
    assert stage.recorder.screen("Hà")[-1].parcel.photos == (paper,)
    stage.says("Hyưh", "đăng ký")
    assert stage.recorder.screen("Hyưh")[-1].parcel.photos == (paper,)
    assert {who: sees(who, paper) for who in ("Hà", "Lực", "Hyưh", "Blĕnh", "Hlan", FOREIGN)} == {
        "Hà": 200,
        "Lực": 200,
        "Hyưh": 200,
        "Blĕnh": 404,
        "Hlan": 404,
        FOREIGN: 404,
    }


def test_it_shows_what_somebody_did_to_who_may_know_their_name(stage: Stage, sees: Sees) -> None:
    done = is_done(stage)
    stage.says("Hà", "đăng ký Tơ Bla")
    assert "«sạch cả xóm» (có ảnh)" in stage.presses("Hà", "Xem ai tự đăng ký")[-1]
    assert "Hộ bà Y Hlan, làng Tơ Bla: xong «sạch cả xóm»" in stage.presses("Hà", "Ảnh Hộ Y Hlan")[-1]
    assert stage.recorder.screen("Hà")[-1].parcel.photos == (done,)
    stage.says("Hlan", "đăng ký")
    assert stage.recorder.screen("Hlan")[-1].parcel.photos == (done,)
    assert {who: sees(who, done) for who in ("Hà", "Lực", "Hyưh", "Blĕnh", "Hlan", FOREIGN)} == {
        "Hà": 200,
        "Lực": 404,
        "Hyưh": 200,
        "Blĕnh": 404,
        "Hlan": 200,
        FOREIGN: 404,
    }


def test_nobody_opens_what_somebody_did_by_a_button_that_is_not_theirs(stage: Stage) -> None:
    is_done(stage)
    stage.says("Hà", "đăng ký Tơ Bla")
    stage.presses("Hà", "Xem ai tự đăng ký")
    data = stage.button("Hà", "Ảnh Hộ Y Hlan")
    for who in ("Lực", "Blĕnh", FOREIGN, "Người lạ"):
        assert "Y Hlan" not in " ".join(stage.presses_data(who, data))
        assert not any(message.parcel.photos for message in stage.recorder.screen(who))


def test_with_what_was_withdrawn_goes_its_photo(stage: Stage, sees: Sees) -> None:
    paper, done = signs(stage), is_done(stage)
    stage.says("Hà", "đăng ký Tơ Bla")
    stage.presses("Hà", "Xem ai tự đăng ký")
    data = stage.button("Hà", "Ảnh Hộ Y Hlan")

    def withdraw(store: Store) -> None:
        store.participants.step(store.participants.below("/")[0], Step.WITHDRAW)
        place = next(unit for unit in store.people.units_below("/") if unit.name == "Tơ Bla")
        found = store.registrations.of_unit(store.campaigns.all()[0], place.id)
        assert found
        store.registrations.step(found, Step.WITHDRAW)

    changed(stage, withdraw)
    stage.says("Hà", "đăng ký Tơ Bla")
    assert stage.recorder.screen("Hà")[-1].parcel.photos == ()
    stage.presses_data("Hà", data)
    assert stage.recorder.screen("Hà")[-1].parcel.photos == ()
    assert (sees("Hà", paper), sees("Lực", paper), sees("Hà", done)) == (404, 404, 404)
