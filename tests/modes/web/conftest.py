"""The application with a wave open, and somebody at the door."""

import pytest
from flask import Flask

from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field, open_field


@pytest.fixture
def field(app: Flask) -> Field:
    return open_field(app)


@pytest.fixture
def someone(field: Field) -> Respondent:
    return Respondent(field.app)
