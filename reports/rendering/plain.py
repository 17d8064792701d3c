"""A perspective as plain text and as Markdown."""

import re
import textwrap
from collections.abc import Iterator

from reports.method_note import Line
from reports.perspective import AudienceSection, Perspective
from reports.quotations import HEADING
from surveys.text import Language

WIDTH = 100


def as_text(perspective: Perspective) -> str:
    """The section for a terminal or an e-mail: lines of at most 100 characters."""
    title = f"{perspective.title}: {perspective.occasion.name}"
    blocks = [f"{title}\n{'=' * len(title)}"]
    blocks += [_wrapped(words) for words in (perspective.note, perspective.remark) if words]
    for audience in perspective.audiences:
        blocks += [f"{audience.heading}\n{'-' * len(audience.heading)}", *_text_blocks(audience, perspective.language)]
    return "\n\n".join(blocks) + "\n"


def _text_blocks(audience: AudienceSection, language: Language) -> Iterator[str]:
    yield _wrapped(audience.opening)
    if audience.remark:
        yield _wrapped(audience.remark)
    for bullet in audience.bullets:
        yield textwrap.fill(bullet.text, WIDTH, initial_indent="• ", subsequent_indent="  ", break_on_hyphens=False)
    if audience.quoted:
        yield HEADING.in_language(language)
    for quoted in audience.quoted:
        yield _wrapped(quoted.question.in_language(language))
        for each in quoted.quotations:
            yield textwrap.fill(f"“{each.words}”", WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield "\n".join(_wrapped(f"{label}: {value}", "    ") for label, value in audience.note)


def _wrapped(words: str, hanging: str = "") -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)


def as_markdown(perspective: Perspective) -> str:
    """The section for a report written in Markdown."""
    blocks = [f"# {escaped(perspective.title)}: {escaped(perspective.occasion.name)}"]
    blocks += [f"> {escaped(perspective.note)}"] if perspective.note else []
    blocks += [escaped(perspective.remark)] if perspective.remark else []
    for audience in perspective.audiences:
        blocks += [f"## {escaped(audience.heading)}", *_markdown_blocks(audience, perspective.language)]
    return "\n\n".join(blocks) + "\n"


def _markdown_blocks(audience: AudienceSection, language: Language) -> Iterator[str]:
    yield escaped(audience.opening)
    if audience.remark:
        yield escaped(audience.remark)
    if audience.bullets:
        yield "\n".join(f"- {escaped(bullet.text)}" for bullet in audience.bullets)
    if audience.quoted:
        yield f"### {escaped(HEADING.in_language(language))}"
    for quoted in audience.quoted:
        yield escaped(quoted.question.in_language(language))
        yield from (f"> “{escaped(' '.join(each.words.split()))}”" for each in quoted.quotations)
    yield "\n".join(map(_markdown_line, audience.note))


def _markdown_line(line: Line) -> str:
    label, value = line
    return f"*{escaped(label)}:* {escaped(value)}  "


def escaped(words: str) -> str:
    """The words as Markdown shows them unchanged."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", words)
