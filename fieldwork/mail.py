"""Handing mails over: to a mail server, encrypted, or into a folder on a machine that sends none."""

import mailbox
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 15  # seconds; a lease lasts longer
SUBMISSION, OVER_TLS = 587, 465
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Mailer(Protocol):
    """Whatever takes a mail."""

    def send(self, mail: EmailMessage) -> None:
        """Take the mail.

        Raises:
            OSError: it could not; the mail is not lost, and is tried again.
        """

    def try_out(self) -> None:
        """Do all that sending a mail takes, and send none.

        Raises:
            OSError: a mail could not be sent now.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A mailbox of files (Maildir), for a machine that sends no mail."""

    path: Path

    def send(self, mail: EmailMessage) -> None:
        """Put the mail into the folder."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self.path).add(mail)

    def try_out(self) -> None:
        """Look whether the folder takes files."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self.path)
        if not os.access(self.path / "new", os.W_OK):
            raise PermissionError


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. What goes to another machine goes encrypted, or not at all."""

    host: str
    port: int
    user: str | None
    password: str | None

    def send(self, mail: EmailMessage) -> None:
        """Hand the mail over."""
        with self._let_in() as server:
            server.send_message(mail)

    def try_out(self) -> None:
        """Sign in at the server, and leave again."""
        with self._let_in() as server:
            server.noop()

    @contextmanager
    def _let_in(self) -> Iterator[smtplib.SMTP]:
        try:
            with self._connection() as server:
                if self.user and self.password:
                    server.login(self.user, self.password)
                yield server
        except smtplib.SMTPException as fault:
            raise OSError(type(fault).__name__) from None  # its words may hold an address

    def _connection(self) -> smtplib.SMTP:
        if self.port == OVER_TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if self.host not in LOOPBACK:
            try:
                server.starttls(context=ssl.create_default_context())
            except (OSError, smtplib.SMTPException):
                server.close()
                raise
        return server


def mailer_for(url: str) -> Mailer:
    """What takes the mails: `smtp://user:password@host:587`, with port 465 encrypted from the start, or `file:FOLDER`.

    Raises:
        ValueError: the address is neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return Folder(Path(parts.path))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        port = parts.port or (OVER_TLS if parts.scheme == "smtps" else SUBMISSION)
        return Server(parts.hostname, port, _plain(parts.username), _plain(parts.password))
    raise ValueError("MAIL_URL: write it like smtp://user:password@host:587, or file:FOLDER")


def _plain(written: str | None) -> str | None:
    return unquote(written) if written else None
