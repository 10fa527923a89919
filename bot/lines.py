"""The bots of an installation, by its settings. A vendor's folder is imported only where its bot is set up."""

from bot.channels.line import Line
from config.settings import Settings


def lines(settings: Settings) -> list[Line]:  # noqa: ARG001  # each bot brings its own
    """One line for every bot that is set up; none where the web chat is all there is."""
    found: list[Line] = []
    return found
