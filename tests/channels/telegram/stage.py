"""The stage of stories on Telegram: what people do goes to the fake, comes by long polls, and is sent over HTTP."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from bot.app import App
from bot.bell import Bell
from bot.channels.channel import Button, Channel, Parcel
from bot.channels.line import Receiver
from bot.channels.recorder.channel import Delivered
from bot.channels.telegram.hints import Hints
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.receive import Me
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.session import bot_at
from bot.clock import Clock, Now
from bot.inbox import Arrival
from bot.outbox import inline
from campaigns.ids import Id
from dialogue.incoming import Kind
from dialogue.spans import Span
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.world import Chat, Shown
from tests.stage import BOT, GROUP, Stage

NOBODY = Id(UUID(int=0))
TRIES = 3
SOON = 120.0  # seconds that a stage waits for the pace


class Network:
    """A fake Telegram, one event loop and one connection, for all the programs of a module's stages."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake
        self.runner = asyncio.Runner()
        self.telegram = bot_at(fake.token, fake.url)

    def close(self) -> None:
        """Let go of the connection."""
        session = self.telegram.session._session  # type: ignore[attr-defined]
        if session:
            self.runner.run(session.close())
        self.runner.close()


@dataclass
class Screens:
    """What everybody's phone shows of the bot, as stages look at it."""

    fake: FakeTelegram

    @property
    def delivered(self) -> list[Delivered]:
        """Everything of the bot's, in the order in which it came."""
        return [_delivered(chat, shown) for chat, shown in self._shown()]

    def screen(self, chat: str) -> list[Delivered]:
        """What one chat shows, oldest first."""
        return [_delivered(one, shown) for one, shown in self._shown() if one.name == chat]

    def _shown(self) -> list[tuple[Chat, Shown]]:
        found = [(chat, shown) for chat in self.fake.world.chats.values() for shown in chat.shown.values()]
        return sorted((one for one in found if one[1].by_bot), key=lambda one: one[1].order)


def _delivered(chat: Chat, shown: Shown) -> Delivered:
    buttons = tuple(Button(key["text"], key.get("callback_data", "")) for key in shown.buttons)
    parcel = Parcel(0, NOBODY, chat.name, "", (Span(shown.text),), buttons, (), None, repeated=False)
    at = datetime.fromtimestamp(shown.at, UTC)
    return Delivered(str(shown.message["message_id"]), chat.name, at, parcel, shown.edited)


@dataclass
class TelegramStage(Stage):
    """A stage whose people use Telegram. Waiting for the pace moves the machine's time on."""

    network: ClassVar[Network]
    folder: ClassVar[Path] = Path("/nowhere")

    def __post_init__(self) -> None:
        self.fake = self.network.fake
        self.fake.forget()
        self.waited = timedelta()
        self.fake.clock = self._machine
        super().__post_init__()

    def _recorder(self) -> Any:
        return Screens(self.fake)

    def _channel(self) -> Channel:
        return TelegramChannel(self.network.telegram, self.folder)

    def address(self, chat: str) -> str:
        """Somebody's number; they have opened the chat."""
        found = self._chat(chat)
        found.bot = "open" if found.bot == "never" else found.bot
        return str(found.id)

    def _chat(self, chat: str) -> Chat:
        return self.fake.people.group(chat) if chat.startswith(GROUP) else self.fake.people.private(chat)

    def _play(self, app: App) -> None:
        self.network.runner.run(self._run(app))

    async def _sends(self, app: App) -> bool:
        """Send, or let machine time come to where something may go."""
        for _ in range(TRIES):
            if await app.outbox.send_next(self.clock):
                return True
            opens = await app.outbox.opens_in(BOT, self.clock())
            if opens is None or opens > SOON:
                return False
            self.waited += timedelta(seconds=opens + 0.001)
        return False

    def _machine(self) -> float:
        return self.clock().machine.timestamp()

    def clock(self) -> Now:
        """This moment; the machine's clock has gone on while the pace was waited for."""
        return Now(self.now, self.now + self.waited)

    def _receive(self, app: App, arrival: Arrival) -> None:
        """The person does it on Telegram; the program asks Telegram what happened."""
        self._acts(arrival)
        self.polls(app)

    def polls(self, app: App) -> None:
        """The program asks Telegram what happened, until nothing waits."""
        clock = Clock(self.now - self.clock().machine, lambda: self.clock().machine)
        receiver = Receiver(app.inbox, clock, inline, Bell(), app.database)
        me = Me(BOT, self.fake.world.me["id"], self.fake.username)
        self.network.runner.run(self._polls(Polling(self.network.telegram, me, receiver, self._hints(), hold=0)))

    def _hints(self) -> Hints:
        return Hints(self.network.telegram)

    async def _polls(self, polling: Polling) -> None:
        while await polling.step():
            pass
        await asyncio.gather(*polling._hints._under_way)

    def _acts(self, arrival: Arrival) -> None:
        chat, people = self._chat(arrival.chat), self.fake.people
        who = "Một người trong nhóm" if arrival.group else arrival.chat
        if arrival.kind is Kind.PRESS:
            people.presses(chat, who, arrival.press)
        elif arrival.kind is Kind.VOICE:
            people.sends_voice(chat, who)
        elif arrival.kind is Kind.PHOTO:
            people.sends_photo(chat, who, b"what a camera made")
        elif arrival.kind is Kind.OTHER:
            people.sends_document(chat, who, b"%PDF-1.7", "application/pdf")
        else:
            named = f"@{self.fake.username} " if arrival.group and arrival.addressed else ""
            people.says(chat, who, named + arrival.text)
