"""Reading a message against the open form: what is taken, what is asked back, what is refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from campaigns.calendar import local_day
from campaigns.quantities import AskBack, Nothing, Refused, Value, read
from campaigns.report import How
from campaigns.wrong import Wrong
from dialogue.answers import CHOICE, PHOTOS, TEXT, Answer, Kept
from dialogue.doubts import Doubt, ambiguity, oddity
from dialogue.forms import Figure, Form, Line, Photos, Pick, Question, Story
from dialogue.incoming import Incoming, Kind
from dialogue.splitting import Parts, split
from dialogue.text import folded
from dialogue.words import NOTHING, RIGHT, SAME, UNKNOWN, is_courtesy


@dataclass(frozen=True)
class Refusal:
    """An answer that cannot be one: for which question, why, and an example of one that can."""

    key: str
    why: str
    example: str
    said: str
    about: str = ""


@dataclass(frozen=True)
class Reading:
    """What a message gave. ``silent``: courtesy, which is no answer and is not replied to."""

    taken: Kept
    doubts: tuple[Doubt, ...] = ()
    refusal: Refusal | None = None
    silent: bool = False


@dataclass(frozen=True)
class Open:
    """The open form: what it waits for, and whether it was put step by step."""

    form: Form
    pending: tuple[Question, ...]
    stepwise: bool
    kept: Kept


def read_message(screen: Open, incoming: Incoming) -> Reading:
    """Read one message of words or photos; what is written below a photo is read like any words."""
    if incoming.kind is Kind.PHOTO:
        shown = _read_photos(screen, incoming)
        if shown.refusal or not incoming.text:
            return shown
        said = read_message(screen, replace(incoming, kind=Kind.TEXT))
        return replace(said, taken=shown.taken | said.taken, silent=False)
    words = folded(incoming.text)
    if is_courtesy(words):
        return Reading({}, silent=True)
    first = screen.pending[0]
    if isinstance(first, Pick):
        return _read_pick(first, words, incoming)
    if isinstance(first, Line):
        return _read_line(first, words, incoming)
    if screen.form.figures and any(isinstance(question, Figure) for question in screen.pending):
        return _read_figures(screen, incoming)
    return Reading({first.key: _story(first, incoming)})


def pressed(screen: Open, key: str, option: str, incoming: Incoming) -> Reading:
    """Read a pressed option of a question that is still open."""
    question = screen.form.question(key)
    if isinstance(question, Pick | Line | Story) and option in {o.key for o in question.options}:
        return Reading({key: _answer(question, CHOICE, option, "", incoming, plain=True)})
    if isinstance(question, Figure) and option in set(How):
        return Reading({key: _worded(question, How(option), "", incoming, plain=False)})
    if isinstance(question, Story) and option == How.NOTHING:
        return Reading({key: _answer(question, How.NOTHING, None, "", incoming, plain=True)})
    return Reading({})


def settle(doubt: Doubt, figure: Figure, incoming: Incoming, *, plain: bool) -> Answer | None:
    """The answer to a question back, where the message is one: a candidate said again, "đúng", or a button of it."""
    amount = _chosen(doubt, figure, incoming)
    if amount is None:
        return None
    return _answer(
        figure, How.NUMBER, amount, doubt.said, incoming, estimate=doubt.estimate, odd=doubt.odd, plain=plain
    )


def _chosen(doubt: Doubt, figure: Figure, incoming: Incoming) -> int | None:
    if incoming.kind is Kind.PRESS:
        at = incoming.press.rpartition(":")[2]
        return doubt.candidates[int(at)] if at.isdecimal() and int(at) < len(doubt.candidates) else None
    if doubt.odd and folded(incoming.text) in RIGHT:
        return doubt.candidates[-1]
    value = read(incoming.text, figure.measure, figure.region)
    return value.amount if isinstance(value, Value) and value.amount in doubt.candidates else None


def _read_figures(screen: Open, incoming: Incoming) -> Reading:
    numbered = screen.form.figures
    pending = [question for question in screen.pending if isinstance(question, Figure)]
    how = _whole_answer(folded(incoming.text))
    if how and (not screen.stepwise or len(pending) == 1):
        return _all_alike(screen, pending, how, incoming)
    targets = pending[:1] if screen.stepwise and len(pending) > 1 and _single(incoming.text) else pending
    parts = split(incoming.text, numbered, targets)
    if not parts.figures:
        return _no_figure(pending[0], incoming)
    return read_answers(screen, parts, incoming)


def read_answers(screen: Open, parts: Parts, incoming: Incoming) -> Reading:
    """Read a message that was cut into answers: its figures, and the rest as the open answer."""
    reading = _read_parts(screen, parts, incoming)
    story = next((q for q in screen.form.questions if isinstance(q, Story)), None)
    if not parts.rest or story is None:
        return reading
    answer = _story(story, replace(incoming, text=parts.rest))
    return replace(reading, taken=reading.taken | {story.key: answer})


def _single(text: str) -> bool:
    """Whether a message is one answer: then step by step it answers the question on the screen alone."""
    return len(text.split()) == 1


def _whole_answer(words: str) -> How | None:
    tables = ((SAME, How.SAME), (NOTHING, How.NOTHING), (UNKNOWN, How.UNKNOWN))
    return next((how for table, how in tables if words.rstrip(". !") in table), None)


def _all_alike(screen: Open, pending: Sequence[Figure], how: How, incoming: Incoming) -> Reading:
    plain = _plain(screen, len(pending))
    taken = {f.key: _worded(f, how, incoming.text, incoming, plain=plain) for f in pending}
    story = next((q for q in screen.pending if isinstance(q, Story)), None)
    if story and len(pending) > 1:
        taken[story.key] = _answer(story, How.NOTHING, None, incoming.text, incoming, plain=True)
    return Reading(taken)


def _plain(screen: Open, answered: int, *, and_more: bool = False) -> bool:
    """Whether these answers need no preview: the form was put whole, or all of it came in one message.

    All is every figure, where there are several; the only figure ``and_more``, where there is one.
    """
    return not screen.stepwise or (answered == len(screen.form.figures) and (answered > 1 or and_more))


def _read_parts(screen: Open, parts: Parts, incoming: Incoming) -> Reading:
    words = parts.figures
    figures = {figure.key: figure for figure in screen.form.figures}
    plain = _plain(screen, len(words), and_more=bool(parts.rest))
    taken: Kept = {}
    doubts: list[Doubt] = []
    refusal: Refusal | None = None
    for key, said in words.items():
        match read_figure(figures[key], said, incoming, plain=plain):
            case Answer() as answer:
                taken[key] = answer
            case Doubt() as doubt:
                doubts.append(doubt)
            case Refusal() as refused:
                refusal = refusal or refused
    return Reading(taken, tuple(doubts), refusal)


def read_figure(figure: Figure, said: str, incoming: Incoming, *, plain: bool) -> Answer | Doubt | Refusal:
    """Read the words given for one figure."""
    how = _whole_answer(folded(said))
    if how:
        return _worded(figure, how, said, incoming, plain=plain)
    read_as = read(said, figure.measure, figure.region)
    if isinstance(read_as, AskBack) and read_as.suggestions:
        unclear = ambiguity(figure, said, read_as)
        if isinstance(unclear, Doubt):
            return unclear
        read_as = unclear
    match read_as:
        case Value():
            return oddity(figure, read_as) or _number(figure, read_as, said, incoming, plain=plain)
        case Nothing():
            return _worded(figure, How.NOTHING, said, incoming, plain=plain)
        case Refused():
            return Refusal(figure.key, str(read_as.why), read_as.example, said)
        case AskBack():
            return Refusal(figure.key, str(read_as.why), "", said)


def _number(figure: Figure, value: Value, said: str, incoming: Incoming, *, plain: bool) -> Answer:
    return _answer(figure, How.NUMBER, value.amount, said, incoming, estimate=value.estimate, plain=plain)


def _worded(figure: Figure, how: How, said: str, incoming: Incoming, *, plain: bool) -> Answer:
    """ "Như cũ" keeps the last value; "không phát sinh" adds nothing to it; "chưa rõ" has none."""
    if how is How.SAME:
        amount = figure.previous
        how = How.SAME if amount is not None else How.UNKNOWN
    elif how is How.NOTHING:
        amount = figure.previous if figure.running_total else 0
    else:
        amount = None
    return _answer(figure, how, amount, said, incoming, plain=plain)


def _no_figure(first: Figure, incoming: Incoming) -> Reading:
    read_as = read_figure(first, incoming.text, incoming, plain=False)
    refusal = read_as if isinstance(read_as, Refusal) else Refusal(first.key, "no_number", "", incoming.text)
    return Reading({}, refusal=refusal)


def _read_pick(question: Pick, words: str, incoming: Incoming) -> Reading:
    chosen = _option(question, words)
    if not chosen:
        return Reading({}, refusal=Refusal(question.key, "not_a_choice", "", incoming.text))
    return Reading({question.key: _answer(question, CHOICE, chosen, incoming.text, incoming, plain=True)})


def _read_line(question: Line, words: str, incoming: Incoming) -> Reading:
    chosen = _option(question, words)
    if chosen:
        return Reading({question.key: _answer(question, CHOICE, chosen, incoming.text, incoming, plain=True)})
    kept = question.reads(incoming.text, local_day(incoming.said_at))
    if isinstance(kept, Wrong):
        return Reading({}, refusal=Refusal(question.key, kept.why, kept.example, incoming.text, kept.about))
    return Reading({question.key: _answer(question, TEXT, kept, incoming.text, incoming, plain=True)})


def _option(question: Question, words: str) -> str:
    """The option that folded words name; none: an empty key."""
    options = question.options if isinstance(question, Pick | Line | Story) else ()
    return next((option.key for option in options if words.rstrip(" .!") in option.words), "")


def _read_photos(screen: Open, incoming: Incoming) -> Reading:
    question = next((q for q in screen.form.questions if isinstance(q, Photos)), None)
    if question is None:
        return Reading({}, refusal=Refusal(screen.pending[0].key, "no_photo_here", "", ""))
    before = screen.kept[question.key].value if question.key in screen.kept else []
    photos = [*before, *map(str, incoming.photos)]
    if len(photos) > question.at_most:
        return Reading({}, refusal=Refusal(question.key, "too_many_photos", str(question.at_most), ""))
    return Reading({question.key: _answer(question, PHOTOS, photos, "", incoming, plain=True)})


def _story(question: Question, incoming: Incoming) -> Answer:
    chosen = _option(question, folded(incoming.text))
    if chosen:
        return _answer(question, CHOICE, chosen, incoming.text, incoming, plain=True)
    if folded(incoming.text).rstrip(". !") in NOTHING | SAME:
        return _answer(question, How.NOTHING, None, incoming.text, incoming, plain=True)
    return _answer(question, TEXT, incoming.text, incoming.text, incoming, plain=True)


def _answer(
    question: Question,
    how: str,
    value: Any,
    said: str,
    incoming: Incoming,
    *,
    plain: bool,
    estimate: bool = False,
    odd: bool = False,
) -> Answer:
    return Answer(
        str(how), value, said, question.meaning, incoming.said_at.isoformat(), estimate=estimate, odd=odd, plain=plain
    )
