"""Questions are data, gathered in forms; a script is a generator that only branches between forms."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaigns.ids import Id
from campaigns.measure import Measure, Region
from campaigns.wrong import Wrong
from dialogue.answers import Answer, Kept, meaning


@dataclass(frozen=True)
class Gathered:
    """What the units below come to together, and the ids of those whose approved figure is missing in it."""

    amount: int
    units: int
    missing: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Figure:
    """Asks for a number of ``measure``, with the last value and the goal in sight (all in ten-thousandths).

    ``gathered`` is the proposal for who gathers from others.
    """

    key: str
    label: str
    asked: str
    measure: Measure
    running_total: bool
    previous: int | None = None
    goal: int | None = None
    words: tuple[str, ...] = ()
    region: Region | None = None
    gathered: Gathered | None = None

    @property
    def meaning(self) -> str:
        """Another measure or kind is another question."""
        return meaning("figure", self.measure.key, self.running_total)

    def needed(self, stepwise: bool) -> bool:
        """A figure is always answered, if only by "chưa rõ"."""
        return True


@dataclass(frozen=True)
class Option:
    """One option: ``label`` names its text, which takes ``values``; ``words`` are folded ways of typing it."""

    key: str
    label: str
    words: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """An open question. In a whole form it may stay unanswered unless ``required``; step by step it is put.

    ``options`` are answers that need no words of one's own ("đủ rồi"). ``text`` names its wording, where that is not
    its key: a question that is put several times.
    ``own_phone``: it asks for the person's own number, which some channels can hand over with one press.
    ``their_phone``: it asks for somebody else's, so whoever is shared out of an address book answers it by theirs.
    """

    key: str
    required: bool = False
    asked: str = ""
    options: tuple[Option, ...] = ()
    text: str = ""
    own_phone: bool = False
    their_phone: bool = False

    @property
    def meaning(self) -> str:
        """An open question means the same everywhere."""
        return meaning("story", *(option.key for option in self.options))

    def needed(self, stepwise: bool) -> bool:
        """Whether the form waits for it."""
        return self.required or stepwise


@dataclass(frozen=True)
class Photos:
    """Photos arrive by themselves and are never waited for."""

    key: str
    at_most: int

    @property
    def meaning(self) -> str:
        """Photos are photos."""
        return meaning("photos")

    def needed(self, stepwise: bool) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Pick:
    """Asks for one of a few options. ``about`` is whatever the options are about, so that it is part of the meaning.

    ``text`` names its wording where that is not the key: for a question that is put again and again.
    """

    key: str
    options: tuple[Option, ...]
    about: Any = None
    text: str = ""

    @property
    def meaning(self) -> str:
        """Other options, or the same options about something else, are another question."""
        return meaning("pick", [option.key for option in self.options], self.about)

    def needed(self, stepwise: bool) -> bool:
        """A choice is always made."""
        return True


@dataclass(frozen=True)
class Line:
    """Asks for words that mean something, or for one of a few options.

    ``reads`` takes the words and the day on which they were said, and gives what is kept of them, or what is wrong with
    them: then nothing is kept. ``about`` and ``text`` are as in a ``Pick``.
    """

    key: str
    reads: Callable[[str, date], Any | Wrong]
    options: tuple[Option, ...] = ()
    about: Any = None
    text: str = ""

    @property
    def meaning(self) -> str:
        """The same words about something else answer another question."""
        return meaning("line", [option.key for option in self.options], self.about)

    def needed(self, stepwise: bool) -> bool:
        """It is always answered."""
        return True


Question = Figure | Story | Photos | Pick | Line


@dataclass(frozen=True)
class Form:
    """Questions asked together or one by one. ``name`` is the text file they are worded in, ``values`` go with them.

    ``waived`` forms are skipped when every answer so far was plain: a preview of what the receipt will say anyway.
    """

    name: str
    questions: tuple[Question, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    waived: bool = False

    def question(self, key: str) -> Question | None:
        """The question of that key, if the form has it."""
        return next((question for question in self.questions if question.key == key), None)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures asked for, in order."""
        return tuple(question for question in self.questions if isinstance(question, Figure))


Script = Generator[Form, Mapping[str, Answer], "Draft"]
Draft = Kept

SEND = Option("send", "buttons.send", ("gui", "gui di", "dong y", "dung", "dung roi"))
CHANGE = Option("change", "buttons.change", ("sua", "khong", "ko", "chua", "sai", "khong dung"))


def ask(form: Form) -> Generator[Form, Mapping[str, Answer], Kept]:
    """Put a form and give back its answers by key, as in ``answers = yield from ask(form)``."""
    answers = yield form
    return dict(answers)


def confirm(name: str, shown: Mapping[str, Any], *, waived: bool) -> Generator[Form, Mapping[str, Answer], Kept]:
    """Show a preview and wait for a yes that counts for exactly what is shown.

    Where ``waived``, plain answers need none: the receipt says what the preview would have said.
    """
    return (yield from ask(Form(name, (Pick("confirm", (SEND, CHANGE), shown),), shown, waived=waived)))
