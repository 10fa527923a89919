"""The bots of an installation, by its settings. A vendor's folder is imported only where its bot is set up."""

from bot.channels.line import Line
from config.settings import Settings


class NotSafe(Exception):
    """A bot's settings would let anybody speak in its vendor's name; the name of the text that says so."""


class WrongSetting(Exception):
    """A setting that cannot be used; it carries the name alone, as the value may be a secret."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def lines(settings: Settings) -> list[Line]:
    """One line for every bot that is set up; none where the web chat is all there is. Raises NotSafe, WrongSetting."""
    found: list[Line] = []
    if settings.zalo_token:
        from bot.channels.zalo.setup import line_of

        found.append(line_of(settings))
    if settings.telegram_token:
        found.append(_telegram(settings, settings.telegram_token.get_secret_value()))
    return found


def _telegram(settings: Settings, token: str) -> Line:
    from bot.channels.telegram.line import TelegramLine, Webhook

    webhook = None
    if settings.public_url:
        if settings.telegram_secret is None:
            raise NotSafe("telegram_no_secret")
        webhook = Webhook(settings.public_url.rstrip("/"), settings.telegram_secret.get_secret_value())
    return TelegramLine(token, settings.telegram_api, settings.data / "photos", webhook)
