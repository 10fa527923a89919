"""Correcting: "sửa 2: 160" changes one figure of an open draft or of a report until its figures are closed."""

from dataclasses import replace
from typing import Any

from campaigns.authority import Action
from campaigns.obligation import Obligation
from campaigns.report import Report, State
from dialogue.forms import Figure, Form
from dialogue.incoming import Kind
from dialogue.reading import Open, Reading, read_answers, read_message
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say
from dialogue.splitting import Parts, split
from handlers import report as reporting
from handlers.conversation import Scene, advance, drop, open_scene, opened
from handlers.drafts import kept_answers
from handlers.report import REPORT, context_of, own_obligations, plain_facts, report_lines
from handlers.turn import Turn
from storage.store import Store

routes = Routes()

LONGEST_SHOWN = 200
LONGEST_NUMBER = 19  # digits; no database counts further


@routes.command("sua", "sua lai", "dinh chinh", action=Action.ENTER, tail=True)
def correct(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Change what the tail names: in the open draft if there is one, otherwise in the last report."""
    scene = open_scene(turn, reporting.routes, store)
    if scene and scene.kept:
        parts = parts_of(tail, scene.facts.figures)
        return _read_into(turn, scene, parts, store) if parts else [Say("dialogue.how_to_change")]
    found = last_report(turn, store)
    if found is None:
        return [Say("correction.nothing_to_correct")]
    return correct_report(turn, *found, tail, store) or [how_to_correct(*found, turn, store)]


def correct_returned(turn: Turn, store: Store) -> list[Say] | None:
    """Words that answer a returned report without the word "sửa"; none where they do not name a figure."""
    found = last_report(turn, store)
    if found is None or found[1].state is not State.RETURNED:
        return None
    return correct_report(turn, *found, turn.incoming.text, store)


def correct_report(
    turn: Turn,
    obligation: Obligation,
    report: Report,
    tail: str,
    store: Store,
    *,
    story: Story = REPORT,
    context: dict[str, Any] | None = None,
) -> list[Say] | None:
    """Open the report with its answers and read the tail over them; none where the tail names nothing."""
    parts = parts_of(tail, plain_facts(obligation, turn, store).figures)
    if parts is None:
        return None
    scene = reopened(turn, obligation, report, store, story=story, context=context)
    return _read_into(turn, scene, parts, store)


def reopened(
    turn: Turn,
    obligation: Obligation,
    report: Report,
    store: Store,
    *,
    story: Story = REPORT,
    context: dict[str, Any] | None = None,
) -> Scene:
    """The conversation about a report, begun with the report's own answers."""
    answers = kept_answers(plain_facts(obligation, turn, store), report)
    context = context or context_of(obligation, store)
    return opened(turn, story, obligation, store, context=context, answers=answers)


def _read_into(turn: Turn, scene: Scene, parts: Parts, store: Store) -> list[Say]:
    scene = drop(scene, set(parts.figures) | ({"story"} if parts.rest else set()))
    return advance(turn, scene, read_answers(_screen(scene), parts, turn.incoming), store)


def _screen(scene: Scene) -> Open:
    """The report's form as one whole, with nothing pending: a correction names what it changes."""
    form = Form("report", (*scene.facts.figures, scene.facts.story, scene.facts.photos), scene.facts.about)
    return Open(form, (scene.facts.story,), scene.conversation.stepwise, scene.kept)


def parts_of(tail: str, figures: tuple[Figure, ...]) -> Parts | None:
    """What a correction names: by number, by name, or the only figure there is; none where it names nothing."""
    parts = split(tail, figures, figures[:1] if len(figures) == 1 else ())
    return parts if parts.figures or (parts.counted and parts.rest) else None


def last_report(turn: Turn, store: Store) -> tuple[Obligation, Report] | None:
    """The report that a correction means: one that was asked back about, otherwise what was sent last."""
    found = [(one, report) for one in own_obligations(turn, store) if (report := store.reports.of(one.id))]
    return max(found, key=lambda each: (each[1].state is State.RETURNED, each[1].latest.handled_at), default=None)


def how_to_correct(obligation: Obligation, report: Report, turn: Turn, store: Store) -> Say:
    """The figures with their numbers, and an example of changing one."""
    figures = plain_facts(obligation, turn, store).figures
    return Say("correction.how", {"lines": report_lines(figures, report.latest.figures)})


def edited(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    """A message was changed on the phone after it was handled. Nothing changes by itself: what it says is offered."""
    scene = open_scene(turn, routes, store)
    if scene:
        return [Say("dialogue.how_to_change")] if scene.kept else []
    found = last_report(turn, store)
    if found is None or parts_of(turn.incoming.text, plain_facts(found[0], turn, store).figures) is None:
        return []
    button = Choice("buttons.correct_so", f"report.correct_so:{found[1].id}:{turn.incoming.number}")
    return [Say("correction.offered", {"said": turn.incoming.text[:LONGEST_SHOWN]}, (button,))]


@routes.button("report.correct_so", action=Action.REPORT, loads="report", revised=True)
def correct_so(turn: Turn, report: Report, store: Store, number: str) -> list[Say]:
    """Take the words of an edited message as a correction."""
    obligation = store.obligations.obligation(report.obligation)
    numbered = number.isdecimal() and len(number) < LONGEST_NUMBER
    said = store.conversations.words(turn.account.id, int(number)) if numbered else None
    mine = own_obligations(turn, store)
    if obligation is None or said is None or obligation not in mine:
        return [Say("correction.nothing_to_correct")]
    return correct_report(turn, obligation, report, said, store) or [how_to_correct(obligation, report, turn, store)]


@routes.button("report.correct", action=Action.REPORT, loads="report")
def explain(turn: Turn, report: Report, store: Store) -> list[Say]:
    """Say how a figure is changed."""
    obligation = store.obligations.obligation(report.obligation)
    assert obligation is not None
    return [how_to_correct(obligation, report, turn, store)]


@routes.command("giu nguyen", "so dung roi", "van dung", action=Action.REPORT)
def keep_as_is(turn: Turn, tail: str, store: Store) -> list[Say]:
    """The figures of a returned report were right: it goes back as it is."""
    found = last_report(turn, store)
    if found is None or found[1].state is not State.RETURNED:
        return [Say("correction.nothing_to_correct")]
    return advance(turn, reopened(turn, *found, store), Reading({}), store)


def add_photos(turn: Turn, store: Store) -> list[Say] | None:
    """Photos sent after the receipt join the report; before any, they begin it. None where nothing is open."""
    mine = own_obligations(turn, store)
    if not mine or turn.incoming.kind is not Kind.PHOTO:
        return None
    obligation = mine[-1]
    report = store.reports.of(obligation.id)
    if report is None:
        scene = opened(turn, REPORT, obligation, store, context=context_of(obligation, store))
        return advance(turn, scene, read_message(_screen(scene), turn.incoming), store)
    scene = reopened(turn, obligation, report, store)
    return advance(turn, scene, read_message(_screen(scene), replace(turn.incoming, text="")), store)
