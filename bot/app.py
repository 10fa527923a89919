"""The one place where things are put together; no state lives in modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.announcing import Announcing
from bot.channels.channel import Channel
from bot.documenting import Documenting
from bot.economy import note_quotas
from bot.erasing import Erasing
from bot.inbox import Doors, Inbox, no_doors
from bot.outbox import Outbox, Work, inline
from bot.posting import Posting
from bot.rendering import Renderer
from bot.timetable import Timetable
from campaigns.campaign import Campaign
from campaigns.proposal import Offer
from campaigns.rehearsal import Rehearsal
from config.campaign_file import load_campaign
from config.holiday_file import national_holidays
from config.rehearsal_file import load_rehearsal
from config.texts import Texts
from dialogue.routes import Routes, joined
from handlers import (
    amending,
    announcement,
    announcement_names,
    announcement_status,
    approval,
    board,
    claim,
    confirming,
    consent,
    correction,
    documents,
    editions,
    extension,
    groups,
    hearing,
    helping,
    highlights,
    inviting,
    join,
    launch,
    nomination,
    on_behalf,
    open_codes,
    own_name,
    own_registrations,
    own_word,
    pairing,
    praising,
    quota,
    registration,
    reminding,
    report,
    requests,
    results,
    roll,
    staff,
    telling,
    withdrawing,
)
from storage.database import Database
from storage.store import Store

CONFIG = Path(__file__).parent.parent / "config"

STORIES = (
    join,
    report,
    telling,
    correction,
    on_behalf,
    hearing,
    board,
    approval,
    extension,
    reminding,
    requests,
    groups,
    announcement,
    announcement_status,
    announcement_names,
    nomination,
    highlights,
    consent,
    praising,
    claim,
    staff,
    launch,
    editions,
    registration,
    own_registrations,
    amending,
    withdrawing,
    own_name,
    own_word,
    open_codes,
    roll,
    confirming,
    inviting,
    results,
    documents,
    pairing,
    quota,
    helping,
)


def routes() -> Routes:
    """All routes of all stories."""
    return joined(story.routes for story in STORIES)


@dataclass(frozen=True)
class App:
    """A program over one database: what arrives, what is sent, what the clock does."""

    database: Database
    channels: Mapping[str, Channel]
    inbox: Inbox
    outbox: Outbox
    timetable: Timetable
    announcing: Announcing
    posting: Posting
    documenting: Documenting
    erasing: Erasing
    texts: Texts


def build(
    database: Database,
    channels: Mapping[str, Channel],
    chance: Random,
    *,
    holder: str = "one",
    work: Work = inline,
    photos: Path | None = None,
    doors: Doors = no_doors,
    address: str = "",
) -> App:
    """Put a program together over a database and the channels of its bots.

    ``photos`` is their folder, ``doors`` are the ways in, ``address`` is where the web chat is for people elsewhere.
    """
    abilities = {bot: channel.capabilities for bot, channel in channels.items()}
    note_quotas(database, abilities)
    texts = Texts(voice=_voice(database))
    return App(
        database=database,
        channels=channels,
        inbox=Inbox(database, routes(), abilities, chance, doors, address, Renderer(texts)),
        outbox=Outbox(database, channels, Renderer(texts), holder=holder, work=work),
        announcing=Announcing(database, abilities, chance),
        posting=Posting(database, texts, chance, photos),
        documenting=Documenting(database, texts, chance, photos, doors),
        erasing=Erasing(database, photos),
        timetable=Timetable(database, abilities, chance, national_holidays()),
        texts=texts,
    )


def _voice(database: Database) -> str | None:
    """What the program calls itself: the kind of the unit that all others are below, if there is one yet."""
    with database.transaction() as session:
        return Store.reading(session).people.kind_of_root()


def files_of(slug: str) -> tuple[Campaign, Rehearsal]:
    """A campaign and its rehearsal by name. Raises CampaignFileError, or FileNotFoundError for an unknown name."""
    campaign = load_campaign(CONFIG / "campaigns" / f"{slug}.yaml")
    return campaign, load_rehearsal(CONFIG / "rehearsal" / f"{slug}.yaml", campaign)


def offer_of(slug: str) -> Offer:
    """A campaign that can be launched, with the choices that are proposed for it. Raises CampaignFileError."""
    if slug in campaign_slugs():
        campaign, rehearsal = files_of(slug)
        return Offer(campaign, rehearsal.choices)
    return Offer(load_campaign(CONFIG / "campaigns" / f"{slug}.yaml"))


def offered_slugs() -> list[str]:
    """The campaigns that configuration has, rehearsed or not."""
    return sorted(path.stem for path in (CONFIG / "campaigns").glob("*.yaml"))


def campaign_slugs() -> list[str]:
    """The campaigns that can be rehearsed."""
    return sorted(path.stem for path in (CONFIG / "rehearsal").glob("*.yaml"))
