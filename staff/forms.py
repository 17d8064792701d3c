"""Forms of the office: GOV.UK fields, and nothing taken that was not asked for."""

from typing import Any

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

PASSING = {"action", "csrf_token"}  # which button was pressed, and that the form is ours


class OfficeForm(FlaskForm):
    """A form of the office. A field that it does not have means that somebody made the form up: it is refused."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        stands_alone = named.get("formdata", ...) is not None
        if self.is_submitted() and stands_alone:
            self._refuse_what_was_not_asked()

    def _refuse_what_was_not_asked(self) -> None:
        ours = {field.name for field in self} | PASSING
        parts = {f"{name}-{part}" for name in ours for part in ("day", "month", "year")}
        if unknown := {*request.form, *request.files} - ours - parts:
            abort(400, description=f"This page has no field called {min(unknown)[:40]}. Nothing was kept.")


class EditedForm(OfficeForm):
    """A form on something that two people may change at once: it says which edition it was filled in on."""

    edition = IntegerField(widget=HiddenInput(), default=1)
