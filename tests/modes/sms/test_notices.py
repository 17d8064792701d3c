"""Two people are told of a concern by mail within the minute, whatever happens to the sender, and of nothing else."""

import logging
import mailbox
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from fieldwork import concerns
from fieldwork.database import Database
from fieldwork.models.concerns import Notice
from modes.sms import notices
from modes.sms.notices import Folder, Server, mailer_for, tell
from tests.modes.sms.posting import NUMBER, Post, open_post

PEOPLE = ("one@example.org", "two@example.org")
SENDER = "perspective@example.org"
WORDS = "canary: he is outside"


class Drawer:
    """Takes mails, unless it is told not to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: set[str] = set()

    def send(self, mail: EmailMessage) -> None:
        if str(mail["To"]) in self.refuses:
            raise ConnectionRefusedError
        self.mails.append(mail)


@pytest.fixture
def post(database: Database) -> Post:
    return open_post(database)


def raise_one(post: Post) -> None:
    talk = post.conversation(f"{NUMBER[:-1]}{len(post.texts())}" if post.texts() else NUMBER)
    with post.database.transaction() as work:
        concerns.raise_concern(work, talk, "words", WORDS, "1", post.vault(work), post.clock())


def told(post: Post, drawer: Drawer) -> int:
    return tell(post.database, drawer, PEOPLE, SENDER, post.clock())


@pytest.mark.req("T3")
def test_both_people_are_told_once_and_nothing_of_what_was_written(post: Post) -> None:
    raise_one(post)
    drawer = Drawer()
    assert told(post, drawer) == 2
    assert sorted(str(mail["To"]) for mail in drawer.mails) == list(PEOPLE)
    for mail in drawer.mails:
        whole = mail.as_string()
        for canary in ("canary", "outside", NUMBER, NUMBER[-6:], "small", "leeds"):
            assert canary not in whole.casefold()
        assert "flask concerns list" in whole
    for _ in range(5):
        post.clock.on(minutes=1)
        assert told(post, drawer) == 0


@pytest.mark.req("T3")
def test_a_sender_that_dies_is_followed_by_one_that_tells_within_a_minute(post: Post) -> None:
    raise_one(post)
    began = post.clock()

    class Dead(Exception):
        pass

    class Dying(Drawer):
        def send(self, mail: EmailMessage) -> None:
            super().send(mail)
            raise Dead

    with pytest.raises(Dead):
        told(post, Dying())
    drawer = Drawer()
    while len(drawer.mails) < 2:
        post.clock.on(seconds=5)
        told(post, drawer)
    assert post.clock() - began <= timedelta(seconds=60)


@pytest.mark.req("T3")
def test_a_mail_that_cannot_be_sent_is_tried_until_it_goes_and_the_other_is_not_sent_twice(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    raise_one(post)
    drawer = Drawer()
    drawer.refuses.add(PEOPLE[0])
    with caplog.at_level(logging.CRITICAL):
        for _ in range(10):
            told(post, drawer)
            post.clock.on(seconds=31)
    assert [str(mail["To"]) for mail in drawer.mails] == [PEOPLE[1]]
    assert "could not be sent" in caplog.text
    assert "example.org" not in caplog.text
    drawer.refuses.clear()
    told(post, drawer)
    assert [str(mail["To"]) for mail in drawer.mails] == [PEOPLE[1], PEOPLE[0]]


def test_many_concerns_are_one_mail(post: Post) -> None:
    talk = post.conversation()
    with post.database.transaction() as work:
        for _ in range(7):
            concerns.raise_concern(work, talk, "words", WORDS, "1", post.vault(work), post.clock())
    drawer = Drawer()
    assert told(post, drawer) == 2
    assert all("7 concerns are waiting" in mail.get_content() for mail in drawer.mails)
    with post.database.reading() as work:
        assert all(notice.sent_minute for notice in work.query(Notice))


def test_a_folder_keeps_each_mail_in_a_file(tmp_path: Path, post: Post) -> None:
    raise_one(post)
    folder = mailer_for(f"file:{tmp_path}/deep/mail")
    assert isinstance(folder, Folder)
    assert tell(post.database, folder, PEOPLE, SENDER, post.clock()) == 2
    kept = list(mailbox.Maildir(tmp_path / "deep/mail", create=False))
    assert sorted(mail["To"] for mail in kept) == list(PEOPLE)


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


def test_a_server_on_this_machine_is_spoken_to(post: Post) -> None:
    raise_one(post)
    with mail_server() as (port, taken):
        assert tell(post.database, Server("127.0.0.1", port, None, None), PEOPLE, SENDER, post.clock()) == 2
    assert len(taken) == 2
    assert all("A concern is waiting" in mail for mail in taken)


def test_another_machine_is_told_nothing_unless_it_encrypts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "LOOPBACK", set[str]())
    mail = EmailMessage()
    mail["To"], mail["From"] = PEOPLE[0], SENDER
    with mail_server() as (port, taken), pytest.raises(OSError, match="SMTPNotSupportedError"):
        Server("127.0.0.1", port, None, None).send(mail)
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
