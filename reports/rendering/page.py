"""A perspective as a page template needs it: every run that prints a number names the evidence it opens."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.evidence import Evidence, evidence
from reports.method_note import Line
from reports.perspective import AudienceSection, Bullet, Perspective
from reports.quotations import HEADING, Quoted
from surveys.text import Language, Text

WORDS = {
    "behind": Text(en="Where these numbers come from", cy="O ble y daw'r niferoedd hyn"),
    "question": Text(en="Name in the data", cy="Enw yn y data"),
    "counted": Text(en="Counted", cy="Cyfrifwyd"),
    "number": Text(en="Number", cy="Nifer"),
    "base": Text(en="Base", cy="Sail"),
    "asked": Text(en="Asked", cy="Gofynnwyd i"),
    "silent": Text(en="Asked, but no answer", cy="Gofynnwyd, ond dim ateb"),
    "left_out": Text(en="Answered, but not counted in the base", cy="Atebwyd, ond heb eu cyfrif yn y sail"),
    "answers": Text(en="All the answers", cy="Yr holl atebion"),
    "spread": Text(en="Spread", cy="Gwasgariad"),
    "method": Text(en="How the answers were collected", cy="Sut y casglwyd yr atebion"),
    "close": Text(en="Close", cy="Cau"),
    "skip": Text(en="Skip to main content", cy="Neidio i'r prif gynnwys"),
    "tools": Text(en="Language", cy="Iaith"),
    "quoted": HEADING,
    "other_language": Text(en="Cymraeg", cy="English"),
}


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `opens` is the id of its evidence where it prints a number."""

    text: str
    opens: str | None


@dataclass(frozen=True)
class OpenedBullet:
    """A bullet in pieces, and the evidence of each of its findings by id."""

    pieces: tuple[Piece, ...]
    evidence: tuple[tuple[str, Evidence], ...]


@dataclass(frozen=True)
class PrintedWords:
    """What somebody wrote, without quotation marks, and the language it is in."""

    words: str
    language: Language


@dataclass(frozen=True)
class QuotedAnswers:
    """A question as it was asked, and what some wrote in answer."""

    question: str
    answers: tuple[PrintedWords, ...]


@dataclass(frozen=True)
class AudiencePage:
    """What one audience said, ready to be laid out."""

    heading: str
    opening: str
    remark: str | None
    bullets: tuple[OpenedBullet, ...]
    quoted: tuple[QuotedAnswers, ...]
    note: tuple[Line, ...]


@dataclass(frozen=True)
class PerspectivePage:
    """The section, ready to be laid out by `templates/reports/perspective.html`."""

    title: str
    name: str
    language: Language
    remark: str | None
    note: str | None
    audiences: tuple[AudiencePage, ...]
    words: dict[str, str]


def page_of(perspective: Perspective) -> PerspectivePage:
    """The section as its template needs it."""
    language = perspective.language
    return PerspectivePage(
        title=perspective.title,
        name=perspective.occasion.name,
        language=language,
        remark=perspective.remark,
        note=perspective.note,
        audiences=tuple(_audience(perspective, *numbered) for numbered in enumerate(perspective.audiences, start=1)),
        words={name: text.in_language(language) for name, text in WORDS.items()},
    )


def _audience(perspective: Perspective, number: int, section: AudienceSection) -> AudiencePage:
    bullets = (
        _opened(bullet, f"evidence-{number}-{place}", section, perspective)
        for place, bullet in enumerate(section.bullets, start=1)
    )
    quoted = tuple(_quoted(each, perspective.language) for each in section.quoted)
    return AudiencePage(section.heading, section.opening, section.remark, tuple(bullets), quoted, section.note)


def _quoted(quoted: Quoted, language: Language) -> QuotedAnswers:
    answers = (PrintedWords(each.words, each.language) for each in quoted.quotations)
    return QuotedAnswers(quoted.question.in_language(language), tuple(answers))


def _opened(bullet: Bullet, prefix: str, section: AudienceSection, perspective: Perspective) -> OpenedBullet:
    ids = {id(finding): f"{prefix}-{place}" for place, finding in enumerate(bullet.findings, start=1)}
    pieces = tuple(Piece(run.text, ids[id(run.finding)] if run.finding else None) for run in bullet.runs)
    return OpenedBullet(pieces, tuple(_evidence(bullet, ids, section, perspective)))


def _evidence(
    bullet: Bullet, ids: dict[int, str], section: AudienceSection, perspective: Perspective
) -> Iterator[tuple[str, Evidence]]:
    programme, language = perspective.occasion.programme, perspective.language
    for finding in bullet.findings:
        frequency = section.frequencies[finding.question]
        yield ids[id(finding)], evidence(finding, frequency, section.names, programme, language)
