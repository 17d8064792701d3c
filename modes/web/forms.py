"""What the browser sends: read by Flask-WTF as it came, judged by `surveys.reading` and nobody else."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from surveys.answers import Answer, NoAnswer, Silence
from surveys.questionnaire import Question
from surveys.reading import read_answer, tidy

LONGEST_NAME = 200
LONGEST_WORDS = 5000


class OurForm(FlaskForm):
    """A form whose CSRF token has been checked before it is read."""

    class Meta:
        """Settings of WTForms."""

        csrf = False  # modes/hardening.py checks the token of every form, ours and others'


class AnswerForm(OurForm):
    """An answer to any question: all values that were sent under its name, and the button that was pressed."""

    answer = SelectMultipleField(choices=[], validate_choice=False)
    may_quote = BooleanField(false_values=(False, ""))
    action = StringField()
    change = StringField()

    @property
    def typed(self) -> tuple[str, ...]:
        """What was chosen or written, as it came."""
        return tuple(self.answer.data or ())

    def read(self, question: Question) -> Answer:
        """The answer it gives to this question.

        Raises:
            InvalidAnswer: it is no answer to this question.
        """
        if self.action.data == "skip":
            return NoAnswer(Silence.SKIPPED)
        return read_answer(question, self.typed, may_quote=self.may_quote.data)


class CodeForm(OurForm):
    """A code, as somebody typed it."""

    code = StringField()


class LinkForm(OurForm):
    """The secret of a link, on its way from the address to the cookie."""

    link = StringField()


def _tidied(typed: Any) -> str:
    return tidy(typed or "")


class TalkForm(OurForm):
    """Somebody wants to talk to someone. Any part may be empty, but not all that we could act on."""

    name = StringField(filters=[_tidied])
    reach = StringField(filters=[_tidied])
    words = TextAreaField(filters=[_tidied])

    def validate_name(self, field: StringField) -> None:
        """It fits."""
        _fits(field, LONGEST_NAME)

    def validate_reach(self, field: StringField) -> None:
        """There is this or something to say, and it fits."""
        if not field.data and not self.words.data:
            raise ValidationError("nothing")
        _fits(field, LONGEST_NAME)

    def validate_words(self, field: TextAreaField) -> None:
        """They fit."""
        _fits(field, LONGEST_WORDS)


def _fits(field: StringField, longest: int) -> None:
    excess = len(field.data or "") - longest
    if excess > 0:
        raise ValidationError(f"too_long {excess}")
