"""What a text is read as, in a word or two, for tables of examples."""

from modes.sms.replies import Reading, understand
from surveys.answers import Chosen, NoAnswer, Number, Verbatim
from surveys.loading import definition
from surveys.questionnaire import Question

VICTIMS, CHILDREN = definition("victims").by_id, definition("text-2019").by_id
QUESTIONS: dict[str, Question | None] = {
    "yes or no": VICTIMS["explained_offer"],
    "out of 10": VICTIMS["rating_0_to_10"],
    "1 to 10": CHILDREN["rating_1_to_10"],
    "how good": CHILDREN["how_good"],
    "satisfied": VICTIMS["satisfied"],
    "several": VICTIMS["needs"],
    "age": VICTIMS["age"],
    "in care": VICTIMS["care_experience"],
    "own words": VICTIMS["anything_else"],
    "none": None,
}


def read(text: str, asked: str = "yes or no", *, media: int = 0, opt_out_type: str | None = None) -> Reading:
    return understand(text, question=QUESTIONS[asked], media=media, opt_out_type=opt_out_type)


def read_as(text: str, asked: str = "yes or no") -> str:
    """The codes, the number, or the words that were kept; else the outcome: `feelings, safety`, `8`, `ask again`."""
    return in_words(read(text, asked))


def in_words(reading: Reading) -> str:
    match reading.answer:
        case Chosen(codes):
            return ", ".join(codes)
        case Number(value):
            return str(value)
        case Verbatim(text, _):
            return text
        case NoAnswer() | None:
            return reading.outcome.value.replace("_", " ")
