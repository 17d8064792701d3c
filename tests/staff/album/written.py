"""What people wrote, and what the office did about it: comments, themes, names, quotations, concerns."""

from datetime import timedelta
from uuid import UUID

from fieldwork.database import Session
from fieldwork.numbers import contacts
from fieldwork.reading import comments, name_list, redactions, themes
from fieldwork.reading.comments import Opened
from fieldwork.reading.redactions import Jigsaw
from fieldwork.safeguarding import concern_steps, concerns
from fieldwork.sealing import Vault
from surveys.redaction.listed import ListedName
from tests.fieldwork.texted import drama, people, read
from tests.staff.album.inspection import GOING_HOME, KIND, NAMING, RUDE, TEXTED, tell
from tests.staff.album.world import World

NO_JIGSAW = Jigsaw(worker_would_know=False, matches_example=False, names_an_event=False)
THEMES = ("Being listened to", "Places and times", "Having a say")
TEXT = "he still waits for me outside the shop, nobody rings me back"


def opened(world: World, session: Session, words: str) -> Opened:
    """The comment that begins with these words."""
    wave_id = world.wave(session).id
    for each in comments.listed(session, wave_id, world.pepper):
        found = comments.find(session, wave_id, each.key, world.pepper)
        if found.words.text == words:
            return found
    raise AssertionError(words)


def codebook(world: World) -> list[UUID]:
    """Themes, and a name that must not be printed."""
    with world.working() as session:
        lead, wave = world.who("lead"), world.wave(session)
        name_list.add(
            session, world.keys, wave.inspection_id, ListedName("Kerry Jones", "person", "the victim worker"), lead
        )
        name_list.add(session, world.keys, wave.inspection_id, ListedName("Ysgol y Bryn", "school", ""), lead)
        return [themes.add(session, wave.id, each, lead).id for each in THEMES]


def theme(world: World) -> UUID:
    """The first theme."""
    found: UUID = world.thing(codebook)[0]
    return found


def reading(world: World) -> None:
    """Some of the comments read and coded, while others wait."""
    listened, *_ = world.thing(codebook)
    with world.working() as session:
        for words in (KIND, RUDE):
            comment = opened(world, session, words)
            comments.mark_read(session, comment, world.who("inspector"))
            themes.code(session, opened(world, session, words), [listened], 1, world.who("inspector"))


def unread(world: World) -> str:
    """The comment that nobody has read and that looks worrying."""
    with world.working() as session:
        return opened(world, session, GOING_HOME).key


def naming(world: World) -> str:
    """A comment in which somebody is named."""
    with world.working() as session:
        return opened(world, session, NAMING).key


def proposed(world: World) -> str:
    """A comment of which words are proposed."""
    world.thing(reading)
    with world.working() as session:
        comment = opened(world, session, RUDE)
        redactions.propose(session, comment, "... the new one listens.", 0, world.who("inspector"))
        return comment.key


def approved(world: World) -> str:
    """A comment of which words are approved."""
    world.thing(reading)
    with world.working() as session:
        comment = opened(world, session, KIND)
        words = "[The victim worker] was kind, she rang me... every week."
        redactions.propose(session, comment, words, 0, world.who("inspector"))
        redactions.approve(session, comment, NO_JIGSAW, 1, world.who("approver"))
        return comment.key


def released(world: World) -> str:
    """A comment of which words stand in the perspective."""
    key: str = world.thing(approved)
    with world.working() as session:
        redactions.release(session, opened(world, session, KIND), 2, world.who("lead"))
    return key


def by_comment(world: World) -> UUID:
    """A concern about a comment, raised by somebody who read it, that nobody has acknowledged."""
    with world.working() as session:
        who, when = world.who("inspector"), world.now - timedelta(minutes=12)
        key = concerns.raise_from_comment(session, world.wave(session).id, GOING_HOME, who, world.keys, when)
        tell(session, when)
        return key


def by_text(world: World) -> UUID:
    """A concern about a text, acknowledged."""
    file = read(people(777, age="adult"), world.now.date())
    with world.working() as session:
        wave = world.wave(session, TEXTED)
        contacts.add(session, wave, file.rows, file.sha256, world.keys)
        (talk,) = contacts.of_number(session, world.keys, drama(777))
        when, vault = world.now - timedelta(minutes=55), Vault(session, world.keys, wave.inspection_id)
        key = concerns.raise_concern(session, talk, "words", TEXT, "en-1", vault, when).id
        tell(session, when)
        concern_steps.acknowledge(session, key, world.who("safeguarding"), when + timedelta(minutes=9))
        return key


def by_talk(world: World) -> UUID:
    """Somebody who wants to talk, referred; an answer is waited for."""
    with world.working() as session:
        when = world.now - timedelta(minutes=70)
        said = ("Sam", "07700 900123, after four", "I want to talk about what happened.")
        key = concerns.ask_to_talk(session, world.inspection(session), *said, "cy", when).id
        tell(session, when)
        who, then = world.who("second safeguarding"), when + timedelta(minutes=21)
        concern_steps.acknowledge(session, key, who, then)
        concern_steps.refer(session, key, who, then, to_whom="Teulu Môn, duty team", why="They may need help at home.")
        return key


def closed(world: World) -> UUID:
    """A concern that is over."""
    with world.working() as session:
        who, when = world.who("safeguarding"), world.now - timedelta(days=3)
        key = concerns.raise_from_comment(session, world.wave(session).id, TEXT, who, world.keys, when)
        tell(session, when)
        concern_steps.acknowledge(session, key, who, when + timedelta(minutes=5))
        concern_steps.close(session, key, who, when + timedelta(minutes=50), outcome="She is safe with her aunt.")
        return key
