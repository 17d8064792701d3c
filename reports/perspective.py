"""The section "Service users' perspective" of one inspection: computed from responses, said in one language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.claims import Counted
from reports.findings import Finding
from reports.frequencies import Frequencies
from reports.method import Method, method
from reports.method_note import Line, method_note
from reports.openings import Respondents, opening
from reports.people import people
from reports.percentages import Programme
from reports.phrasing import Grammar, bullet, grammar
from reports.plan_checks import fitting
from reports.plans import Plan, PlannedBullet, plan_for
from reports.pooling import Fieldwork, pooled
from reports.quotations import Quoted, quoted
from reports.runs import Runs, text_of, with_capital
from surveys.questionnaire import Audience, Questionnaire
from surveys.text import Language, Names, Text

TITLE = Text(en="Service users' perspective", cy="Safbwynt defnyddwyr gwasanaeth")
ORDER: tuple[Audience, ...] = ("children", "parents", "victims")
NO_SURVEY = Text(
    en="There was no survey of service users in this inspection, so there are no answers to report.",
    cy="Nid oedd arolwg o ddefnyddwyr gwasanaeth yn rhan o'r arolygiad hwn, felly nid oes atebion i'w hadrodd.",
)
NO_ANSWERS = Text(
    en="Nobody answered the questions that this section reports.",
    cy="Ni atebodd neb y cwestiynau y mae'r adran hon yn adrodd arnynt.",
)


@dataclass(frozen=True)
class Occasion:
    """The inspection, as its perspective names it. `note` is printed with it: that its responses are reconstructed."""

    slug: str
    name: str
    programme: Programme
    note: Text | None = None


@dataclass(frozen=True)
class Bullet:
    """Related findings in a few sentences."""

    findings: tuple[Finding, ...]
    runs: Runs

    @property
    def text(self) -> str:
        """The sentences without their links to findings."""
        return text_of(self.runs)


@dataclass(frozen=True)
class AudienceSection:
    """What one audience said."""

    audience: Audience
    heading: str
    respondents: int
    invited: int | None
    opening: str
    bullets: tuple[Bullet, ...]
    remark: str | None
    quoted: tuple[Quoted, ...]
    method: Method
    note: tuple[Line, ...]
    frequencies: Frequencies
    names: Names


@dataclass(frozen=True)
class Perspective:
    """The section; `remark` where there is nothing to report."""

    occasion: Occasion
    language: Language
    title: str
    audiences: tuple[AudienceSection, ...]
    remark: str | None
    note: str | None


def perspective(occasion: Occasion, waves: Iterable[Fieldwork], language: Language = "en") -> Perspective:
    """The section on this inspection in that language: children first, then parents and carers, then victims."""
    in_order = sorted(pooled(waves), key=lambda wave: ORDER.index(wave.questionnaire.audience))
    audiences = tuple(_audience(occasion, wave, language) for wave in in_order)
    return Perspective(
        occasion=occasion,
        language=language,
        title=TITLE.in_language(language),
        audiences=audiences,
        remark=None if audiences else NO_SURVEY.in_language(language),
        note=occasion.note.in_language(language) if occasion.note else None,
    )


def _audience(occasion: Occasion, wave: Fieldwork, language: Language) -> AudienceSection:
    audience, answered = wave.questionnaire.audience, len(wave.everybody)
    group, plan = people(audience, wave.names), plan_for(wave.questionnaire.id)
    frequencies = Frequencies(wave.questionnaire, wave.responses, *wave.shorter)
    counted = Counted(frequencies, group, wave.names)
    bullets = tuple(_bullets(_fitting(plan, wave.questionnaire), counted, grammar(language, occasion.programme)))
    how = method(wave.questionnaire, wave.everybody, frequencies, wave.invited, _told_of(plan))
    return AudienceSection(
        audience=audience,
        heading=with_capital(group.many.in_language(language)),
        respondents=answered,
        invited=wave.invited,
        opening=opening(Respondents(answered, audience, group, wave.names), plan.opening, language),
        bullets=bullets,
        remark=NO_ANSWERS.in_language(language) if answered and not bullets else None,
        quoted=quoted(wave.questionnaire, wave.quotations),
        method=how,
        note=method_note(how, wave.names, occasion.programme, language),
        frequencies=frequencies,
        names=wave.names,
    )


def _fitting(plan: Plan, questionnaire: Questionnaire) -> Iterator[PlannedBullet]:
    for planned in plan.bullets:
        if fits := fitting(planned, questionnaire):
            yield fits


def _bullets(planned: Iterable[PlannedBullet], counted: Counted, speech: Grammar) -> Iterator[Bullet]:
    for each in planned:
        if findings := counted.bullet(each):
            yield Bullet(findings, bullet(findings, speech))


def _told_of(plan: Plan) -> set[str]:
    return {finding.question for planned in plan.bullets for finding in planned.findings}
