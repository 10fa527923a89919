"""Settings from the environment, all of them beginning with THIDUA_."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may set. Everything has a default that works on one machine without any service.

    ``public_url`` is where the pages can be opened from outside. Without a ``zalo_secret`` a Zalo bot polls.
    """

    model_config = SettingsConfigDict(env_prefix="THIDUA_")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    data: Path = Path("data")
    database: str | None = None
    public_url: str = ""
    zalo_token: SecretStr | None = None
    zalo_secret: SecretStr | None = None

    def database_url(self, name: str) -> str:
        """The database that was set, otherwise an SQLite file of that name among the data."""
        return self.database or f"sqlite:///{self.data / name}.db"
