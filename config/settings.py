"""Settings from the environment, all of them beginning with THIDUA_."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _shaped(pattern: str) -> Callable[[SecretStr | None], SecretStr | None]:
    """Refuses a secret of another shape, without saying it."""

    def checked(secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
            raise ValueError
        return secret or None

    return checked


class Settings(BaseSettings):
    """What an installation may set. Everything has a default that works on one machine without any service.

    ``public_url`` is where the pages can be opened from outside. Without a ``zalo_secret`` a Zalo bot polls; a Telegram
    bot polls unless there is a ``public_url``, and then it needs a ``telegram_secret``.

    ``zalo_messages``, ``zalo_users`` and ``zalo_groups`` are what its plan allows, in a month, with it, and around it.
    """

    model_config = SettingsConfigDict(env_prefix="THIDUA_")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    data: Path = Path("data")
    database: str | None = None
    public_url: str = ""
    zalo_token: SecretStr | None = None
    zalo_secret: SecretStr | None = None
    zalo_name: str = ""
    zalo_host: str = "https://bot-api.zaloplatforms.com"
    zalo_messages: Annotated[int, Field(ge=1)] = 3_000
    zalo_users: Annotated[int, Field(ge=1)] = 50
    zalo_groups: Annotated[int, Field(ge=0)] = 3
    telegram_token: Annotated[SecretStr | None, AfterValidator(_shaped(r"\d{4,}:[\w-]{20,}"))] = None
    telegram_secret: Annotated[SecretStr | None, AfterValidator(_shaped(r"[\w-]{16,256}"))] = None
    telegram_api: str = "https://api.telegram.org"

    def database_url(self, name: str) -> str:
        """The database that was set, otherwise an SQLite file of that name among the data."""
        return self.database or f"sqlite:///{self.data / name}.db"
