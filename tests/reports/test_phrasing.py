"""The sentences, one by one: house style in both languages, singular and plural, small bases and large."""

from dataclasses import replace
from typing import Any

import pytest

from reports.findings import Finding, Point
from reports.people import People
from reports.percentages import Programme
from reports.phrasing import bullet, grammar
from reports.runs import text_of
from surveys.text import Language, Text

CHILDREN = People(
    Text(en="child or young person", cy="plentyn neu berson ifanc"),
    Text(en="children and young people", cy="plant a phobl ifanc"),
)
VICTIMS = People(Text(en="victim", cy="dioddefwr"), Text(en="victims", cy="dioddefwyr"))
OTHERS = People(Text(en="learner", cy="dysgwr"), Text(en="learners", cy="dysgwyr"))
WHO_ANSWERED = Text(en="who answered", cy="a atebodd")
KNEW = Text(en="knew why they came", cy="eu bod yn gwybod pam")
SAID_NO = Text(en="said “no”", cy="“na”")


def finding(numerator: int, base: int, asked: int | None = None, **more: Any) -> Finding:
    """So many of so many who knew why; `asked` makes the rest silent."""
    everyone = asked or base
    usual: dict[str, Any] = {
        "question": "knows_why",
        "measure": "share",
        "statement": KNEW,
        "people": CHILDREN,
        "categories": ("yes",),
        "respondents": everyone,
        "silent": everyone - base,
        "who": WHO_ANSWERED if base < everyone else None,
        "one_answer": True,
    }
    return Finding(**usual | {"numerator": numerator, "base": base, "asked": everyone} | more)


def said(*findings: Finding, language: Language = "en", programme: Programme = "cci") -> str:
    return text_of(bullet(findings, grammar(language, programme)))


@pytest.mark.parametrize(
    ("told", "english", "welsh"),
    [
        (
            finding(22, 22),
            "All 22 children and young people knew why they came.",
            "Dywedodd pob un o'r 22 o blant a phobl ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(3, 3, 4),
            "All three children and young people who answered knew why they came.",
            "Dywedodd pob un o'r tri o blant a phobl ifanc a atebodd eu bod yn gwybod pam.",
        ),
        (
            finding(18, 22),
            "Eighteen of the twenty-two children and young people knew why they came.",
            "Dywedodd 18 o'r 22 o blant a phobl ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(20, 22),
            "All except two of the 22 children and young people knew why they came.",
            "Dywedodd pob un ond dau o'r 22 o blant a phobl ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(0, 22),
            "None of the 22 children and young people knew why they came.",
            "Ni ddywedodd yr un o'r 22 o blant a phobl ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(2, 2),
            "Both of the two children and young people knew why they came.",
            "Dywedodd y ddau blentyn neu berson ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(2, 2, people=VICTIMS),
            "Both victims knew why they came.",
            "Dywedodd y ddau ddioddefwr eu bod yn gwybod pam.",
        ),
        (
            finding(0, 2),
            "Neither of the two children and young people knew why they came.",
            "Ni ddywedodd yr un o'r ddau blentyn neu berson ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(1, 2),
            "One of the two children and young people knew why they came.",
            "Dywedodd un o'r ddau blentyn neu berson ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(1, 1),
            "The one child or young person knew why they came.",
            "Dywedodd yr unig blentyn neu berson ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(0, 1, 3),
            "The one child or young person who answered did not say that they knew why they came.",
            "Ni ddywedodd yr unig blentyn neu berson ifanc a atebodd eu bod yn gwybod pam.",
        ),
        (
            finding(0, 1, statement=SAID_NO),
            "The one child or young person did not say “no”.",
            "Ni ddywedodd yr unig blentyn neu berson ifanc “na”.",
        ),
        (
            finding(38, 47),
            "Over three-quarters of the children and young people (38 of 47) knew why they came.",
            "Dywedodd dros dri chwarter y plant a'r bobl ifanc (38 o 47) eu bod yn gwybod pam.",
        ),
        (
            finding(7, 47),
            "Seven of the forty-seven children and young people knew why they came.",
            "Dywedodd saith o'r 47 o blant a phobl ifanc eu bod yn gwybod pam.",
        ),
        (
            finding(9, 30),
            "More than one-quarter of the children and young people (nine of 30) knew why they came.",
            "Dywedodd mwy na chwarter y plant a'r bobl ifanc (naw o 30) eu bod yn gwybod pam.",
        ),
        (
            finding(74, 92),
            "Over three-quarters of the children and young people (80%, 74 of 92) knew why they came.",
            "Dywedodd dros dri chwarter y plant a'r bobl ifanc (80%, 74 o 92) eu bod yn gwybod pam.",
        ),
        (
            finding(82, 87, 92),
            "Almost all of the children and young people who answered (94%, 82 of 87) knew why they came.",
            "Dywedodd bron pob un o'r plant a'r bobl ifanc a atebodd (94%, 82 o 87) eu bod yn gwybod pam.",
        ),
        (
            finding(90, 92),
            "All except two of the children and young people (98%, 90 of 92) knew why they came.",
            "Dywedodd pob un ond dau o'r plant a'r bobl ifanc (98%, 90 o 92) eu bod yn gwybod pam.",
        ),
        (
            finding(31, 154),
            "A total of 31 of the 154 children and young people (20%) knew why they came.",
            "Dywedodd 31 o'r 154 o blant a phobl ifanc (20%) eu bod yn gwybod pam.",
        ),
        (
            finding(1, 154),
            "One of the one hundred and fifty-four children and young people (1%) knew why they came.",
            "Dywedodd un o'r 154 o blant a phobl ifanc (1%) eu bod yn gwybod pam.",
        ),
        (
            finding(1199, 1200),
            "All except one of the children and young people (more than 99%, 1,199 of 1,200) knew why they came.",
            "Dywedodd pob un ond un o'r plant a'r bobl ifanc (mwy na 99%, 1,199 o 1,200) eu bod yn gwybod pam.",
        ),
        (
            finding(1, 1200),
            "One of the one thousand two hundred children and young people (less than 1%) knew why they came.",
            "Dywedodd un o'r 1,200 o blant a phobl ifanc (llai nag 1%) eu bod yn gwybod pam.",
        ),
        (
            finding(38, 47, people=OTHERS),
            "Over three-quarters of the learners (38 of 47) knew why they came.",
            "Dywedodd dros dri chwarter o'r 47 o ddysgwyr (38 o 47) eu bod yn gwybod pam.",
        ),
        (
            finding(16, 47, people=VICTIMS),
            "More than one-third of the victims (16 of 47) knew why they came.",
            "Dywedodd mwy na thraean o'r dioddefwyr (16 o 47) eu bod yn gwybod pam.",
        ),
    ],
)
def test_a_share_alone(told: Finding, english: str, welsh: str) -> None:
    assert said(told) == english
    assert said(told, language="cy") == welsh


def test_later_programmes_write_per_cent() -> None:
    assert "(80 per cent, 74 of 92)" in said(finding(74, 92), programme="2018")
    assert "(80 y cant, 74 o 92)" in said(finding(74, 92), programme="today", language="cy")


def more(first: Finding, numerator: int, **different: Any) -> Finding:
    """Another count of the same question."""
    usual: dict[str, Any] = {"measure": "count", "categories": ("no",), "statement": SAID_NO}
    return replace(first, numerator=numerator, **usual | different)


@pytest.mark.parametrize(
    ("first", "numerators", "english", "welsh"),
    [
        (finding(18, 22), [3], ", and three said “no”.", ", a dywedodd tri “na”."),
        (finding(18, 22), [4], ", and the other four said “no”.", ", a dywedodd y pedwar arall “na”."),
        (finding(20, 22), [2], ", and the other two said “no”.", ", a dywedodd y ddau arall “na”."),
        (finding(21, 22), [1], ", and the other one said “no”.", ", a dywedodd yr un arall “na”."),
        (finding(10, 21), [11], ", and the other 11 said “no”.", ", a dywedodd yr 11 arall “na”."),
        (finding(18, 22), [0], ", and none said “no”.", ", ac ni ddywedodd yr un “na”."),
        (finding(0, 22), [22], ", and all 22 said “no”.", ", a dywedodd pob un o'r 22 “na”."),
        (finding(0, 2), [2], ", and both said “no”.", ", a dywedodd y ddau “na”."),
        (finding(2, 2), [0], ", and neither said “no”.", ", ac ni ddywedodd yr un “na”."),
        (finding(14, 22), [5, 1], ", five said “no”, and one said “no”.", ", dywedodd pump “na”, a dywedodd un “na”."),
        (finding(74, 92), [16], ", and 16 (17%) said “no”.", ", a dywedodd 16 (17%) “na”."),
        (finding(0, 1), [1], "; their answer was “no”.", "; eu hateb oedd “na”."),
        (finding(1, 1), [0], "; they did not say “no”.", "; ni ddywedodd “na”."),
    ],
)
def test_more_about_the_same_question_needs_no_new_base(
    first: Finding, numerators: list[int], english: str, welsh: str
) -> None:
    told = [first, *(more(first, numerator) for numerator in numerators)]
    assert said(*told).endswith(english)
    assert said(*told, language="cy").endswith(welsh)


def test_the_rest_is_never_claimed_of_several_choices_or_of_overlapping_categories() -> None:
    several = finding(18, 22, one_answer=False)
    assert said(several, more(several, 4)).endswith(", and four said “no”.")
    net = finding(18, 22, measure="net", categories=("yes", "no"))
    assert said(net, more(net, 4)).endswith(", and four said “no”.")


@pytest.mark.parametrize(
    ("second", "english", "welsh"),
    [
        (finding(20, 22), "All except two of the 22 ", "Dywedodd pob un ond dau o'r 22 eu"),
        (finding(18, 20, 22), "All except two of the 20 who answered ", "Dywedodd pob un ond dau o'r 20 a atebodd eu"),
        (finding(10, 20, 22), "Ten of the twenty who answered ", "Dywedodd deg o'r 20 a atebodd eu"),
        (finding(1, 1, 22), "The one who answered knew", "Dywedodd yr unig un a atebodd eu"),
        (finding(2, 2, 22), "Both of those who answered knew", "Dywedodd y ddau a atebodd eu"),
        (finding(0, 2, 22), "Neither of the two who answered knew", "Ni ddywedodd yr un o'r ddau a atebodd eu"),
    ],
)
def test_another_question_says_its_base_but_not_the_noun_again(second: Finding, english: str, welsh: str) -> None:
    told = finding(22, 22), replace(second, question="told")
    assert f" {english}" in said(*told)
    assert f" {welsh}" in said(*told, language="cy")


def test_two_who_were_silent_may_be_another_two() -> None:
    told = finding(18, 20, 22), finding(10, 20, 22, question="told")
    assert said(*told).endswith("Ten of the twenty who answered knew why they came.")


def test_everyone_after_a_part_is_named_again() -> None:
    told = finding(18, 20, 22), finding(10, 22, question="told")
    assert said(*told).endswith("Ten of the twenty-two children and young people knew why they came.")


def test_large_bases_have_phrases_without_the_noun() -> None:
    told = finding(92, 92), finding(74, 92, question="told"), finding(80, 87, 92, question="listen")
    english, welsh = said(*told), said(*told, language="cy")
    assert "Over three-quarters (80%, 74 of 92) knew" in english
    assert "The great majority of those who answered (92%, 80 of 87) knew" in english
    assert "Dywedodd dros dri chwarter (80%, 74 o 92) eu bod" in welsh
    assert "Dywedodd y mwyafrif helaeth o'r rhai a atebodd (92%, 80 o 87) eu bod" in welsh


def link(of: Finding, numerator: int, base: int, question: str = "discussed") -> Finding:
    """So many of those whom the other counts, the rest of whom were silent."""
    asked = of.numerator
    numbers: dict[str, Any] = {"numerator": numerator, "base": base, "asked": asked, "silent": asked - base}
    who = Text(en="who knew", cy="oedd yn gwybod")
    return replace(of, question=question, who=who, of=of, statement=Text(en="had it", cy="ei fod ganddynt"), **numbers)


def test_the_chain_of_essex() -> None:
    knew = finding(42, 51, 92)
    links = link(knew, 40, 42), link(knew, 35, 40, "copy"), link(knew, 32, 39, "reviewed"), link(knew, 42, 42, "kept")
    assert said(knew, *links).endswith(
        "(82%, 42 of 51) knew why they came. Of those 42, 40 had it; of the 40 of them who answered, 35 had it; "
        "of the 39 of them who answered, 32 had it; all 42 of them had it."
    )
    assert said(knew, *links, language="cy").endswith(
        "O'r 42 hynny, dywedodd 40 ei fod ganddynt; o'r 40 ohonynt a atebodd, dywedodd 35 ei fod ganddynt; "
        "o'r 39 ohonynt a atebodd, dywedodd 32 ei fod ganddynt; dywedodd pob un o'r 42 ei fod ganddynt."
    )


@pytest.mark.parametrize(
    ("counted", "numerator", "base", "english", "welsh"),
    [
        (12, 12, 12, "All 12 of them", "Dywedodd pob un o'r 12 hynny"),
        (12, 0, 12, "None of those 12", "Ni ddywedodd yr un o'r 12 hynny"),
        (12, 0, 9, "None of the nine of them who answered", "Ni ddywedodd yr un o'r naw ohonynt a atebodd"),
        (12, 9, 9, "All nine of them who answered", "Dywedodd pob un o'r naw ohonynt a atebodd"),
        (2, 2, 2, "Both of them", "Dywedodd y ddau ohonynt"),
        (3, 2, 2, "Both of them who answered", "Dywedodd y ddau ohonynt a atebodd"),
        (2, 0, 2, "Neither of those two", "Ni ddywedodd yr un o'r ddau hynny"),
        (1, 1, 1, "That child or young person", "Dywedodd y plentyn neu berson ifanc hwnnw"),
        (
            *(1, 0, 1, "That child or young person did not say that they"),
            "Ni ddywedodd y plentyn neu berson ifanc hwnnw",
        ),
        (4, 1, 1, "The one of them who answered", "Dywedodd yr unig un ohonynt a atebodd"),
        (60, 45, 60, "Of those 60, 45 (75%)", "O'r 60 hynny, dywedodd 45 (75%)"),
    ],
)
def test_of_those(counted: int, numerator: int, base: int, english: str, welsh: str) -> None:
    afraid = finding(counted, 90)
    told = afraid, link(afraid, numerator, base)
    assert said(*told).endswith(f". {english} had it.")
    assert said(*told, language="cy").endswith(f". {welsh} ei fod ganddynt.")


def test_after_a_chain_the_people_are_named_again() -> None:
    knew = finding(42, 51)
    assert said(knew, link(knew, 40, 42), finding(9, 51, question="else")).endswith(
        "Nine of the fifty-one children and young people (18%) knew why they came."
    )


def test_what_was_named_most_is_a_list() -> None:
    top: dict[str, Any] = {"measure": "top", "one_answer": False}
    first = finding(10, 22, **top, statement=Text(en="had help with school", cy="eu bod wedi cael help gyda'r ysgol"))
    rest = [
        more(first, numerator, categories=(code,), **top, statement=Text(en=f"with {code}", cy=f"gyda {code}"))
        for numerator, code in ((8, "health"), (5, "home"))
    ]
    assert said(first, *rest) == (
        "Ten of the twenty-two children and young people had help with school; eight with health; and five with home."
    )
    assert said(first, *rest, language="cy") == (
        "Dywedodd deg o'r 22 o blant a phobl ifanc eu bod wedi cael help gyda'r ysgol; "
        "wyth gyda health; pump gyda home."
    )


def test_what_the_only_one_named_is_a_list_too() -> None:
    top: dict[str, Any] = {"measure": "top", "one_answer": False}
    first = finding(1, 1, **top, statement=Text(en="had help with school", cy="eu bod wedi cael help gyda'r ysgol"))
    rest = more(first, 1, **top, statement=Text(en="with health", cy="gydag iechyd"))
    assert said(first, rest) == "The one child or young person had help with school; and with health."
    assert said(first, rest, language="cy").endswith("eu bod wedi cael help gyda'r ysgol; gydag iechyd.")


def rating(measure: str, numerator: int, base: int, point: Point, **more: Any) -> Finding:
    statement = {
        "mean": Text(en="rated the YOS", cy="sgôr i'r gwasanaeth"),
        "at_least": Text(
            en="rated the YOS as 70 or more out of 100", cy="sgôr o 70 neu fwy allan o 100 i'r gwasanaeth"
        ),
        "maximum": Text(en="rated it as 100", cy="sgôr o 100 iddo"),
    }[measure]
    named: dict[str, Any] = {"question": "rating", "measure": measure, "categories": (), "statement": statement}
    return finding(numerator, base, **named | {"point": point} | more)


@pytest.mark.parametrize(
    ("base", "point", "english", "welsh"),
    [
        (
            19,
            Point(9, 10),
            "Nineteen children and young people rated the YOS; the average (mean) rating was 9 out of 10.",
            "Rhoddodd 19 o blant a phobl ifanc sgôr i'r gwasanaeth; y sgôr cyfartalog (cymedrig) oedd 9 allan o 10.",
        ),
        (
            1,
            Point(9, 10),
            "One child or young person rated the YOS: 9 out of 10.",
            "Rhoddodd un plentyn neu berson ifanc sgôr i'r gwasanaeth: 9 allan o 10.",
        ),
        (
            100,
            Point(9.9, 10, beyond=1),
            "One hundred children and young people rated the YOS; the average (mean) rating was over 9.9 out of 10.",
            (
                "Rhoddodd 100 o blant a phobl ifanc sgôr i'r gwasanaeth; "
                "y sgôr cyfartalog (cymedrig) oedd dros 9.9 allan o 10."
            ),
        ),
    ],
)
def test_a_mean(base: int, point: Point, english: str, welsh: str) -> None:
    assert said(rating("mean", base, base, point)) == english
    assert said(rating("mean", base, base, point), language="cy") == welsh


def test_a_threshold_then_the_maximum_then_the_mean() -> None:
    told = (
        rating("at_least", 58, 92, Point(70, 100)),
        rating("maximum", 15, 92, Point(100, 100)),
        rating("mean", 92, 92, Point(74, 100)),
    )
    assert said(*told) == (
        "Almost two-thirds of the children and young people (63%, 58 of 92) rated the YOS as 70 or more out of 100, "
        "15 (16%) rated it as 100, and the average (mean) rating was 74 out of 100."
    )
    assert said(*told, language="cy") == (
        "Rhoddodd bron i ddwy ran o dair o'r plant a'r bobl ifanc (63%, 58 o 92) sgôr o 70 neu fwy allan o 100 i'r "
        "gwasanaeth, rhoddodd 15 (16%) sgôr o 100 iddo; y sgôr cyfartalog (cymedrig) oedd 74 allan o 100."
    )


def test_nobody_gave_the_maximum() -> None:
    assert said(rating("maximum", 0, 1, Point(100, 100))) == "The one child or young person did not rate it as 100."
    assert said(rating("maximum", 0, 22, Point(100, 100)), language="cy").startswith("Ni roddodd yr un o'r 22 ")


def test_one_person_alone_was_and_several_were() -> None:
    on_an_order = Text(en="who were on a referral order", cy="oedd ar orchymyn atgyfeirio")
    assert said(finding(1, 1, who=on_an_order)).startswith("The one child or young person who was on a referral order ")
    assert " who were on a referral order " in said(finding(2, 3, who=on_an_order))
