"""``thidua doctor``: looks at a bot the way its vendor sees it, and says what to do about what it finds."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from sqlalchemy.exc import DatabaseError

from bot.clock import Clock
from config.settings import Settings
from config.texts import Texts
from storage.database import Database
from storage.store import Store

doctor = typer.Typer(no_args_is_help=True, help="See whether a bot is well, and what to do where it is not.")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a text of doctor.j2, and whether all is well with it."""

    text: str
    fine: bool
    values: Mapping[str, Any] = field(default_factory=dict)


@doctor.command()
def zalo(
    to: Annotated[str, typer.Option(help="Send a test message to this chat; whoever wrote to the bot has one.")] = "",
) -> None:
    """Look at the Zalo bot: its settings, its token, its webhook, its month, a test message."""
    from bot.channels.zalo.doctor import looked, month_found

    settings = Settings()
    asyncio.run(tell(looked(settings, to or None), month_found(settings)))


@doctor.command()
def telegram() -> None:
    """Look at the Telegram bot: its token, our clock, how messages come in, and each linked group."""
    from bot.channels.telegram.doctor import looked

    settings = Settings()
    token = settings.telegram_token
    groups = _linked(settings, f"telegram-{token.get_secret_value().split(':')[0]}") if token else []
    asyncio.run(tell(looked(settings, groups, Clock().now().machine)))


def _linked(settings: Settings, bot: str) -> list[tuple[str, str]]:
    """The groups that are linked with a bot, by name and chat; none where there is no database yet."""
    database = Database(settings.database_url("thidua"))
    try:
        with database.transaction() as session:
            return Store.reading(session).groups.of_bot(bot)
    except DatabaseError:
        return []
    finally:
        database.close()


async def tell(looked: AsyncIterator[Finding], besides: Iterable[Finding] = ()) -> None:
    """Print what is found, line by line as it is; ends the command with 1 where anything is not well."""
    well = True
    async for finding in looked:
        well = _told(finding) and well
    for finding in besides:
        well = _told(finding) and well
    if not well:
        raise typer.Exit(1)


def _told(finding: Finding) -> bool:
    texts = Texts()
    mark = texts.plain("doctor.fine" if finding.fine else "doctor.unwell", {})
    words = texts.plain(finding.text, finding.values).replace("\n", "\n  ")
    print(f"{mark} {words}", flush=True)
    return finding.fine
