"""Words that only exported files need, in both languages."""

from reports.rendering.page import WORDS as OF_THE_PAGE
from surveys.text import Language, Text

_OF_FILES = {
    "annex_figures": Text(
        en="Annex A: the figures behind each statement", cy="Atodiad A: y ffigurau y tu ôl i bob datganiad"
    ),
    "annex_questions": Text(en="Annex B: every question, answer and code", cy="Atodiad B: pob cwestiwn, ateb a chod"),
    "statement": Text(en="Statement", cy="Datganiad"),
    "wording": Text(en="Question", cy="Cwestiwn"),
    "code": Text(en="Code", cy="Cod"),
    "answer": Text(en="Answer", cy="Ateb"),
    "people": Text(en="Number of people", cy="Nifer y bobl"),
    "share": Text(en="Per cent of the base", cy="Y cant o'r sail"),
    "base_label": Text(en="Who the base is", cy="Pwy yw'r sail"),
    "no_answer": Text(en="No answer", cy="Dim ateb"),
    "asked_of": Text(en="Asked only if", cy="Gofynnir dim ond os"),
    "notes": Text(en="Notes", cy="Nodiadau"),
    "codebook": Text(en="Codebook", cy="Llyfr codau"),
    "audience": Text(en="Audience", cy="Cynulleidfa"),
    "questionnaire": Text(en="Questionnaire", cy="Holiadur"),
    "version": Text(en="version {version}", cy="fersiwn {version}"),
    "page_number": Text(en="Page", cy="Tudalen"),
    "inspection": Text(en="Inspection", cy="Arolygiad"),
    "what_a_base_is": Text(
        en=(
            "Each figure stands beside its base: those who were asked the question and gave an answer that counts. "
            "Percentages are of the base, whole, rounded half up; > and < mark 99 and 1 where 100 and 0 would be false."
        ),
        cy=(
            "Mae pob ffigur wrth ymyl ei sail: y rhai y gofynnwyd y cwestiwn iddynt ac a roddodd ateb sy'n cyfrif. Mae "
            "canrannau o'r sail, yn gyfan, wedi'u talgrynnu; mae > a < yn nodi 99 ac 1 lle byddai 100 a 0 yn anghywir."
        ),
    ),
    "welsh_awaits": Text(
        en="The Welsh is awaiting a translator's check.", cy="Mae'r Gymraeg yn aros am wiriad gan gyfieithydd."
    ),
}


def words_in(language: Language) -> dict[str, str]:
    """Every word that a file needs around what it tells."""
    return {name: text.in_language(language) for name, text in {**OF_THE_PAGE, **_OF_FILES}.items()}
