"""Serving the web chat until told to stop."""

import asyncio
import fcntl
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from secrets import token_urlsafe

from aiohttp import web

from bot.app import App, build
from bot.bell import Bell
from bot.channels.line import Line, Receiver
from bot.channels.web.channel import WebChannel
from bot.channels.web.issuing import Issuer
from bot.channels.web.server import application
from bot.channels.web.site import BOT, Site
from bot.clock import Clock
from bot.fetching import Fetching
from bot.inbox import Doors
from bot.jobs import PhotoCheck
from bot.links import links_of
from bot.rehearsal import Rehearsed, Rehearsing
from bot.rendering import Renderer
from bot.running import Loops, worker
from config.settings import Settings
from config.texts import Texts
from dialogue.doors import Door
from storage.database import Database
from storage.sessions import signing_key
from storage.store import Store

THREADS_ON_POSTGRESQL = 4


class InUse(Exception):
    """Another process runs on the same SQLite file."""


@contextmanager
def alone(database: Database, data: Path) -> Iterator[None]:
    """Hold an SQLite file for this process alone. Raises InUse where another has it; PostgreSQL may be shared."""
    if not database.on_one_machine:
        yield
        return
    with (data / "running.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise InUse from held
        yield


async def serve(
    database: Database,
    settings: Settings,
    clock: Clock,
    title: str,
    *,
    rehearsed: Rehearsed | None = None,
    lines: Sequence[Line] = (),
) -> None:
    """Serve the web chat and every line until SIGTERM or SIGINT; what is under way is finished."""
    work = worker(1 if database.on_one_machine else THREADS_ON_POSTGRESQL)
    arrived, shown = Bell(), Bell()
    chance = SystemRandom()
    channel = WebChannel(database, shown, work)
    photos = settings.data / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    holder = f"{os.uname().nodename}-{os.getpid()}"
    channels = {BOT: channel} | {line.bot: line.channel for line in lines}
    doors, address = _doors(settings, lines, Texts()), settings.public_url
    app = build(database, channels, chance, holder=holder, work=work, photos=photos, doors=doors, address=address)
    rehearsing = Rehearsing(app, clock, work, BOT, shown, rehearsed) if rehearsed else None
    site = Site(
        database=database,
        inbox=app.inbox,
        renderer=Renderer(app.texts),
        texts=app.texts,
        clock=clock,
        work=work,
        arrived=arrived,
        shown=shown,
        photos=photos,
        links=links_of(settings.data, settings.public_url),
        title=title,
        issuer=Issuer(signing_key(database, token_urlsafe(32))),
        rehearsing=rehearsing,
    )
    with database.transaction() as session:
        Store(session, clock.now().campaign, chance).bots.serve(tuple(channels))
    app.outbox.recover(clock.now(), starting=database.on_one_machine)
    fetching = Fetching(database, app.inbox, {line.bot: line for line in lines}, photos, work)
    loops = Loops(app, PhotoCheck(database, app.inbox, photos), fetching, clock, work, arrived)
    await _until_stopped(site, loops, settings, app, lines)


def _doors(settings: Settings, lines: Sequence[Line], texts: Texts) -> Doors:
    """The ways in that can be reached from elsewhere, as far as their names are known yet."""
    page = settings.public_url.rstrip("/")
    pages = (Door(texts.render("command.web_page", {}), page),) if page else ()
    return lambda: pages + tuple(door for line in lines if (door := line.door))


async def _until_stopped(site: Site, loops: Loops, settings: Settings, app: App, lines: Sequence[Line]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    receiver = Receiver(app.inbox, site.clock, site.work, site.arrived, site.database)
    pages = application(site)
    for line in lines:
        pages.add_routes(line.routes(receiver))
    runner = web.AppRunner(pages, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        print(app.texts.render("command.serving", {"host": settings.host, "port": settings.port}), flush=True)
        if site.rehearsing:
            print(app.texts.render("command.rehearsing", {}), flush=True)
        async with AsyncExitStack() as going:  # left in the other order: what is on its way is sent before lines close
            for line in lines:
                await going.enter_async_context(line.listening(receiver))
            await going.enter_async_context(loops.going())
            await stop.wait()
            if site.rehearsing:
                await site.rehearsing.show.stops()
    finally:
        await runner.cleanup()
