"""Photos as they arrive: kept aside, checked by a job, then good or refused."""

from uuid import UUID

from sqlmodel import col, select, update

from campaigns.authority import Action
from campaigns.ids import Id
from campaigns.registration import State
from storage.attachments import Attachments
from storage.registration_rows import ParticipantRow, PledgeRow, RegistrationRow
from storage.rows import ObligationRow, PhotoRow, ReportRow, UnitRow, VersionPhotoRow, VersionRow
from storage.scribe import Scribe


class Photos(Attachments[PhotoRow]):
    """Questions about photos."""

    def __init__(self, scribe: Scribe) -> None:
        super().__init__(scribe, PhotoRow)

    def arrived(self, account: Id, photo: Id) -> None:
        """A new photo of an account; its bytes are kept aside under this id."""
        self._session.add(PhotoRow(id=photo, account_id=account, arrived_at=self._scribe.now))
        self._session.flush()

    def fetched(self, photo: Id) -> None:
        """Its bytes are kept aside under its id now, to be checked; or to be erased, if it was let go meanwhile."""
        row = self._row(photo)
        row.state, row.source = "waiting" if row.state == "to_fetch" else "letting_go", None

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
        """These are not to be kept: a job takes them from the disk. A photo that is shown with
        a report, a pledge or what somebody did stays there."""
        for photo in photos:
            if photo is not None and not self.places(photo):
                self.let_go_of(photo)

    def look_again(self) -> None:
        """Whatever was erased is looked for once more: a program may have died while it drew a card."""
        again = update(PhotoRow).where(col(PhotoRow.state) == "erased")
        self._session.exec(again.values(state="letting_go"))

    def places(self, photo: UUID) -> list[tuple[Action, str]]:
        """Where a photo is shown, by unit, and what whoever is to see it must be allowed to do there.

        With what was withdrawn goes its photo.
        """
        return [*self._in_reports(photo), *self._of_pledges(photo), *self._of_what_is_done(photo)]

    def _in_reports(self, photo: UUID) -> list[tuple[Action, str]]:
        rows = (
            select(UnitRow.path)
            .where(VersionPhotoRow.photo_id == photo, VersionPhotoRow.version_id == VersionRow.id)
            .where(VersionRow.report_id == ReportRow.id, ReportRow.obligation_id == ObligationRow.id)
            .where(ObligationRow.unit_id == UnitRow.id)
        )
        return [(Action.SEE_REPORT, path) for path in self._session.exec(rows)]

    def _of_pledges(self, photo: UUID) -> list[tuple[Action, str]]:
        """The unit's own heads see it with what they registered, officers and leaders with what they look at."""
        rows = (
            select(UnitRow.path)
            .where(PledgeRow.photo_id == photo, PledgeRow.registration_id == RegistrationRow.id)
            .where(RegistrationRow.state != State.WITHDRAWN, RegistrationRow.unit_id == UnitRow.id)
        )
        found = list(self._session.exec(rows))
        return [(action, path) for path in found for action in (Action.SEE_REGISTRATIONS, Action.REGISTER)]

    def _of_what_is_done(self, photo: UUID) -> list[tuple[Action, str]]:
        rows = (
            select(UnitRow.path)
            .where(ParticipantRow.done_photo_id == photo, ParticipantRow.state != State.WITHDRAWN)
            .where(ParticipantRow.unit_id == UnitRow.id)
        )
        return [(Action.SEE_PARTICIPANTS, path) for path in self._session.exec(rows)]
