"""The report on a period: what a unit is asked, how its answers become a report, and how it is corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.authority import Action, Role
from campaigns.ids import Id
from campaigns.obligation import Obligation, Standing
from campaigns.report import Figure as ReportedFigure
from campaigns.report import Report, Source, Version
from dialogue.answers import meaning
from dialogue.forms import Draft, Figure, Form, Photos, Question, Script, ask, confirm
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, person, unit
from handlers.conversation import begin
from handlers.drafts import photos_in, reported, story_in
from handlers.form_of_unit import figures_of, photos, story_of
from handlers.periods import named
from handlers.told import told_back, told_receipt
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()


@dataclass(frozen=True)
class ReportFacts:
    """All that the script needs: the questions, the version that a draft follows on, and how the words came.

    Who writes down what was ``heard`` (the ids of originals) keeps the photos that came with it (``carried``).
    """

    obligation: Obligation
    figures: tuple[Figure, ...]
    story: OpenQuestion
    photos: Photos
    base: int
    begun_at: int
    sent_by: Id | None
    conversation: Id
    source: Source = Source.OWN
    called_at: datetime | None = None
    on_behalf_of: Id | None = None
    heard: tuple[Id, ...] = ()
    carried: tuple[Id, ...] = ()
    answered: tuple[dict[str, Any], ...] = ()

    @property
    def about(self) -> dict[str, Any]:
        """What every text of the report may name."""
        return {
            "unit": unit(self.obligation.unit),
            "period": named(self.obligation.period),
            "due_at": self.obligation.due_at.isoformat(),
            "for_person": person(self.on_behalf_of) if self.on_behalf_of else None,
        }


def facts(obligation: Obligation, turn: Turn, conversation: Conversation, store: Store) -> ReportFacts:
    """Loaded anew each turn; holds no clock."""
    edition = store.campaigns.edition(obligation.campaign, obligation.edition)
    report = store.reports.of(obligation.id)
    called = conversation.context.get("called_at")
    behalf = conversation.context.get("on_behalf_of")
    base = report.latest.number if report else 0
    figures = figures_of(obligation, edition, store)
    heard = tuple(Id(UUID(one)) for one in conversation.context.get("heard", ()))
    return ReportFacts(
        obligation=obligation,
        figures=figures,
        story=story_of(edition, alone=not figures),
        photos=photos(),
        base=base,
        begun_at=conversation.context.get("base", 0),
        sent_by=report.latest.by if report else None,
        conversation=conversation.id,
        source=Source(conversation.context.get("source") or (Source.PHONE if called else Source.OWN)),
        called_at=datetime.fromisoformat(called) if called else None,
        on_behalf_of=Id(UUID(behalf)) if behalf else None,
        heard=heard,
        carried=report.latest.photos if report and heard else (),
        answered=tuple({"said": one.said, "answer": one.answer} for one in store.requests.told_with(obligation.id)),
    )


def script(facts: ReportFacts) -> Script:
    """The form, then a preview unless the answers are plain and nobody else has sent meanwhile."""
    questions: tuple[Question, ...] = (*facts.figures, facts.story, facts.photos)
    draft = yield from ask(Form("report", questions, {**facts.about, "answered": list(facts.answered)}))
    yield from confirm("report", preview(facts, draft), waived=facts.base == facts.begun_at)
    return draft


def preview(facts: ReportFacts, draft: Draft) -> dict[str, Any]:
    """Everything that is shown before a report is sent; a yes counts for exactly this."""
    return {
        **facts.about,
        "base": facts.base,
        "sent_by": person(facts.sent_by) if facts.sent_by and facts.base != facts.begun_at else None,
        "lines": report_lines(facts.figures, reported(facts.figures, draft)),
        "story": story_in(draft),
        "photos": len(photos_in(draft)),
    }


def finish(draft: Draft, facts: ReportFacts, turn: Turn, store: Store) -> list[Say]:
    """Save it as a version, unless the figures were closed meanwhile; say what was understood, number and time."""
    if facts.obligation.closed(turn.now):
        return [Say("report.closed", facts.about)]
    report = saved(version_of(draft, facts, turn), facts, store)
    lines = report_lines(facts.figures, report.latest.figures)
    return [receipt(facts, report, turn, store), *told_back(facts.heard, facts.obligation, report, lines, store)]


def saved(version: Version, facts: ReportFacts, store: Store) -> Report:
    """Add a version: what was owed has come, and nobody is reminded of it any more."""
    report = store.reports.submit(facts.obligation, version)
    store.obligations.fulfil(facts.obligation.id, version.said_at)
    store.reminders.came(facts.obligation.id)
    return report


def receipt(facts: ReportFacts, report: Report, turn: Turn, store: Store) -> Say:
    """Number, time and every figure in the person's words: the preview of a report that needed none.

    What else is asked of the person is offered with it, so that nothing more needs to be sent for that.
    """
    obligation = store.obligations.obligation(facts.obligation.id) or facts.obligation
    also = [] if facts.on_behalf_of else still_owed(turn, store)
    values = {
        **facts.about,
        "receipt": report.receipt,
        "version": report.latest.number,
        "at": report.latest.said_at.isoformat(),
        "late": obligation.standing(turn.now) is Standing.LATE,
        "lines": report_lines(facts.figures, report.latest.figures),
        "story": report.latest.story,
        "photos": len(report.latest.photos),
        "also": [{"unit": unit(one.unit), "period": named(one.period)} for one in also],
        "source": str(report.latest.source),
    }
    further = [Choice("buttons.report_now", f"reminder.answer:{one.id}", typed=True) for one in also[:1]]
    return Say(
        "report.receipt", values, (Choice("buttons.correct", f"report.correct:{report.id}", typed=True), *further)
    )


def report_lines(figures: tuple[Figure, ...], reported: tuple[ReportedFigure, ...]) -> list[dict[str, Any]]:
    """Reported figures as texts show them, in the order of the form."""
    by_item = {figure.item: figure for figure in reported}
    return [_line(number, figure, by_item.get(figure.key)) for number, figure in enumerate(figures, 1)]


def _line(number: int, figure: Figure, reported: ReportedFigure | None) -> dict[str, Any]:
    return {
        "number": number,
        "label": figure.label,
        "measure": figure.measure.name,
        "running_total": figure.running_total,
        "previous": figure.previous,
        "goal": figure.goal,
        "how": str(reported.how) if reported else None,
        "amount": reported.amount if reported else None,
        "estimate": bool(reported and reported.estimate),
    }


def version_of(draft: Draft, facts: ReportFacts, turn: Turn) -> Version:
    """What a draft submits, as it was shown."""
    assert turn.actor.person is not None
    shown = preview(facts, draft)
    return Version(
        number=facts.base + 1,
        figures=reported(facts.figures, draft),
        story=story_in(draft),
        photos=tuple(dict.fromkeys((*facts.carried, *photos_in(draft)))),
        by=turn.actor.person,
        on_behalf_of=facts.on_behalf_of,
        source=facts.source,
        said_at=facts.called_at or turn.incoming.said_at,
        received_at=turn.incoming.received_at,
        handled_at=turn.now,
        confirmed=confirmation(facts.conversation, shown),
    )


def confirmation(conversation: Id, shown: dict[str, Any]) -> str:
    """The token of the preview's buttons, so that a second tap on one is known for what it is."""
    return meaning(str(conversation), "confirm", meaning("pick", ["send", "change"], shown))


REPORT = routes.story(Story("report", Action.REPORT, "obligation", facts, script, finish, teaches=True))
ON_BEHALF = routes.story(Story("on_behalf", Action.REPORT_ON_BEHALF, "obligation", facts, script, finish, teaches=True))


def own_obligations(turn: Turn, store: Store) -> list[Obligation]:
    """What the units that the actor reports for may still answer, the oldest first."""
    units = [grant.unit for grant in turn.actor.grants if grant.role is Role.REPORTER]
    return [obligation for unit_id in units for obligation in store.obligations.open_for(unit_id)]


def still_owed(turn: Turn, store: Store) -> list[Obligation]:
    """What the actor was asked for and has not answered, the one due first first."""
    mine = own_obligations(turn, store)
    return [one for one in mine if one.first_said_at is None and one.excused_at is None and not one.closed(turn.now)]


@routes.command("bao cao", "bc", "gui bao cao", "lam bao cao", "bat dau", action=Action.REPORT)
def report_now(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Open the oldest form that still wants an answer; where none does, say how it stands."""
    mine = own_obligations(turn, store)
    owed = [obligation for obligation in mine if obligation.first_said_at is None]
    if owed:
        return begin(turn, REPORT, owed[0], store, context=context_of(owed[0], store))
    if mine:
        return still_told(mine[-1], turn, store) or [receipt_again(mine[-1], turn, store)]
    coming = [o for g in turn.actor.grants if (o := store.obligations.next_for(g.unit))]
    return [Say("report.none_due", {"ask_at": coming[0].ask_at.isoformat() if coming else None})]


def context_of(obligation: Obligation, store: Store) -> dict[str, Any]:
    """What a conversation about an obligation is begun with: the version it follows on."""
    report = store.reports.of(obligation.id)
    return {"base": report.latest.number if report else 0}


def still_told(obligation: Obligation, turn: Turn, store: Store) -> list[Say]:
    """What waits to be written down, and the form, for who would rather type it."""
    report = store.reports.of(obligation.id)
    if report is None or report.latest.written_down or not store.originals.waiting(report.id):
        return []
    told = told_receipt(obligation, report, [], turn, store)
    return [told, *begin(turn, REPORT, obligation, store, context=context_of(obligation, store))]


def receipt_again(obligation: Obligation, turn: Turn, store: Store) -> Say:
    """The receipt of what was sent already."""
    report = store.reports.of(obligation.id)
    assert report is not None
    return receipt(plain_facts(obligation, turn, store), report, turn, store)


def plain_facts(obligation: Obligation, turn: Turn, store: Store) -> ReportFacts:
    """The facts of an obligation outside any conversation."""
    nowhere = Conversation(obligation.id, turn.account.id, "report", obligation.id, stepwise=False)
    return facts(obligation, turn, nowhere, store)
