"""The whole way, on every database."""

from surveys.answers import Chosen, Number, Verbatim
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field


def test_somebody_with_a_code_answers_and_sends(field: Field, someone: Respondent) -> None:
    assert someone.open("/").heading == "About this survey"
    assert someone.press(code=field.code()).heading == "Keeping safe"
    assert someone.press().heading == "The next part is about help."
    assert someone.press().heading == "Has the youth team helped you?"
    assert someone.answer("yes").heading == "What with?"
    assert someone.answer("school", "home").heading == "What mark?"
    assert someone.answer("8").heading == "How happy?"
    assert someone.answer(" 70 ").heading == "Why?"
    assert someone.answer("They listened.\r\nDiolch ŵ 😀", may_quote="yes").heading == "Check your answers"
    assert field.responses() == []
    assert someone.press("submit").heading == "Thank you"
    (response,) = field.responses()
    assert (response.mode, response.language) == ("web", "en")
    assert response.answers == {
        "helped": Chosen(("yes",)),
        "with_what": Chosen(("school", "home")),
        "mark": Number(8),
        "rating": Number(70),
        "comment": Verbatim("They listened.\nDiolch ŵ 😀", may_quote=True),
    }
