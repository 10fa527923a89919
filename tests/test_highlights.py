"""Good examples when something is missing or breaks: nothing is posted by halves, nothing is in the way of the next."""

from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlmodel import select

from bot import posting
from bot.documenting import Documenting
from bot.erasing import Erasing
from bot.posting import Posting
from campaigns.highlight import Guardian, Heard, Yes
from campaigns.ids import Id
from dialogue.incoming import Kind
from documents.card import HEIGHT, WIDTH
from storage.database import Database
from storage.rows import PhotoRow, RoleRow
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, Stage, opened

GROUP = "Nhóm xã"


def group_is_linked(copies: Copies, kind: str) -> str:
    """Everybody has joined, and a group is linked for good examples."""
    stage = Stage(copies.copy(kind), copies.invitations)
    stage.joins("Hyưh", "Blĕnh", "Hà")
    for words in ("nhóm", "Thêm nhóm", "Người tốt, việc tốt"):
        stage.says("Hà", words) if words == "nhóm" else stage.presses("Hà", words)
    code = stage.says("Hà", GROUP)[-1].split(": ")[1][:9]
    stage.says(GROUP, f"@xã {code}")
    return stage.url


@pytest.fixture
def stage(copies: Copies) -> Stage:
    return Stage(copies.of("sqlite", "a group is linked for examples", group_is_linked), copies.invitations)


def told(stage: Stage, who: str = "bà Y Hlan", place: str = "ở đây", asked: str = "không ảnh") -> None:
    """Hyưh tells of somebody."""
    for words in ("nêu gương", who, *place.split("|"), "Sửa cầu treo", "hôm qua", "người lớn", asked):
        stage.says("Hyưh", words)


def posted(stage: Stage, label: str) -> None:
    """Hà opens it and posts it."""
    stage.says("Hà", "gương")
    stage.presses("Hà", label)
    stage.presses("Hà", "Đăng")


def test_a_card_that_cannot_be_drawn_goes_back_to_the_officer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("no such picture")

    told(stage)
    with monkeypatch.context() as patch:
        patch.setattr(posting, "picture", broken)
        posted(stage, "Y Hlan (đợi đăng)")
    assert "chưa đăng được gương Y Hlan" in stage.screen("Hà")[-1]
    assert not any("Y Hlan" in text for text in stage.screen(GROUP))
    posted(stage, "Y Hlan (đợi đăng)")
    assert "Y Hlan" in stage.screen(GROUP)[-1]


def test_a_group_that_ends_before_the_post_gives_it_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Posting._drawn

    def ends_meanwhile(self: Posting, *given: object) -> bool:
        _without_groups(self._database, stage)
        return bool(drawn(self, *given))  # type: ignore[arg-type]

    told(stage)
    monkeypatch.setattr(Posting, "_drawn", ends_meanwhile)
    posted(stage, "Y Hlan (đợi đăng)")
    assert "chưa đăng được gương Y Hlan" in stage.screen("Hà")[-1]
    assert not any("Y Hlan" in text for text in stage.screen(GROUP))


def _without_groups(database: Database, stage: Stage) -> None:
    with database.transaction() as session:
        store = Store(session, stage.now, Random(5), BOT)
        for group in store.groups.of_account(store.people.account_in(BOT, GROUP).id):
            store.groups.end(group)


def test_who_has_no_role_any_more_may_still_take_their_yes_back(stage: Stage) -> None:
    told(stage, "Blĕnh", "nơi khác|Kon Bla")
    stage.says("Blĕnh", "gương")
    stage.says("Blĕnh", "đồng ý không ảnh")
    posted(stage, "Đinh Thị Blĕnh (đợi đăng)")
    assert "Blĕnh" in stage.screen(GROUP)[-1]
    _ends_roles(stage, "Blĕnh")
    assert "đã rút tin" in "\n".join(stage.says("Blĕnh", "rút lại"))
    assert not any("Blĕnh" in text for text in stage.screen(GROUP))


def _ends_roles(stage: Stage, chat: str) -> None:
    database = opened(stage.url)
    with database.transaction() as session:
        person = Store(session, stage.now, Random(5), BOT).people.account_in(BOT, chat).person
        for role in session.exec(select(RoleRow).where(RoleRow.person_id == person)):
            role.until = stage.now
            session.add(role)
    database.close()


@pytest.mark.parametrize(("asked", "shows"), [("không ảnh", False), ("đồng ý cả ảnh", True)])
def test_a_photo_is_drawn_only_with_a_yes_of_its_own(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: str, shows: bool
) -> None:
    photo = _photo(stage, "Hyưh")
    drawn: list[Path | None] = []

    def drawing(_: object, source: Path | None) -> bytes:
        drawn.append(source)
        return b"a card"

    (tmp_path / f"{photo}.jpg").write_bytes(b"a photo")
    for words in ("nêu gương", "bà Y Hlan", "ở đây", "Sửa cầu treo"):
        stage.says("Hyưh", words)
    stage.sends_photos("Hyưh", photo)
    for words in ("hôm qua", "người lớn", asked):
        stage.says("Hyưh", words)
    monkeypatch.setattr(posting, "picture", drawing)
    monkeypatch.setattr(Posting, "_folder", property(lambda _: tmp_path, lambda *_: None), raising=False)
    posted(stage, "Y Hlan (đợi đăng)")
    assert drawn == [tmp_path / f"{photo}.jpg" if shows else None]
    (card,) = stage.recorder.screen(GROUP)[-1].parcel.photos
    assert card != photo


def _photo(stage: Stage, chat: str) -> Id:
    """A photo of somebody's that was found to be one."""
    database, identifier = opened(stage.url), Id(UUID(int=77))
    with database.transaction() as session:
        account = Store(session, stage.now, Random(5), BOT).people.account_in(BOT, chat).id
        session.add(PhotoRow(id=identifier, account_id=account, state="good", arrived_at=stage.now))
    database.close()
    return identifier


@pytest.mark.parametrize("profile", ["full", "bare"])
def test_a_post_that_is_taken_back_before_it_is_sent_is_never_sent(stage: Stage, profile: str) -> None:
    told(stage, "Blĕnh", "nơi khác|Kon Bla")
    stage.says("Blĕnh", "gương")
    stage.says("Blĕnh", "đồng ý không ảnh")
    stage.says("Hà", "gương")
    stage.presses("Hà", "Đinh Thị Blĕnh (đợi đăng)")
    late = Stage(stage.url, stage.invitations, profile)
    late.now, late.events = stage.now, stage.events
    late._arrives("Hà", Kind.PRESS, run=False, press=stage.button("Hà", "Đăng"))
    _turns(late, post=True)
    late.says("Blĕnh", "rút lại", run=False)
    _turns(late)
    late.run()
    assert "đã rút tin" in "\n".join(late.screen("Blĕnh"))
    assert not any("Blĕnh" in message.text for message in late.shown() if message.parcel.chat == GROUP)


def _turns(stage: Stage, *, post: bool = False) -> None:
    """Turns are taken and a post is planned; nothing is sent."""
    app, database = stage.program()
    while app.inbox.take_turn(stage.clock()):
        pass
    assert app.posting.step(stage.clock()) is post
    database.close()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where photos and cards lie; cards are drawn quickly."""
    for job in (Posting, Erasing):
        monkeypatch.setattr(job, "_folder", property(lambda _: tmp_path, lambda *_: None), raising=False)
    monkeypatch.setattr(posting, "picture", lambda *_: b"a card")
    return tmp_path


def test_a_paper_is_shown_to_officers_alone_and_is_gone_from_the_disk_with_what_is_withdrawn(
    stage: Stage, disk: Path
) -> None:
    paper = _photo(stage, "Hà")
    (disk / f"{paper}.jpg").write_bytes(b"signed")
    told(stage, asked="chưa hỏi")
    stage.says("Hà", "gương")
    stage.presses("Hà", "Y Hlan (chưa hỏi ý)")
    stage.presses("Hà", "Có giấy đồng ý")
    stage.sends_photos("Hà", paper)
    assert "có giấy" in "\n".join(stage.says("Hà", "bà Y Hlan"))
    assert paper in stage.recorder.screen("Hà")[-1].parcel.photos
    stage.presses("Hà", "Đăng")
    (card,) = stage.recorder.screen(GROUP)[-1].parcel.photos
    assert {f"{paper}.jpg", f"{card}.jpg"} == {file.name for file in disk.iterdir()}
    stage.says("Hà", "gương")
    stage.presses("Hà", "Y Hlan (đang đăng)")
    stage.presses("Hà", "Rút lại")
    assert list(disk.iterdir()) == []


def _withdrawn(stage: Stage) -> None:
    told(stage)
    posted(stage, "Y Hlan (đợi đăng)")
    stage.says("Hà", "gương")
    stage.presses("Hà", "Y Hlan (đang đăng)")
    stage.presses("Hà", "Rút lại")


def test_dying_before_a_picture_is_erased_leaves_it_to_the_next_step(
    stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise OSError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", dies)
        with pytest.raises(OSError, match="gone"):
            _withdrawn(stage)
    assert [file.suffix for file in disk.iterdir()] == [".jpg"]
    stage.run()
    assert list(disk.iterdir()) == []


def test_a_card_that_was_drawn_while_it_was_withdrawn_is_erased_at_the_next_start(stage: Stage, disk: Path) -> None:
    _withdrawn(stage)
    app, database = stage.program()
    with database.transaction() as session:
        (card,) = session.exec(select(PhotoRow.id).where(PhotoRow.state == "erased")).all()
    (disk / f"{card}.jpg").write_bytes(b"a card")
    app.erasing.recover(stage.clock())
    assert app.erasing.step(stage.clock())
    assert list(disk.iterdir()) == []
    database.close()


def test_a_child_is_not_told_of_before_its_guardian_is_named(stage: Stage) -> None:
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(5), BOT)
        store.acts(store.people.account_in(BOT, "Hyưh").person)
        (campaign,), (root,) = store.campaigns.all(), store.people.roots()
        child = store.roster.add_person("Y Na", "Na", "cháu")
        one = store.highlights.nominate(campaign, root.id, child.id, "Nhặt ví", "hôm qua", child=True, photo=None)
        with pytest.raises(ValueError, match="not enough"):
            store.highlights.agree(one, Yes(Heard.SPOKEN, photo=False))
        mother = store.roster.add_person("Y Hlan", "Hlan", "bà")
        yes = Yes(Heard.SPOKEN, photo=False, guardian=Guardian(mother.id, "mẹ"))
        assert store.highlights.agree(one, yes).yes == yes
    database.close()


def test_a_stranger_has_nothing_to_take_back(stage: Stage) -> None:
    assert "Không có tin nào" in stage.says("người lạ", "rút lại")[0]


def blenh_is_shown(stage: Stage, folder: Path) -> None:
    """Blĕnh agreed and is shown in the group; Hà looks at it. Files are kept."""
    stage.files = folder
    told(stage, "Blĕnh", "nơi khác|Kon Bla")
    stage.says("Blĕnh", "gương")
    stage.says("Blĕnh", "đồng ý không ảnh")
    posted(stage, "Đinh Thị Blĕnh (đợi đăng)")
    stage.says("Hà", "gương")
    stage.presses("Hà", "Đinh Thị Blĕnh (đang đăng)")


def cards(stage: Stage) -> list[Path]:
    """The cards that Hà has as files, as long as they are kept."""
    assert stage.files
    sent = [file for message in stage.recorder.screen("Hà") for file in message.parcel.documents]
    return [stage.files / f"{file.id}.file" for file in sent if file.name.startswith("guong-tot")]


def test_the_officer_has_the_card_as_a_file_until_it_is_taken_back(stage: Stage, tmp_path: Path) -> None:
    blenh_is_shown(stage, tmp_path)
    button = stage.button("Hà", "Tải ảnh")
    assert "để in, hay chuyển vào nhóm làng" in stage.presses_data("Hà", button)[-1]
    (card,) = cards(stage)
    with Image.open(card) as picture:
        assert (picture.format, picture.size) == ("JPEG", (WIDTH, HEIGHT))
    assert "không thuộc phần của" in stage.presses_data("Hyưh", button)[-1]
    stage.says("Blĕnh", "rút lại")
    assert not card.exists()
    assert "tin cũ" in stage.presses_data("Hà", button)[-1]
    assert cards(stage) == [card]


def test_a_card_that_is_taken_back_while_it_is_fetched_is_not_handed_out(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blenh_is_shown(stage, tmp_path)
    made = Documenting._made

    def taken_back_meanwhile(self: Documenting, *given: Any) -> bytes | None:
        found = made(self, *given)
        stage.says("Blĕnh", "rút lại", run=False)
        _turns(stage)
        return found

    monkeypatch.setattr(Documenting, "_made", taken_back_meanwhile)
    stage.presses("Hà", "Tải ảnh")
    assert not cards(stage)
    assert any("không còn đăng" in text for text in stage.screen("Hà"))
