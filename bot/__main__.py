"""The ``thidua`` command."""

import asyncio
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from random import SystemRandom
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from bot.app import campaign_slugs, files_of, offer_of, offered_slugs
from bot.channels.recorder.channel import Recorder
from bot.channels.web.site import BOT
from bot.checking import checked
from bot.clock import Clock
from bot.doctor import doctor
from bot.launch import Invitation, launch
from bot.lines import NotSafe, WrongSetting, lines
from bot.logs import keep_secrets
from bot.rehearsal import Rehearsed, start_again
from bot.serving import InUse, alone, serve
from bot.simulation import as_text, simulate
from campaigns.campaign import Campaign
from campaigns.invitation import shown_code
from campaigns.rehearsal import Rehearsal
from config.settings import Settings
from config.texts import Texts
from config.written import CampaignFileError
from dialogue.capabilities import PROFILES
from storage.database import Database
from storage.migrate import migrate
from storage.rehearsal import ahead
from storage.store import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="A chatbot for emulation campaigns.",
)
console = Console()

campaigns_app = typer.Typer(no_args_is_help=True, help="Campaign files.")
app.add_typer(campaigns_app, name="campaign")
app.add_typer(doctor, name="doctor")

Slug = Annotated[str, typer.Argument(help="The campaign, for example lo-ku-2022.")]


@app.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again: forget what earlier rehearsals kept.")] = False,
    speed: Annotated[float, typer.Option(help="How fast a week is played; 1 takes half a minute.", min=0.1)] = 1.0,
) -> None:
    """Rehearse the 2022 campaign of xã Lơ Ku in the browser: watch a week, be anybody, turn the clock forward."""
    settings = Settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url("demo"))
    campaign, rehearsal = files_of("lo-ku-2022")
    with _held(database, settings):
        if fresh and database.on_one_machine:  # whatever an earlier version left there
            file = Path(database.url.database or "")
            for path in file.parent.glob(f"{file.name}*"):
                path.unlink()
        migrate(database)
        with database.transaction() as session:
            launched = Store.reading(session).campaigns.by_slug(campaign.slug) is not None
        if fresh or not launched:
            start_again(database, campaign, rehearsal, BOT, SystemRandom())
    _put_on_offer(database)
    machine = datetime.now(UTC)
    with database.transaction() as session:
        clock = Clock(ahead(session, machine) or machine - machine)
    _serve(database, settings, clock, campaign.plan.issuer, Rehearsed(campaign, rehearsal, speed))


@app.command()
def run() -> None:
    """Run the program: the web chat for everybody who has an invitation."""
    settings = Settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url("thidua"))
    migrate(database)
    _put_on_offer(database)
    _offer_claim(database)
    _serve(database, settings, Clock(), Texts().render("command.title", {}))


def _put_on_offer(database: Database) -> None:
    """Officers launch from what configuration has at this start. A wrong file is told; what runs already goes on."""
    offers = []
    for slug in offered_slugs():
        try:
            offers.append(offer_of(slug))
        except CampaignFileError as error:
            print(_wrong(error), flush=True)
    with database.transaction() as session:
        Store(session, datetime.now(UTC), SystemRandom()).campaigns.offer(offers)


def _offer_claim(database: Database) -> None:
    """Where nobody is an officer yet, print the code by which the first one claims the program; to no log."""
    with database.transaction() as session:
        store = Store(session, datetime.now(UTC), SystemRandom())
        if store.offices.unclaimed():
            print(
                _plain(Texts().render("command.claim", {"code": shown_code(store.offices.offer_claim())})), flush=True
            )


def _serve(
    database: Database, settings: Settings, clock: Clock, title: str, rehearsed: Rehearsed | None = None
) -> None:
    try:
        with _held(database, settings):
            bots = [] if rehearsed else lines(settings)  # made up villages are nobody's to write to
            asyncio.run(serve(database, settings, clock, title, rehearsed=rehearsed, lines=bots))
    except NotSafe as why:
        _stop(str(why), {})
    except WrongSetting as wrong:
        _stop("wrong_setting", {"name": wrong.name, "found": "…"})
    except OSError as error:
        _stop("cannot_listen", {"port": settings.port, "why": os.strerror(error.errno or 0)})
    finally:
        database.close()


@contextmanager
def _held(database: Database, settings: Settings) -> Iterator[None]:
    """The data, for this process alone; where another has them, say so and stop."""
    try:
        with alone(database, settings.data):
            yield
    except InUse:
        _stop("in_use", {"data": str(settings.data)})


@app.command(name="launch")
def launch_campaign(slug: Slug) -> None:
    """Launch a campaign with the people of its rehearsal file, and print everybody's invitation, once."""
    settings = Settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url("thidua"))
    migrate(database)
    campaign, rehearsal = _files(slug)
    with database.transaction() as session:
        if Store.reading(session).campaigns.by_slug(campaign.slug):
            _stop("launched_already", {"slug": slug})
        invitations = launch(session, campaign, rehearsal, datetime.now(UTC), SystemRandom())
    console.print(_table(invitations))


def _table(invitations: list[Invitation]) -> Table:
    texts = Texts()
    table = Table(*(texts.render(f"command.{head}", {}) for head in ("who", "where", "as_what", "code")))
    for invitation in invitations:
        role = texts.render("command.role", {"role": invitation.role})
        table.add_row(invitation.name, invitation.unit, role, shown_code(invitation.code))
    return table


@app.command(name="simulate")
def simulate_campaign(
    slug: Slug,
    weeks: Annotated[int, typer.Option(help="How many weeks to play.", min=1)] = 5,
    to_end: Annotated[bool, typer.Option("--to-end", help="Play the whole campaign, however long it is.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 7,
    profile: Annotated[str, typer.Option(help="What the channel can do: full or bare (Zalo's limits).")] = "full",
    channel: Annotated[str, typer.Option(help="Render as this channel does and count its messages: zalo.")] = "",
    heads: Annotated[int | None, typer.Option(help="How many units take part, each with its head.", min=1)] = None,
    outage: Annotated[str, typer.Option(help="Let the program be gone for so long, for example 3d or 12h.")] = "",
    voices: Annotated[int, typer.Option(help="How many heads never type a figure, but speak.", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")] = False,
) -> None:
    """Play a campaign with a fixed cast in virtual time, and count what reached people."""
    _files(slug)
    if profile not in PROFILES:
        _stop("unknown_profile", {"profile": profile, "known": sorted(PROFILES)})
    if channel and channel not in RECORDED:
        _stop("unknown_profile", {"profile": channel, "known": sorted(RECORDED)})
    profile, recorder = RECORDED.get(channel, (profile, None))
    gone = _lasting(outage) if outage else None
    how_long = None if to_end else weeks
    result = simulate(
        slug, weeks=how_long, seed=seed, profile=profile, outage=gone, channel=recorder, heads=heads, voices=voices
    )
    print(json.dumps(result, sort_keys=True, ensure_ascii=False) if as_json else as_text(result, Texts()))


def _recorded_zalo() -> Recorder:
    from bot.channels.zalo.recorded import RecordedZalo
    from bot.channels.zalo.setup import abilities_of

    return RecordedZalo(abilities_of(Settings()))


# What a channel can do, and how it renders with a recorder instead of the send.
RECORDED: dict[str, tuple[str, Callable[[], Recorder] | None]] = {"zalo": ("bare", _recorded_zalo)}


def _lasting(words: str) -> timedelta:
    """How long "3d" or "12h" is."""
    found = re.fullmatch(r"(\d{1,2})([dh])", words)
    if found is None:
        _stop("no_such_time", {"said": words})
    number, of = found.groups()
    return timedelta(days=int(number)) if of == "d" else timedelta(hours=int(number))


@campaigns_app.command(name="check")
def check_campaign(file: Annotated[Path, typer.Argument(help="A campaign's or a rehearsal's YAML file.")]) -> None:
    """Say what is understood of a campaign's file, or what is wrong in it: file, line, field, example."""
    try:
        print(_plain(checked(file, Texts())))
    except CampaignFileError as error:
        raise SystemExit(_wrong(error)) from error


def _wrong(error: CampaignFileError) -> str:
    return _plain(Texts().render(f"campaign_file.{error.code}", error.values))


def _files(slug: str) -> tuple[Campaign, Rehearsal]:
    if slug not in campaign_slugs():
        _stop("unknown_campaign", {"slug": slug, "known": campaign_slugs()})
    try:
        return files_of(slug)
    except CampaignFileError as error:
        raise SystemExit(_wrong(error)) from error


def _stop(text: str, values: dict[str, object]) -> NoReturn:
    raise SystemExit(_plain(Texts().render(f"command.{text}", values)))


def _plain(html: str) -> str:
    return unescape(html.replace("<br>", "\n"))


def main() -> None:
    """Run the command line."""
    keep_secrets()
    try:
        app()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = f"THIDUA_{first['loc'][0]}".upper()
        found = "…" if name.endswith(("TOKEN", "SECRET")) else str(first["input"])[:60]
        _stop("wrong_setting", {"name": name, "found": found})
    except Exception:
        keep_secrets()  # typer has put its own hook in the place of ours, and that one prints all it is given
        raise


if __name__ == "__main__":
    main()
