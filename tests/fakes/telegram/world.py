"""Telegram's side of the world: chats with what they show, files, updates that wait to be confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any

Json = dict[str, Any]
PRIVATE, GROUP, SUPERGROUP = "private", "group", "supergroup"
EPOCH = 1_650_000_000.0


class Uploaded(bytes):
    """The bytes of a file that came with a call, and what it was called."""

    name: str = ""


@dataclass
class Shown:
    """A message in a chat as it is now. ``edited`` counts how often it was changed."""

    message: Json
    at: float
    by_bot: bool
    order: int
    edited: int = 0
    keyboard: Json | None = None

    @property
    def text(self) -> str:
        """Its words, whether a text's or a caption's."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def buttons(self) -> list[Json]:
        """The keys inside it, or those it put in place of the keyboard."""
        rows = (self.message.get("reply_markup") or {}).get("inline_keyboard") or (self.keyboard or {}).get("keyboard")
        return [button for row in rows or [] for button in row]


@dataclass
class Chat:
    """One chat. ``bot``: member, administrator, restricted, left, kicked; for a person's: never, open, blocked."""

    id: int
    type: str
    name: str
    bot: str = "member"
    moved_to: int | None = None
    may_write: bool = True
    may_show: bool = True  # photos; ``may_write`` and this hold for who is no administrator
    still_may: frozenset[str] = frozenset()  # what a restricted bot may do all the same
    shown: dict[int, Shown] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def short(self) -> Json:
        """As messages name it."""
        title = {"first_name": self.name} if self.type == PRIVATE else {"title": self.name}
        return {"id": self.id, "type": self.type, **title}


class World:
    """What Telegram knows. ``clock`` gives seconds since 1970."""

    def __init__(self, bot_id: int, username: str, clock: Callable[[], float]) -> None:
        self.me: Json = {"id": bot_id, "is_bot": True, "first_name": "Thi đua", "username": username}
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.users: dict[str, int] = {}
        self.files: dict[str, bytes] = {}
        self.paths: dict[str, str] = {}
        self.updates: list[Json] = []
        self.allowed: list[str] | None = None
        self.queries: dict[str, bool] = {}
        self.brought: list[Json] = []
        self._lock = Lock()
        self._numbers = count(1)
        self._order = count(1)
        self._update_ids = count(700_000_001)
        self._queries = count(1)
        self.on_update: Callable[[], None] = lambda: None

    def chat(self, chat_id: int) -> Chat | None:
        """The chat of that number."""
        return self.chats.get(chat_id)

    def add_chat(self, chat_id: int, kind: str, name: str, bot: str = "member") -> Chat:
        """A new chat."""
        self.chats[chat_id] = Chat(chat_id, kind, name, bot)
        return self.chats[chat_id]

    def user(self, name: str) -> Json:
        """A person; known from the first time they are named."""
        number = self.users.setdefault(name, 900_001 + len(self.users))
        return {"id": number, "is_bot": False, "first_name": name}

    def next_message(self) -> int:
        """Numbers of messages grow through all chats."""
        return next(self._numbers)

    def show(self, chat: Chat, message: Json, *, by_bot: bool, keyboard: Json | None = None) -> Json:
        """Put a message into a chat."""
        whole = {"message_id": self.next_message(), "date": int(self.clock()), "chat": chat.short, **message}
        shown = Shown(whole, self.clock(), by_bot, next(self._order), keyboard=keyboard)
        chat.shown[whole["message_id"]] = shown
        return whole

    def keep(self, content: bytes, path: str = "photos/{}.jpg") -> str:
        """Keep a file; its id."""
        identifier = f"file{len(self.files) + 1:020d}"
        self.files[identifier] = content
        self.paths[identifier] = path.format(identifier)
        return identifier

    def photo(self, content: bytes) -> list[Json]:
        """A photo in the sizes Telegram makes of it."""
        sizes = [("s", 90, content[:10] or b"-"), ("x", 1280, content)]
        return [
            {"file_id": self.keep(part), "file_unique_id": f"u{size}{len(self.files)}", "width": side, "height": side}
            | {"file_size": len(part)}
            for size, side, part in sizes
        ]

    def happen(self, kind: str, what: Json) -> Json | None:
        """An update, unless the bot did not ask for its kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update = {"update_id": next(self._update_ids), kind: what}
        with self._lock:
            self.updates.append(update)
        self.brought.append(update)
        self.on_update()
        return update

    def query(self) -> str:
        """A press that waits for its answer."""
        identifier = f"{next(self._queries):019d}"
        self.queries[identifier] = False
        return identifier

    def confirm(self, offset: int) -> None:
        """Forget the updates before that number."""
        with self._lock:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
