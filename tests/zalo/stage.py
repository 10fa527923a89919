"""A stage on Zalo: everything that people say and hear goes over HTTP, to a strict Zalo and to our real webhook."""

import asyncio
from functools import partial
from hashlib import sha256
from random import Random
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.app import App, build
from bot.bell import Bell
from bot.channels.line import Receiver
from bot.channels.zalo.client import Client
from bot.channels.zalo.line import Setup, ZaloLine, path_of
from bot.channels.zalo.send import ZaloChannel
from bot.clock import Clock
from bot.inbox import Arrival
from bot.links import Links
from bot.outbox import inline
from config.settings import Settings
from config.texts import Texts
from dialogue.incoming import Kind
from handlers.join import NOTICE
from storage.database import Database
from storage.store import Store
from tests.stage import GROUP, Stage, opened
from tests.zalo.fake import PUBLIC, SECRET, TOKEN, FakeZalo, Shown

NAME = "Bot Thi đua xã"
WIRED = {Kind.TEXT: "text", Kind.PHOTO: "image", Kind.VOICE: "voice", Kind.OTHER: "sticker"}
ZALO = f"zalo-{TOKEN.partition(':')[0]}"
SECONDS = 5.0


def chat_of(name: str) -> str:
    """The id that Zalo has for somebody, or for a group: 80 bits as text."""
    return ("9" if name.startswith(GROUP) else "1") + sha256(name.encode()).hexdigest()[:19]


def zalo_line(
    zalo: FakeZalo, *, secret: str | None = SECRET, data: Any = None, seconds: float = SECONDS, address: str = PUBLIC
) -> ZaloLine:
    """A new line to the fake, as the settings would make it."""
    from bot.channels.zalo.setup import abilities_of

    client = Client(SecretStr(TOKEN), zalo.host, seconds)
    settings = Settings(zalo_messages=zalo.quota, zalo_users=zalo.users, zalo_groups=zalo.groups, public_url=PUBLIC)
    channel = ZaloChannel(client, Links(address, b"key"), Texts(), abilities_of(settings))
    return ZaloLine(Setup(ZALO, NAME, SecretStr(secret) if secret else None, PUBLIC, data), client, channel)


class Screens:
    """What people's Zalo shows, by the names of the play."""

    def __init__(self, zalo: FakeZalo) -> None:
        self._zalo = zalo
        self._names: dict[str, str] = {}

    def note(self, name: str) -> str:
        """The chat of somebody who is on the stage."""
        self._names[chat_of(name)] = name
        return chat_of(name)

    @property
    def delivered(self) -> list[Any]:
        """Everything on all screens."""
        return [SimpleNamespace(chat=self._names[one.chat], text=one.text, shown=one) for one in self._zalo.shown]

    def screen(self, name: str) -> list[Any]:
        """What one chat shows."""
        return [message for message in self.delivered if message.chat == name]


class ZaloStage(Stage):
    """The stage of all transcripts, on Zalo. ``on(zalo)`` makes the kind that plays on that one."""

    zalo: FakeZalo

    @classmethod
    def on(cls, zalo: FakeZalo) -> type["ZaloStage"]:
        """A kind of stage on one Zalo."""
        return type("OnZalo", (cls,), {"zalo": zalo})

    def _recorder(self) -> Any:
        self.zalo.shown.clear()
        self.zalo.chats.clear()
        self.zalo.in_groups.clear()
        self.zalo.webhook = (PUBLIC + path_of(ZALO), SECRET)
        self.screens = Screens(self.zalo)
        return self.screens

    def program(self) -> tuple[App, Database]:
        """A new program with a new line, as after a restart."""
        database = opened(self.url)
        self.line = zalo_line(self.zalo)
        seed = next(self.events)
        return build(database, {ZALO: self.line.channel}, Random(seed), holder=f"program-{seed}"), database

    async def _run(self, app: App) -> None:
        try:
            await super()._run(app)
        finally:
            await self.line._client.close()

    def _receive(self, app: App, arrival: Arrival) -> None:
        """Somebody writes in Zalo; Zalo calls our webhook, unless it was said in a group to somebody else."""
        chat = self.screens.note(arrival.chat)
        if arrival.addressed:
            assert asyncio.run(self._brought(app, chat, arrival)) == 200

    async def _brought(self, app: App, chat: str, arrival: Arrival) -> int:
        receiver = Receiver(app.inbox, Clock(machine=lambda: self.now), inline, Bell(), app.database)
        pages = web.Application()
        pages.add_routes(self.line.routes(receiver))
        runner = web.AppRunner(pages, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.zalo.port_of_ours = runner.addresses[0][1]
        text = f"@{NAME} {arrival.text}" if arrival.group else arrival.text
        lies = f"https://zalo.example/{arrival.event}"
        fields = {Kind.TEXT: {"text": text}, Kind.PHOTO: {"photo_url": lies}, Kind.VOICE: {"voice_url": lies}}
        at = int(arrival.said_at.timestamp() * 1000)
        try:
            more = fields.get(arrival.kind, {})
            says = partial(self.zalo.says, WIRED[arrival.kind], chat, at, group=arrival.group, **more)
            return await asyncio.get_running_loop().run_in_executor(None, says) or 0
        finally:
            await runner.cleanup()

    def joins(self, *everybody: str) -> None:
        """People have joined with their codes."""
        database = opened(self.url)
        with database.transaction() as session:
            store = Store(session, self.now, Random(next(self.events)), ZALO)
            for name in everybody:
                invitation = store.invitations.opened_by(self.codes[name])
                assert invitation, name
                chat = self.screens.note(name)
                self.zalo.chats.append(chat)
                store.invitations.join(store.people.account_in(ZALO, chat), invitation, NOTICE)
        database.close()

    def seen(self, name: str) -> list[Shown]:
        """One chat as Zalo has it."""
        return [message.shown for message in self.screens.screen(name)]
