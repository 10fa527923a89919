"""The Bot API's methods that bots of our kind use, each as the real one takes and refuses it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.telegram.formatting import formatted
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.people import IN_PRIVATE, People
from tests.fakes.telegram.refused import OLD_QUERY, UNCHANGED, Refused, bad, forbidden
from tests.fakes.telegram.world import PRIVATE, Chat, Json, Shown, Uploaded, World

Given = Mapping[str, Any]  # text fields, and files as bytes
TEXT, CAPTION, DATA, ANSWER = 4096, 1024, 64, 200
LARGEST_PHOTO, LARGEST_FILE, LARGEST_FETCHED = 10 << 20, 50 << 20, 20 << 20
OLD = 48 * 3600
MOST_COMMANDS = 100
ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = "http://127.0.0.1:"  # what tests have; Telegram itself calls https and nothing else
NAMES = (
    "getMe sendMessage sendPhoto sendDocument sendMediaGroup sendChatAction editMessageText editMessageCaption "
    "editMessageMedia editMessageReplyMarkup deleteMessage answerCallbackQuery getFile setMyCommands getMyCommands "
    "deleteMyCommands getChat getChatMember leaveChat setWebhook deleteWebhook getWebhookInfo"
)
RIGHTS = (
    "send_messages send_audios send_documents send_photos send_videos send_video_notes send_voice_notes send_polls "
    "send_other_messages add_web_page_previews change_info invite_users pin_messages manage_topics"
)
OUT = {"kicked": "was kicked from", "left": "is not a member of"}
GONE = {
    "never": forbidden("bot can't initiate conversation with a user"),
    "blocked": forbidden("bot was blocked by the user"),
    "deactivated": forbidden("user is deactivated"),
}


class Methods:
    """Calls by name; what changes the world is counted against the limits first."""

    def __init__(self, world: World, limits: Limits) -> None:
        self.world = world
        self.limits = limits
        self.webhook: Json = {}
        self.commands: dict[str, list[Json]] = {}  # of everybody in a scope; a chat's own are with the chat
        self.table: dict[str, Callable[[Given], Any]] = {name: getattr(self, f"_{name}") for name in NAMES.split()}

    def call(self, method: str, given: Given) -> Any:
        """The result; raises Refused."""
        if method not in self.table:
            raise Refused(404, "Not Found: method not found")
        return self.table[method](given)

    def _getMe(self, given: Given) -> Json:  # noqa: N802  # names as Telegram writes them
        can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return {**self.world.me, **can, "can_connect_to_business": False, "has_main_web_app": False}

    def _writable(self, given: Given, what: str = "messages") -> Chat:
        """The chat a message, or photos, are for."""
        chat = self._inside(given)
        if chat.bot in GONE:
            raise GONE[chat.bot]
        if not _may(chat, what):
            raise bad(f"not enough rights to send {'text messages' if what == 'messages' else what} to the chat")
        return chat

    def _inside(self, given: Given) -> Chat:
        """A chat that the bot is in, where it is a group."""
        chat = self._chat(given)
        if chat.moved_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, words, migrate_to_chat_id=chat.moved_to)
        if chat.bot in OUT:
            raise forbidden(f"bot {OUT[chat.bot]} the {chat.type} chat")
        return chat

    def _count(self, chat: Chat, cost: int = 1) -> None:
        """Count what is about to be accepted; raises Refused where that is too much."""
        self.limits.take(chat.id, self.world.clock(), group=chat.type != PRIVATE, cost=cost)

    def _chat(self, given: Given) -> Chat:
        number = str(given.get("chat_id", ""))
        chat = self.world.chat(int(number)) if number.lstrip("-").isdigit() else None
        if chat is None:
            raise bad("chat not found")
        return chat

    def _sendMessage(self, given: Given) -> Json:  # noqa: N802
        words = self._words(given)
        return self._shown(given, self._writable(given), words)

    def _words(self, given: Given) -> Json:
        text, marks = formatted(given.get("text", ""), given.get("parse_mode"), given.get("entities"), TEXT, "message")
        if not text:
            raise bad("message text is empty")
        return {"text": text} | ({"entities": marks} if marks else {})

    def _captioned(self, given: Given) -> Json:
        marks = given.get("caption_entities")
        text, found = formatted(given.get("caption", ""), given.get("parse_mode"), marks, CAPTION, "message caption")
        return ({"caption": text} if text else {}) | ({"caption_entities": found} if found else {})

    def _sendPhoto(self, given: Given) -> Json:  # noqa: N802
        photo = {"photo": self.world.photo(_file(given, given.get("photo"), LARGEST_PHOTO, self.world))}
        words = self._captioned(given)
        return self._shown(given, self._writable(given, "photos"), {**photo, **words})

    def _sendDocument(self, given: Given) -> Json:  # noqa: N802
        content = _file(given, given.get("document"), LARGEST_FILE, self.world, "document")
        file = self.world.keep(content)
        name = {"file_name": content.name} if isinstance(content, Uploaded) and content.name else {}
        document = {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(content), **name}
        words = self._captioned(given)
        return self._shown(given, self._writable(given), {"document": document, **words})

    def _sendMediaGroup(self, given: Given) -> list[Json]:  # noqa: N802
        media = json.loads(given["media"])
        if not 2 <= len(media) <= 10:
            raise bad("there must be from 2 to 10 media in an album")
        photos = [self.world.photo(_file(given, one["media"], LARGEST_PHOTO, self.world)) for one in media]
        words = [self._captioned(_as_given(one)) for one in media]
        chat, album = self._writable(given, "photos"), f"{self.world.clock():.0f}{len(self.world.files)}"
        self._count(chat, cost=len(media))
        return [
            self._put({}, chat, {"photo": photo, "media_group_id": album, **said})
            for photo, said in zip(photos, words, strict=True)
        ]

    def _shown(self, given: Given, chat: Chat, content: Json) -> Json:
        return self._put(given, chat, content, counted=False)

    def _put(self, given: Given, chat: Chat, content: Json, *, counted: bool = True) -> Json:
        markup = json.loads(given["reply_markup"]) if given.get("reply_markup") else None
        inline = markup if markup and "inline_keyboard" in markup else None
        keys = {"reply_markup": _checked(inline)} if inline else {}
        other = markup if markup and not inline else None
        if not counted:
            self._count(chat)
        return self.world.show(chat, {"from": self.world.me, **content, **keys}, by_bot=True, keyboard=other)

    def _sendChatAction(self, given: Given) -> bool:  # noqa: N802
        chat = self._writable(given)
        if given["action"] not in ACTIONS.split():
            raise bad("wrong parameter action in request")
        chat.actions.append(given["action"])
        return True

    def _editMessageText(self, given: Given) -> Json:  # noqa: N802
        words = self._words(given)
        shown = self._editable(given)
        if "text" not in shown.message:
            raise bad("there is no text in the message to edit")
        return self._changed(given, shown, words)

    def _editMessageCaption(self, given: Given) -> Json:  # noqa: N802
        words = self._captioned(given)
        shown = self._editable(given)
        if "photo" not in shown.message and "document" not in shown.message:
            raise bad("there is no caption in the message to edit")
        kept = {key: shown.message[key] for key in ("photo", "document") if key in shown.message}
        return self._changed(given, shown, kept | words)

    def _editMessageMedia(self, given: Given) -> Json:  # noqa: N802
        media = json.loads(given["media"])
        photo = self.world.photo(_file(given, media["media"], LARGEST_PHOTO, self.world))
        words = self._captioned(_as_given(media))
        return self._changed(given, self._editable(given), {"photo": photo, **words})

    def _editMessageReplyMarkup(self, given: Given) -> Json:  # noqa: N802
        shown = self._editable(given)
        kept = {key: shown.message[key] for key in _CONTENT if key in shown.message}
        return self._changed(given, shown, kept)

    def _editable(self, given: Given) -> Shown:
        """The message to be edited; one's own, without a keyboard of its own."""
        chat = self._writable(given)
        shown = chat.shown.get(int(given["message_id"]))
        if shown is None:
            raise bad("message to edit not found")
        if not shown.by_bot or shown.keyboard:
            raise bad("message can't be edited")
        return shown

    def _changed(self, given: Given, shown: Shown, content: Json) -> Json:
        markup = json.loads(given["reply_markup"]) if given.get("reply_markup") else None
        kept = {key: value for key, value in shown.message.items() if key not in (*_CONTENT, "reply_markup")}
        keys = {"reply_markup": _checked(markup)} if markup else {}
        new = {**kept, **content, **keys}
        if {k: v for k, v in new.items() if k != "edit_date"} == {
            k: v for k, v in shown.message.items() if k != "edit_date"
        }:
            raise Refused(400, UNCHANGED)
        self._count(self._chat(given))
        shown.message, shown.edited = {**new, "edit_date": int(self.world.clock())}, shown.edited + 1
        shown.at = self.world.clock()
        return shown.message

    def _deleteMessage(self, given: Given) -> bool:  # noqa: N802
        chat = self._inside(given)
        shown = chat.shown.get(int(given["message_id"]))
        if shown is None:
            raise bad("message to delete not found")
        if chat.type != PRIVATE and not shown.by_bot and chat.bot != "administrator":
            raise bad("message can't be deleted")
        if self.world.clock() - shown.message["date"] > OLD and chat.bot != "administrator":
            raise bad("message can't be deleted for everyone")
        del chat.shown[int(given["message_id"])]
        return True

    def _answerCallbackQuery(self, given: Given) -> bool:  # noqa: N802
        if self.world.queries.get(given["callback_query_id"]) is not False:
            raise Refused(400, OLD_QUERY)
        if len(given.get("text", "")) > ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        self.world.queries[given["callback_query_id"]] = True
        return True

    def _getFile(self, given: Given) -> Json:  # noqa: N802
        content = self.world.files.get(given.get("file_id", ""))
        if content is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(content) > LARGEST_FETCHED:
            raise bad("file is too big")
        named = {"file_id": given["file_id"], "file_unique_id": f"u{given['file_id']}", "file_size": len(content)}
        return {**named, "file_path": self.world.paths[given["file_id"]]}

    def _setMyCommands(self, given: Given) -> bool:  # noqa: N802
        commands = json.loads(given["commands"])
        if len(commands) > MOST_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for one in commands:
            if not COMMAND.fullmatch(one["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._show_commands(given, commands)
        return True

    def _show_commands(self, given: Given, commands: list[Json]) -> None:
        scope = _scope(given)
        if scope["type"] == "chat":
            self._chat(scope).commands = commands
        else:
            self.commands[scope["type"]] = commands

    def _getMyCommands(self, given: Given) -> list[Json]:  # noqa: N802
        scope = _scope(given)
        return self._chat(scope).commands if scope["type"] == "chat" else self.commands.get(scope["type"], [])

    def _deleteMyCommands(self, given: Given) -> bool:  # noqa: N802
        self._show_commands(given, [])
        return True

    def _getChat(self, given: Given) -> Json:  # noqa: N802
        kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        gifts = {"accepted_gift_types": dict.fromkeys(kinds, True)}
        chat = self._inside(given)
        rights = {f"can_{right}": chat.may_write for right in RIGHTS.split(" ")}
        rights["can_send_photos"] = chat.may_write and chat.may_show
        may = {"permissions": rights} if chat.type != PRIVATE else {}
        return {**chat.short, "accent_color_id": 1, "max_reaction_count": 11, **gifts, **may}

    def _getChatMember(self, given: Given) -> Json:  # noqa: N802
        chat, number = self._inside(given), int(given["user_id"])
        if number == self.world.me["id"]:
            return People(self.world).member(IN_PRIVATE.get(chat.bot, chat.bot), chat.still_may)
        name = next((name for name, one in self.world.users.items() if one == number), None)
        if name is None:
            raise bad("user not found")
        return {"status": "member", "user": self.world.user(name)}

    def _leaveChat(self, given: Given) -> bool:  # noqa: N802
        chat = self._inside(given)
        if chat.type == PRIVATE:
            raise bad("chat member status can't be changed in private chats")
        chat.bot = "left"
        return True

    def _setWebhook(self, given: Given) -> bool:  # noqa: N802
        secret = given.get("secret_token", "")
        if not given["url"].startswith(("https://", LOOPBACK)):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(secret):
            raise bad("secret token contains illegal characters") if secret else bad("no secret, which we insist on")
        self.webhook = {"url": given["url"], "secret": secret}
        self.world.allowed = json.loads(given["allowed_updates"]) if given.get("allowed_updates") else None
        self.world.on_update()
        return True

    def _deleteWebhook(self, given: Given) -> bool:  # noqa: N802
        self.webhook = {}
        if given.get("drop_pending_updates", "").lower() == "true":
            self.world.updates.clear()
        return True

    def _getWebhookInfo(self, given: Given) -> Json:  # noqa: N802
        waiting = {"pending_update_count": len(self.world.updates), "has_custom_certificate": False}
        last = self.webhook.get("error")
        error = {"last_error_date": int(self.world.clock()), "last_error_message": last} if last else {}
        return {"url": self.webhook.get("url", ""), **waiting, **error}


def _may(chat: Chat, what: str) -> bool:
    """Whether the bot may send messages, or photos, there."""
    if chat.bot == "restricted":
        return f"send_{what}" in chat.still_may
    return chat.bot == "administrator" or (chat.may_write and (what == "messages" or chat.may_show))


def _scope(given: Given) -> Json:
    found: Json = json.loads(given["scope"]) if given.get("scope") else {"type": "default"}
    return found


_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document")


def _as_given(media: Json) -> Given:
    marks = {"caption_entities": json.dumps(media["caption_entities"])} if media.get("caption_entities") else {}
    return {"caption": media.get("caption", ""), "parse_mode": media.get("parse_mode"), **marks}


def _file(given: Given, named: Any, largest: int, world: World, what: str = "photo") -> bytes:
    """The bytes that came with the call, or those that lie here under that id."""
    content = given.get(named.removeprefix("attach://")) if isinstance(named, str) else named
    if isinstance(named, str) and content is None:
        content = world.files.get(named)
    if not isinstance(content, bytes) or not content:
        raise bad(f"there is no {what} in the request")
    if len(content) > largest:
        raise Refused(413, "Request Entity Too Large")
    return content


def _checked(markup: Json) -> Json:
    """Keys that Telegram takes: named, with 1 to 64 bytes behind them, a hundred at most."""
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if any(not 1 <= len(button.get("callback_data", "x").encode()) <= DATA for button in buttons):
        raise bad("BUTTON_DATA_INVALID")
    if any(not button["text"].strip() for button in buttons):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(buttons) > 100 or any(len(row) > 8 for row in markup["inline_keyboard"]):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return markup
