"""Settings, read once from the environment; every fault is named at once. No secret has a default."""

from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """The environment cannot be used: the message has a line for each setting that is wrong."""


def _origin(url: str) -> str:
    """The address people type, without a path; plain http only on this machine, for development."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "write it like https://survey.example.org"
        raise ValueError(message)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        message = "leave out what follows the host name"
        raise ValueError(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message = "use https: answers would travel unprotected"
        raise ValueError(message)
    return url.rstrip("/")


class Settings(BaseModel):
    """What the installation is told from outside. `config/example.env` has a line for each field."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    secret_key: Annotated[str, Field(min_length=32)]
    """Signs cookies. Changing it ends every visit that is under way."""

    code_pepper: Annotated[str, Field(min_length=32)]
    """Hashes access codes. It lives outside the database; changing it makes every code sheet useless."""

    database_url: str = "sqlite:///instance/perspective.sqlite3"
    """SQLite on a local disk, or PostgreSQL."""

    public_url: Annotated[str, AfterValidator(_origin)]
    """The address respondents use; decides secure cookies and which Host headers are answered."""

    behind_proxy: bool = False
    """True where one proxy of ours stands in front and passes the respondent's address on."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Self:
        """The settings that the environment gives.

        Raises:
            SettingsError: with every setting that is missing or wrong, and what to do.
        """
        given = {name: environment[name.upper()] for name in cls.model_fields if environment.get(name.upper())}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            lines = [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
            raise SettingsError("\n".join([*lines, "See config/example.env for what each one means."])) from None
