"""One turn from the message to what is said: who is this, what do they mean, may they, then the story."""

import re
from dataclasses import replace
from typing import Any

from campaigns.authority import Role, may, may_anywhere
from campaigns.ids import parse_id
from campaigns.invitation import find_code, is_typed_right
from dialogue.incoming import Incoming, Kind
from dialogue.routes import Route, Routes, find_command
from dialogue.say import Say
from dialogue.text import folded, has_words
from dialogue.words import is_courtesy
from handlers import correction
from handlers.conversation import OldButton, current, go_on, open_scene
from handlers.groups import chat_changed, in_group
from handlers.helping import not_understood
from handlers.join import came_between, come_in, opened_with
from handlers.loading import load
from handlers.report import plain_facts, receipt
from handlers.telling import hear, not_heard, page_or_picture
from handlers.turn import Turn
from storage.store import Store

_CONVERSATION_BUTTONS = ("a:", "b:", "d:")


def take(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    """What one message leads to. Raises nothing for anything a person can send."""
    incoming = turn.incoming
    if incoming.kind in (Kind.LEFT, Kind.MOVED):
        return chat_changed(turn, store)
    if turn.account.group:
        return in_group(turn, store)
    if incoming.too_long:
        return not_understood(turn, store)
    if incoming.kind is Kind.PRESS:
        return _press(turn, incoming.press, routes, store)
    if incoming.kind is Kind.TEXT:
        return _words(turn, routes, store)
    return _other(turn, routes, store)


def _words(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    text = turn.incoming.text
    command = find_command(routes, text)
    if command and _is_meant(turn, *command, routes, store):
        return _command(turn, *command, routes, store)
    scene = open_scene(turn, routes, store)
    if scene and (opened := came_between(turn, store)):
        return opened
    pressed = _from_menu(turn.incoming)
    if pressed and (scene.picks() if scene else _still_there(turn.incoming, pressed)):
        return _press(turn, pressed, routes, store)
    if scene and (has_words(text) or is_courtesy(text)):
        return go_on(turn, scene, store)
    if scene:
        return not_understood(turn, store) + current(turn, routes, store)
    return _outside(turn, store)


def _still_there(incoming: Incoming, pressed: str) -> bool:
    """Whether a choice may be meant though no conversation is open: words that once answered one are words again."""
    return bool(_number(incoming)) or not pressed.startswith(_CONVERSATION_BUTTONS)


def _outside(turn: Turn, store: Store) -> list[Say]:
    """Words that are neither a command, nor a choice, nor an answer."""
    text = turn.incoming.text
    if turn.actor.person is None:
        return come_in(turn, store)
    if is_courtesy(folded(text)):
        return []
    if returned := correction.correct_returned(turn, store):
        return returned
    code = find_code(text)
    if code and is_typed_right(code):
        return opened_with(code, turn, store)
    lines = len(turn.incoming.menu)
    return [Say("help.old_number", {"lines": lines})] if _number(turn.incoming) else not_understood(turn, store)


def _is_meant(turn: Turn, route: Route, tail: str, routes: Routes, store: Store) -> bool:
    """Whether the words of a command are meant as one: not where they are an option of the open question, nor where
    more words follow and they may be a story ("sửa cầu treo"), or the command is not this person's."""
    scene = open_scene(turn, routes, store)
    if scene and tail and scene.wants_words():
        return False
    if scene and scene.takes(folded(turn.incoming.text)):
        return False
    return not tail or may_anywhere(turn.actor, route.action)


def _command(turn: Turn, route: Route, tail: str, routes: Routes, store: Store) -> list[Say]:
    """A command's answer ends with the open question, unless it opened or closed a conversation itself."""
    if not may_anywhere(turn.actor, route.action):
        return [Say("help.not_yours"), *current(turn, routes, store)]
    before = store.conversations.open_of(turn.account.id)
    says: list[Say] = route.handler(turn, tail, store)
    after = store.conversations.open_of(turn.account.id)
    unchanged = before is not None and after is not None and before == after
    shown = current(turn, routes, store) if unchanged else []
    return says + [say for say in shown if say not in says]


def _press(turn: Turn, data: str, routes: Routes, store: Store) -> list[Say]:
    if data.startswith(_CONVERSATION_BUTTONS):
        return _press_in_conversation(turn, data, routes, store)
    name, _, rest = data.partition(":")
    identifier, _, revision = rest.partition(":")
    route, about = routes.buttons.get(name), parse_id(identifier)
    if route is None or route.loads is None or about is None:
        return [Say("help.old_button"), *current(turn, routes, store)]
    found = load(route.loads, about, store)
    if found is None or not may(turn.actor, route.action, found.path):
        return [Say("help.not_yours")]
    seen = (revision,) if route.revised else ()
    says: list[Say] = route.handler(turn, found.value, store, *seen)
    return says


def _press_in_conversation(turn: Turn, data: str, routes: Routes, store: Store) -> list[Say]:
    """A press on the open screen; a second tap on the button that sent repeats the receipt, an old one is told so."""
    sent = _sent_by(turn, data, store)
    if sent:
        return sent
    scene = open_scene(turn, routes, store)
    try:
        if scene:
            return go_on(_pressing(turn, data), scene, store)
    except OldButton:
        pass
    return [Say("help.old_button"), *current(turn, routes, store)]


def _pressing(turn: Turn, data: str) -> Turn:
    if turn.incoming.kind is Kind.PRESS:
        return turn
    incoming = turn.incoming
    return replace(turn, incoming=Incoming(Kind.PRESS, incoming.said_at, incoming.received_at, press=data))


def _sent_by(turn: Turn, data: str, store: Store) -> list[Say]:
    report = store.reports.confirmed_with(data.split(":")[1])
    obligation = store.obligations.obligation(report.obligation) if report else None
    if report is None or obligation is None or report.latest.by != turn.actor.person:
        return []
    return [receipt(plain_facts(obligation, turn, store), report, turn, store)]


def _from_menu(incoming: Incoming) -> str:
    """The data of the choice that a typed number, label or beginning of one label stands for; 0 is never a choice."""
    if at := _number(incoming):
        return incoming.menu[at - 1] if at <= len(incoming.menu) else ""
    words = folded(incoming.text).strip(" .!")
    labels = [folded(label) for label in incoming.labels]
    begun = [at for at, label in enumerate(labels) if label == words] or [
        at for at, label in enumerate(labels) if re.match(rf"{re.escape(words)}\b", label)
    ]
    return incoming.menu[begun[0]] if len(begun) == 1 and words and not is_courtesy(words) else ""


def _number(incoming: Incoming) -> int:
    """The small number that a message is and nothing else; 0 for every other message."""
    words = incoming.text.strip(" .)")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 3 else 0


def _other(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    if turn.incoming.kind is Kind.PHOTO_REFUSED:
        return [Say("help.photo_refused", {"why": turn.incoming.text})]
    if turn.incoming.kind is Kind.VOICE_REFUSED:
        return not_heard(turn, store)
    if turn.incoming.kind is Kind.OPENED:
        return _opened(turn, routes, store)
    if turn.incoming.kind is Kind.EDITED:
        return correction.edited(turn, routes, store)
    return _sent(turn, routes, store)


def _sent(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    """Somebody out of an address book, a recording, a photo: taken where it is an answer to something."""
    scene: Any = open_scene(turn, routes, store)
    if turn.incoming.kind is Kind.CONTACT and scene and scene.wants_their_phone():
        return go_on(replace(turn, incoming=replace(turn.incoming, kind=Kind.TEXT)), scene, store)
    if turn.incoming.recordings and turn.actor.holds(Role.REPORTER):
        return hear(turn, scene, store)
    if turn.incoming.kind is Kind.PHOTO and turn.actor.person:
        said = go_on(turn, scene, store) if scene else correction.add_photos(turn, store)
        if said is not None:
            return page_or_picture(turn, store) or said
    return not_understood(turn, store) + current(turn, routes, store)


def _opened(turn: Turn, routes: Routes, store: Store) -> list[Say]:
    """Somebody opened the chat for the first time."""
    return [] if turn.actor.person else come_in(turn, store)
