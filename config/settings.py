"""Settings from the environment, all of them beginning with THIDUA_."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may set. Everything has a default that works on one machine without any service.

    ``public_url`` is where the pages can be opened from outside. Without a ``zalo_secret`` a Zalo bot polls;
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

    def database_url(self, name: str) -> str:
        """The database that was set, otherwise an SQLite file of that name among the data."""
        return self.database or f"sqlite:///{self.data / name}.db"
