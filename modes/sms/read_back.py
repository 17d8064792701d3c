"""Does what we ask come back as what it means? An author's words that would be read as something else."""

from collections.abc import Iterator

from modes.sms.options import own_words
from modes.sms.replies import understand
from surveys.answers import Chosen
from surveys.questionnaire import Category, Choice
from surveys.text import LANGUAGES


def misread_words(question: Choice) -> Iterator[tuple[Category, str]]:
    """Each category with words of its own that would not be read as it in a reply: a keyword, or another's words.

    The words are its code, label and sms_label in both languages, and the number shown beside it.
    """
    for number, category in enumerate(question.categories, start=1):
        words = {" ".join(each) for language in LANGUAGES for each in own_words(category, language)}
        for said in sorted({str(number), *words}):
            if understand(said, question=question).answer != Chosen((category.code,)):
                yield category, said
