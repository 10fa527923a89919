"""Units that register: invited, their own word, the officer's, changes with a time, and withdrawing without a trace."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, func, select

from campaigns.ids import Id
from campaigns.registration import Entry, Registration, State, Step, Undertaking, moved
from storage.campaigns import Campaigns
from storage.obligations import Obligations
from storage.registration_rows import PledgeRow, RegistrationRow, UndertakingRow
from storage.rows import CampaignRow, UnitRow
from storage.scribe import Scribe


class StaleRegistration(Exception):
    """Somebody changed the registration since it was looked at, or it stands where that step leads nowhere."""


class Registrations:
    """Questions about what units register."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session
        self._campaigns = Campaigns(scribe)
        self._obligations = Obligations(scribe)

    def invite(self, campaign: Id, unit: Id) -> Registration:
        """The unit is invited and owes nothing for it; who registered or was invited before stays as they are."""
        row = self._row_of(campaign, unit)
        if row is None:
            self._session.add(
                RegistrationRow(
                    id=self._scribe.new_id(),
                    campaign_id=campaign,
                    unit_id=unit,
                    registered_at=self._scribe.now,
                    cluster=self._usual_cluster(campaign, unit),
                    state=State.INVITED,
                )
            )
            self._session.flush()
            row = self._row_of(campaign, unit)
            assert row is not None
            self._scribe.note("invite", "registration", row.id)
        return self._campaigns.registration(row.id)

    def _row_of(self, campaign: UUID, unit: UUID) -> RegistrationRow | None:
        rows = select(RegistrationRow).where(RegistrationRow.campaign_id == campaign, RegistrationRow.unit_id == unit)
        return self._session.exec(rows).first()

    def _usual_cluster(self, campaign: UUID, unit: UUID) -> str:
        """The cluster that most units of the same kind are in: the choices speak of them under that name."""
        kind = self._session.get_one(UnitRow, unit).kind
        rows = (
            select(RegistrationRow.cluster)
            .where(RegistrationRow.campaign_id == campaign, RegistrationRow.unit_id == UnitRow.id, UnitRow.kind == kind)
            .group_by(RegistrationRow.cluster)
            .order_by(func.count().desc(), RegistrationRow.cluster)
        )
        return self._session.exec(rows).first() or ""

    def registration(self, registration: UUID) -> Registration | None:
        """The registration of that id, held until the end of this unit of work; none where there is no such."""
        rows = select(RegistrationRow).where(RegistrationRow.id == registration).with_for_update()
        return self._campaigns.registration(registration) if self._session.exec(rows).first() else None

    def running_over(self, path: str) -> list[Id]:
        """The campaigns launched over a unit at a path or any above it, the newest first."""
        rows = (
            select(CampaignRow, UnitRow).where(CampaignRow.unit_id == UnitRow.id).order_by(col(CampaignRow.id).desc())
        )
        return [Id(campaign.id) for campaign, unit in self._session.exec(rows) if path.startswith(unit.path)]

    def of_unit(self, campaign: Id, unit: Id) -> Registration | None:
        """How a unit stands in a campaign, none where nobody has asked it."""
        row = self._row_of(campaign, unit)
        return self._campaigns.registration(row.id) if row else None

    def below(self, campaign: Id, path: str) -> list[Registration]:
        """Everybody's registrations at a path and below, in roster order; of units that still are."""
        ended = select(UnitRow.id).where(col(UnitRow.ended_at).is_not(None))
        gone = set(self._session.exec(ended))
        found = self._campaigns.registrations(campaign)
        return [one for one in found if one.path.startswith(path) and one.unit not in gone]

    def register(self, registration: Registration, entry: Entry, *, for_person: Id | None = None) -> Registration:
        """The unit's own yes, with everything it names; it comes back the same way. Raises StaleRegistration.

        ``for_person`` is who said so by phone, where somebody wrote it down for them.
        """
        row = self._moved(registration, Step.REGISTER, for_person=for_person)
        row.registered_at, row.left_at, row.tasks = self._scribe.now, None, list(entry.tasks)
        self.replace_works(registration.id, (*entry.works, *entry.targets))
        self._sign(registration.id, entry)
        return self._settled(row)

    def amend(self, registration: Registration, entry: Entry) -> Registration:
        """Change what is registered, from what is asked for next on. Raises StaleRegistration."""
        row = self._moved(registration, Step.AMEND)
        row.tasks = list(entry.tasks)
        self.replace_works(registration.id, (*entry.works, *entry.targets))
        self._sign(registration.id, entry)
        return self._settled(row)

    def step(self, registration: Registration, step: Step, reason: str | None = None) -> Registration:
        """Confirm, ask back, decline or withdraw it as it was seen. Raises StaleRegistration."""
        row = self._moved(registration, step)
        row.reason = reason
        if step is Step.WITHDRAW:
            row.left_at = self._scribe.now
        return self._settled(row)

    def _moved(self, registration: Registration, step: Step, for_person: Id | None = None) -> RegistrationRow:
        row = self._session.get_one(RegistrationRow, registration.id)
        choices = self._campaigns.edition(row.campaign_id).choices
        after = moved(State(row.state), step, officer_confirms=choices.registering.officer_confirms)
        if after is None or row.revision != registration.revision:
            raise StaleRegistration
        before, row.state, row.revision = {"state": row.state}, after, row.revision + 1
        self._scribe.note(step, "registration", row.id, before=before, after={"state": after}, for_person=for_person)
        return row

    def _settled(self, row: RegistrationRow) -> Registration:
        """What is owed follows what counts: planned once it does, forgotten where it was not asked for yet."""
        self._session.flush()
        found = self._campaigns.registration(row.id)
        if found.takes_part:
            edition = self._campaigns.edition(row.campaign_id)
            self._obligations.plan(Id(row.campaign_id), edition.number, found, edition.choices)
        else:
            self._obligations.forget_unasked(found.id)
        return found

    def replace_works(self, registration: Id, works: Sequence[Undertaking]) -> None:
        """These are its works from now on; what is asked for already keeps those it was asked with."""
        there = {one.key: one for one in self._campaigns.undertakings(registration)}
        kept = {one.key: one for one in works}
        rows = select(UndertakingRow).where(
            UndertakingRow.registration_id == registration, col(UndertakingRow.ended_at).is_(None)
        )
        for row in self._session.exec(rows):
            if kept.get(row.key) != there[row.key]:
                row.ended_at = self._scribe.now
        self._session.flush()
        new = [(rank, one) for rank, one in enumerate(works) if one != there.get(one.key)]
        self._campaigns.add_works(registration, new)

    def carry(self, registration: Id, of: Registration) -> None:
        """What other units said of themselves goes on with what came after them."""
        row = self._session.get_one(RegistrationRow, registration)
        row.tasks, row.counted, row.counted_of, row.reason = list(of.tasks), of.counted, of.counted_of, of.reason
        self._sign(registration, Entry(pledge_signed_on=of.pledge_signed_on, pledge_photo=of.pledge_photo))
        self._session.flush()

    def _sign(self, registration: Id, entry: Entry) -> None:
        """Record a pledge that was signed on paper; the program never signs one."""
        row = self._session.get(PledgeRow, registration)
        if entry.pledge_signed_on is None:
            if row is not None:
                self._session.delete(row)
        elif row is None:
            signed, photo = entry.pledge_signed_on, entry.pledge_photo
            self._session.add(PledgeRow(registration_id=registration, signed_on=signed, photo_id=photo))
        else:
            row.signed_on, row.photo_id = entry.pledge_signed_on, entry.pledge_photo or row.photo_id

    def count(self, registration: Registration, counted: int | None, of: int | None) -> Registration:
        """So many of the unit's households register, without names."""
        row = self._session.get_one(RegistrationRow, registration.id)
        before, after = {"counted": row.counted}, {"counted": counted, "of": of}
        row.counted, row.counted_of = counted, of
        self._session.flush()
        self._scribe.note("count", "registration", row.id, before=before, after=after)
        return self._campaigns.registration(row.id)

    def put_in_cluster(self, registration: Registration, cluster: str) -> int:
        """Compare it with others from now on (khối, cụm); how many reports it will still be asked for."""
        row = self._session.get_one(RegistrationRow, registration.id)
        before, row.cluster = {"cluster": row.cluster}, cluster
        self._session.flush()
        self._scribe.note("cluster", "registration", row.id, before=before, after={"cluster": cluster})
        self._obligations.forget_unasked(row.id)
        self._settled(row)
        return sum(one.ask_at > self._scribe.now for one in self._obligations.all_of(registration.unit))
