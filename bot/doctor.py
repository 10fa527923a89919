"""``thidua doctor``: looks at a bot the way its vendor sees it, and says what to do about what it finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import typer

from config.settings import Settings
from config.texts import Texts

doctor = typer.Typer(no_args_is_help=True, help="See whether a bot is well, and what to do where it is not.")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a text of doctor.j2, and whether all is well with it."""

    text: str
    fine: bool
    values: Mapping[str, Any] = field(default_factory=dict)


@doctor.command()
def zalo() -> None:
    """Look at the Zalo bot: its settings, its token, its webhook, its quota."""
    from bot.channels.zalo.doctor import settings_found

    tell(settings_found(Settings()))


def tell(findings: Iterable[Finding]) -> None:
    """Print what was found, line by line; ends the command with 1 where anything is not well."""
    texts, well = Texts(), True
    for finding in findings:
        well = well and finding.fine
        mark = texts.plain("doctor.fine" if finding.fine else "doctor.unwell", {})
        words = texts.plain(finding.text, finding.values).replace("\n", "\n  ")
        print(f"{mark} {words}", flush=True)
    if not well:
        raise typer.Exit(1)
