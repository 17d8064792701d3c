"""Wrong codes are counted where they are typed, and codes can be typed nowhere else."""

import pytest

from fieldwork.entry import wrong_codes
from modes.web.visiting import now
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def wrong(field: Field) -> int:
    with field.app.app_context(), field.app.extensions["database"].reading() as session:
        return wrong_codes.in_last_hour(session, now())


@pytest.mark.req("A13")
def test_a_code_that_cannot_be_used_is_counted_and_one_that_can_is_not(field: Field) -> None:
    Respondent(field.app).enter(field.code())
    Respondent(field.app).enter("not a code at all")
    assert wrong(field) == 0
    Respondent(field.app).enter("2222-2222-2222")
    assert wrong(field) == 1


@pytest.mark.req("A3")
def test_a_code_is_no_link_so_that_nobody_tries_codes_where_nothing_slows_them(field: Field) -> None:
    code = field.code()
    somebody = Respondent(field.app)
    somebody.open(f"/l/{code}")
    assert somebody.press().status == 404
    somebody.enter(code)
    assert somebody.page.address.startswith("/question")
