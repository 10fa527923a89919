"""Campaigns as launched: editions, who takes part, what they undertook, and where their figures stood before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import Select

from campaigns.campaign import Campaign
from campaigns.edition import Choices, Edition
from campaigns.ids import Id
from campaigns.proposal import Offer
from campaigns.registration import Baseline, Registration, State, Undertaking
from storage.registration_rows import BaselineRow, PledgeRow, RegistrationRow, UndertakingRow
from storage.rows import CampaignRow, EditionRow, OfferRow, UnitRow
from storage.scribe import Scribe

_EDITION = TypeAdapter(Edition)
_OFFER = TypeAdapter(Offer)


@dataclass(frozen=True)
class Made:
    """An edition, when it was made and by whom; by nobody where it was launched from files."""

    edition: Edition
    at: datetime
    by: Id | None


class Campaigns:
    """Questions about campaigns."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def offer(self, offers: Iterable[Offer]) -> None:
        """Put exactly these on offer, instead of whatever was."""
        for row in self._session.exec(select(OfferRow)):
            self._session.delete(row)
        self._session.flush()
        for one in offers:
            content = _OFFER.dump_python(one, mode="json")
            self._session.add(OfferRow(slug=one.campaign.slug, content=content))

    def on_offer(self) -> list[Offer]:
        """What can be launched and is not yet, by slug."""
        launched = select(CampaignRow.slug)
        rows = select(OfferRow).where(col(OfferRow.slug).not_in(launched)).order_by(col(OfferRow.slug))
        return [_OFFER.validate_python(row.content) for row in self._session.exec(rows)]

    def launch(self, campaign: Campaign, choices: Choices, unit: Id) -> Id:
        """Launch a campaign over a unit, as its first edition. Raises IntegrityError if it is launched already."""
        row = CampaignRow(id=self._scribe.new_id(), slug=campaign.slug, unit_id=unit)
        self._session.add(row)
        self._session.flush()
        self._add_edition(row.id, Edition(1, campaign, choices))
        self._scribe.note("launch", "campaign", row.id, after={"edition": 1})
        return Id(row.id)

    def change(self, campaign: UUID, choices: Choices, **counts: int) -> Edition:
        """Make a new edition, with how many obligations it adds, moves and drops for the journal.

        Raises IntegrityError if somebody else made one of the same number meanwhile.
        """
        old = self.edition(campaign)
        new = Edition(old.number + 1, old.campaign, choices)
        self._add_edition(campaign, new)
        self._session.flush()
        before, after = {"edition": old.number}, {"edition": new.number, **counts}
        self._scribe.note("change", "campaign", campaign, before=before, after=after)
        return new

    def editions(self, campaign: UUID) -> Sequence[Made]:
        """All editions of a campaign, the first one first."""
        rows = select(EditionRow).where(EditionRow.campaign_id == campaign).order_by(col(EditionRow.number))
        return [
            Made(_EDITION.validate_python(row.content), row.launched_at, Id(row.by_id) if row.by_id else None)
            for row in self._session.exec(rows)
        ]

    def _add_edition(self, campaign: UUID, edition: Edition) -> None:
        content = _EDITION.dump_python(edition, mode="json")
        self._session.add(
            EditionRow(
                id=self._scribe.new_id(),
                campaign_id=campaign,
                number=edition.number,
                content=content,
                launched_at=self._scribe.now,
                by_id=self._scribe.by,
            )
        )

    def by_slug(self, slug: str) -> Id | None:
        """The campaign of that slug, none where it is not launched."""
        row = self._session.exec(select(CampaignRow).where(CampaignRow.slug == slug)).first()
        return Id(row.id) if row else None

    def all(self) -> list[Id]:
        """All launched campaigns."""
        return [Id(row.id) for row in self._session.exec(select(CampaignRow).order_by(col(CampaignRow.id)))]

    def path(self, campaign: UUID) -> str:
        """The path of the unit that a campaign was launched over."""
        return self._session.get_one(UnitRow, self._session.get_one(CampaignRow, campaign).unit_id).path

    def edition(self, campaign: UUID, number: int | None = None) -> Edition:
        """That edition of a campaign, or its newest; raises IndexError where there is none."""
        rows = select(EditionRow).where(EditionRow.campaign_id == campaign).order_by(col(EditionRow.number).desc())
        if number is not None:
            rows = rows.where(EditionRow.number == number)
        return _EDITION.validate_python(self._session.exec(rows).all()[0].content)

    def register(
        self,
        campaign: Id,
        unit: Id,
        undertakings: Iterable[Undertaking] = (),
        baselines: Iterable[Baseline] = (),
        *,
        cluster: str = "",
        since: datetime | None = None,
        state: State = State.CONFIRMED,
    ) -> Id:
        """Register a unit with what it undertakes and where its figures stand.

        It takes part from now on, or ``since`` an earlier moment: who is there at the launch, from the first day. Who
        is only to be asked is invited (``storage.registrations``).
        """
        row = RegistrationRow(
            id=self._scribe.new_id(),
            campaign_id=campaign,
            unit_id=unit,
            registered_at=min(since or self._scribe.now, self._scribe.now),
            cluster=cluster,
            state=state,
        )
        self._session.add(row)
        self._session.flush()
        self.add_works(row.id, enumerate(undertakings), row.registered_at)
        for base in baselines:
            self._session.add(
                BaselineRow(
                    id=self._scribe.new_id(),
                    registration_id=row.id,
                    item=base.item,
                    amount=base.amount,
                    goal=base.goal,
                )
            )
        self._scribe.note("register", "registration", row.id)
        return Id(row.id)

    def add_works(
        self, registration: UUID, ranked: Iterable[tuple[int, Undertaking]], since: datetime | None = None
    ) -> None:
        """Works that are asked about from now on, or ``since`` an earlier moment."""
        for rank, work in ranked:
            row = _undertaking_row(self._scribe.new_id(), registration, rank, work, since or self._scribe.now)
            self._session.add(row)
        self._session.flush()

    def registrations(self, campaign: Id) -> list[Registration]:
        """Who was invited, takes part or did, in roster order."""
        rows = _all().where(RegistrationRow.campaign_id == campaign)
        in_order = rows.order_by(col(UnitRow.roster), col(UnitRow.name))
        return [_registration(*found) for found in self._session.exec(in_order)]

    def topmost(self, campaign: Id) -> list[Registration]:
        """Who takes part and has nobody above that does, in roster order: what these report holds what is below."""
        everybody = [one for one in self.registrations(campaign) if not one.allied and one.takes_part]
        paths = {one.path for one in everybody}
        return [one for one in everybody if paths.isdisjoint(_above(one.path))]

    def below(self, campaign: UUID, path: str) -> list[Registration]:
        """Who takes part below a path, however far, in roster order; neither allied bodies nor who has left."""
        rows = _all().where(RegistrationRow.campaign_id == campaign, UnitRow.path != path)
        below = rows.where(col(UnitRow.path).startswith(path)).order_by(col(UnitRow.roster), col(UnitRow.name))
        found = [_registration(*row) for row in self._session.exec(below)]
        return [one for one in found if not one.allied and one.takes_part]

    def registration(self, registration: UUID) -> Registration:
        """The registration of that id; raises NoResultFound where there is none."""
        return _registration(*self._session.exec(_all().where(RegistrationRow.id == registration)).one())

    def registrations_of(self, unit: UUID) -> list[tuple[Id, Registration]]:
        """The campaigns that a unit takes part in now, each with its registration."""
        return [(campaign, one) for campaign, one in self.not_left(unit) if one.takes_part]

    def not_left(self, unit: UUID) -> list[tuple[Id, Registration]]:
        """The campaigns that a unit has to do with, also where it was only invited or waits for the officer."""
        rows = _all().where(RegistrationRow.unit_id == unit, col(RegistrationRow.left_at).is_(None))
        return [(Id(row[0].campaign_id), _registration(*row)) for row in self._session.exec(rows)]

    def leave(self, registration: UUID) -> None:
        """The registration takes part no more, from now on."""
        row = self._session.get_one(RegistrationRow, registration)
        row.left_at, row.state, row.revision = self._scribe.now, State.WITHDRAWN, row.revision + 1
        self._scribe.note("leave", "registration", registration)

    def undertakings(self, registration: Id, at: datetime | None = None) -> list[Undertaking]:
        """What a registration undertakes now, or did right before a moment, in the order of registering."""
        rows = select(UndertakingRow).where(UndertakingRow.registration_id == registration)
        if at is None:
            rows = rows.where(col(UndertakingRow.ended_at).is_(None))
        else:
            still = or_(col(UndertakingRow.ended_at).is_(None), col(UndertakingRow.ended_at) >= at)
            rows = rows.where(col(UndertakingRow.since) < at, still)
        return [undertaking_value(row) for row in self._session.exec(rows.order_by(col(UndertakingRow.rank)))]

    def baselines(self, registration: Id) -> dict[str, Baseline]:
        """Where figures stood before the first report, and a unit's own goals, by item."""
        rows = select(BaselineRow).where(BaselineRow.registration_id == registration)
        return {row.item: Baseline(row.item, row.amount, row.goal) for row in self._session.exec(rows)}


def _above(path: str) -> Iterator[str]:
    """The paths of all units above the one at a path."""
    parts = path.strip("/").split("/")
    return (f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts)))


def undertaking_value(row: UndertakingRow) -> Undertaking:
    """The row as a value."""
    return Undertaking(row.key, row.label, row.asked, row.measure, row.goal, tuple(row.words))


Rows = Select[RegistrationRow, UnitRow, PledgeRow | None]


def _all() -> Rows:
    rows = select(RegistrationRow, UnitRow, PledgeRow).join(UnitRow, col(UnitRow.id) == col(RegistrationRow.unit_id))
    return rows.outerjoin(PledgeRow, col(PledgeRow.registration_id) == col(RegistrationRow.id))


def _registration(row: RegistrationRow, unit: UnitRow, pledge: PledgeRow | None) -> Registration:
    return Registration(
        id=Id(row.id),
        unit=Id(unit.id),
        path=unit.path,
        registered_at=row.registered_at,
        left_at=row.left_at,
        cluster=row.cluster,
        allied=unit.allied,
        campaign=Id(row.campaign_id),
        state=State(row.state),
        tasks=tuple(row.tasks),
        pledge_signed_on=pledge.signed_on if pledge else None,
        pledge_photo=Id(pledge.photo_id) if pledge and pledge.photo_id else None,
        counted=row.counted,
        counted_of=row.counted_of,
        reason=row.reason,
        revision=row.revision,
        kind=unit.kind,
    )


def _undertaking_row(
    identifier: UUID, registration: UUID, rank: int, undertaking: Undertaking, since: datetime
) -> UndertakingRow:
    return UndertakingRow(
        id=identifier,
        registration_id=registration,
        key=undertaking.key,
        label=undertaking.label,
        asked=undertaking.asked,
        measure=undertaking.measure,
        goal=undertaking.goal,
        words=list(undertaking.words),
        rank=rank,
        since=since,
    )
