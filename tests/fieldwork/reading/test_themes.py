"""Comments are coded by people to themes of a codebook; a machine suggests, and counts what people coded."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from fieldwork.faults import NotFound, Refused
from fieldwork.models.comments import Coding, Theme
from fieldwork.models.texts import TextReading
from fieldwork.office import audit
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import theme_counts, themes
from fieldwork.reading.theme_counts import ThemeCounts
from surveys.answers import Verbatim
from tests.fieldwork.commenting import ANNA, BEN, CARA, Desk
from tests.fieldwork.samples import Office


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def add(desk: Desk, name: str) -> UUID:
    with desk.office.database.transaction() as session:
        return themes.add(session, desk.wave_id, name, CARA).id


def code(desk: Desk, words: str, *coded: UUID, seen: int | None = None) -> None:
    comment = desk.open(desk.key_of(words))
    with desk.office.database.transaction() as session:
        themes.code(session, comment, coded, comment.edition if seen is None else seen, ANNA)


def counts(desk: Desk, question_id: str | None = None) -> ThemeCounts:
    with desk.office.database.reading() as session:
        return theme_counts.counts(session, desk.wave_id, question_id)


def counted(desk: Desk) -> dict[str, int]:
    return {each.name: each.respondents for each in counts(desk).themes}


def book(desk: Desk, *, retired: bool = True) -> list[tuple[str, bool]]:
    with desk.office.database.reading() as session:
        return [(each.name, each.retired) for each in themes.codebook(session, desk.wave_id, retired=retired)]


def test_a_theme_is_there_once_whatever_its_capitals(desk: Desk) -> None:
    add(desk, "  Being   listened to ")
    assert book(desk) == [("Being listened to", False)]
    with pytest.raises(Refused, match="is a theme already"):
        add(desk, "being LISTENED to")
    assert len(book(desk)) == 1


@pytest.mark.parametrize("name", ["", " \n", "a" * 81])
def test_a_theme_needs_a_name_of_a_few_words(desk: Desk, name: str) -> None:
    with pytest.raises(Refused):
        add(desk, name)


def test_a_comment_is_coded_to_several_themes_and_is_read_by_that(desk: Desk) -> None:
    desk.receive("They listened and there was food")
    listened, food = add(desk, "Listening"), add(desk, "Food")
    code(desk, "food", listened, food)
    (comment,) = desk.listed()
    assert (comment.themes, comment.coded, comment.state) == (frozenset({listened, food}), True, "read")
    code(desk, "food", food)
    assert desk.listed()[0].themes == {food}
    with desk.office.database.reading() as session:
        acts = [each.act for each in audit.entries(session)]
    assert acts.count("coded_comment") == 2


def test_of_two_who_code_at_once_the_second_is_told(desk: Desk) -> None:
    desk.receive("They listened")
    listened, food = add(desk, "Listening"), add(desk, "Food")
    code(desk, "listened", listened)
    with pytest.raises(ChangedMeanwhile):
        code(desk, "listened", food, seen=0)
    assert desk.listed()[0].themes == {listened}


def test_that_somebody_has_read_it_meanwhile_is_no_change(desk: Desk) -> None:
    desk.receive("They listened")
    listened = add(desk, "Listening")
    desk.read(desk.listed()[0].key, BEN)
    code(desk, "listened", listened, seen=0)
    assert desk.listed()[0].themes == {listened}


def test_a_retired_theme_is_offered_no_more_and_what_was_coded_stays(desk: Desk) -> None:
    desk.receive("They listened", "She listened")
    listened = add(desk, "Listening")
    code(desk, "They listened", listened)
    with desk.office.database.transaction() as session:
        themes.retire(session, desk.wave_id, listened, 1, CARA)
    assert book(desk, retired=False) == []
    assert counted(desk) == {"Listening": 1}
    with pytest.raises(Refused, match="is retired"):
        code(desk, "She listened", listened)
    code(desk, "They listened", listened)
    with desk.office.database.transaction() as session:
        themes.retire(session, desk.wave_id, listened, 2, CARA, back=True)
    code(desk, "She listened", listened)
    assert counted(desk) == {"Listening": 2}


def test_merging_moves_what_was_coded_and_doubles_nothing(desk: Desk) -> None:
    desk.receive("One both", "Two first", "Three second")
    first, second = add(desk, "Hearing"), add(desk, "Listening")
    code(desk, "One", first, second)
    code(desk, "Two", first)
    code(desk, "Three", second)
    with desk.office.database.transaction() as session:
        themes.merge(session, desk.wave_id, first, second, 1, CARA)
    assert counted(desk) == {"Listening": 3}
    with desk.office.database.reading() as session:
        assert len(session.scalars(select(Coding.comment_id)).all()) == 3


def test_a_theme_cannot_be_merged_into_itself_nor_into_one_of_another_wave(desk: Desk) -> None:
    first = add(desk, "Hearing")
    with pytest.raises(Refused), desk.office.database.transaction() as session:
        themes.merge(session, desk.wave_id, first, first, 1, CARA)
    with pytest.raises(NotFound), desk.office.database.transaction() as session:
        themes.merge(session, desk.wave_id, first, uuid4(), 1, CARA)
    with pytest.raises(NotFound), desk.office.database.transaction() as session:
        themes.rename(session, uuid4(), first, "Other", 1, CARA)


def test_renaming_keeps_what_was_coded(desk: Desk) -> None:
    desk.receive("They listened")
    listened = add(desk, "Listening")
    add(desk, "Food")
    code(desk, "listened", listened)
    with desk.office.database.transaction() as session:
        themes.rename(session, desk.wave_id, listened, "Being heard", 1, CARA)
    assert counted(desk) == {"Being heard": 1, "Food": 0}
    with pytest.raises(ChangedMeanwhile), desk.office.database.transaction() as session:
        themes.rename(session, desk.wave_id, listened, "Hearing", 1, ANNA)
    with pytest.raises(Refused, match="already"), desk.office.database.transaction() as session:
        themes.rename(session, desk.wave_id, listened, "food", 2, ANNA)


def test_people_are_counted_and_not_comments(desk: Desk) -> None:
    response_id = desk.respond({"comment": Verbatim("They listened")})
    with desk.office.database.transaction() as session:
        session.add(TextReading(response_id=response_id, question_id="helped", text="1 he listened"))
    listened = add(desk, "Listening")
    code(desk, "They listened", listened)
    code(desk, "1 he listened", listened)
    assert (counts(desk).base, counted(desk)) == (1, {"Listening": 1})
    assert counts(desk, "helped").base == 1
    assert counts(desk, "rating").base == 0


def test_what_is_not_coded_is_counted_in_no_base(desk: Desk) -> None:
    desk.receive("They listened", "It was ok", "Not looked at", "Read and not coded")
    desk.read(desk.key_of("Read and"))
    listened = add(desk, "Listening")
    code(desk, "They listened", listened)
    code(desk, "It was ok")
    found = counts(desk)
    assert (found.base, found.not_coded) == (2, 2)
    assert counted(desk) == {"Listening": 1}


def test_suggestions_are_shown_and_never_applied(desk: Desk) -> None:
    desk.receive("They always listened to me", "My worker listened", "More pizza please", "Nothing")
    listened, food = add(desk, "Listening"), add(desk, "Food")
    code(desk, "always listened", listened)
    code(desk, "pizza", food)
    with desk.office.database.reading() as session:
        comment = desk.open(desk.key_of("My worker"))
        (suggestion,) = theme_counts.suggested(session, comment)
        assert theme_counts.suggested(session, desk.open(desk.key_of("Nothing"))) == []
    assert (suggestion.theme, suggestion.shared) == (listened, ("listened",))
    assert comment.themes == frozenset()
    assert counts(desk).base == 2


def test_a_comment_does_not_suggest_its_own_themes(desk: Desk) -> None:
    desk.receive("They listened")
    code(desk, "listened", add(desk, "Listening"))
    with desk.office.database.reading() as session:
        assert theme_counts.suggested(session, desk.open(desk.key_of("listened"))) == []


def test_a_theme_of_another_wave_codes_nothing(desk: Desk) -> None:
    desk.receive("They listened")
    with pytest.raises(NotFound):
        code(desk, "listened", uuid4())
    with desk.office.database.reading() as session:
        assert session.scalars(select(Theme)).all() == []
        assert desk.listed()[0].state == "new"
