"""Sheets of codes: made once, replaced without anybody learning whether a code had been used."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from sqlalchemy import inspect, select, text

from fieldwork.entry import cases, sheets, visits
from fieldwork.entry.sheets import Slip
from fieldwork.faults import AlreadySent, Busy, Closed, Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft
from fieldwork.returns import responses
from tests.fieldwork.samples import NOW, PEPPER, YES, Office
from tests.fieldwork.statements import counted

UNKNOWN = "2222-2222-2222"


def made(office: Office, count: int = 3, name: str = "K7P", *, letters: bool = False) -> list[Slip]:
    with office.database.transaction() as session:
        return sheets.make(session, office.wave, name, count, PEPPER, letters=letters)


def replaced(office: Office, typed: str, name: str = "M3N") -> list[Slip]:
    with office.database.transaction() as session:
        lost = sheets.lost(session, office.wave, typed, PEPPER)
        return sheets.replace(session, office.wave, name, lost, PEPPER)


def voided(office: Office, typed: str) -> None:
    with office.database.transaction() as session:
        sheets.void(session, office.wave, sheets.lost(session, office.wave, typed, PEPPER))


def usable(office: Office, secret: str) -> bool:
    with office.database.reading() as session:
        return cases.case_of(session, secret, PEPPER) is not None


def totals(office: Office) -> tuple[int | None, int, int, int]:
    """All that the office is told of the codes of a wave: invited, made, replaced, answered."""
    with office.database.reading() as session:
        wave = session.get_one(Wave, office.wave.id)
        handed_out = sheets.handed_out(session, wave.id)
        return wave.number_invited, handed_out.made, handed_out.replaced, responses.count(session, wave)


def everything(office: Office) -> str:
    with office.database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = [str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608
    return "\n".join(rows)


def test_every_slip_of_a_sheet_has_a_code_that_works_and_a_place(office: Office) -> None:
    slips = made(office, 3)
    assert [slip.reference for slip in slips] == ["K7P-1", "K7P-2", "K7P-3"]
    assert all(usable(office, slip.code) for slip in slips)
    assert [slip.link for slip in slips] == [None] * 3


@pytest.mark.req("A11")
def test_nothing_that_stood_on_a_sheet_is_kept_in_clear(office: Office) -> None:
    slips = [*made(office, 20), *made(office, 5, "M3N", letters=True), *replaced(office, "K7P-3", "Q4R")]
    kept = everything(office)
    for slip in slips:
        assert slip.code not in kept
        assert slip.code.replace("-", "") not in kept
        assert slip.link is None or slip.link not in kept


@pytest.mark.req("A11")
def test_a_form_that_is_sent_twice_makes_one_sheet(office: Office) -> None:
    made(office, 3)
    with pytest.raises(Refused, match="made before, and is shown once"):
        made(office, 3)
    assert totals(office) == (3, 3, 0, 0)


@pytest.mark.req("A9")
def test_the_code_and_the_link_of_a_letter_give_one_response_together(office: Office) -> None:
    (slip,) = made(office, 1, letters=True)
    assert slip.link
    by_code, by_link = office.enter(slip.code), office.enter(slip.link)
    office.send(by_code)
    assert not usable(office, slip.link)
    with pytest.raises(AlreadySent):
        office.send(by_link)
    assert office.count() == 1


@pytest.mark.req("A11")
@pytest.mark.parametrize("by", ["code", "reference", "sheet"])
def test_what_was_lost_is_void_and_another_takes_its_place(office: Office, by: str) -> None:
    slips = made(office, 3)
    others = slips[1:]
    named = {"code": slips[0].code.lower(), "reference": " k7p-1", "sheet": "K7P"}[by]
    new = replaced(office, named)
    assert not usable(office, slips[0].code)
    assert all(usable(office, slip.code) is (by != "sheet") for slip in others)
    assert len(new) == (3 if by == "sheet" else 1)
    assert all(usable(office, slip.code) for slip in new)


def used(office: Office, slip: Slip) -> None:
    office.send(office.enter(slip.code))


def half_way(office: Office, slip: Slip) -> None:
    office.keep(office.enter(slip.code), "helped", YES)


def void_already(office: Office, slip: Slip) -> None:
    voided(office, slip.code)


def untouched(office: Office, slip: Slip) -> None:
    """Nobody has typed it."""


@pytest.mark.req("A11")
@pytest.mark.req("A10")
@pytest.mark.parametrize("before", [used, half_way, void_already], ids=lambda each: each.__name__)
@pytest.mark.parametrize("by", ["code", "reference"])
def test_replacing_a_code_tells_nothing_of_whether_it_was_used(
    office: Office, before: Callable[[Office, Slip], None], by: str
) -> None:
    plain, other = made(office, 2)
    before(office, other)
    seen, statements = [], []
    for name, slip in (("AAA", plain), ("BBB", other)):
        told_before = totals(office)
        with counted(office.database.engine) as asked:
            new = replaced(office, slip.code if by == "code" else slip.reference, name)
        changes = [after - (earlier or 0) for after, earlier in zip(totals(office), told_before, strict=True) if after]
        seen.append((len(new), [part.reference.partition("-")[2] for part in new], changes))
        statements.append([" ".join(each.split()[:3]) for each in asked if not each.startswith("UPDATE conversations")])
    assert seen[0] == seen[1]
    assert statements[0] == statements[1]


@pytest.mark.req("A11")
def test_a_code_that_never_was_is_replaced_like_any_other(office: Office) -> None:
    made(office, 2)
    before = totals(office)
    assert len(replaced(office, UNKNOWN)) == 1
    assert totals(office) == (before[0], before[1], 1, before[3])


@pytest.mark.req("A10")
def test_a_code_in_the_place_of_another_invites_nobody_new(office: Office) -> None:
    made(office, 5)
    replaced(office, "K7P")
    voided(office, "M3N-2")
    assert totals(office) == (5, 5, 5, 0)


def test_a_code_of_another_wave_is_left_alone(office: Office) -> None:
    (slip,) = made(office, 1)
    with office.database.transaction() as session:
        other = session.get_one(Wave, office.wave.id)
        other_wave = Wave(
            inspection_id=other.inspection_id,
            questionnaire_id="another",
            version=1,
            frozen=other.frozen,
            names=other.names,
            open_slug="another",
            opened=other.opened,
        )
        session.add(other_wave)
        session.flush()
        sheets.replace(session, other_wave, "M3N", sheets.lost(session, other_wave, slip.code, PEPPER), PEPPER)
    assert usable(office, slip.code)


@pytest.mark.parametrize(
    "typed", ["", "K7", "K7P-4", "K7P-0", "M3N", "M3N-1", "K7P-1000", "ABCD-EFGH-JKLN", "K7P-1;", "\x00"]
)
def test_what_cannot_be_a_code_a_slip_or_a_sheet_is_refused(office: Office, typed: str) -> None:
    made(office, 3)
    with pytest.raises(Refused, match="Look at the slip again"):
        voided(office, typed)


@pytest.mark.parametrize("count", [0, -1, sheets.MOST_SLIPS + 1])
def test_a_sheet_of_a_senseless_size_is_refused(office: Office, count: int) -> None:
    with pytest.raises(Refused, match="Ask for 1 to"):
        made(office, count)


@pytest.mark.parametrize("count", [0, sheets.MOST_LETTERS + 1])
def test_no_more_letters_are_made_at_once_than_somebody_waits_for(office: Office, count: int) -> None:
    with pytest.raises(Refused, match="Ask for 1 to 100"):
        made(office, count, letters=True)


@pytest.mark.parametrize("name", ["", "k7p", "K7", "K7P4", "K7P-1", "K0P", "ASS", "../", "K7P\n"])
def test_a_sheet_has_a_name_that_can_be_read_aloud(office: Office, name: str) -> None:
    with pytest.raises(Refused, match="cannot be the name"):
        made(office, 1, name)


def test_new_names_are_names() -> None:
    assert all(sheets.REFERENCE.fullmatch(sheets.new_name()) for _ in range(500))


def test_a_closed_wave_makes_voids_and_replaces_nothing(office: Office) -> None:
    (slip,) = made(office, 1)
    office.close()
    with office.database.transaction() as session:
        office.wave = session.get_one(Wave, office.wave.id)
    for act in (lambda: made(office, 1, "M3N"), lambda: replaced(office, slip.code), lambda: voided(office, slip.code)):
        with pytest.raises(Refused, match="closed on"):
            act()


@pytest.mark.req("A9")
@pytest.mark.parametrize("round_", range(12))
def test_a_code_that_is_sent_begun_and_replaced_at_once_gives_one_response_at_most(office: Office, round_: int) -> None:
    (slip,) = made(office, 1)
    token = office.enter(slip.code)
    office.keep(token, "helped", YES)
    starts = Barrier(3)

    def send() -> None:
        starts.wait()
        office.send(token)

    def begin() -> None:
        starts.wait()
        second = office.enter(slip.code)
        office.keep(second, "helped", YES)
        office.send(second)

    def replace() -> None:
        starts.wait()
        replaced(office, slip.reference)

    with ThreadPoolExecutor(3) as people:
        ended = [people.submit(act) for act in (send, begin, replace)]
        faults = [each.exception() for each in ended]
    assert all(fault is None or isinstance(fault, AlreadySent | Closed | Busy | AssertionError) for fault in faults), (
        faults
    )
    assert faults[2] is None or isinstance(faults[2], Busy)
    assert office.count() <= 1
    assert not usable(office, slip.code) or faults[2]
    with office.database.reading() as session:
        left = session.scalars(select(Draft.case_id)).all()
        assert not left or isinstance(faults[2], Busy)
        assert len(session.scalars(select(Case)).all()) == (1 if faults[2] is None else len(left))


@pytest.mark.req("A9")
def test_a_code_that_is_typed_while_it_is_made_void_is_void_with_what_was_begun(office: Office) -> None:
    (slip,) = made(office, 1)
    with ThreadPoolExecutor(1) as another:
        with office.database.transaction() as session:
            case = cases.case_of(session, slip.code, PEPPER)
            assert case
            visits.begin(session, case, NOW)
            voiding = another.submit(voided, office, slip.code)
            wait([voiding], timeout=0.5)
            assert not voiding.done(), "it has to wait for whoever is coming in"
        voiding.result()
    with office.database.reading() as session:
        assert session.scalars(select(Case)).all() == []
        assert session.scalars(select(Draft)).all() == []
