"""How people come in, and what came on paper: a list of numbers, codes, tablets, booklets, a sheet of responses."""

import csv
import io
from uuid import UUID

from fieldwork.entry import serials, sheets, tablets
from fieldwork.numbers import contact_uploads
from fieldwork.numbers.contact_uploads import Spending
from fieldwork.paper import keying, paper_progress
from fieldwork.returns import held_sheets
from fieldwork.returns.response_sheet import template
from surveys.answers import Answer, Chosen, Number
from surveys.loading import definition
from tests.fieldwork.texted import people, read
from tests.reports.made_up import drawn
from tests.staff.album.inspection import CHILDREN, TEXTED
from tests.staff.album.world import World

SHEET = "LST"
PENCE = 6000


def list_of_people(world: World) -> UUID:
    """A list of twenty-four numbers from support, which waits for another person."""
    file = read(people(*range(24), age="adult"), world.now.date())
    with world.working() as session:
        who = world.who("support").id
        assert who
        wave = world.wave(session, TEXTED)
        return contact_uploads.keep(session, wave, file, Spending(PENCE, False), who, world.keys, world.now)  # noqa: FBT003 - as the form has it


def codes(world: World) -> None:
    """Codes on two sheets, and one in the place of another."""
    with world.working() as session:
        wave = world.wave(session)
        slips = sheets.make(session, wave, sheets.new_name(), 32, world.pepper)
        lost = sheets.lost(session, wave, slips[4].reference, world.pepper)
        sheets.replace(session, wave, sheets.new_name(), lost, world.pepper, letters=False)


def three_tablets(world: World) -> None:
    """A tablet in use, one whose link waits, and one that is switched off."""
    with world.working() as session:
        wave = world.wave(session)
        made = [
            tablets.make(session, wave, name, world.now.date(), world.pepper, world.now)
            for name in ("Blue tablet", "Red tablet", "Old tablet")
        ]
        tablets.open_on_device(session, made[0].link, world.pepper, world.now)
        tablets.switch_off(session, wave.id, made[2].id)


def _said(seed: int) -> dict[str, Answer]:
    (response,) = drawn(definition(CHILDREN), 1, seed, silence=0)
    return dict(response.answers)


def paper(world: World) -> tuple[UUID, UUID]:
    """Booklets in every state: half keyed by support, keyed twice and different, keyed once, and not keyed."""
    with world.working() as session:
        wave = world.wave(session)
        paper_progress.key_twice(session, wave.id, 100, serials.plan_of(session, wave.id).edition)
        half, differing, once, theirs = serials.give(session, wave, "en", 4, world.pepper)
        support, inspector = (world.who(each).id for each in ("support", "inspector"))
        assert support
        assert inspector
        booklet = keying.begin(session, wave.id, half, support, world.pepper)
        begun = dict(list(_said(1).items())[:3])
        keying.keep(session, wave.id, booklet, support, begun, 1)
        disputed, said = keying.begin(session, wave.id, differing, support, world.pepper), _said(2)
        for keyer, changed in ((support, {}), (inspector, _otherwise(said))):
            keying.begin(session, wave.id, differing, keyer, world.pepper)
            keying.finish(session, wave.id, disputed, keyer, {**said, **changed}, 1, world.pepper, world.now)
        for keyer, serial in ((support, once), (inspector, theirs)):
            other = keying.begin(session, wave.id, serial, keyer, world.pepper)
            keying.finish(session, wave.id, other, keyer, _said(4), 1, world.pepper, world.now)
        return booklet, disputed


def _otherwise(said: dict[str, Answer]) -> dict[str, Answer]:
    return {
        "knows_why": Chosen(("not_sure" if said["knows_why"] == Chosen(("yes",)) else "yes",)),
        "rating_0_to_10": Number(4),
    }


def half_keyed(world: World) -> UUID:
    """The booklet that support has half keyed."""
    found: UUID = world.thing(paper)[0]
    return found


def disputed(world: World) -> UUID:
    """The booklet that two people keyed differently."""
    found: UUID = world.thing(paper)[1]
    return found


def responses_file(*faults: str) -> bytes:
    """A sheet with three responses; each fault takes the place of an answer."""
    header, _ = template(definition(CHILDREN))
    rows = [
        {"serial": str(number), "language": "cy" if number == 3 else "en", "knows_why": "yes"} for number in (1, 2, 3)
    ]
    for line, fault in zip(rows, faults, strict=False):
        line["knows_why"] = fault
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def held_sheet(world: World) -> UUID:
    """A sheet of responses that waits for the yes of an inspector."""
    with world.working() as session:
        who = world.who("inspector").id
        assert who
        return held_sheets.hold(session, world.wave(session).id, who, responses_file(), "utf-8", world.now)
