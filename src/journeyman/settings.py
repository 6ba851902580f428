"""One set of settings: environment variables, then ``journeyman.toml``, then these defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from journeyman.errors import Invalid, Unavailable

FILE = "journeyman.toml"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What can be set. Every name is an environment variable with the prefix ``JOURNEYMAN_``.

    Attributes:
        home: The data directory: the store, the log and ``journeyman.toml`` lie there.
        database_url: Where the record is kept; empty means one SQLite file in ``home``.
        host: Address that the web page binds to; anything but loopback is refused.
        port: Port of the web page; 0 takes any free one.
        open_browser: Whether ``journeyman`` opens the page by itself.
        placement_questions: The most questions that placement asks.
        minutes: Minutes a day that the plan is sized to, until another number is chosen.
        curriculum: Further folders in the bank's format, besides the built-in one.
        data_archives: Folders with archives of data sets that are here already; they are looked at
            before the network.
        sandbox_idle_seconds: After how long an idle grading process gives its memory back.
    """

    model_config = SettingsConfigDict(
        env_prefix="JOURNEYMAN_", env_ignore_empty=True, extra="forbid"
    )

    home: Path = Field(default_factory=lambda: user_data_path("journeyman", appauthor=False))
    database_url: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8765
    open_browser: bool = True
    placement_questions: Annotated[int, Field(ge=1, le=100)] = 25
    minutes: Annotated[int, Field(ge=5, le=600)] = 45
    curriculum: Annotated[tuple[Path, ...], NoDecode] = ()
    data_archives: Annotated[tuple[Path, ...], NoDecode] = ()
    sandbox_idle_seconds: Annotated[float, Field(gt=0)] = 600.0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the file in the data directory."""
        del dotenv_settings, file_secret_settings
        named = {**env_settings(), **init_settings()}.get("home")
        home = Path(named) if named else user_data_path("journeyman", appauthor=False)
        file = TomlConfigSettingsSource(settings_cls, home.expanduser() / FILE)
        if "home" in file():
            message = "home cannot be set in a file that lies in it; use JOURNEYMAN_HOME"
            raise ValueError(message)
        return init_settings, env_settings, file

    @field_validator("curriculum", "data_archives", mode="before")
    @classmethod
    def _paths(cls, value: object) -> object:
        """From the environment, folders stand as in PATH."""
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @field_validator("curriculum")
    @classmethod
    def _folders(cls, folders: tuple[Path, ...]) -> tuple[Path, ...]:
        for folder in folders:
            if not folder.is_dir():
                message = f"there is no folder {folder}"
                raise ValueError(message)
        return folders

    @field_validator("host")
    @classmethod
    def _loopback(cls, host: str) -> str:
        if host not in LOOPBACK:
            message = "Journeyman serves one person on this machine: 127.0.0.1, localhost or ::1"
            raise ValueError(message)
        return host

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.home.expanduser() / 'journeyman.db'}"


def load(**given: object) -> Settings:
    """Read the settings.

    Raises:
        Invalid: naming the setting that is wrong and where it may come from.
        Unavailable: if the data directory may not be read.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise Invalid(
            f"The setting {name!r} is not usable ({first['msg'].removeprefix('Value error, ')}); "
            f"look at JOURNEYMAN_{name.upper()} and at {FILE} in the data directory."
        ) from error
    except PermissionError as error:
        raise Unavailable(
            f"{error.filename} cannot be read: give yourself access to the data directory, or name "
            "another one in JOURNEYMAN_HOME."
        ) from error
    except ValueError as error:  # the TOML itself
        raise Invalid(f"{FILE} in the data directory is not usable: {error}.") from error
