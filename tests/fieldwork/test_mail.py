"""Mails: handed to a server, encrypted unless it is this machine, or put into a folder."""

import mailbox
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from fieldwork import mail
from fieldwork.mail import Folder, Server, mailer_for


def a_mail(to: str = "one@example.org") -> EmailMessage:
    made = EmailMessage()
    made["To"], made["From"], made["Subject"] = to, "perspective@example.org", "A concern is waiting"
    made.set_content("Look.")
    return made


def test_a_folder_keeps_each_mail_in_a_file(tmp_path: Path) -> None:
    folder = mailer_for(f"file:{tmp_path}/deep/mail")
    assert isinstance(folder, Folder)
    for to in ("one@example.org", "two@example.org"):
        folder.send(a_mail(to))
    kept = list(mailbox.Maildir(tmp_path / "deep/mail", create=False))
    assert sorted(each["To"] for each in kept) == ["one@example.org", "two@example.org"]


@pytest.mark.req("T17")
def test_a_folder_that_takes_no_files_is_noticed_without_a_mail(tmp_path: Path) -> None:
    Folder(tmp_path / "mail").try_out()
    assert len(mailbox.Maildir(tmp_path / "mail", create=False)) == 0
    (tmp_path / "letter").write_text("A file in the place of a folder.", encoding="utf-8")
    with pytest.raises(OSError, match="letter"):
        Folder(tmp_path / "letter/mail").try_out()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://u%40x:p%2Fw@mail.example.org:2525", Server("mail.example.org", 2525, "u@x", "p/w")),
        ("smtp://mail.example.org", Server("mail.example.org", 587, None, None)),
        ("smtps://u:p@mail.example.org", Server("mail.example.org", 465, "u", "p")),
    ],
)
def test_an_address_says_where_mails_go(url: str, server: Server) -> None:
    assert mailer_for(url) == server


@pytest.mark.parametrize("url", ["", "mail.example.org", "file:", "http://mail.example.org", "smtp://"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        mailer_for(url)


def test_a_server_on_this_machine_is_spoken_to() -> None:
    with mail_server() as (port, taken):
        Server("127.0.0.1", port, None, None).send(a_mail())
    assert len(taken) == 1
    assert "A concern is waiting" in taken[0]


@pytest.mark.req("T17")
def test_a_server_is_tried_out_without_a_mail() -> None:
    with mail_server() as (port, taken):
        Server("127.0.0.1", port, None, None).try_out()
    assert taken == []
    with pytest.raises(ConnectionRefusedError):
        Server("127.0.0.1", port, None, None).try_out()


def test_another_machine_is_told_nothing_unless_it_encrypts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", set[str]())
    with mail_server() as (port, taken), pytest.raises(OSError, match="SMTPNotSupportedError"):
        Server("127.0.0.1", port, None, None).send(a_mail())
    assert taken == []


@contextmanager
def mail_server() -> Iterator[tuple[int, list[str]]]:
    """A mail server without encryption: its port, and what it has taken."""
    taken: list[str] = []

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                match line[:4].upper():
                    case b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        taken.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                    case b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                self.wfile.write(b"250 ok\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1]), taken
        server.shutdown()
