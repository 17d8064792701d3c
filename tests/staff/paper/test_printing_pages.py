"""Booklets from the office: looked at without a number, made with one each."""

import re

import pytest

from tests.staff.paper.keying import PaperRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("language", ["en", "cy", "fr"])
@pytest.mark.parametrize("size", ["ordinary", "large", "huge"])
def test_a_booklet_can_be_looked_at_and_gives_no_number_away(language: str, size: str, paper: PaperRoom) -> None:
    asked = f"?language={language}&size={size}"
    page = paper.desk("support").get(f"{paper.place}/booklet{asked}")
    assert page.status_code == 200
    assert f'href="/office{paper.place}">Back to paper' in page.text
    assert ('lang="cy"' in page.text) is (language == "cy")
    assert ("paper--large" in page.text) is (size == "large")
    pdf = paper.desk("support").get(f"{paper.place}/booklet.pdf{asked}")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    assert "0 numbers have been given" in paper.desk("support").open(paper.place).words


def test_booklets_are_made_with_a_number_each_and_it_is_written_down(paper: PaperRoom) -> None:
    reply = paper.desk("support").post(f"{paper.place}/print", copies="3", language="cy", size="large")
    assert reply.mimetype == "application/pdf"
    assert re.search(r'filename="booklets-small-C1-\w{3}-to-C[3-9]-\w{3}.pdf"', reply.headers["Content-Disposition"])
    assert paper.office.acts()[-1] == "gave_serials"
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("copies", ["0", "26", "many", "", "-1", "1e3", "९"])
def test_a_number_of_booklets_that_cannot_be_is_refused_in_words(copies: str, paper: PaperRoom) -> None:
    reply = paper.desk("support").post(f"{paper.place}/print", copies=copies, language="en", size="ordinary")
    assert reply.status_code == 400
    assert "govuk-error-summary" in reply.text
