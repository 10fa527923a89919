"""Driving a guided conversation through one message: read it against the open form, keep what it gave, go on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from campaigns.authority import may
from dialogue.answers import Kept, packed, unpacked
from dialogue.doubts import Doubt
from dialogue.engine import Done, Waiting, walk
from dialogue.forms import CHANGE, Figure, Line, Pick, Question
from dialogue.forms import Story as OpenQuestion
from dialogue.incoming import Incoming, Kind
from dialogue.reading import Open, Reading, Refusal, pressed, read_message, settle
from dialogue.routes import Routes, Story
from dialogue.say import Say
from dialogue.splitting import split
from dialogue.text import folded
from dialogue.words import BACK
from handlers.loading import load
from handlers.screens import doubt_token, prompt, question_token, token
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

SEEN = "seen"  # what the choice on the screen means, kept with the conversation


class OldButton(Exception):
    """A button of a screen that is no longer open."""


@dataclass(frozen=True)
class Scene:
    """A conversation with everything its story needs, loaded anew for this turn."""

    story: Story
    conversation: Conversation
    facts: Any
    kept: Kept

    def walk(self) -> Waiting | Done:
        """Where the script stands with the answers so far."""
        return walk(self.story.script(self.facts), self.kept, stepwise=self.conversation.stepwise)

    def picks(self) -> Pick | None:
        """The question on the screen, if it is one of a few options (and nothing is asked back)."""
        state = self.walk()
        first = state.pending[0] if isinstance(state, Waiting) and not self.conversation.doubts else None
        return first if isinstance(first, Pick) else None

    def wants_words(self) -> bool:
        """Whether the question on the screen can only be answered in words of one's own."""
        state = self.walk()
        first = state.pending[0] if isinstance(state, Waiting) and not self.conversation.doubts else None
        return isinstance(first, Line) or (isinstance(first, OpenQuestion) and first.required)

    def wants_their_phone(self) -> bool:
        """Whether the question on the screen is for somebody else's telephone number."""
        state = self.walk()
        first = state.pending[0] if isinstance(state, Waiting) and not self.conversation.doubts else None
        return isinstance(first, OpenQuestion) and first.their_phone

    def takes(self, words: str) -> bool:
        """Whether folded words are an option of the question on the screen."""
        state = self.walk()
        first = state.pending[0] if isinstance(state, Waiting) and not self.conversation.doubts else None
        options = first.options if isinstance(first, Pick | Line | OpenQuestion) else ()
        return any(words in option.words for option in options)


def begin(
    turn: Turn, story: Story, subject: Any, store: Store, *, context: Mapping[str, Any] | None = None
) -> list[Say]:
    """Open a conversation about a subject, or go on with a parked one, and show where it stands."""
    return _show(turn, opened(turn, story, subject, store, context=context), store)


def opened(
    turn: Turn,
    story: Story,
    subject: Any,
    store: Store,
    *,
    context: Mapping[str, Any] | None = None,
    answers: Kept | None = None,
) -> Scene:
    """Open a conversation without showing it yet, with these answers if given, otherwise those it was parked with."""
    stepwise = turn.capabilities.buttons and turn.account.stepwise is not False and answers is None
    conversation = store.conversations.begin(
        turn.account.id, story.name, subject.id, stepwise=stepwise, context=dict(context or {})
    )
    if answers is not None:
        conversation = store.conversations.keep(replace(conversation, answers=packed(answers), doubts=[]))
    return _scene(turn, story, conversation, subject, store)


def current(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    """The open question again, if there is one; a command's answer ends with it."""
    scene = open_scene(turn, routes, store)
    return _show(turn, scene, store) if scene else []


def open_scene(turn: Turn, routes: Routes, store: Store) -> Scene | None:
    """The open conversation of this chat, none where there is none or its person may no longer."""
    conversation = store.conversations.open_of(turn.account.id)
    if conversation is None:
        return None
    story = routes.stories.get(conversation.story)
    if story is None:
        return None
    found = load(story.loads, conversation.subject, store)
    if found is None or not may(turn.actor, story.action, found.path):
        store.conversations.park(turn.account.id)
        return None
    return _scene(turn, story, conversation, found.value, store)


def _scene(turn: Turn, story: Story, conversation: Conversation, subject: Any, store: Store) -> Scene:
    facts = story.facts(subject, turn, conversation, store)
    return Scene(story, conversation, facts, unpacked(conversation.answers))


def go_on(turn: Turn, scene: Scene, store: Store) -> list[Say]:
    """Read the turn's message as an answer and go on. Raises OldButton where it is a button of another screen."""
    state = scene.walk()
    if isinstance(state, Done):
        return _finish(turn, scene, state, store)
    if _is_back(turn, scene):
        return _go_back(turn, scene, state, store)
    if _changed_meanwhile(turn, scene, state.pending[0]):
        return _show(turn, scene, store)
    screen = Open(state.form, state.pending, scene.conversation.stepwise, scene.kept)
    doubts = tuple(Doubt(**{**d, "candidates": tuple(d["candidates"])}) for d in scene.conversation.doubts)
    reading = _read(turn.incoming, scene, screen, doubts)
    if reading.silent:
        return []
    if _wants_change(reading):
        return [Say("dialogue.how_to_change", {"form": state.form.name})]
    return advance(turn, scene, reading, store)


def advance(turn: Turn, scene: Scene, reading: Reading, store: Store) -> list[Say]:
    """Keep what a reading gave, then ask what is missing or finish."""
    kept = scene.kept | reading.taken
    left = [d for d in scene.conversation.doubts if d["key"] not in reading.taken]
    asked_now = {doubt.key for doubt in reading.doubts}
    doubts = [d for d in left if d["key"] not in asked_now] + [asdict(doubt) for doubt in reading.doubts]
    conversation = replace(scene.conversation, answers=packed(kept), doubts=doubts)
    store.conversations.keep(conversation)
    return _show(turn, replace(scene, conversation=conversation, kept=kept), store, reading.refusal)


def _show(turn: Turn, scene: Scene, store: Store, refusal: Refusal | None = None) -> list[Say]:
    state = scene.walk()
    if isinstance(state, Done):
        return _finish(turn, scene, state, store)
    first = state.pending[0]
    if isinstance(first, Pick | Line):
        seen = {**scene.conversation.context, SEEN: first.meaning}
        store.conversations.keep(replace(scene.conversation, context=seen))
    return [prompt(scene.conversation, state, scene.kept, refusal=refusal)]


def _changed_meanwhile(turn: Turn, scene: Scene, first: Question) -> bool:
    """Whether typed words would choose from a screen that means something else by now; a button carries its meaning."""
    seen = scene.conversation.context.get(SEEN)
    choosing = turn.incoming.kind is Kind.TEXT and isinstance(first, Pick | Line)
    return choosing and seen is not None and seen != first.meaning


def _finish(turn: Turn, scene: Scene, done: Done, store: Store) -> list[Say]:
    store.conversations.end(scene.conversation)
    figures = [answer for key, answer in scene.kept.items() if key in done.walked]
    if scene.story.teaches and any(answer.how != "choice" for answer in figures):
        store.people.habit(turn.account.id, stepwise=not all(answer.plain for answer in figures))
    says: list[Say] = scene.story.finish(done.draft, scene.facts, turn, store)
    return says


def _read(incoming: Incoming, scene: Scene, screen: Open, doubts: tuple[Doubt, ...]) -> Reading:
    if incoming.kind is Kind.PRESS:
        return _read_press(incoming, scene, screen, doubts)
    if doubts and incoming.kind is Kind.TEXT:
        settled = _settled(incoming, screen, doubts[0])
        if settled:
            return settled
        return read_message(_without_guessing(incoming, screen, doubts[0]), incoming)
    return read_message(screen, incoming)


def _without_guessing(incoming: Incoming, screen: Open, doubt: Doubt) -> Open:
    """While something is asked back, words are about that, unless they answer the whole form or name what they mean."""
    pending = [question for question in screen.pending if isinstance(question, Figure)]
    parts = split(incoming.text, screen.form.figures, pending)
    if parts.counted or len(parts.figures) == len(pending) > 1:
        return screen
    figure = screen.form.question(doubt.key)
    assert figure is not None
    return replace(screen, pending=(figure,))


def _settled(incoming: Incoming, screen: Open, doubt: Doubt) -> Reading | None:
    figure = screen.form.question(doubt.key)
    assert isinstance(figure, Figure)
    plain = not screen.stepwise
    answer = settle(doubt, figure, incoming, plain=plain)
    return Reading({doubt.key: answer}) if answer else None


def _read_press(incoming: Incoming, scene: Scene, screen: Open, doubts: tuple[Doubt, ...]) -> Reading:
    kind, _, rest = incoming.press.partition(":")
    carried, _, option = rest.partition(":")
    if kind == "d" and doubts and carried == doubt_token(scene.conversation, doubts[0]):
        return _settled(incoming, screen, doubts[0]) or Reading({})
    if kind == "a":
        for question in screen.form.questions:
            if carried == question_token(scene.conversation, question):
                taken = question.key in scene.kept and scene.kept[question.key].meaning == question.meaning
                return Reading({}) if taken else pressed(screen, question.key, option, incoming)
    raise OldButton


def _is_back(turn: Turn, scene: Scene) -> bool:
    if turn.incoming.kind is Kind.PRESS:
        return turn.incoming.press == f"b:{token(scene.conversation)}"
    return folded(turn.incoming.text) in BACK


def _go_back(turn: Turn, scene: Scene, state: Waiting, store: Store) -> list[Say]:
    """Drop the last answer on the walked path, or the question back that stands in its way."""
    last = None if scene.conversation.doubts or not state.walked else state.walked[-1]
    kept = {key: answer for key, answer in scene.kept.items() if key != last}
    conversation = replace(scene.conversation, answers=packed(kept), doubts=scene.conversation.doubts[1:])
    store.conversations.keep(conversation)
    return _show(turn, replace(scene, conversation=conversation, kept=kept), store)


def _wants_change(reading: Reading) -> bool:
    answer = reading.taken.get("confirm")
    return answer is not None and answer.value == CHANGE.key


def drop(scene: Scene, keys: set[str]) -> Scene:
    """The scene without some answers and the questions back about them, to be answered anew."""
    kept = {key: answer for key, answer in scene.kept.items() if key not in keys}
    doubts = [doubt for doubt in scene.conversation.doubts if doubt["key"] not in keys]
    return replace(scene, kept=kept, conversation=replace(scene.conversation, answers=packed(kept), doubts=doubts))
