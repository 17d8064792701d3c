"""Sections to export: of inspections that never were, and with any words whatever in them."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from reports.export.contents import Contents, contents
from reports.export.stamp import Stamp
from reports.perspective import Occasion
from surveys.loading import definition
from surveys.text import LANGUAGES, Text
from tests.reports.made_up import drawn, wave

DRAFT = Stamp(3, date(2026, 11, 21))
RELEASED = Stamp(3, date(2026, 11, 21), date(2026, 11, 24))
NOTE = Text(en="Reconstructed <by hand> & [roughly].", cy="Wedi'i ail-greu <â llaw> & [yn fras].")
QUOTED = ("They listened. Diolch ŵ", "=cmd|' /C calc'!A0", "[The victim worker] rang back & said “sorry”")
NOT_WORDS = {
    "form",
    "opens",
    "question",
    "questionnaire",
    "code",
    "audience",
    "language",
    "programme",
    "measure",
    "words",
    "inspection",
}


@cache
def made(number: int = 40, seed: int = 1, *, quotations: tuple[str, ...] = ()) -> Contents:
    """The contents of an inspection that asked children and victims."""
    waves = [wave(name, drawn(definition(name), number, seed), 60) for name in ("children-2012", "victims-2009")]
    found = contents(Occasion("essex-2012", "Essex", "cci", NOTE), waves)
    return with_quotations(found, quotations) if quotations else found


@cache
def small() -> Contents:
    """The contents of an inspection that asked ten victims, with what three of them wrote."""
    waves = [wave("victims-2009", drawn(definition("victims-2009"), 10, 7))]
    return with_quotations(contents(Occasion("essex-2012", "Essex", "cci", NOTE), waves), QUOTED)


def with_quotations(found: Contents, quotations: tuple[str, ...]) -> Contents:
    """The same, with these quotations of the first audience."""
    kept = found.model_dump(mode="json")
    question = found.codebooks[0].questions[-1]
    for language in LANGUAGES:
        answers = [{"words": words, "language": "cy" if "Diolch" in words else "en"} for words in quotations]
        told = question.wording.in_language(language)
        part = {"question": question.question, "wording": told, "words": list(quotations)}
        kept[language]["section"]["audiences"][0] |= {"quotations": list(quotations), "quoted": [part]}
        kept[language]["page"]["audiences"][0]["quoted"] = [{"question": told, "answers": answers}]
    return Contents.model_validate(kept)


nasty = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(max_codepoint=0x2F), max_size=12),
    st.sampled_from(
        [
            "=cmd|' /C calc'!A0",
            "＝1+1",
            "@SUM(A1)",
            "-1",
            "+447700900123",
            "\t=1",
            "\r\n=1",
            "#N/A",
            "TRUE",
            "0049",
            "1e9",
            "2026-11-21",
            "_x0041_",
            "_x005F_x0041_",
            "</w:t><w:p/>",
            "{{ 7*7 }}",
            "<script>alert(1)</script>",
            "\N{RIGHT-TO-LEFT OVERRIDE}olleh",
            "שלום مرحبا",
            "\0\1\x0b\x1f\x7f\x85\ufffe",
            "a\rb\r\nc\nd\te",
            "  two spaces before and behind  ",
            "e\N{COMBINING ACUTE ACCENT}" * 50,
            "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{GRINNING FACE}",
            "https://example.org/?a=1",
        ]
    ),
)


def with_words(found: Contents, say: Callable[[str], str]) -> Contents:
    """The same, every piece of prose in it said otherwise. Codes and names in the data stay."""
    kept = _said(found.model_dump(mode="json"), say)
    for language in ("en", "cy"):
        told = kept[language]
        for section, page in zip(told["section"]["audiences"], told["page"]["audiences"], strict=True):
            for bullet, opened in zip(section["bullets"], page["bullets"], strict=True):
                bullet["text"] = "".join(piece["text"] for piece in opened["pieces"])
                for finding, (_, evidence) in zip(bullet["findings"], opened["evidence"], strict=True):
                    finding["wording"] = evidence["wording"]
    return Contents.model_validate(kept)


def _said(kept: Any, say: Callable[[str], str]) -> Any:
    match kept:
        case dict():
            return {key: value if key in NOT_WORDS else _said(value, say) for key, value in kept.items()}
        case [str() as opens, {"counted": _} as evidence]:
            return [opens, _said(evidence, say)]
        case list():
            return [_said(each, say) for each in kept]
        case str():
            return say(kept)
        case _:
            return kept
