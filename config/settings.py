"""Settings, read once from the environment; every fault is named at once. No secret has a default."""

import base64
from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
KEY_BYTES = 32
TWILIO = "https://api.twilio.com"
FOR_TEXTS = ("contact_key", "suppression_key", "twilio_account_sid", "twilio_auth_token", "twilio_messaging_service")


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


def _key(written: str) -> str:
    """A key of 256 bits, as base64."""
    try:
        size = len(base64.b64decode(written, validate=True))
    except ValueError:
        size = 0
    if size != KEY_BYTES:
        message = "is not 32 random bytes in base64; make one as config/example.env says"
        raise ValueError(message)
    return written


Key = Annotated[str, AfterValidator(_key)]


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

    contact_key: Key | None = None
    """Wraps the key of each inspection's contacts and texts. It lives outside the database; without it all is lost."""

    contact_key_before: Key | None = None
    """The one before, while `flask contacts rotate-key` has not run to its end."""

    suppression_key: Key | None = None
    """Marks numbers that asked not to be texted. Changing it forgets them: never do."""

    twilio_account_sid: Annotated[str, Field(pattern="^AC[0-9a-f]{32}$")] | None = None
    """The account at Twilio. Without it no texts are sent or taken."""

    twilio_auth_token: Annotated[str, Field(min_length=32)] | None = None
    """Signs what Twilio sends us, and opens its API to us."""

    twilio_auth_token_before: Annotated[str, Field(min_length=32)] | None = None
    """The one before, while Twilio still signs with it."""

    twilio_messaging_service: Annotated[str, Field(pattern="^MG[0-9a-f]{32}$")] | None = None
    """The messaging service whose one long number we text from."""

    twilio_api_url: Annotated[str, AfterValidator(_origin)] = TWILIO
    """Where the API is: Twilio, or the practice telephone on this machine."""

    queue_url: str = "sqlite:///instance/queue.sqlite3"
    """Where workers find what to do: SQLite, redis:// or postgresql://. The database is the truth; this hurries it."""

    pence_per_part: Annotated[float, Field(gt=0)] = 4.0
    """What one part of a text costs, for previews and budgets."""

    mail_url: str = "file:instance/mail"
    """Where notices of concerns go: smtp://user:password@host:587, or file:FOLDER for a mailbox of files."""

    mail_from: str = "perspective@localhost"
    """Who those notices are from."""

    concern_people: Annotated[str, Field(pattern=r"^[^,\s]+@[^,\s]+, ?[^,\s]+@[^,\s]+$")] | None = None
    """The two people told of a concern, by e-mail address, with a comma between."""

    @property
    def texts(self) -> bool:
        """True where texts can be sent and taken."""
        return self.twilio_account_sid is not None

    @property
    def practice_telephone(self) -> bool:
        """True where texts go to the telephone on the screen and to nobody else."""
        return urlsplit(self.twilio_api_url).hostname in LOOPBACK

    @model_validator(mode="after")
    def _all_or_none_for_texts(self) -> Self:
        missing = [name.upper() for name in FOR_TEXTS if getattr(self, name) is None]
        if self.texts and missing:
            message = f"with TWILIO_ACCOUNT_SID, these are needed too: {', '.join(missing)}"
            raise ValueError(message)
        if self.texts and self.concern_people is None:
            message = "CONCERN_PEOPLE: nobody may be texted before two people are named who are told of a concern"
            raise ValueError(message)
        if self.practice_telephone and urlsplit(self.public_url).hostname not in LOOPBACK:
            message = "TWILIO_API_URL: the practice telephone is for this machine alone; leave it out"
            raise ValueError(message)
        return self

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
            lines = [_told(fault["loc"], fault["msg"]) for fault in error.errors()]
            raise SettingsError("\n".join([*lines, "See config/example.env for what each one means."])) from None


def _told(place: tuple[int | str, ...], fault: str) -> str:
    return ": ".join([*(str(each).upper() for each in place[:1]), fault])
