"""Routes of a story: its commands, its buttons, its script. Listed in the app; nothing registers itself by import."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from campaigns.authority import Action
from dialogue.text import folded

Handler = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    """What is called, the action it needs, and the kind of object it acts on (none: on nothing in particular)."""

    handler: Handler
    action: Action
    loads: str | None = None
    tail: bool = False
    revised: bool = False


@dataclass(frozen=True)
class Story:
    """A guided conversation: ``facts`` loaded anew each turn, the ``script`` over them, and ``finish`` that saves.

    From one that ``teaches`` it is learned whether a person likes to answer whole forms or step by step.
    """

    name: str
    action: Action
    loads: str
    facts: Handler
    script: Handler
    finish: Handler
    teaches: bool = False


@dataclass
class Routes:
    """The routes of one story file, by what a person does."""

    commands: dict[str, Route] = field(default_factory=dict)
    buttons: dict[str, Route] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def command(self, *words: str, action: Action, tail: bool = False) -> Callable[[Handler], Handler]:
        """The handler of a command: a whole message, or with ``tail`` the start of one: ``(turn, tail, store)``."""

        def register(handler: Handler) -> Handler:
            for word in words:
                _add(self.commands, squeezed(word), Route(handler, action, tail=tail))
            return handler

        return register

    def button(self, name: str, *, action: Action, loads: str, revised: bool = False) -> Callable[[Handler], Handler]:
        """The handler of a button ``name:<id>``: ``(turn, object, store)``; ``revised`` ones take the revision seen."""

        def register(handler: Handler) -> Handler:
            _add(self.buttons, name, Route(handler, action, loads, revised=revised))
            return handler

        return register

    def story(self, story: Story) -> Story:
        """A guided conversation."""
        _add(self.stories, story.name, story)
        return story


def joined(several: Iterable[Routes]) -> Routes:
    """All routes as one. Raises ValueError where two stories claim the same word, button or name."""
    whole = Routes()
    for routes in several:
        for table, more in (
            (whole.commands, routes.commands),
            (whole.buttons, routes.buttons),
            (whole.stories, routes.stories),
        ):
            for name, route in more.items():
                _add(table, name, route)
    return whole


def _add(table: dict[str, Any], name: str, route: object) -> None:
    if name in table:
        raise ValueError(f"{name} is claimed twice")
    table[name] = route


def squeezed(words: str) -> str:
    """A command as it is compared: "Báo cáo", "bao cao", "/baocao" are one."""
    return folded(words).lstrip("/").replace(" ", "")


def find_command(routes: Routes, text: str) -> tuple[Route, str] | None:
    """The command a message is, with its tail, the longest command first; none where it is none."""
    words = text.split()
    for length in range(min(len(words), 4), 0, -1):
        route = routes.commands.get(squeezed(" ".join(words[:length])).rstrip(".!:"))
        if route and (route.tail or length == len(words)):
            return route, " ".join(words[length:])
    return None
