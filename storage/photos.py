"""Photos as they arrive: kept aside, checked by a job, then good or refused."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update

from campaigns.ids import Id
from storage.rows import AccountRow, ObligationRow, PhotoRow, ReportRow, UnitRow, VersionPhotoRow, VersionRow
from storage.scribe import Scribe


@dataclass(frozen=True)
class ToFetch:
    """A photo that lies with a channel: whose, on which bot, and where."""

    photo: Id
    account: Id
    bot: str
    source: str


class Photos:
    """Questions about photos."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def arrived(self, account: Id, photo: Id) -> None:
        """A new photo of an account; its bytes are kept aside under this id."""
        self._session.add(PhotoRow(id=photo, account_id=account, arrived_at=self._scribe.now))
        self._session.flush()

    def announced(self, account: Id, source: str) -> Id:
        """A new photo of an account that has to be fetched from ``source``, where its channel keeps it for a while."""
        photo, now = self._scribe.new_id(), self._scribe.now
        row = PhotoRow(id=photo, account_id=account, state="to_fetch", source=source, arrived_at=now, due_at=now)
        self._session.add(row)
        self._session.flush()
        return photo

    def to_fetch(self) -> ToFetch | None:
        """The photo that has waited longest to be fetched by now; none where none is to be."""
        rows = (
            select(PhotoRow, AccountRow)
            .where(PhotoRow.account_id == AccountRow.id, PhotoRow.state == "to_fetch")
            .where(col(PhotoRow.due_at) <= self._scribe.now)
            .order_by(col(PhotoRow.due_at), col(PhotoRow.id))
        )
        found = self._session.exec(rows.limit(1)).first()
        if found is None:
            return None
        photo, account = found
        assert photo.source is not None
        return ToFetch(Id(photo.id), Id(account.id), account.bot, photo.source)

    def fetched(self, photo: Id) -> None:
        """Its bytes are kept aside under its id now, to be checked; or to be erased, if it was let go meanwhile."""
        row = self._session.get_one(PhotoRow, photo)
        row.state, row.source = "waiting" if row.state == "to_fetch" else "letting_go", None

    def tries(self, photo: Id) -> int:
        """How often fetching it has failed."""
        return self._session.get_one(PhotoRow, photo).tries

    def fetch_again(self, photo: Id, at: datetime) -> None:
        """Fetching it failed; it is tried again at that moment."""
        row = self._session.get_one(PhotoRow, photo)
        row.tries, row.due_at = row.tries + 1, at

    def not_fetched(self, photo: Id) -> None:
        """It will never be fetched."""
        row = self._session.get_one(PhotoRow, photo)
        row.state, row.why, row.source = "refused", "not_fetched", None

    def to_check(self) -> tuple[Id, Id] | None:
        """The oldest photo that was not checked, with its account; none where all are."""
        row = self._session.exec(
            select(PhotoRow).where(PhotoRow.state == "waiting").order_by(col(PhotoRow.id)).limit(1)
        ).first()
        return (Id(row.id), Id(row.account_id)) if row else None

    def checked(self, photo: Id, why: str | None) -> bool:
        """Settle a check: good, or refused for a reason. False where it was settled before."""
        row = self._session.exec(select(PhotoRow).where(PhotoRow.id == photo).with_for_update()).one()
        if row.state == "erased":
            row.state = "letting_go"  # its clean copy has just been written
        if row.state != "waiting":
            return False
        row.state, row.why = ("refused", why) if why else ("good", None)
        return True

    def let_go(self, *photos: UUID | None) -> None:
        """These are not to be kept: a job takes them from the disk. A photo that a report shows stays with it."""
        for photo in photos:
            if photo is not None and not self.places(photo):
                self._session.get_one(PhotoRow, photo).state = "letting_go"

    def to_erase(self) -> Id | None:
        """The first photo that is to be taken from the disk."""
        rows = select(PhotoRow.id).where(PhotoRow.state == "letting_go").order_by(col(PhotoRow.id)).limit(1)
        found = self._session.exec(rows).first()
        return Id(found) if found else None

    def erased(self, photo: Id) -> None:
        """It is no longer on the disk; who sent it and when is all that is left."""
        self._session.get_one(PhotoRow, photo).state = "erased"

    def look_again(self) -> None:
        """Whatever was erased is looked for once more: a program may have died while it drew a card."""
        again = update(PhotoRow).where(col(PhotoRow.state) == "erased")
        self._session.exec(again.values(state="letting_go"))

    def state(self, photo: UUID) -> str | None:
        """Whether a photo is to_fetch, waiting to be checked, good or refused; none where there is no such photo."""
        row = self._session.get(PhotoRow, photo)
        return row.state if row else None

    def owner(self, photo: UUID) -> Id | None:
        """The account that sent a photo."""
        row = self._session.get(PhotoRow, photo)
        return Id(row.account_id) if row else None

    def places(self, photo: UUID) -> list[str]:
        """The paths of the units whose reports show a photo: who may see those reports may see it."""
        rows = (
            select(UnitRow.path)
            .where(VersionPhotoRow.photo_id == photo, VersionPhotoRow.version_id == VersionRow.id)
            .where(VersionRow.report_id == ReportRow.id, ReportRow.obligation_id == ObligationRow.id)
            .where(ObligationRow.unit_id == UnitRow.id)
        )
        return list(self._session.exec(rows))
