"""What a draft says, as a report keeps it; and what a report says, as a draft to be corrected."""

from typing import Protocol
from uuid import UUID

from campaigns.ids import Id
from campaigns.report import Figure as ReportedFigure
from campaigns.report import How, Report
from dialogue.answers import PHOTOS, TEXT, Answer, Kept
from dialogue.forms import Draft, Figure, Photos, Story


class Asked(Protocol):
    """The questions of a report."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are asked for."""
        ...

    @property
    def story(self) -> Story:
        """The open question."""
        ...

    @property
    def photos(self) -> Photos:
        """The photos that may come with it."""
        ...


def reported(figures: tuple[Figure, ...], draft: Draft) -> tuple[ReportedFigure, ...]:
    """The figures of a draft; what was asked and never answered is "chưa rõ", an answer is never thrown away."""
    return tuple(_figure(figure, draft.get(figure.key)) for figure in figures)


def _figure(figure: Figure, answer: Answer | None) -> ReportedFigure:
    if answer is None:
        return ReportedFigure(figure.key, How.UNKNOWN, None, figure.measure.key, "")
    how = How(answer.how)
    return ReportedFigure(figure.key, how, answer.value, figure.measure.key, answer.said, answer.estimate, answer.odd)


def story_in(draft: Draft) -> str | None:
    """The open answer, none where there was nothing to tell."""
    answer = draft.get("story")
    return str(answer.value) if answer and answer.how == TEXT else None


def photos_in(draft: Draft) -> tuple[Id, ...]:
    """The photos of a draft."""
    answer = draft.get("photos")
    return tuple(Id(UUID(photo)) for photo in answer.value) if answer else ()


def kept_answers(facts: Asked, report: Report) -> Kept:
    """The answers of a report as it stands, to be corrected one by one."""
    latest = report.latest
    at = latest.said_at.isoformat()
    by_item = {figure.item: figure for figure in latest.figures}
    kept = {
        f.key: Answer(old.how, old.amount, old.said, f.meaning, at, old.estimate, old.odd, plain=True)
        for f in facts.figures
        if (old := by_item.get(f.key)) is not None
    }
    how = TEXT if latest.story else How.NOTHING
    kept["story"] = Answer(how, latest.story, latest.story or "", facts.story.meaning, at, plain=True)
    if latest.photos:
        kept["photos"] = Answer(PHOTOS, [str(p) for p in latest.photos], "", facts.photos.meaning, at, plain=True)
    return kept
