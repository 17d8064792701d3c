"""A perspective as JSON, in the form that `reports.rendering.form` promises."""

import json

from reports.evidence import spread
from reports.findings import Finding
from reports.frequencies import Frequency
from reports.perspective import AudienceSection, Bullet, Perspective
from reports.quotations import Quoted
from reports.rendering.form import AudienceJson, BulletJson, FindingJson, MethodJson, PerspectiveJson, QuotedJson
from surveys.text import Language


def as_json(perspective: Perspective) -> str:
    """The section for other programs, and for people who look: indented, letters as they are."""
    return json.dumps(structured(perspective).model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of that form."""
    return json.dumps(PerspectiveJson.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"


def structured(perspective: Perspective) -> PerspectiveJson:
    """The section in the promised form."""
    return PerspectiveJson(
        inspection=perspective.occasion.slug,
        name=perspective.occasion.name,
        programme=perspective.occasion.programme,
        language=perspective.language,
        title=perspective.title,
        remark=perspective.remark,
        note=perspective.note,
        audiences=[_audience(each, perspective.language) for each in perspective.audiences],
    )


def _audience(section: AudienceSection, language: Language) -> AudienceJson:
    return AudienceJson(
        audience=section.audience,
        heading=section.heading,
        respondents=section.respondents,
        invited=section.invited,
        opening=section.opening,
        remark=section.remark,
        bullets=[_bullet(each, section, language) for each in section.bullets],
        quotations=[quotation.words for each in section.quoted for quotation in each.quotations],
        quoted=[_quoted(each, language) for each in section.quoted],
        method=_method(section),
    )


def _quoted(quoted: Quoted, language: Language) -> QuotedJson:
    wording = quoted.question.in_language(language)
    return QuotedJson(question=quoted.question_id, wording=wording, words=[each.words for each in quoted.quotations])


def _method(section: AudienceSection) -> MethodJson:
    method = section.method
    return MethodJson(
        invited=method.invited,
        answered=method.answered,
        response_rate=method.response_rate.value if method.response_rate else None,
        modes=dict(method.modes),
        languages=dict(method.languages),
        helped=dict(method.helped.counts) if method.helped else None,
        first_month=method.first_month,
        last_month=method.last_month,
        without_answers=[question.id for question in method.without_answers],
        note=[f"{label}: {value}" for label, value in section.note],
    )


def _bullet(bullet: Bullet, section: AudienceSection, language: Language) -> BulletJson:
    findings = [_finding(each, section.frequencies[each.question], section, language) for each in bullet.findings]
    return BulletJson(text=bullet.text, findings=findings)


def _finding(finding: Finding, frequency: Frequency, section: AudienceSection, language: Language) -> FindingJson:
    return FindingJson(
        question=finding.question,
        wording=section.names.piped(frequency.question.wording, language),
        categories=list(finding.categories),
        measure=finding.measure,
        numerator=finding.numerator,
        base=finding.base,
        base_label=finding.base_label.in_language(language),
        asked=finding.asked,
        silent=finding.silent,
        left_out=finding.left_out,
        exceptions=finding.exceptions,
        percent=finding.percentage.value,
        value=finding.point.value if finding.point else None,
        out_of=finding.point.highest if finding.point else None,
        evidence=spread(frequency, language) or None,
    )
