"""Anything that arrives is a report: a voice message or a photographed page counts from its arrival, as it is.

An officer writes it down. Until then the form stays open for who would rather type after all.
"""

from dataclasses import replace
from datetime import datetime

from campaigns.authority import Action, Role
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.original import Medium, Told
from campaigns.report import Report, Source, Version
from dialogue.answers import Kept, meaning, unpacked
from dialogue.routes import Routes
from dialogue.say import Choice, Say
from handlers.conversation import Scene, begin
from handlers.drafts import photos_in
from handlers.report import (
    REPORT,
    ReportFacts,
    context_of,
    own_obligations,
    plain_facts,
    report_lines,
    saved,
    version_of,
)
from handlers.told import about, listener, told_receipt
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

SOURCES = {Medium.VOICE: Source.VOICE, Medium.PAGE: Source.PAGE}


def hear(turn: Turn, scene: Scene | None, store: Store) -> list[Say]:
    """A reporter's voice message: the report that is owed, or more of it, or a wish to correct it, or a word."""
    obligation = _meant(turn, scene, store)
    if obligation is None:
        return _leave(turn, store)
    report = store.reports.of(obligation.id)
    if report is None:
        return [tell(turn, obligation, _by_voice(turn, obligation.unit), store)]
    waits = store.originals.waiting(report.id)
    store.originals.attach(report, _by_voice(turn, obligation.unit))
    values = {**about(obligation, report, store), "page": False}
    return [Say("telling.more" if waits else "telling.correction", values)]


def _meant(turn: Turn, scene: Scene | None, store: Store) -> Obligation | None:
    """What the open form is about, else the oldest that is owed, else the newest that was answered."""
    mine = [one for one in own_obligations(turn, store) if not one.closed(turn.now)]
    asked = scene.conversation.subject if scene and scene.story is REPORT else None
    owed = [one for one in mine if one.first_said_at is None]
    in_order = [one for one in mine if one.id == asked] + owed + mine[::-1]
    return next(iter(in_order), None)


def _leave(turn: Turn, store: Store) -> list[Say]:
    """Nothing is owed: kept for the officer all the same."""
    grant = next(grant for grant in turn.actor.grants if grant.role is Role.REPORTER)
    store.originals.leave(_by_voice(turn, grant.unit))
    return [Say("telling.message", {"officer": listener(grant.path, store)})]


def not_heard(turn: Turn, store: Store) -> list[Say]:
    """A recording that cannot be heard still counts as word from its sender; it may be sent again."""
    path = next((grant.path for grant in turn.actor.grants if grant.role is Role.REPORTER), None)
    return [Say("telling.refused", {"why": turn.incoming.text, "officer": listener(path, store) if path else None})]


def _by_voice(turn: Turn, unit: Id) -> Told:
    assert turn.actor.person is not None
    return Told(unit, turn.actor.person, Medium.VOICE, turn.incoming.recordings, turn.incoming.said_at)


def tell(turn: Turn, obligation: Obligation, told: Told, store: Store) -> Say:
    """Submit what was typed so far with every other figure "chưa rõ", and what was told beside it."""
    conversation = store.conversations.of(turn.account.id, REPORT.name, obligation.id)
    draft = unpacked(conversation.answers) if conversation else {}
    facts = plain_facts(obligation, turn, store)
    report = saved(_version(draft, facts, told, turn), facts, store)
    store.originals.attach(report, told)
    if conversation:
        _go_on_typing(conversation, report, store)
    lines = report_lines(facts.figures, report.latest.figures)
    return told_receipt(obligation, report, lines, turn, store)


def _version(draft: Kept, facts: ReportFacts, told: Told, turn: Turn) -> Version:
    confirmed = meaning("told", [str(one) for one in told.attached])
    typed = version_of(draft, facts, turn)
    return replace(typed, source=SOURCES[told.medium], said_at=told.said_at, confirmed=confirmed)


def _go_on_typing(conversation: Conversation, report: Report, store: Store) -> None:
    """The form stays open, following on what was told; what was asked back about it is left to the officer."""
    context = {**conversation.context, "base": report.latest.number}
    store.conversations.keep(replace(conversation, context=context, doubts=[]))


def page_or_picture(turn: Turn, store: Store) -> list[Say] | None:
    """Photos and nothing else so far: is it the page with the figures? A question that may be left unanswered, because
    who types the figures next has answered it. What comes to one's own report that waits to be looked at joins it
    unasked. None where figures are known, or were written down or told by somebody else."""
    conversation = store.conversations.open_of(turn.account.id)
    if conversation is None or conversation.story != REPORT.name or not _photos_alone(conversation):
        return None
    obligation = store.obligations.obligation(conversation.subject)
    assert obligation is not None
    report = store.reports.of(obligation.id)
    return _one_more(turn, obligation, conversation, report, store) if report else _ask(obligation, conversation, store)


def _one_more(
    turn: Turn, obligation: Obligation, conversation: Conversation, report: Report, store: Store
) -> list[Say] | None:
    mine = report.latest.by == turn.actor.person and not report.latest.written_down
    if not mine or not store.originals.waiting(report.id):
        return None
    tell_page(turn, obligation, unpacked(conversation.answers), store)
    return [Say("telling.more", {**about(obligation, report, store), "page": True})]


def _ask(obligation: Obligation, conversation: Conversation, store: Store) -> list[Say]:
    choices = tuple(
        Choice(f"buttons.{name}", f"telling.{name}:{obligation.id}", typed=True) for name in ("page", "picture")
    )
    count = len(photos_in(unpacked(conversation.answers)))
    values = {"count": count, "officer": listener(obligation.path, store)}
    return [Say("telling.page_or_picture", values, choices, slot=f"page:{conversation.id}", in_place=True)]


def _photos_alone(conversation: Conversation) -> bool:
    return set(conversation.answers) == {"photos"} and not conversation.doubts


@routes.button("telling.page", action=Action.REPORT, loads="obligation")
def is_a_page(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """The photos of the draft are the report; a second tap says the same."""
    return _page(turn, obligation, store)


def _page(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    report = store.reports.of(obligation.id)
    if report is not None:
        return [told_receipt(obligation, report, [], turn, store)] if store.originals.waiting(report.id) else [_old()]
    conversation = store.conversations.of(turn.account.id, REPORT.name, obligation.id)
    if conversation is None or "photos" not in conversation.answers or obligation.closed(turn.now):
        return [_old()]
    return [tell_page(turn, obligation, unpacked(conversation.answers), store)]


def _old() -> Say:
    return Say("help.old_button")


def tell_page(turn: Turn, obligation: Obligation, draft: Kept, store: Store) -> Say:
    """The photos of a draft are pages; they count from when the last of them came, not from when that was said."""
    assert turn.actor.person is not None
    at = datetime.fromisoformat(draft["photos"].said_at)
    report = store.reports.of(obligation.id)
    before = {one.attached for one in store.originals.of(report.id)} if report else set()
    pages = tuple(photo for photo in photos_in(draft) if photo not in before)
    told = Told(obligation.unit, turn.actor.person, Medium.PAGE, pages, at)
    return tell(turn, obligation, told, store)


@routes.button("telling.picture", action=Action.REPORT, loads="obligation")
def is_a_picture(turn: Turn, obligation: Obligation, store: Store) -> list[Say]:
    """The photos go with the report; its figures are still asked for."""
    return begin(turn, REPORT, obligation, store, context=context_of(obligation, store))


@routes.command("trang", "trang so", "trang ghi so", "trang so lieu", "trang giay", action=Action.REPORT)
def say_page(turn: Turn, tail: str, store: Store) -> list[Say]:
    """ "trang": the photo just sent is the page with the figures."""
    mine = own_obligations(turn, store)
    drafts = [one for one in mine if store.conversations.of(turn.account.id, REPORT.name, one.id)]
    photographed = [one for one in drafts if store.reports.of(one.id) is None and _has_photos(turn, one, store)]
    if photographed:
        return _page(turn, photographed[0], store)
    return [Say("telling.no_page")]


def _has_photos(turn: Turn, obligation: Obligation, store: Store) -> bool:
    conversation = store.conversations.of(turn.account.id, REPORT.name, obligation.id)
    return conversation is not None and "photos" in conversation.answers
