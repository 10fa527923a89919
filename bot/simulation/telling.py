"""A simulation's counts in sentences."""

from typing import Any

from config.texts import Texts


def as_text(result: dict[str, Any], texts: Texts) -> str:
    """The counts for people to read."""
    return texts.render("simulation.result", {"counts": result}).replace("<br>", "\n")
