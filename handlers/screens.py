"""What a conversation shows: the whole form, the next question, what is still missing, a question back."""

from collections.abc import Mapping
from typing import Any

from campaigns.report import How
from dialogue.answers import Answer, Kept, meaning
from dialogue.doubts import Doubt
from dialogue.engine import Waiting
from dialogue.forms import Figure, Form, Gathered, Line, Photos, Pick, Question, Story
from dialogue.reading import Refusal
from dialogue.say import SHARE_PHONE, Choice, Say, unit
from storage.conversations import Conversation


def token(conversation: Conversation, *parts: object) -> str:
    """What a button carries: this conversation and exactly what it acts on. Forged or old ones fit nothing."""
    return meaning(str(conversation.id), *parts)


def question_token(conversation: Conversation, question: Question) -> str:
    """The token of a question with its meaning: another preview, another token."""
    return token(conversation, question.key, question.meaning)


def line(figure: Figure, answer: Answer | None, number: int) -> dict[str, Any]:
    """One figure as texts show it; all amounts in ten-thousandths."""
    return {
        "number": number,
        "label": figure.label,
        "asked": figure.asked,
        "measure": figure.measure.name,
        "running_total": figure.running_total,
        "previous": figure.previous,
        "goal": figure.goal,
        "how": answer.how if answer else None,
        "amount": answer.value if answer else None,
        "estimate": bool(answer and answer.estimate),
        "gathered": _gathered(figure.gathered),
    }


def _gathered(proposed: Gathered | None) -> dict[str, Any] | None:
    if proposed is None:
        return None
    missing = [unit(missed) for missed in proposed.missing]
    return {"amount": proposed.amount, "units": proposed.units, "missing": missing}


def lines(form: Form, kept: Kept) -> list[dict[str, Any]]:
    """All figures of a form with their answers, as texts show them."""
    return [line(figure, kept.get(figure.key), number) for number, figure in enumerate(form.figures, 1)]


def prompt(
    conversation: Conversation, state: Waiting, kept: Kept, *, refusal: Refusal | None = None, replace: bool = False
) -> Say:
    """What to show now: a question back if there is one, otherwise what the form still waits for."""
    if conversation.doubts:
        return _doubt(conversation, state.form, Doubt(**_doubt_values(conversation.doubts[0])))
    if refusal:
        return _refused(conversation, state, refusal)
    slot = f"c:{conversation.id}" if conversation.stepwise else None
    first = state.pending[0]
    if isinstance(first, Pick | Line):
        text = f"{state.form.name}.{first.text or first.key}"
        return Say(text, state.form.values, _options(conversation, first), slot=slot)
    if conversation.stepwise or not state.form.figures:
        return _step(conversation, state, slot)
    return _whole(state, kept)


def _doubt_values(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {**kept, "candidates": tuple(kept["candidates"])}


def _whole(state: Waiting, kept: Kept) -> Say:
    shown = lines(state.form, kept)
    story = next((question for question in state.form.questions if isinstance(question, Story)), None)
    values = {**state.form.values, "lines": shown, "story": story.asked if story else ""}
    if not state.walked:
        return Say(f"{state.form.name}.whole", values)
    missing = {question.key for question in state.pending}
    still = [at for figure, at in zip(state.form.figures, shown, strict=True) if figure.key in missing]
    return Say("dialogue.missing", {"lines": shown, "still": still})


def _step(conversation: Conversation, state: Waiting, slot: str | None) -> Say:
    first = state.pending[0]
    steps: list[Question] = [q for q in state.form.questions if not isinstance(q, Photos)]
    values = {**state.form.values, "at": steps.index(first) + 1, "of": len(steps)}
    choices = _quick(conversation, first, back=bool(state.walked))
    if isinstance(first, Figure):
        return Say(f"{state.form.name}.figure", {**values, "line": line(first, None, 0)}, choices, slot=slot)
    asked = first.asked if isinstance(first, Story) else ""
    name = first.text if isinstance(first, Story) and first.text else first.key
    return Say(f"{state.form.name}.{name}", {**values, "asked": asked}, choices, slot=slot)


def _quick(conversation: Conversation, question: Question, *, back: bool) -> tuple[Choice, ...]:
    """Answers that need no typing. A screen asking for a figure has no numbered choices, hence ``typed``."""
    stem = f"a:{question_token(conversation, question)}"
    hows: tuple[How, ...] = ()
    if isinstance(question, Figure):
        hows = (How.SAME,) * (question.previous is not None) + (How.NOTHING, How.UNKNOWN)
    elif isinstance(question, Story) and not question.required:
        hows = (How.NOTHING,)
    choices = [Choice(f"buttons.{how}", f"{stem}:{how}", typed=True) for how in hows]
    if isinstance(question, Story):
        options = question.options
        choices += [Choice(one.label, f"{stem}:{one.key}", one.values, typed=True) for one in options]
    if isinstance(question, Story) and question.own_phone:
        choices.append(Choice("buttons.my_phone", SHARE_PHONE, typed=True))
    if back:
        choices.append(Choice("buttons.back", f"b:{token(conversation)}", typed=True))
    return tuple(choices)


def _options(conversation: Conversation, asked: Pick | Line) -> tuple[Choice, ...]:
    """A line's options are never numbered: there a number may be part of what is typed."""
    stem, typed = f"a:{question_token(conversation, asked)}", isinstance(asked, Line)
    return tuple(Choice(o.label, f"{stem}:{o.key}", o.values, typed=typed) for o in asked.options)


def _doubt(conversation: Conversation, form: Form, doubt: Doubt) -> Say:
    figure = form.question(doubt.key)
    assert isinstance(figure, Figure)
    stem = f"d:{doubt_token(conversation, doubt)}"
    values = {"line": line(figure, None, 0), "why": doubt.why, "said": doubt.said, "odd": doubt.odd}
    choices = tuple(
        Choice("buttons.amount", f"{stem}:{at}", {"amount": amount, "measure": figure.measure.name}, typed=True)
        for at, amount in enumerate(doubt.candidates)
    )
    slot = f"c:{conversation.id}" if conversation.stepwise else None
    return Say("dialogue.doubt", {**values, "candidates": list(doubt.candidates)}, choices, slot=slot)


def doubt_token(conversation: Conversation, doubt: Doubt) -> str:
    """The token of a question back."""
    return token(conversation, doubt.key, doubt.said, doubt.candidates)


def _refused(conversation: Conversation, state: Waiting, refusal: Refusal) -> Say:
    question = state.form.question(refusal.key)
    if isinstance(question, Line):
        return _refused_line(conversation, state.form, question, refusal)
    label = question.label if isinstance(question, Figure) else ""
    measure = question.measure.name if isinstance(question, Figure) else ""
    values = {"why": refusal.why, "said": refusal.said[:60], "example": refusal.example}
    first = state.pending[0]
    choices = _options(conversation, first) if isinstance(first, Pick) else ()
    return Say("dialogue.refused", {**values, "label": label, "measure": measure}, choices)


def _refused_line(conversation: Conversation, form: Form, question: Line, refusal: Refusal) -> Say:
    values = {"why": refusal.why, "said": refusal.said[:60], "example": refusal.example, "about": refusal.about}
    return Say(f"{form.name}.refused", {**form.values, **values}, _options(conversation, question))
