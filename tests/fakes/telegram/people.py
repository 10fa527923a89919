"""What people do on Telegram: write, press, send photos, block, add and remove the bot, let their groups grow."""

from typing import Any

from tests.fakes.telegram.world import GROUP, PRIVATE, SUPERGROUP, Chat, Json, Shown, World

IN_PRIVATE = {"never": "member", "open": "member", "blocked": "kicked"}
RESTRICTED = (
    "send_messages send_audios send_documents send_photos send_videos send_video_notes send_voice_notes send_polls "
    "send_other_messages add_web_page_previews react_to_messages edit_tag change_info invite_users pin_messages "
    "manage_topics"
)


class People:
    """Everybody who is not the bot."""

    def __init__(self, world: World) -> None:
        self.world = world

    def private(self, name: str) -> Chat:
        """Somebody's own chat with the bot."""
        number = self.world.user(name)["id"]
        return self.world.chat(number) or self.world.add_chat(number, PRIVATE, name, "never")

    def group(self, name: str, kind: str = GROUP) -> Chat:
        """A group with the bot in it."""
        known = [chat for chat in self.world.chats.values() if chat.name == name and chat.moved_to is None]
        number = -(len(self.world.chats) + 1000) - (1_000_000_000_000 if kind == SUPERGROUP else 0)
        return known[0] if known else self.world.add_chat(number, kind, name)

    def says(self, chat: Chat, name: str, text: str, **more: Any) -> Json:
        """Somebody writes."""
        if chat.type == PRIVATE:
            chat.bot = "open"
        words = {"text": text} if text else {}
        said = self.world.show(chat, {"from": self.world.user(name), **words, **more}, by_bot=False)
        self.world.happen("message", said)
        return said

    def edits(self, chat: Chat, message: Json, text: str) -> Json:
        """Somebody changes what they wrote."""
        changed = {**message, "text": text, "edit_date": int(self.world.clock())}
        chat.shown[message["message_id"]].message = changed
        self.world.happen("edited_message", changed)
        return changed

    def presses(self, chat: Chat, name: str, data: str, on: Shown | None = None) -> str:
        """Somebody presses a key; the number of the press."""
        under = on or next((one for one in reversed(list(chat.shown.values())) if one.by_bot), None)
        query = self.world.query()
        message = under.message if under else {"message_id": 1, "date": 0, "chat": chat.short}
        press = {"id": query, "from": self.world.user(name), "chat_instance": "1", "data": data, "message": message}
        self.world.happen("callback_query", press)
        return query

    def sends_photo(self, chat: Chat, name: str, content: bytes, **more: Any) -> Json:
        """A photo, perhaps with a ``caption`` or as part of an album (``media_group_id``)."""
        return self.says(chat, name, "", photo=self.world.photo(content), **more)

    def sends_document(self, chat: Chat, name: str, content: bytes, mime: str, **more: Any) -> Json:
        """A file."""
        file = self.world.keep(content)
        document = {"file_id": file, "file_unique_id": f"u{file}", "mime_type": mime, "file_size": len(content)}
        return self.says(chat, name, "", document=document, **more)

    def sends_voice(self, chat: Chat, name: str, content: bytes = b"OggS", size: int | None = None) -> Json:
        """A recorded message; ``size``: as large as it says it is."""
        file = self.world.keep(content, "voice/{}.oga")
        kept = {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(content) if size is None else size}
        voice = {**kept, "duration": 3, "mime_type": "audio/ogg"}
        return self.says(chat, name, "", voice=voice)

    def shares_number(self, chat: Chat, name: str, number: str) -> Json:
        """Their own number, by the key that asks for it."""
        contact = {"phone_number": number, "first_name": name, "user_id": self.world.user(name)["id"]}
        return self.says(chat, name, "", contact=contact)

    def shares_contact(self, chat: Chat, name: str, number: str, of: str, *, on_telegram: bool = True) -> Json:
        """Somebody else's number, out of the address book."""
        theirs = {"user_id": self.world.user(of)["id"]} if on_telegram else {}
        return self.says(chat, name, "", contact={"phone_number": number, "first_name": of, **theirs})

    def becomes(self, chat: Chat, name: str, status: str) -> None:
        """The bot's place in a chat changes: member, administrator, left, kicked."""
        before = IN_PRIVATE.get(chat.bot, chat.bot)
        chat.bot = {"kicked": "blocked", "member": "open"}[status] if chat.type == PRIVATE else status
        change = {
            "chat": chat.short,
            "from": self.world.user(name),
            "date": int(self.world.clock()),
            "old_chat_member": self.member(before, chat.still_may),
            "new_chat_member": self.member(status, chat.still_may),
        }
        self.world.happen("my_chat_member", change)

    def member(self, status: str, still_may: frozenset[str] = frozenset()) -> Json:
        """The bot as a member of that standing; restricted: what it may still do besides reading."""
        user = self.world.me
        if status == "restricted":
            may = {f"can_{one}": one in still_may for one in RESTRICTED.split()}
            return {"status": status, "user": user, "is_member": True, "until_date": 0, **may}
        if status == "kicked":
            return {"status": status, "user": user, "until_date": 0}
        if status == "administrator":
            can = ("manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members")
            more = ("change_info", "invite_users", "post_stories", "edit_stories", "delete_stories")
            rights = {f"can_{one}": True for one in (*can, *more, "send_welcome_messages")}
            return {"status": status, "user": user, "can_be_edited": False, "is_anonymous": False, **rights}
        return {"status": status, "user": user}

    def grows(self, chat: Chat, *, telling: bool = True, new_first: bool = False, joins_at: int = 2) -> Chat:
        """A group becomes a supergroup: another number, old messages stay behind.

        Two messages tell of it, and that the bot has come to the supergroup; never that it has left the group
        (telegram-bot-api issue 266). Nobody promises an order: ``joins_at`` is how many messages come before that.
        """
        new = self.world.add_chat(-1_000_000_000_000 + chat.id, SUPERGROUP, chat.name, chat.bot)
        chat.moved_to = new.id
        admin = {"from": self.world.user("An")}

        def away() -> None:
            self.world.happen("message", self.world.show(chat, admin | {"migrate_to_chat_id": new.id}, by_bot=False))

        def here() -> None:
            self.world.happen("message", self.world.show(new, admin | {"migrate_from_chat_id": chat.id}, by_bot=False))

        def joins() -> None:
            new.bot = "left"
            self.becomes(new, "An", chat.bot)

        tells = [here, away] if new_first else [away, here]
        tells.insert(joins_at, joins)
        for tell in tells if telling else []:
            tell()
        return new
