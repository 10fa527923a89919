"""Highlights: kept with who agreed to what, moved by one table, posted and taken down."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from campaigns.group import Group
from campaigns.highlight import WORDING, Guardian, Heard, Highlight, State, Step, Yes, moved
from campaigns.ids import Id
from storage.documents import Documents
from storage.group_rows import GroupRow
from storage.highlight_rows import HighlightRow, PostingRow
from storage.photos import Photos
from storage.rows import PhotoRow, UnitRow
from storage.scribe import Scribe

Rows = Select[HighlightRow, UnitRow]


class StaleHighlight(Exception):
    """It has changed since it was looked at, or the table has no such step from its state."""


class Highlights:
    """Questions about highlights."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session
        self._photos = Photos(scribe)
        self._documents = Documents(scribe)

    def nominate(
        self, campaign: Id, unit: Id, person: Id, deed: str, when: str, *, child: bool, photo: Id | None
    ) -> Highlight:
        """Keep what somebody told of somebody; nothing of it is shown to anybody yet but officers."""
        assert self._scribe.by is not None
        row = HighlightRow(
            id=self._scribe.new_id(),
            campaign_id=campaign,
            unit_id=unit,
            person_id=person,
            by_id=self._scribe.by,
            deed=deed,
            when=when,
            child=child,
            photo_id=photo,
            state=State.NOMINATED,
            nominated_at=self._scribe.now,
        )
        self._session.add(row)
        self._session.flush()
        self._scribe.note("nominate", "highlight", row.id, for_person=person)
        return self._one(row.id)

    def highlight(self, highlight: UUID) -> Highlight | None:
        """The highlight of that id, held until the end of this unit of work."""
        rows = _all().where(HighlightRow.id == highlight)
        return next(iter(self._found(rows.with_for_update(of=HighlightRow))), None)

    def open_below(self, path: str) -> list[Highlight]:
        """What an officer may still decide about below a path, the oldest first."""
        still = (State.NOMINATED, State.CONSENTED)
        rows = _all().where(col(UnitRow.path).startswith(path), col(HighlightRow.state).in_(still))
        return self._found(rows.order_by(col(HighlightRow.id)))

    def posted_below(self, path: str, at_most: int = 5) -> list[Highlight]:
        """What is shown in groups now, the newest first."""
        rows = _all().where(col(UnitRow.path).startswith(path), HighlightRow.state == State.POSTED)
        return self._found(rows.order_by(col(HighlightRow.id).desc()).limit(at_most))

    def about(self, person: Id) -> list[Highlight]:
        """What is told of somebody, or of the child they said yes for, and not over, the newest first."""
        over = (State.DECLINED, State.WITHDRAWN)
        theirs = (HighlightRow.person_id == person) | (HighlightRow.guardian_id == person)
        rows = _all().where(theirs, col(HighlightRow.state).not_in(over))
        return self._found(rows.order_by(col(HighlightRow.id).desc()))

    def agree(self, highlight: Highlight, yes: Yes) -> Highlight:
        """The person agrees, a child together with its guardian. Raises StaleHighlight, and ValueError where the yes is
        not enough."""
        if not yes.counts_for(child=highlight.child):
            raise ValueError(f"not enough of a yes: {yes}")
        row = self._moved(highlight, Step.AGREE)
        row.heard, row.heard_by_id, row.photo_agreed = yes.heard, self._scribe.by, yes.photo
        row.paper_id = yes.paper
        row.guardian_id = yes.guardian.person if yes.guardian else None
        row.relation = yes.guardian.relation if yes.guardian else None
        row.wording, row.agreed_at = WORDING, self._scribe.now
        return self._one(row.id)

    def step(self, highlight: Highlight, step: Step) -> Highlight:
        """Approve, decline, post or withdraw it as it was seen. Raises StaleHighlight."""
        row = self._moved(highlight, step)
        if step is Step.APPROVE:
            row.approved_by_id = self._scribe.by
        if step is Step.WITHDRAW:
            row.withdrawn_at = self._scribe.now
        if step in (Step.WITHDRAW, Step.DECLINE):
            self._photos.let_go(row.card_id, row.photo_id, row.paper_id)
            self._documents.let_go(Id(row.id))
        if step is Step.HOLD:
            self._photos.let_go(row.card_id)
            row.card_id = None
        return self._one(row.id)

    def ask_again(self, highlight: Highlight) -> Highlight:
        """The words have changed since the person agreed: their yes counts no more. Raises StaleHighlight."""
        row = self._moved(highlight, Step.ASK_AGAIN)
        row.heard, row.heard_by_id, row.photo_agreed = None, None, False
        row.paper_id, row.guardian_id, row.relation = None, None, None
        row.wording, row.agreed_at = None, None
        return self._one(row.id)

    def edit(self, highlight: Highlight, deed: str, when: str) -> Highlight:
        """Word the deed and its time otherwise, before it is approved."""
        row = self._session.get_one(HighlightRow, highlight.id)
        row.deed, row.when, row.revision = deed, when, row.revision + 1
        self._scribe.note("edit", "highlight", highlight.id)
        return self._one(row.id)

    def _moved(self, highlight: Highlight, step: Step) -> HighlightRow:
        row = self._session.get_one(HighlightRow, highlight.id)
        state = moved(State(row.state), step)
        if state is None or row.revision != highlight.revision:
            raise StaleHighlight
        before = {"state": row.state}
        row.state, row.revision = state, row.revision + 1
        self._session.flush()
        self._scribe.note(step, "highlight", row.id, before=before, after={"state": state}, for_person=row.person_id)
        return row

    def to_post(self) -> Highlight | None:
        """The first that is approved and not posted."""
        rows = _all().where(HighlightRow.state == State.APPROVED).order_by(col(HighlightRow.id)).limit(1)
        return next(iter(self._found(rows.with_for_update(of=HighlightRow, skip_locked=True))), None)

    def card_for(self, highlight: Highlight, account: Id) -> Id:
        """Under which id its card is drawn: always the same, so that a drawing that died is drawn over."""
        row = self._session.get_one(HighlightRow, highlight.id)
        if row.card_id is None:
            card = self._scribe.new_id()
            self._session.add(PhotoRow(id=card, account_id=account, state="drawing", arrived_at=self._scribe.now))
            self._session.flush()
            row.card_id = card
        return Id(row.card_id)

    def posted(self, highlight: Highlight, groups: list[Group]) -> Highlight:
        """It is posted in these groups, with its card. Raises StaleHighlight where it was withdrawn meanwhile."""
        row = self._moved(highlight, Step.POST)
        self._session.get_one(PhotoRow, row.card_id).state = "good"
        for group in groups:
            self._session.add(PostingRow(highlight_id=row.id, group_id=group.id, at=self._scribe.now))
        return self._one(row.id)

    def card(self, highlight: UUID) -> Id | None:
        """The card of what is posted and was not taken down."""
        shown = (HighlightRow.id == highlight) & (HighlightRow.state == State.POSTED)
        found = self._session.exec(select(HighlightRow.card_id).where(shown)).first()
        return Id(found) if found else None

    def posted_in(self, highlight: Id) -> list[tuple[Id, str]]:
        """The accounts and names of the groups in which it was posted."""
        rows = select(GroupRow).where(GroupRow.id == PostingRow.group_id, PostingRow.highlight_id == highlight)
        return [(Id(row.account_id), row.name) for row in self._session.exec(rows) if row.account_id]

    def shows(self, card: UUID, account: UUID) -> bool:
        """Whether a card is shown in the group of that account, and was not taken down."""
        rows = select(HighlightRow.id).where(
            HighlightRow.card_id == card,
            HighlightRow.state == State.POSTED,
            PostingRow.highlight_id == HighlightRow.id,
            PostingRow.group_id == GroupRow.id,
            GroupRow.account_id == account,
        )
        return self._session.exec(rows).first() is not None

    def place(self, photo: UUID) -> str | None:
        """The path of the unit whose highlight a photo, a card or a signed paper belongs to."""
        of = (HighlightRow.photo_id == photo) | (HighlightRow.card_id == photo) | (HighlightRow.paper_id == photo)
        return self._session.exec(select(UnitRow.path).where(of, HighlightRow.unit_id == UnitRow.id)).first()

    def _one(self, highlight: UUID) -> Highlight:
        self._session.flush()
        return self._found(_all().where(HighlightRow.id == highlight))[0]

    def _found(self, rows: Rows) -> list[Highlight]:
        return [_highlight(row, unit) for row, unit in self._session.exec(rows)]


def _all() -> Rows:
    return select(HighlightRow, UnitRow).where(HighlightRow.unit_id == UnitRow.id)


def _highlight(row: HighlightRow, unit: UnitRow) -> Highlight:
    return Highlight(
        id=Id(row.id),
        campaign=Id(row.campaign_id),
        unit=Id(row.unit_id),
        path=unit.path,
        person=Id(row.person_id),
        by=Id(row.by_id),
        deed=row.deed,
        when=row.when,
        state=State(row.state),
        revision=row.revision,
        child=row.child,
        photo=Id(row.photo_id) if row.photo_id else None,
        yes=_yes(row),
        heard_by=Id(row.heard_by_id) if row.heard_by_id else None,
        card=Id(row.card_id) if row.card_id else None,
    )


def _yes(row: HighlightRow) -> Yes | None:
    if row.heard is None:
        return None
    guardian = Guardian(Id(row.guardian_id), row.relation or "") if row.guardian_id else None
    return Yes(Heard(row.heard), row.photo_agreed, Id(row.paper_id) if row.paper_id else None, guardian)
