"""What the browser sends, read as it came."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
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


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer to any question, as it came: all values sent under its name, and the button that was pressed.

    Read without WTForms, which has nothing to say about it: `surveys.reading` alone judges an answer.
    """

    typed: tuple[str, ...]
    may_quote: bool
    skipped: bool
    changing: bool

    def read(self, question: Question) -> Answer:
        """The answer it gives to this question.

        Raises:
            InvalidAnswer: it is no answer to this question.
        """
        if self.skipped:
            return NoAnswer(Silence.SKIPPED)
        return read_answer(question, self.typed, may_quote=self.may_quote)


def posted() -> Posted:
    """The answer that this request brings."""
    sent = request.form
    return Posted(
        tuple(sent.getlist("answer")),
        may_quote=bool(sent.get("may_quote")),
        skipped=sent.get("action") == "skip",
        changing=sent.get("change") == "yes",
    )


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
