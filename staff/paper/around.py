"""What stands around the questions of a booklet: the words that the web begins with, and people to talk to."""

from fieldwork.retention_table import kept
from fieldwork.waves import Asked
from modes.paper import words as on_paper
from modes.paper.booklet import Around, Booklet, Helpline, Passage, booklet, own_passages
from modes.web import helplines as on_the_web
from modes.web.words import Words
from surveys.questionnaire import Audience
from surveys.text import Language

PRIVACY = ("who", "keep", "sees", "long", "rights")  # what the web says of sending and of cookies is not of paper


def booklet_of(asked: Asked, language: Language, public_url: str) -> Booklet:
    """The booklet of a wave, with everything that stands in it but for a serial."""
    around = around_questions(asked, language, public_url)
    return booklet(asked.questionnaire, asked.names, asked.inspection_name, around, language)


def around_questions(asked: Asked, language: Language, public_url: str) -> Around:
    """What is said before the questions and after them."""
    audience = asked.questionnaire.audience
    words = Words(language, audience)
    own = own_passages(on_paper.Words(language, audience), talk_address=f"{public_url}/talk")
    safe = "\n\n".join((words("safe.promise"), words("safe.body"), own["talk"]))
    before = (
        Passage(words("start.title"), words("start.who")),
        Passage(words("start.choice_heading"), words("start.choice")),
        Passage(words("start.answers_heading"), own["answers"]),
        Passage(words("safe.title"), safe, danger=words("safe.danger")),
        Passage(own["how_heading"], own["how"]),
    )
    long = kept("responses").says[language]
    helplines = _helplines(audience, asked.nation, words)
    after = (
        Passage(own["end_heading"], own["end"]),
        Passage(words("helplines.heading"), words("helplines.why"), helplines=helplines),
        *(Passage(words(f"privacy.{each}_heading"), words(f"privacy.{each}", responses=long)) for each in PRIVACY),
    )
    return Around(before, after)


def _helplines(audience: Audience, nation: str, words: Words) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(each.name.in_language(words.language), tuple(_lines(each, words)))
        for each in on_the_web.people_to_talk_to(audience, nation)
    )


def _lines(helpline: on_the_web.Helpline, words: Words) -> list[str]:
    lines = [words("helplines.call", number=helpline.call)] if helpline.call else []
    if helpline.text and helpline.text.word:
        lines.append(words("helplines.text_word", word=helpline.text.word, number=helpline.text.to))
    elif helpline.text:
        lines.append(words("helplines.text", number=helpline.text.to))
    note = helpline.note.in_language(words.language) if helpline.note else ""
    return [*lines, *(each for each in (helpline.site, note) if each)]
