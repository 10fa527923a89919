"""The bots of an installation, by its settings. A vendor's folder is imported only where its bot is set up."""

from bot.channels.line import Line
from config.settings import Settings


class WrongSetting(Exception):
    """A setting that cannot be used; it carries the name alone, as the value may be a secret."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def lines(settings: Settings) -> list[Line]:
    """One line for every bot that is set up; none where the web chat is all there is. Raises WrongSetting."""
    found: list[Line] = []
    if settings.zalo_token:
        from bot.channels.zalo.setup import line_of

        found.append(line_of(settings))
    return found
