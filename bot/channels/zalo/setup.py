"""A Zalo line from an installation's settings."""

import re
from dataclasses import replace

from pydantic import SecretStr

from bot.channels.zalo.client import Client
from bot.channels.zalo.line import Setup, ZaloLine
from bot.channels.zalo.send import ZaloChannel
from bot.lines import WrongSetting
from bot.links import links_of
from config.settings import Settings
from config.texts import Texts
from dialogue.capabilities import BARE, Capabilities

_TOKEN = re.compile(r"(\d+):\S+")
SECRET = range(8, 257)  # how long Zalo wants a webhook's secret


def bot_of(token: SecretStr) -> str | None:
    """The key of the bot of a token, for example "zalo-4711"; none where it is no token."""
    shaped = _TOKEN.fullmatch(token.get_secret_value())
    return f"zalo-{shaped.group(1)}" if shaped else None


def secret_fits(secret: SecretStr) -> bool:
    """Whether Zalo takes a webhook's secret of that length."""
    return len(secret.get_secret_value()) in SECRET


def abilities_of(settings: Settings) -> Capabilities:
    """What a bot of Zalo's can do within the plan that it has there."""
    return replace(
        BARE,
        monthly_quota=settings.zalo_messages,
        users=settings.zalo_users,
        groups=settings.zalo_groups,
        plays=bool(settings.public_url),
    )


def line_of(settings: Settings) -> ZaloLine:
    """The line that the settings describe. Raises WrongSetting."""
    assert settings.zalo_token is not None
    bot, secret = bot_of(settings.zalo_token), settings.zalo_secret
    if bot is None:
        raise WrongSetting("THIDUA_ZALO_TOKEN")
    if secret and not secret_fits(secret):
        raise WrongSetting("THIDUA_ZALO_SECRET")
    if secret and not settings.public_url.startswith("https://"):
        raise WrongSetting("THIDUA_PUBLIC_URL")
    client = Client(settings.zalo_token, settings.zalo_host)
    links = links_of(settings.data, settings.public_url)
    channel = ZaloChannel(client, links, Texts(), abilities_of(settings))
    return ZaloLine(Setup(bot, settings.zalo_name, secret, links.address, settings.data), client, channel)
