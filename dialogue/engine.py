"""Going on with a script after any message: run it again with the answers so far until it asks something new."""

from dataclasses import dataclass

from dialogue.answers import Kept
from dialogue.forms import Draft, Form, Question, Script


class RepeatedKey(Exception):
    """A script asked two questions of the same key in one run; answers are kept by key, so that is a fault of it."""


@dataclass(frozen=True)
class Waiting:
    """The script waits on ``form`` for the ``pending`` questions; ``walked`` are the answered keys on the way here."""

    form: Form
    pending: tuple[Question, ...]
    walked: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """The script ended with this draft."""

    draft: Draft
    walked: tuple[str, ...]


def walk(script: Script, kept: Kept, *, stepwise: bool) -> Waiting | Done:
    """Run a fresh script over the kept answers. Only answers given to the same meaning count.

    Raises RepeatedKey, and whatever the script itself raises.
    """
    asked: set[str] = set()
    walked: list[str] = []
    try:
        form = next(script)
        while True:
            _check_keys(form, asked)
            answers = _valid(form, kept)
            walked += answers
            pending = tuple(q for q in form.questions if q.key not in answers and q.needed(stepwise))
            if pending and not (form.waived and all(kept[key].plain for key in walked)):
                return Waiting(form, pending, tuple(walked))
            form = script.send(answers)
    except StopIteration as end:
        return Done(end.value, tuple(walked))


def _check_keys(form: Form, asked: set[str]) -> None:
    for question in form.questions:
        if question.key in asked:
            raise RepeatedKey(question.key)
        asked.add(question.key)


def _valid(form: Form, kept: Kept) -> Kept:
    answered = [question for question in form.questions if question.key in kept]
    return {q.key: kept[q.key] for q in answered if kept[q.key].meaning == q.meaning}
