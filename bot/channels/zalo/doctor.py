"""Looking at a Zalo bot the way Zalo sees it."""

import re

from bot.doctor import Finding
from config.settings import Settings

_TOKEN = re.compile(r"(\d+):\S+")


def settings_found(settings: Settings) -> list[Finding]:
    """What the settings say about the bot, without asking anybody."""
    if settings.zalo_token is None:
        return [Finding("doctor.zalo_no_token", fine=False)]
    shaped = _TOKEN.fullmatch(settings.zalo_token.get_secret_value())
    if shaped is None:
        return [Finding("doctor.zalo_token_shape", fine=False)]
    return [Finding("doctor.zalo_token", fine=True, values={"digits": shaped.group(1)})]
