"""Booklets keyed by one person and by another, compared without either seeing the other's, settled, and stored."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import retention
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.paper.booklets import Outcome
from fieldwork.paper.keyed_twice import compare, finished
from fieldwork.paper.keying import is_drawn
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Interview, Response
from surveys.questionnaire import Questionnaire
from tests.fieldwork.keyers import PaperOffice, open_paper_office
from tests.fieldwork.samples import EVERY_KIND, NO, PEPPER, YES, Office, another_process
from tests.surveys.strategies import answered

NONE = NoAnswer(Silence.SKIPPED)
MONTH = "2026-11"


@pytest.fixture
def paper(office: Office) -> PaperOffice:
    return open_paper_office(office)


def rows(paper: PaperOffice, table: str) -> int:
    with paper.office.database.reading() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {table}")))  # noqa: S608 - our own tables


def test_a_booklet_becomes_a_response_once_two_people_have_keyed_the_same(paper: PaperOffice) -> None:
    serial = paper.serial()
    assert paper.key("ann", serial, EVERY_KIND) is Outcome.SECOND
    assert paper.office.count() == 0
    assert paper.key("bob", serial, EVERY_KIND) is Outcome.STORED
    assert paper.office.responses() == [Response(EVERY_KIND, "paper", "en", MONTH)]


def test_a_welsh_booklet_becomes_a_welsh_response(paper: PaperOffice) -> None:
    paper.key_twice(0)
    paper.key("ann", paper.serials(language="cy")[0], EVERY_KIND)
    assert paper.office.responses()[0].language == "cy"


def test_after_it_is_in_nothing_but_counts_is_left_of_its_keying(paper: PaperOffice) -> None:
    serial = paper.serial()
    paper.key("ann", serial, EVERY_KIND)
    paper.key("bob", serial, EVERY_KIND)
    assert [rows(paper, table) for table in ("booklets", "keyings", "keyed_answers")] == [0, 0, 0]
    counts = paper.progress().counts
    assert (counts.booklets, counts.booklets_twice, counts.answers_keyed) == (1, 1, 8)
    with paper.office.database.reading() as session:
        kept = session.execute(text("SELECT mark FROM serial_marks")).scalars().all()
    assert len(kept) == 1
    assert serial not in kept[0]


def test_the_same_booklet_is_never_in_twice(paper: PaperOffice) -> None:
    paper.key_twice(0)
    serial = paper.serial()
    paper.key("ann", serial, EVERY_KIND)
    for who in ("ann", "bob"):
        with pytest.raises(Refused, match="is in already"):
            paper.begin(who, serial.lower().replace("-", " "))
    assert paper.office.count() == 1


def test_nobody_keys_the_same_booklet_twice(paper: PaperOffice) -> None:
    serial = paper.serial()
    paper.key("ann", serial, EVERY_KIND)
    with pytest.raises(Refused, match="was keyed by you"):
        paper.begin("ann", serial)


def test_the_second_person_is_never_shown_what_the_first_one_keyed(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    paper.finish("ann", booklet, EVERY_KIND)
    assert paper.begin("bob", serial) == booklet
    assert paper.in_hand("bob", booklet).answers == {}
    with pytest.raises(NotFound):
        paper.in_hand("ann", booklet)
    with pytest.raises(NotFound):
        paper.dispute(booklet)
    assert "answers" not in repr(paper.progress("bob").to_key_second).replace("answers=0", "")


def test_what_differs_waits_until_somebody_has_settled_it(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    paper.finish("ann", booklet, {**EVERY_KIND, "rating": Number(70)})
    assert paper.key("bob", serial, {**EVERY_KIND, "rating": Number(10), "helped": NO}) is Outcome.DIFFERS
    assert paper.office.count() == 0
    found = paper.dispute(booklet)
    assert found.differing == ("helped", "rating")
    assert found.keyers == ("Ann", "Bob")
    with pytest.raises(Refused, match="1 answers that differ are not settled"):
        paper.settle(booklet, {"rating": Number(100)})
    assert paper.settle(booklet, {"rating": Number(100), "helped": YES, "comment": NONE}) is Outcome.STORED
    assert paper.office.responses()[0].answers == {**EVERY_KIND, "rating": Number(100)}


def test_a_third_person_cannot_key_what_waits_to_be_settled(paper: PaperOffice) -> None:
    serial = paper.serial()
    paper.key("ann", serial, EVERY_KIND)
    paper.key("bob", serial, {})
    with pytest.raises(Refused, match="has been keyed twice"):
        paper.begin("cat", serial)


def test_settling_twice_stores_once_and_the_second_is_told(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    paper.finish("ann", booklet, EVERY_KIND)
    paper.key("bob", serial, {**EVERY_KIND, "helped": NO})
    paper.settle(booklet, {"helped": NO})
    with pytest.raises(NotFound):
        paper.settle(booklet, {"helped": YES})
    assert paper.office.count() == 1


def test_how_many_answers_differed_is_counted_and_words_apart(paper: PaperOffice) -> None:
    first, second = paper.serials(2)
    paper.key("ann", first, EVERY_KIND)
    paper.key("bob", first, {**EVERY_KIND, "rating": Number(71)})
    paper.key("bob", second, EVERY_KIND)
    paper.key("ann", second, {**EVERY_KIND, "comment": Verbatim("They listened", may_quote=True)})
    counts = paper.progress().counts
    assert (counts.answers_compared, counts.answers_differed) == (6, 1)
    assert (counts.words_compared, counts.words_differed) == (2, 1)
    assert counts.booklets_twice == 2


def test_capitals_blanks_and_curly_quotation_marks_do_not_make_words_differ(paper: PaperOffice) -> None:
    serial = paper.serial()
    paper.key("ann", serial, {**EVERY_KIND, "comment": Verbatim("It’s  fine", may_quote=True)})
    assert paper.key("bob", serial, {**EVERY_KIND, "comment": Verbatim("it's fine", may_quote=True)}) is Outcome.STORED
    assert paper.office.responses()[0].answers["comment"] == Verbatim("It’s  fine", may_quote=True)


def test_whether_words_may_be_printed_can_differ(paper: PaperOffice) -> None:
    serial = paper.serial()
    paper.key("ann", serial, EVERY_KIND)
    not_said = Verbatim("They listened. Diolch ŵ \N{GRINNING FACE}", may_quote=False)
    assert paper.key("bob", serial, {**EVERY_KIND, "comment": not_said}) is Outcome.DIFFERS


def test_a_follow_up_that_should_have_been_skipped_is_kept_and_ignored(paper: PaperOffice) -> None:
    paper.key_twice(0)
    keyed: dict[str, Answer] = {"helped": NO, "with_what": Chosen(("school",)), "rating": NONE, "comment": NONE}
    paper.key("ann", paper.serial(), keyed)
    (response,) = paper.office.responses()
    assert response.answers == {**keyed}


def test_what_cannot_be_read_is_told_from_what_was_left_empty(paper: PaperOffice) -> None:
    paper.key_twice(0)
    unreadable = NoAnswer(Silence.NOT_UNDERSTOOD)
    paper.key("ann", paper.serial(), {"helped": unreadable, "with_what": NONE, "rating": NONE, "comment": NONE})
    assert paper.office.responses()[0].answers["helped"] == unreadable


@settings(max_examples=200)
@given(answered())
def test_an_interview_keyed_from_a_booklet_is_the_one_sent_on_the_web(
    pair: tuple[Questionnaire, dict[str, Answer]],
) -> None:
    questionnaire, answers = pair
    interview = Interview(questionnaire)
    while question := interview.next_question:
        interview = interview.keep(question.id, answers.get(question.id, NONE))
    on_the_web = interview.finished()
    assert finished(questionnaire, on_the_web) == on_the_web
    assert compare(questionnaire, on_the_web, dict(reversed(on_the_web.items()))).differing == ()


@settings(max_examples=100)
@given(answered())
def test_what_was_said_off_the_route_is_kept_and_steers_nothing(pair: tuple[Questionnaire, dict[str, Answer]]) -> None:
    questionnaire, answers = pair
    whole = finished(questionnaire, answers)
    said = {question_id: answer for question_id, answer in answers.items() if answer.says_something}
    assert {question_id: whole[question_id] for question_id in said} == said
    assert set(whole) == set(said) | {question.id for question in Interview(questionnaire, said).route}


def test_half_a_booklet_is_kept_and_taken_up_again(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    assert paper.keep("ann", booklet, {"helped": YES}) == 2
    assert paper.begin("ann", serial) == booklet
    found = paper.in_hand("ann", booklet)
    assert (found.answers, found.edition) == ({"helped": YES}, 2)
    assert [each.serial for each in paper.progress("ann").mine] == [serial]
    assert [(each.serial, each.keyer, each.answers) for each in paper.progress("bob").others] == [(serial, "Ann", 1)]


def test_what_is_undone_is_gone(paper: PaperOffice) -> None:
    booklet = paper.begin("ann", paper.serial())
    paper.keep("ann", booklet, {"helped": YES, "rating": Number(3)})
    paper.keep("ann", booklet, {"helped": YES}, edition=2)
    assert paper.in_hand("ann", booklet).answers == {"helped": YES}


def test_two_tabs_of_one_person_do_not_overwrite_each_other(paper: PaperOffice) -> None:
    booklet = paper.begin("ann", paper.serial())
    paper.keep("ann", booklet, {"helped": YES}, edition=1)
    with pytest.raises(ChangedMeanwhile):
        paper.keep("ann", booklet, {}, edition=1)
    assert paper.in_hand("ann", booklet).answers == {"helped": YES}


def test_finishing_twice_counts_once_and_is_told(paper: PaperOffice) -> None:
    paper.key_twice(0)
    booklet = paper.begin("ann", paper.serial())
    paper.finish("ann", booklet, EVERY_KIND)
    with pytest.raises(NotFound):
        paper.finish("ann", booklet, EVERY_KIND)
    assert paper.office.count() == 1
    assert paper.progress().counts.answers_keyed == 4


def test_what_somebody_else_is_keying_is_left_to_them(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    with pytest.raises(Refused, match="is being keyed by somebody else"):
        paper.begin("bob", serial)
    with pytest.raises(NotFound):
        paper.keep("bob", booklet, {"helped": YES})
    paper.finish("ann", booklet, EVERY_KIND)
    paper.begin("bob", serial)
    with pytest.raises(Refused, match="is being keyed by somebody else"):
        paper.begin("cat", serial)


def test_of_two_who_begin_at_once_one_keys_and_the_other_is_told(paper: PaperOffice) -> None:
    serial = paper.serial()
    told: list[str] = []
    ready = threading.Barrier(2)

    def begin(who: str) -> None:
        with another_process(paper.office) as database:
            theirs = PaperOffice(Office(database, paper.office.wave), paper.ids)
            ready.wait()
            try:
                theirs.begin(who, serial)
                told.append("keys")
            except Refused as refused:
                told.append(refused.fault)

    threads = [threading.Thread(target=begin, args=(who,)) for who in ("ann", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["is being keyed by somebody else.", "keys"]
    assert rows(paper, "keyings") == 1


def test_a_wave_that_closes_meanwhile_takes_what_is_being_keyed(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    paper.keep("ann", booklet, {"helped": YES})
    paper.office.close()
    paper.finish("ann", booklet, EVERY_KIND, edition=2)
    assert paper.key("bob", serial, EVERY_KIND) is Outcome.STORED


def test_half_a_second_keying_is_thrown_away_without_the_first(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    paper.finish("ann", booklet, EVERY_KIND)
    paper.begin("bob", serial)
    assert paper.throw_away(booklet, "bob") == serial
    with pytest.raises(NotFound):
        paper.throw_away(booklet, "ann")
    assert paper.key("cat", serial, EVERY_KIND) is Outcome.STORED


def test_half_a_first_keying_is_thrown_away_by_its_keyer_or_by_somebody_who_may(paper: PaperOffice) -> None:
    serial = paper.serial()
    booklet = paper.begin("ann", serial)
    with pytest.raises(NotFound):
        paper.throw_away(booklet, "bob")
    paper.throw_away(booklet)
    with pytest.raises(NotFound):
        paper.finish("ann", booklet, EVERY_KIND)
    assert paper.key("ann", serial, EVERY_KIND) is Outcome.SECOND


def test_none_or_all_or_a_share_is_keyed_twice_drawn_so_that_nobody_can_tell_beforehand(paper: PaperOffice) -> None:
    wave = paper.wave_id
    drawn = {
        share: [serial for serial in map(str, range(2000)) if is_drawn(serial, wave, share, PEPPER)]
        for share in (0, 10, 50, 100)
    }
    assert (len(drawn[0]), len(drawn[100])) == (0, 2000)
    assert 130 < len(drawn[10]) < 270
    assert set(drawn[10]) < set(drawn[50]), "a larger share takes in what a smaller one drew"
    assert (
        len(set(drawn[10]) & {serial for serial in map(str, range(2000)) if is_drawn(serial, wave, 10, b"other")}) < 60
    )


def test_a_share_is_changed_by_one_person_at_a_time(paper: PaperOffice) -> None:
    paper.key_twice(10)
    with pytest.raises(ChangedMeanwhile):
        paper.key_twice(20)
    assert paper.progress().counts.second_share == 10
    with pytest.raises(Refused):
        paper.key_twice(101, edition=2)


def test_serials_are_given_once_and_one_of_another_wave_or_a_slip_is_refused(paper: PaperOffice) -> None:
    given = paper.serials(25) + paper.serials(25, "cy")
    assert len(set(given)) == 50
    good = given[0]
    wrong = good[:-1] + ("2" if good[-1] != "2" else "3")
    for typed in (wrong, "E999-222", "", "x" * 500, "E1", "✓"):
        with pytest.raises(Refused, match="is not the number of a booklet of this wave"):
            paper.begin("ann", typed)
    paper.begin("ann", f"  {good.lower()} ")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # the other keeps no number of a transaction
def test_on_postgresql_a_response_carries_the_transaction_of_no_keying(paper: PaperOffice) -> None:
    paper.key_twice(0)
    for serial in paper.serials(3):
        paper.key("ann", serial, EVERY_KIND)
    paper.office.database.tidy()
    for table in ("responses", "answers", "verbatims", "serial_marks"):
        with paper.office.database.reading() as session:
            assert session.scalar(text(f"SELECT count(DISTINCT xmin::text) FROM {table}")) == 1, table  # noqa: S608 - ours


def test_words_that_worry_become_a_concern_when_they_are_first_keyed(paper: PaperOffice) -> None:
    paper.key("ann", paper.serial(), {**EVERY_KIND, "comment": Verbatim("I want to kill myself")})
    assert rows(paper, "matters") == 1


def test_what_was_left_half_keyed_goes_ninety_days_after_its_wave_has_closed(paper: PaperOffice) -> None:
    first, second = paper.serials(2)
    paper.keep("ann", paper.begin("ann", first), {"helped": YES})
    paper.key("ann", second, EVERY_KIND)
    paper.office.close()
    closed = paper.office.wave.closed or datetime.now(UTC).date()
    for days, left in ((90, 2), (91, 0)):
        with paper.office.database.transaction() as session:
            retention.forget_unsent(session, datetime.combine(closed, time(12), UTC) + timedelta(days=days))
        assert rows(paper, "booklets") == left
    assert rows(paper, "keyed_answers") == 0
