"""What is understood of a campaign's file, and what an officer still has to say; for who writes such files."""

from pathlib import Path
from typing import Any

from bot.app import CONFIG
from campaigns.campaign import CadenceKind, Campaign
from campaigns.month import When
from campaigns.rehearsal import Rehearsal
from campaigns.sums import Mismatch, allocations_that_do_not_add_up, parts_that_do_not_add_up
from config.campaign_file import load_campaign
from config.rehearsal_file import load_rehearsal
from config.texts import Texts
from config.written import CampaignFileError, read


def checked(file: Path, texts: Texts) -> str:
    """A page about a campaign's or a rehearsal's file. Raises CampaignFileError for the first thing that is wrong.

    A rehearsal is read together with the campaign that it names, from beside the program's own.
    """
    data = read(file).data
    if not isinstance(data, dict) or "choices" not in data:
        return _about_campaign(load_campaign(file), texts)
    campaign = load_campaign(CONFIG / "campaigns" / f"{data.get('campaign')}.yaml")
    return _about_rehearsal(load_rehearsal(file, campaign), campaign, texts)


def _about_campaign(campaign: Campaign, texts: Texts) -> str:
    targets = campaign.targets
    values: dict[str, Any] = {
        "plan": campaign.plan,
        "start": _written(campaign.start),
        "end": _written(campaign.end),
        "targets": len(targets),
        "signed": sum(target.comparator_stated for target in targets),
        "waves": [wave.name for wave in campaign.waves],
        "deadlines": [(deadline.last, deadline.what) for deadline in campaign.deadlines],
        "lines": [(str(line.cadence), line.who, line.to) for line in campaign.report_lines],
        "entries": [(str(rule.kind), rule.who, rule.at_least, rule.at_most) for rule in campaign.entry_rules],
        "awards": [award.form for award in campaign.awards if award.form],
        "open": [str(open_) for open_ in campaign.to_confirm],
        "doubts": _doubts(parts_that_do_not_add_up(campaign)),
    }
    return texts.render("check.campaign", values)


def _written(when: When | None) -> str:
    """As people write it: 25/04/2022, 08/2021."""
    return "/".join(reversed(str(when).split("-"))) if when else ""


def _about_rehearsal(rehearsal: Rehearsal, campaign: Campaign, texts: Texts) -> str:
    choices = rehearsal.choices
    values: dict[str, Any] = {
        "title": campaign.plan.title,
        "start": choices.start,
        "end": choices.end,
        "units": [f"{unit.kind} {unit.name}" for unit in rehearsal.units],
        "cadences": [str(cadence.kind) for cadence in choices.cadences if cadence.kind is not CadenceKind.ONGOING],
        "doubts": _doubts(allocations_that_do_not_add_up(campaign, rehearsal.units)),
    }
    return texts.render("check.rehearsal", values)


def _doubts(mismatches: tuple[Mismatch, ...]) -> list[dict[str, Any]]:
    return [
        {"name": one.target.name, "stated": one.stated, "summed": one.summed, "measure": one.target.measure or ""}
        for one in mismatches
    ]


__all__ = ["CampaignFileError", "checked"]
